/**
 * How wide a text of a chart is, in pixels: as the browser draws it, or about so where there is none to ask.
 */

/** About the width of a letter, by its size. */
const LETTER = 0.56;

let ruler: CanvasRenderingContext2D | null | undefined;
const known = new Map<string, number>();

/** @param size of the font in pixels, weight 500 as in charts */
export function textWidth(text: string, size: number): number {
  if (ruler === undefined) {
    ruler = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  }
  if (!ruler) return text.length * size * LETTER;
  const key = `${size} ${text}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  ruler.font = `500 ${size}px ${getComputedStyle(document.body).fontFamily}`;
  const { width } = ruler.measureText(text);
  // Texts with a number in them come and go.
  if (known.size > 500) known.clear();
  known.set(key, width);
  return width;
}
