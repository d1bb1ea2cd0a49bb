/**
 * Where the weighted average, differentiated through, turns a task round: the loss, and its share of all
 * losses, below which the effective weight ∂L/∂L_i = 2 p_i − Σ_j p_j² is negative while the other losses stay
 * as they are.
 *
 * With S the sum and Q the sum of squares of the other losses, ∂L/∂L_i · (L_i + S)² = L_i² + 2 L_i S − Q,
 * which is zero at L_i = √(S² + Q) − S.
 */
export interface TurningPoint {
  /** The task's loss there, nats. */
  readonly loss: number;
  /**
   * Its share p_i there. With three tasks between 1 − √(2/3) = 0.18 (the others equal) and 1 − √(1/2) = 0.29
   * (one of them zero).
   */
  readonly share: number;
}

/**
 * @param losses of all tasks, none negative  @returns null for the only task, or where all other losses are
 * zero: its weight never turns
 */
export function turningPoint(losses: readonly number[], task: number): TurningPoint | null {
  const others = losses.filter((_, i) => i !== task);
  const sum = others.reduce((total, loss) => total + loss, 0);
  const squares = others.reduce((total, loss) => total + loss * loss, 0);
  if (!(squares > 0)) return null;
  const reach = Math.sqrt(sum * sum + squares);
  return { loss: reach - sum, share: 1 - sum / reach };
}
