/**
 * What the batch norm kernels share: shapes, how positions are cut into chunks, and the one formula of the
 * activation.
 */
import type { Traits } from './backend';
import type { Operand } from './gpu';

export interface NormShape {
  /** z, [n, h, w, c]. */
  readonly n: number;
  readonly h: number;
  readonly w: number;
  readonly c: number;
  /**
   * Side and stride of the max pooling behind the ReLU; 1 for none. Rows and columns left over are not
   * pooled.
   */
  readonly pool: number;
}

export interface NormParameters {
  /** [2, c]: mean and 1 / standard deviation of the batch. */
  readonly statistics: Operand;
  /** [c] each. */
  readonly scale: Operand;
  readonly offset: Operand;
}

export const normClass = ({ h, w, c, pool }: NormShape): string => `${h}x${w}x${c} pool ${pool}`;

export const pooledSide = (side: number, pool: number): number => Math.floor(side / pool);

/**
 * `total` pieces of work cut into chunks, so that with `lanes` channels side by side the adapter is filled.
 */
export function chunks(
  total: number,
  lanes: number,
  shortest: number,
  traits: Traits,
): { readonly count: number; readonly length: number } {
  const wanted = Math.ceil((traits.software ? 64 : 8192) / lanes);
  const length = Math.ceil(total / Math.max(1, Math.min(wanted, 1024, Math.floor(total / shortest))));
  return { count: Math.ceil(total / length), length };
}

/**
 * `normal(z)` and `active(normal)` (before the ReLU) of the channel in `channel`: forward and backward must
 * agree to the last bit.
 */
export const ACTIVATION = `
  let mean = statistics[channel];
  let inverse = statistics[u.c + channel];
  let a = scale[channel];
  let b = offset[channel];`;
export const normal = (z: string): string => `((${z}) - mean) * inverse`;
export const active = (z: string): string => `(${normal(z)}) * a + b`;
