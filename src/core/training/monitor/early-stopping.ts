/** Early stopping on a monitored value, lower is better. Its state is part of a checkpoint. */
export interface EarlyStopping {
  readonly best: number | null;
  readonly bestEpoch: number;
  /** Epochs since the best. */
  readonly waited: number;
}

export const NOT_YET: EarlyStopping = { best: null, bestEpoch: 0, waited: 0 };

/**
 * NaN never improves. @returns the new state and whether this epoch is the best so far and whether to stop
 */
export function observe(
  state: EarlyStopping,
  epoch: number,
  value: number,
  patience: number,
): { readonly state: EarlyStopping; readonly improved: boolean; readonly stop: boolean } {
  const improved = Number.isFinite(value) && (state.best === null || value < state.best);
  const next = improved
    ? { best: value, bestEpoch: epoch, waited: 0 }
    : { ...state, waited: state.waited + 1 };
  return { state: next, improved, stop: next.waited >= patience };
}
