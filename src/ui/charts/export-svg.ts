/**
 * A chart on screen as a file: its SVG with the computed colours written in (no stylesheet), a ground, a
 * title, a legend and a caption; or that as PNG.
 */
import { EquipoiseError } from '../../core/errors/errors';
import { markerPath } from '../tasks';
import type { LineStyle } from './plot';

const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'visibility',
  'display',
  'dominant-baseline',
  'paint-order',
] as const;
const NAMESPACE = 'http://www.w3.org/2000/svg';
const TITLE_HEIGHT = 28;
const LINE_HEIGHT = 15;
const [SAMPLE, GAP, EDGE] = [26, 14, 10];
const SMALL = 10.5;

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

export interface Frame {
  readonly title: string;
  /** Drawn as the legend: sample, marker and label of each. */
  readonly lines: readonly LineStyle[];
  /** Which run this is, and what the chart's note says; wrapped at the chart's width. */
  readonly caption: string;
}

/** Breaks items of given widths into rows. */
function rowsOf<T>(
  items: readonly T[],
  widthOf: (item: T) => number,
  width: number,
): readonly (readonly { readonly item: T; readonly x: number }[])[] {
  const rows: { item: T; x: number }[][] = [[]];
  let x = 0;
  for (const item of items) {
    const needed = widthOf(item);
    if (x > 0 && x + needed > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)!.push({ item, x });
    x += needed;
  }
  return rows.filter((row) => row.length > 0);
}

export function exportSvg(svg: SVGSVGElement, { title, lines, caption }: Frame): ExportedSvg {
  const { width: plotWidth, height: plotHeight } = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const ruler = new OffscreenCanvas(1, 1).getContext('2d');
  if (ruler) ruler.font = `${SMALL}px ${style.fontFamily}`;
  const widthOf = (text: string): number => ruler?.measureText(text).width ?? text.length * SMALL * 0.6;
  const keyWidth = ({ label }: LineStyle): number => SAMPLE + 6 + widthOf(label);
  // Wider than on screen where a name in the legend needs it.
  const width = Math.max(plotWidth, ...lines.map((one) => Math.ceil(keyWidth(one)) + 2 * EDGE));
  const legend = rowsOf(lines, (one) => keyWidth(one) + GAP, width - 2 * EDGE);
  const space = widthOf(' ');
  const words = rowsOf(
    caption.split(/\s+/).filter(Boolean),
    (word) => widthOf(word) + space,
    width - 2 * EDGE,
  ).map((row) => row.map(({ item }) => item).join(' '));
  const below = TITLE_HEIGHT + plotHeight;
  const height = below + (legend.length + words.length) * LINE_HEIGHT + 10;
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
  words.forEach((text, i) => line(text, below + (legend.length + i + 1) * LINE_HEIGHT, SMALL, '400'));
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
  copy.setAttribute('width', String(plotWidth));
  copy.setAttribute('height', String(plotHeight));
  root.append(copy);
  legend.forEach((row, i) =>
    row.forEach(({ item, x }) => root.append(key(item, EDGE + x, below + (i + 1) * LINE_HEIGHT, style, svg))),
  );
  return { text: new XMLSerializer().serializeToString(root), width, height };
}

/**
 * A line of the legend; colours are read off an element, because custom properties mean nothing in a file.
 */
function key(
  { label, color, width, opacity, dash, marker }: LineStyle,
  x: number,
  y: number,
  style: CSSStyleDeclaration,
  host: Element,
): SVGGElement {
  const group = document.createElementNS(NAMESPACE, 'g');
  group.dataset['key'] = label;
  const add = (
    name: string,
    attributes: Readonly<Record<string, string | number | undefined>>,
  ): SVGElement => {
    const element = document.createElementNS(NAMESPACE, name);
    for (const [attribute, value] of Object.entries(attributes))
      if (value !== undefined) element.setAttribute(attribute, String(value));
    group.append(element);
    return element;
  };
  const paint = resolved(color, host);
  const middle = y - 3.5;
  add('line', {
    x1: x,
    x2: x + SAMPLE,
    y1: middle,
    y2: middle,
    stroke: paint,
    'stroke-width': width ?? 1.75,
    'stroke-opacity': opacity,
    'stroke-dasharray': dash,
  });
  if (marker)
    add('path', {
      d: markerPath(marker, 3),
      transform: `translate(${x + SAMPLE / 2} ${middle})`,
      fill: paint,
    });
  add('text', {
    x: x + SAMPLE + 6,
    y,
    'font-family': style.fontFamily,
    'font-size': SMALL,
    fill: style.color,
  }).textContent = label;
  return group;
}

/**
 * A colour as the browser computes it there. @param host an SVG or HTML element that may get a child for a
 * moment
 */
export function resolved(color: string, host: Element): string {
  const probe = document.createElementNS(NAMESPACE, 'g');
  probe.style.color = color;
  host.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}

/** At twice the size on screen. @throws EquipoiseError `picture-not-drawn`, or what the browser says, where the image cannot be drawn */
export async function toPng(svg: ExportedSvg): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`;
  await image.decode();
  const canvas = new OffscreenCanvas(Math.ceil(svg.width * 2), Math.ceil(svg.height * 2));
  const context = canvas.getContext('2d');
  if (!context) throw new EquipoiseError('picture-not-drawn');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: 'image/png' });
}
