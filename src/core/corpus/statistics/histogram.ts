/** Counts of numbers by bins of equal width at round positions. */
import type { Spread } from './spread';

/** More bins than these are narrower than a finger. */
const MOST_BINS = 40;
/** Below it powers of ten lose their digits. */
const LEAST_STEP = 1e-300;
/** Robust deviations from the median up to which a histogram reaches: one recording of an hour must not be all of it. */
const REACH = 12;

export interface Histogram {
  /** Ends of the bins, ascending; a value at an inner end belongs to the bin above. */
  readonly edges: readonly number[];
  /** By group: a count a bin. */
  readonly counts: readonly (readonly number[])[];
  /** Numbers below the first and above the last end. */
  readonly below: number;
  readonly above: number;
  /** Who has no number, or none that is finite. */
  readonly missing: number;
}

/** @returns ends at round positions that hold all numbers but extreme ones */
export function edgesFor(values: ArrayLike<number>, { count, median, deviation }: Spread): number[] {
  if (count === 0) return [0, 1];
  const reach = deviation > 0 ? REACH * deviation : Infinity;
  let [low, high] = [median, median];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value) || Math.abs(value - median) > reach) continue;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  // Narrower bins than the numbers' own digits have no ends of their own.
  const finest = Math.max(Math.abs(low), Math.abs(high)) * 1e-9;
  const wide = high > low ? Math.max((high - low) / MOST_BINS, finest) : Math.abs(low) / 10 || 1;
  const step = roundStep(Math.max(wide, LEAST_STEP));
  const first = Math.floor(low / step);
  const last = Math.max(first + 1, Math.ceil(high / step));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** 1, 2 or 5 times a power of ten, at least as large. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((one) => one * power >= least * (1 - 1e-12))!;
  return factor * power;
}

/**
 * @param groups which group each value belongs to; negative: none, it is left out as if it were not there
 * @param groupCount 1 where there are no groups
 */
export function histogram(
  values: ArrayLike<number>,
  edges: readonly number[],
  groups: ArrayLike<number> | null = null,
  groupCount = 1,
): Histogram {
  const bins = edges.length - 1;
  const counts = Array.from({ length: groupCount }, () => Array.from({ length: bins }, () => 0));
  let [below, above, missing] = [0, 0, 0];
  const [low, high] = [edges[0]!, edges[bins]!];
  const width = (high - low) / bins;
  for (let i = 0; i < values.length; i++) {
    const group = groups === null ? 0 : groups[i]!;
    if (group < 0) continue;
    const value = values[i]!;
    if (!Number.isFinite(value)) missing++;
    else if (value < low) below++;
    else if (value > high) above++;
    else {
      // Rounding may place it beside its bin: the ends decide.
      let bin = Math.min(bins - 1, Math.floor((value - low) / width));
      if (value < edges[bin]!) bin--;
      else if (bin < bins - 1 && value >= edges[bin + 1]!) bin++;
      counts[group]![bin]!++;
    }
  }
  return { edges, counts, below, above, missing };
}
