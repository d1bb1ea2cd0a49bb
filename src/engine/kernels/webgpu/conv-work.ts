/** How the work of the convolution's three kernels is cut into pieces. */
import type { ConvShape } from '../shared/conv-shape';
import type { Traits } from './backend';

/** The batch is left out: its last one may be smaller. */
export const convClass = ({ h, w, ci, co, k, stride, padding }: ConvShape): string =>
  `${h}x${w}x${ci}-${co} k${k} s${stride} p${padding}`;

/** The whole numbers every convolution kernel gets. */
export const convSizes = (s: ConvShape) => ({
  n: s.n,
  h: s.h,
  w: s.w,
  ci: s.ci,
  ho: s.ho,
  wo: s.wo,
  co: s.co,
  k: s.k,
  stride: s.stride,
  padding: s.padding,
});

/** A loop of `steps` iterations cut into `count` pieces of `length`. */
export interface Split {
  readonly count: number;
  readonly length: number;
}

const PARTIAL_BYTES = 32 * 1024 * 1024;

/**
 * Cuts a loop where there are too few independent pieces of work to fill the adapter; a second pass adds the
 * parts up.
 * @param invocations without a cut  @param steps of the loop, each worth `depth` of its shortest sensible
 * length  @param outputs numbers a part has
 */
export function split(
  invocations: number,
  steps: number,
  shortest: number,
  outputs: number,
  traits: Traits,
): Split {
  const wanted = Math.ceil((traits.software ? 64 : 16_384) / invocations);
  const most = Math.max(
    1,
    Math.min(512, Math.floor(steps / shortest), Math.floor(PARTIAL_BYTES / (4 * outputs))),
  );
  const length = Math.ceil(steps / Math.min(wanted, most));
  return { count: Math.ceil(steps / length), length };
}

/**
 * A workgroup of 64 that is as wide as there are columns of tiles, and no wider: the rest would stand idle.
 */
export function groupShape(columns: number): readonly [number, number] {
  let x = 8;
  while (x > 1 && x / 2 >= columns) x /= 2;
  return [x, 64 / x];
}
