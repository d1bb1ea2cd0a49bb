/**
 * A chart on screen as a file: its SVG with the computed colours written in (no stylesheet), a ground and a title; or that as PNG.
 */
const PROPERTIES = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity',
  'font-family', 'font-size', 'font-weight', 'text-anchor', 'visibility', 'display', 'dominant-baseline', 'paint-order',
] as const;
const NAMESPACE = 'http://www.w3.org/2000/svg';
const TITLE_HEIGHT = 28;

function copyStyles(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  for (const property of PROPERTIES) {
    const value = computed.getPropertyValue(property);
    if (value) to.setAttribute(property, value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (let i = 0; i < from.children.length; i++) {
    const [a, b] = [from.children[i], to.children[i]];
    if (a && b) copyStyles(a, b);
  }
}

export interface ExportedSvg {
  readonly text: string;
  readonly width: number;
  readonly height: number;
}

/** @param key written under the title: what the lines mean */
export function exportSvg(svg: SVGSVGElement, title: string, key: string): ExportedSvg {
  const { width, height: plotHeight } = svg.getBoundingClientRect();
  const height = plotHeight + TITLE_HEIGHT + 18;
  const style = getComputedStyle(svg);
  const root = document.createElementNS(NAMESPACE, 'svg');
  root.setAttribute('xmlns', NAMESPACE);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const ground = document.createElementNS(NAMESPACE, 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', getComputedStyle(svg.closest('section') ?? document.body).backgroundColor);
  root.append(ground);
  const line = (content: string, y: number, size: number, weight: string): void => {
    const text = document.createElementNS(NAMESPACE, 'text');
    text.setAttribute('x', '10');
    text.setAttribute('y', String(y));
    text.setAttribute('font-family', style.fontFamily);
    text.setAttribute('font-size', String(size));
    text.setAttribute('font-weight', weight);
    text.setAttribute('fill', style.color);
    text.textContent = content;
    root.append(text);
  };
  line(title, 18, 13, '600');
  line(key, height - 6, 10.5, '400');
  // The pattern of the region below zero lies outside the chart.
  const pattern = document.getElementById('uphill');
  if (pattern && svg.querySelector('[fill="url(#uphill)"]')) {
    const definitions = pattern.cloneNode(true) as Element;
    copyStyles(pattern, definitions);
    root.append(definitions);
  }
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copyStyles(svg, copy);
  copy.setAttribute('y', String(TITLE_HEIGHT));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(plotHeight));
  root.append(copy);
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/** At twice the size on screen. @throws Error when the browser cannot draw the image */
export async function toPng(svg: ExportedSvg): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(Math.ceil(svg.width * 2), Math.ceil(svg.height * 2));
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d context');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}
