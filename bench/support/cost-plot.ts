/**
 * What a step costs, as a picture: time over work, both logarithmic, beside proportionality. Not here: the
 * table (document.ts) and files.
 */
import { COSTS, STEPS, type CostCase } from '../../src/core/bench/cases';
import type { Recorded } from '../../src/core/bench/line';

export interface CostPoint {
  readonly one: CostCase;
  readonly gflop: number;
  readonly ms: number;
}

/** The measured cases of {@link COSTS}, in their order. */
export const costPoints = (lines: readonly Recorded[]): readonly CostPoint[] =>
  COSTS.flatMap((one) => {
    const line = lines.find(({ backend, case: id }) => backend === 'wasm' && id === one.id);
    return line && line.ours !== null ? [{ one, gflop: Number(line['gflop']), ms: line.ours }] : [];
  });

/**
 * The exponent p of the time that grows as work^p: the slope of the least-squares line through the
 * logarithms.
 */
export function exponent(points: readonly Pick<CostPoint, 'gflop' | 'ms'>[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [points.map(({ gflop }) => Math.log(gflop)), points.map(({ ms }) => Math.log(ms))];
  const [mx, my] = [mean(x), mean(y)];
  return (
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0) /
    x.reduce((sum, value) => sum + (value - mx) ** 2, 0)
  );
}

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [720, 440, 64, 16, 16, 52];
const SERIES: Readonly<Record<CostCase['varied'], string>> = {
  batch: 'batch size',
  width: 'width',
  size: 'input size',
};
const place = (value: number): string => value.toFixed(1);

/** 1, 2 and 5 times the powers of ten within the limits. */
function ticks(low: number, high: number): readonly number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, i) => Math.floor(Math.log10(low)) + i,
  );
  return powers
    .flatMap((power) => [1, 2, 5].map((digit) => Number(`${digit}e${power}`)))
    .filter((value) => value >= low && value <= high);
}

const MARKS: Readonly<Record<CostCase['varied'], (x: number, y: number) => string>> = {
  batch: (x, y) => `<circle class="batch" cx="${place(x)}" cy="${place(y)}" r="5.5"/>`,
  width: (x, y) => `<rect class="width" x="${place(x - 5)}" y="${place(y - 5)}" width="10" height="10"/>`,
  size: (x, y) => `<path class="size" d="M${place(x)} ${place(y - 6.5)}l6.5 11h-13z"/>`,
};

const valueOf = ({ varied, batch, model }: CostCase): number =>
  ({ batch, width: model.width, size: model.inputSize })[varied];

/** An SVG for light and dark pages; empty text where nothing was measured. */
export function costPlot(points: readonly CostPoint[]): string {
  if (points.length === 0) return '';
  const values = (of: 'gflop' | 'ms'): number[] => points.map((point) => point[of]);
  const [x0, x1, y0, y1] = [
    Math.min(...values('gflop')) / 1.5,
    Math.max(...values('gflop')) * 1.5,
    Math.min(...values('ms')) / 1.5,
    Math.max(...values('ms')) * 1.5,
  ];
  const x = (gflop: number): number =>
    LEFT + (Math.log(gflop / x0) / Math.log(x1 / x0)) * (WIDTH - LEFT - RIGHT);
  const y = (ms: number): number =>
    HEIGHT - BOTTOM - (Math.log(ms / y0) / Math.log(y1 / y0)) * (HEIGHT - TOP - BOTTOM);
  // Through the compact model as it is, which is a point of every series.
  const middle =
    points.find(
      ({ one }) =>
        one.batch === STEPS.compact.batch &&
        one.model.width === STEPS.compact.model.width &&
        one.model.inputSize === STEPS.compact.model.inputSize,
    ) ?? points[0]!;
  const each = middle.ms / middle.gflop;
  const [from, to] = [Math.max(x0, y0 / each), Math.min(x1, y1 / each)];
  const used = (Object.keys(SERIES) as CostCase['varied'][]).filter((varied) =>
    points.some(({ one }) => one.varied === varied),
  );
  const alt = `Time of a step over its work: ${points.map(({ one, gflop, ms }) => `${SERIES[one.varied]} ${valueOf(one)}: ${gflop} GFLOP, ${ms} ms`).join('; ')}.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>What a training step costs</title><desc>${alt}</desc>`,
    '<style>',
    ':root{--ground:#fff;--ink:#1c2330;--line:#d5dae2;--batch:#0b62a8;--width:#b4460f;--size:#3f7d20}',
    '@media (prefers-color-scheme:dark){:root{--ground:#12161d;--ink:#dfe5ee;--line:#333b48;--batch:#6db3f2;--width:#f0935c;--size:#8fcf6a}}',
    'text{fill:var(--ink)}.grid{stroke:var(--line)}.even{stroke:var(--ink);stroke-dasharray:5 4;fill:none}',
    '.batch{fill:var(--batch)}.width{fill:none;stroke:var(--width);stroke-width:2.5}.size{fill:none;stroke:var(--size);stroke-width:2.5;stroke-linejoin:round}',
    '</style>',
    `<rect width="${WIDTH}" height="${HEIGHT}" style="fill:var(--ground)"/>`,
    ...ticks(x0, x1).map(
      (value) =>
        `<line class="grid" x1="${place(x(value))}" x2="${place(x(value))}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${place(x(value))}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${value}</text>`,
    ),
    ...ticks(y0, y1).map(
      (value) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${place(y(value))}" y2="${place(y(value))}"/><text x="${LEFT - 8}" y="${place(y(value) + 4.5)}" text-anchor="end">${value}</text>`,
    ),
    `<line class="even" x1="${place(x(from))}" y1="${place(y(from * each))}" x2="${place(x(to))}" y2="${place(y(to * each))}"/>`,
    ...points.map(({ one, gflop, ms }) => MARKS[one.varied](x(gflop), y(ms))),
    `<rect x="${LEFT + 4}" y="${TOP + 4}" width="196" height="${14 + 22 * (used.length + 1)}" style="fill:var(--ground)"/>`,
    ...used.map(
      (varied, i) =>
        `${MARKS[varied](LEFT + 20, TOP + 20 + 22 * i)}<text x="${LEFT + 34}" y="${TOP + 24.5 + 22 * i}">${SERIES[varied]}</text>`,
    ),
    `<line class="even" x1="${LEFT + 10}" x2="${LEFT + 30}" y1="${TOP + 20 + 22 * used.length}" y2="${TOP + 20 + 22 * used.length}"/><text x="${LEFT + 34}" y="${TOP + 24.5 + 22 * used.length}">proportional to the work</text>`,
    `<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">work of a step, GFLOP</text>`,
    `<text transform="translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">time of a step, ms</text>`,
    '</svg>',
    '',
  ].join('\n');
}
