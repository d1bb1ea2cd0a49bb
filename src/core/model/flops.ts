/**
 * Floating-point operations of a model, a multiplication and an addition counted as two: convolutions, fully
 * connected layers and what else declares its own, which is all but a hundredth of the work.
 */
import type { ModelPlan } from './plan';

/**
 * Operations for a batch: `forward`, and `step` for forward and both gradients (what depends on nothing that
 * is trained has none).
 */
export function modelFlops(
  { trunk, heads }: ModelPlan,
  batch: number,
): { readonly forward: number; readonly step: number } {
  const [forward, backward] = (['forward', 'backward'] as const).map((way) =>
    [trunk, ...heads].reduce((sum, { flops }) => sum + flops[way], 0),
  ) as [number, number];
  return { forward: batch * forward, step: batch * (forward + backward) };
}
