/** Traces as SVG paths, with gaps where a value has no place on the axis. Geometry only. */
import type { Projection, Trace } from './plot';

/** Broken where a value has no place on the axis. */
export function linePath({ xs, ys }: Trace, { px, py }: Projection): string {
  let d = '';
  let pen = 'M';
  for (let i = 0; i < xs.length; i++) {
    const y = py(ys[i]!);
    if (Number.isNaN(y)) {
      pen = 'M';
      continue;
    }
    d += `${pen}${px(xs[i]!).toFixed(1)},${y.toFixed(1)}`;
    pen = 'L';
  }
  return d;
}

/** The stretches of points that are drawn without a break, as [from, to). */
function stretches(count: number, drawn: (i: number) => boolean): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (let i = 0; i < count; i++)
    if (drawn(i)) {
      const last = found.at(-1);
      if (last?.[1] === i) last[1] = i + 1;
      else found.push([i, i + 1]);
    }
  return found;
}

/** Along the upper edge and back along the lower one. */
export function bandPath({ xs, band }: Trace, { px, py }: Projection): string {
  if (!band) return '';
  const { low, high } = band;
  const point = (i: number, y: number): string => `${px(xs[i]!).toFixed(1)},${py(y).toFixed(1)}`;
  return stretches(xs.length, (i) => !Number.isNaN(py(low[i]!)) && !Number.isNaN(py(high[i]!)))
    .filter(([from, to]) => to - from > 1)
    .map(([from, to]) => {
      const at = Array.from({ length: to - from }, (_, i) => from + i);
      return `M${[...at.map((i) => point(i, high[i]!)), ...at.toReversed().map((i) => point(i, low[i]!))].join('L')}Z`;
    })
    .join('');
}

/** Where a line shows nothing because a stretch of it is a single point. */
export function lonePoints({ xs, ys }: Trace, { py }: Projection): readonly number[] {
  return stretches(xs.length, (i) => !Number.isNaN(py(ys[i]!))).flatMap(([from, to]) =>
    to - from === 1 ? [from] : [],
  );
}

/** Markers on one line are this far apart at least, pixels: nearer ones run together. */
const MARKER_GAP = 11;

/**
 * Which points of a line get a marker: all where there is room, else every second, third, ...; always the
 * last.
 */
export function markedPoints({ xs, ys }: Trace, { px, py }: Projection): readonly number[] {
  const last = xs.length - 1;
  if (last < 0) return [];
  const spacing = last === 0 ? Number.POSITIVE_INFINITY : (px(xs[last]!) - px(xs[0]!)) / last;
  const stride = spacing > 0 ? Math.max(1, Math.ceil(MARKER_GAP / spacing)) : 1;
  return xs.flatMap((_, i) => ((last - i) % stride === 0 && !Number.isNaN(py(ys[i]!)) ? [i] : []));
}
