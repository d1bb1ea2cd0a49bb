/** What a chart is made of, and where a value lies in it. Types and geometry only. */
import type { Marker } from '../tasks';
import type { Subscribe } from './scheduler';
import type { Axis } from './ticks';

export interface LineStyle {
  readonly key: string;
  readonly label: string;
  readonly color: string;
  readonly dash?: string | undefined;
  readonly width?: number;
  readonly opacity?: number;
  readonly marker?: Marker;
  /** What stands at the line's end where the label is too long for it. */
  readonly short?: string;
  /** Label and marker at the line's end; `unless` the line of that key has points. */
  readonly endLabel?: boolean | { readonly unless: string };
  /** A marker on every point; for lines with few of them. */
  readonly dots?: boolean;
  /** The cursor reads it only between its ends. */
  readonly bounded?: boolean;
  /** Not worth a place in the key: the note says what it is. */
  readonly quiet?: boolean;
}

/**
 * Single steps behind their means. A dark ground swallows such lines: they are drawn stronger there
 * (charts.module.css).
 */
export const isThin = ({ width, opacity }: LineStyle): boolean =>
  width === 1 && opacity !== undefined && opacity < 1;

/** A line's points as two equally long lists, x ascending. */
export interface Trace {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** An area about the line, e.g. its spread: as long as `xs`. */
  readonly band?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

/** Where a chart's lines come from. Must be stable while nothing but the data changes. */
export interface TraceSource {
  readonly lines: readonly LineStyle[];
  /** One trace a line, in their order. */
  readonly read: () => readonly Trace[];
  readonly subscribe: Subscribe;
  /** Lines may end at different x: the cursor reads a line only at its own points. */
  readonly exact?: boolean;
}

/** The coordinate system of a chart. A new object only when it looks different. */
export interface Scales {
  readonly x: Axis;
  readonly y: Axis;
  readonly log: boolean;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const Y_AXIS_WIDTH = 52;
export const X_AXIS_HEIGHT = 22;
const TOP = 8;

/** Room at the right: for the labels of the line ends, or for half a tick label. */
export const marginOf = (
  labels: boolean,
): { readonly top: number; readonly right: number; readonly bottom: number; readonly left: number } => ({
  top: TOP,
  right: labels ? 72 : 14,
  bottom: 0,
  left: 0,
});

/** The plot area of a chart of this size; the same that recharts arrives at. */
export function areaOf(width: number, height: number, labels: boolean): Area {
  const { right } = marginOf(labels);
  return {
    x: Y_AXIS_WIDTH,
    y: TOP,
    width: width - Y_AXIS_WIDTH - right,
    height: height - TOP - X_AXIS_HEIGHT,
  };
}

export interface Projection {
  readonly px: (value: number) => number;
  readonly py: (value: number) => number;
  /** Pixel to x value. */
  readonly xAt: (pixel: number) => number;
}

/**
 * Value to pixel; what lies outside an axis stops at its edge. A value that an axis has no place for - none
 * on a logarithmic one up to zero - has no pixel: NaN.
 */
export function projection(area: Area, { x, y, log }: Scales): Projection {
  const along = (value: number, [from, to]: readonly [number, number]): number =>
    Math.min(1, Math.max(0, (value - from) / (to - from)));
  const level = (value: number): number =>
    !hasPlace(value, log) ? Number.NaN : log ? Math.log(value) : value;
  const levels: readonly [number, number] = [level(y.domain[0]), level(y.domain[1])];
  return {
    px: (value) => area.x + area.width * along(value, x.domain),
    py: (value) => area.y + area.height * (1 - along(level(value), levels)),
    xAt: (pixel) => x.domain[0] + ((pixel - area.x) / area.width) * (x.domain[1] - x.domain[0]),
  };
}

/** Whether a value can be drawn: a gap in its line if not. */
export const hasPlace = (value: number, log: boolean): boolean =>
  Number.isFinite(value) && (!log || value > 0);

/** Index of the point nearest to x, or -1. */
export function nearest(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && Math.abs(xs[low - 1]! - x) <= Math.abs(xs[low]! - x)
    ? low - 1
    : xs.length === 0
      ? -1
      : low;
}
