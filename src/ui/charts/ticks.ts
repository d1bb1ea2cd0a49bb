/** Round tick positions for linear and logarithmic axes, and the domain they span. */
export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest of 1, 2, 2.5, 5 x 10^k that is at least `raw`. */
export function niceStep(raw: number): number {
  if (!(raw > 0) || !Number.isFinite(raw)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return (STEPS.find((s) => s * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

const clean = (x: number): number => Number(x.toPrecision(12));

/** Shares of a number within which another one is the same. */
const ROUNDING = 1e-12;

/** Ticks at round positions covering [min, max]; the domain is widened to the outer ticks. */
export function linearAxis(min: number, max: number, count = 4): Axis {
  if (!Number.isFinite(min) || !Number.isFinite(max)) return linearAxis(0, 1, count);
  // Means of equal values differ in their last bits.
  if (max - min <= ROUNDING * Math.max(Math.abs(min), Math.abs(max)))
    return linearAxis(Math.min(min, 0), max === 0 ? 1 : Math.max(max, 0), count);
  const step = niceStep((max - min) / count);
  const first = Math.floor(min / step + 1e-9);
  const last = Math.ceil(max / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks };
}

/** Powers of ten from below `min` to above `max`. Both must be positive. */
export function logAxis(min: number, max: number): Axis {
  if (!(min > 0) || !(max > 0)) return { domain: [0.001, 1], ticks: [0.001, 0.01, 0.1, 1] };
  const first = Math.floor(Math.log10(min));
  const last = Math.max(first + 1, Math.ceil(Math.log10(max)));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => clean(10 ** (first + i)));
  return { domain: [ticks[0] ?? 0.1, ticks.at(-1) ?? 1], ticks };
}

/** Two axes that look alike. */
export const sameAxis = (a: Axis, b: Axis): boolean =>
  a.domain[0] === b.domain[0] && a.domain[1] === b.domain[1] && a.ticks.length === b.ticks.length;

/**
 * How much longer a full axis becomes: at most a quarter of it is empty, and it moves every quarter more
 * steps.
 */
const GROWTH = 4 / 3;

/**
 * An axis of counts from 0 that grows by a third when it is full, so that a live trace runs into free space
 * instead of moving the axis with every step. @param first its least end  @param planned where the counting
 * will end, if it is known: no room beyond it
 */
export function growingAxis(max: number, first = 4, planned = Infinity): Axis {
  let end = Math.max(1, first);
  while (end < max) end = Math.ceil(end * GROWTH);
  return countAxis(Math.max(1, max, Math.min(end, planned)));
}

/** Whole-number ticks inside [1, max], for steps and epochs; the domain starts at `start`. */
export function countAxis(max: number, start = 0, count = 5): Axis {
  const end = Math.max(start + 1, max);
  const step = Math.max(1, niceStep((end - start) / count));
  const whole = step < 1 || step === 2.5 ? Math.ceil(step) : step;
  const ticks: number[] = [];
  for (let x = Math.ceil(start / whole) * whole; x <= end; x += whole) ticks.push(clean(x));
  return { domain: [start, end], ticks };
}
