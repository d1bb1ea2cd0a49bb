/**
 * A confusion matrix as a picture that needs no stylesheet: what the table on screen shows, with its title,
 * its axes and a caption. Text only, so that it can be tested without a page. Not here: the colours on
 * screen, which whoever saves it reads off.
 */
import { html } from '../../core/export/report/html';
import type { ConfusionMatrix } from '../../core/tasks/metrics/types';
import type { ExportedSvg } from './export-svg';

export interface MatrixColors {
  readonly ground: string;
  readonly ink: string;
  readonly quiet: string;
  /** Of an empty cell, and what is laid over it by its share. */
  readonly sunken: string;
  readonly cell: string;
}

export interface MatrixPicture {
  readonly title: string;
  readonly matrix: ConfusionMatrix;
  readonly classes: readonly string[];
  readonly words: { readonly predicted: string; readonly truth: string; readonly recall: string };
  readonly caption: string;
  readonly colors: MatrixColors;
  readonly font: string;
  /** As counts and shares are written. */
  readonly count: (value: number) => string;
  readonly share: (value: number) => string;
  readonly widthOf: (text: string, size: number) => number;
}

const [EDGE, TITLE, SIZE, SMALL] = [12, 34, 12, 10.5] as const;
/** The darkest cell, so that the same ink is readable on every one; as in confusion-table.module.css. */
const DARKEST = 0.55;

/** Breaks a text at spaces. */
function wrapped(text: string, width: number, widthOf: (text: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export function matrixSvg({
  title,
  matrix,
  classes,
  words,
  caption,
  colors,
  font,
  count,
  share,
  widthOf,
}: MatrixPicture): ExportedSvg {
  const names = matrix.map((_, k) => classes[k] ?? String(k));
  const longest = Math.max(...names.map((name) => widthOf(name, SIZE)));
  const side = matrix.length > 6 ? 34 : Math.max(56, Math.ceil(longest) + 12);
  const upright = longest + 8 > side;
  const left = EDGE + 18 + Math.ceil(longest) + 8;
  const top = TITLE + 18 + (upright ? Math.ceil(longest) + 8 : 20);
  const grid = side * matrix.length;
  const width = left + grid + 16 + Math.ceil(Math.max(widthOf(words.recall, SMALL), 34)) + EDGE;
  const lines = wrapped(caption, width - 2 * EDGE, (text) => widthOf(text, SMALL));
  const height = top + grid + 14 + lines.length * 15 + 8;
  const text = (
    x: number,
    y: number,
    anchor: string,
    size: number,
    fill: string,
    words_: string,
    more: { readonly weight?: number; readonly turned?: boolean } = {},
  ) =>
    html`<text x="${x}" y="${y}" text-anchor="${anchor}" font-family="${font}" font-size="${size}" font-weight="${more.weight ?? 400}" fill="${fill}"${more.turned ? html` transform="rotate(-90 ${x} ${y})"` : null}>${words_}</text>`;
  const markup = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" fill="${colors.ground}"/>
${text(EDGE, 21, 'start', 13, colors.ink, title, { weight: 600 })}
${text(left + grid / 2, TITLE + 12, 'middle', SMALL, colors.quiet, words.predicted)}
${text(EDGE + 10, top + grid / 2, 'middle', SMALL, colors.quiet, words.truth, { turned: true })}
${text(left + grid + 12, top - 8, 'start', SMALL, colors.quiet, words.recall)}
${names.map((name, j) => (upright ? text(left + (j + 0.5) * side + 4, top - 8, 'start', SIZE, colors.ink, name, { turned: true }) : text(left + (j + 0.5) * side, top - 8, 'middle', SIZE, colors.ink, name)))}
${matrix.map((row, i) => {
  const total = row.reduce((sum, n) => sum + n, 0);
  const y = top + i * side;
  return html`${text(left - 8, y + side / 2 + 4, 'end', SIZE, colors.ink, names[i]!)}${row.map((n, j) => {
    const x = left + j * side;
    const part = total === 0 ? 0 : n / total;
    return html`<rect x="${x + 0.5}" y="${y + 0.5}" width="${side - 1}" height="${side - 1}" fill="${colors.sunken}"/><rect class="cell" x="${x + 0.5}" y="${y + 0.5}" width="${side - 1}" height="${side - 1}" fill="${colors.cell}" fill-opacity="${(part * DARKEST).toFixed(4)}"${i === j ? html` stroke="${colors.ink}" stroke-width="1.5"` : null}/>${text(x + side / 2, y + side / 2 + 4, 'middle', SIZE, n === 0 && i !== j ? colors.quiet : colors.ink, count(n), { weight: i === j ? 700 : 400 })}`;
  })}${text(left + grid + 12, y + side / 2 + 4, 'start', SIZE, colors.quiet, total === 0 ? '–' : share((row[i] ?? 0) / total))}`;
})}
${lines.map((line, k) => text(EDGE, top + grid + 22 + k * 15, 'start', SMALL, colors.ink, line))}
</svg>`;
  return { text: markup.markup, width, height };
}
