/**
 * A line chart over epochs as SVG text: for files that are looked at without this page. Each line has a
 * colour, a dash pattern and its run's mark at its end. Not here: the charts on screen (src/ui/charts).
 */
import { placeEnds } from '../label-places';
import { html, type Markup } from './html';

export interface ReportLine {
  /** The run's letter. */
  readonly mark: string;
  /** Position of the run: decides colour and dashes. */
  readonly index: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** How far the shaded area reaches to either side; absent where there is none. */
  readonly band?: readonly number[];
  /** Between which epochs another strategy took over: 2.5 is between the second and the third. */
  readonly breaks?: readonly number[];
}

export interface ReportChart {
  readonly title: string;
  readonly lines: readonly ReportLine[];
  readonly xLabel: string;
  /** What values can be; a shaded area is cut off there. */
  readonly range?: readonly [number, number];
  /** Words for what lies below zero, which is then hatched. */
  readonly belowZero?: string;
  readonly tick: (value: number) => string;
}

/**
 * Dark enough on paper (contrast of 3:1 and more), and told apart with the common colour-vision deficiencies
 * together with the dashes.
 */
const COLORS = [
  '#0077bb',
  '#cc3311',
  '#228833',
  '#aa3377',
  '#555555',
  '#997700',
  '#009988',
  '#332288',
] as const;
const DASHES = ['', '7 3', '2 2.5', '9 3 2 3'] as const;
export const colorOf = (index: number): string => COLORS[index % COLORS.length]!;
export const dashOf = (index: number): string =>
  DASHES[(index + Math.floor(index / COLORS.length)) % DASHES.length]!;

const [WIDTH, HEIGHT] = [380, 210];
const AREA = { left: 46, top: 26, right: 22, bottom: 26 } as const;
const STEPS = [1, 2, 2.5, 5, 10];

/** Round positions from below `low` to above `high`. */
export function roundTicks(low: number, high: number, count = 4): readonly number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function span(values: readonly number[]): readonly [number, number] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [
    finite.reduce((a, b) => Math.min(a, b), 0),
    finite.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
  return high > low ? [low, high] : [low, low + 1];
}

export function lineChart({
  title,
  lines,
  xLabel,
  belowZero,
  tick,
  range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
}: ReportChart): Markup {
  const cut = (value: number): number => Math.min(range[1], Math.max(range[0], value));
  const yTicks = roundTicks(
    ...span(
      lines.flatMap(({ ys, band }) =>
        band ? ys.flatMap((y, i) => [cut(y - band[i]!), cut(y + band[i]!)]) : ys,
      ),
    ),
  );
  const last = Math.max(2, ...lines.map(({ xs }) => xs.at(-1) ?? 0));
  const xTicks = roundTicks(0, last, 5).filter((x) => Number.isInteger(x) && x >= 1 && x <= last);
  const [low, high] = [yTicks[0]!, yTicks.at(-1)!];
  const x = (value: number): number =>
    AREA.left + ((value - 1) / (last - 1)) * (WIDTH - AREA.left - AREA.right);
  const y = (value: number): number =>
    AREA.top + (1 - (value - low) / (high - low)) * (HEIGHT - AREA.top - AREA.bottom);
  const path = ({ xs, ys }: ReportLine): string => {
    let pen = 'M';
    return xs
      .map((value, i) => {
        if (!Number.isFinite(ys[i])) {
          pen = 'M';
          return '';
        }
        const point = `${pen}${x(value).toFixed(1)},${y(ys[i]!).toFixed(1)}`;
        pen = 'L';
        return point;
      })
      .join('');
  };
  const area = ({ xs, ys, band, index, mark }: ReportLine): Markup | null => {
    const at = band ? xs.map((_, i) => i).filter((i) => Number.isFinite(ys[i])) : [];
    if (at.length === 0) return null;
    const edge = (sign: 1 | -1) =>
      at.map((i) => `${x(xs[i]!).toFixed(1)},${y(cut(ys[i]! + sign * band![i]!)).toFixed(1)}`);
    return html`<path class="band" data-run="${mark}" d="M${[...edge(1), ...edge(-1).reverse()].join('L')}Z" fill="${colorOf(index)}" fill-opacity=".13"/>`;
  };
  /** Where the line stands between two epochs. */
  const between = ({ xs, ys }: ReportLine, at: number): number | null => {
    const next = xs.findIndex((value) => value > at);
    const [before, after] = [ys[next - 1], ys[next]];
    return next > 0 && Number.isFinite(before) && Number.isFinite(after)
      ? before! + ((at - xs[next - 1]!) / (xs[next]! - xs[next - 1]!)) * (after! - before!)
      : null;
  };
  const breaks = (line: ReportLine): readonly Markup[] =>
    (line.breaks ?? []).flatMap((at) => {
      const level = between(line, at);
      return level === null
        ? []
        : [
            html`<path class="break" data-run="${line.mark}" d="M${x(at).toFixed(1)},${(y(level) - 5).toFixed(1)}v10" stroke="${colorOf(line.index)}" stroke-width="2.5"/>`,
          ];
    });
  return html`<svg class="chart" role="img" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-label="${title}"><title>${title}</title>
<text class="chart-title" x="4" y="14">${title}</text>
${low < 0 && belowZero ? html`<rect x="${AREA.left}" y="${y(0).toFixed(1)}" width="${WIDTH - AREA.left - AREA.right}" height="${(y(low) - y(0)).toFixed(1)}" fill="url(#uphill)"/><text class="tick" x="${AREA.left + 4}" y="${(y(low) - 4).toFixed(1)}">${belowZero}</text>` : null}
${yTicks.map((value) => html`<line class="${value === 0 ? 'zero' : 'grid'}" x1="${AREA.left}" x2="${WIDTH - AREA.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/><text class="tick" text-anchor="end" x="${AREA.left - 5}" y="${(y(value) + 3.5).toFixed(1)}">${tick(value)}</text>`)}
${xTicks.map((value) => html`<line class="grid" y1="${AREA.top}" y2="${HEIGHT - AREA.bottom}" x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}"/><text class="tick" text-anchor="middle" x="${x(value).toFixed(1)}" y="${HEIGHT - AREA.bottom + 13}">${String(value)}</text>`)}
<text class="tick" text-anchor="end" x="${WIDTH - AREA.right}" y="${HEIGHT - 2}">${xLabel}</text>
${lines.map(area)}
${lines.map((line) => html`<path class="line" data-run="${line.mark}" d="${path(line)}" fill="none" stroke="${colorOf(line.index)}" stroke-width="1.75" stroke-dasharray="${dashOf(line.index)}"/>`)}
${lines.map(breaks)}${endLabels(lines, x, y)}
</svg>`;
}

/** Pixels between labels, and how far one reaches from its line's end. */
const [LABEL_HEIGHT, LABEL_WIDTH] = [11, 18];

/**
 * The marks at the ends of the lines, pushed apart where they would overlap and kept inside the chart; a
 * single epoch also gets a dot.
 */
function endLabels(
  lines: readonly ReportLine[],
  x: (value: number) => number,
  y: (value: number) => number,
): readonly Markup[] {
  const ends = lines.flatMap(({ mark, index, xs, ys }) => {
    const at = ys.findLastIndex(Number.isFinite);
    return at < 0 ? [] : [{ mark, index, px: x(xs[at]!), py: y(ys[at]!), dot: xs.length === 1 }];
  });
  const places = placeEnds(
    ends.map(({ px, py }) => ({ from: px, to: px + LABEL_WIDTH, y: py })),
    LABEL_HEIGHT,
    AREA.top,
    HEIGHT - AREA.bottom,
  );
  return ends.map(
    ({ mark, index, px, py, dot }, i) =>
      html`${dot ? html`<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="2.5" fill="${colorOf(index)}"/>` : null}<text class="end" x="${(px + 4).toFixed(1)}" y="${(places[i]! + 3.5).toFixed(1)}" fill="${colorOf(index)}">${mark}</text>`,
  );
}
