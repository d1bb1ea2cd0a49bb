/** Stand-ins for what a trainer or an import keeps beside the arrays. */
import type { CheckpointState } from '../../src/core/run/checkpoint';

/** Of a checkpoint at this step: what storage does not look into. */
export const stateAt = (step: number): CheckpointState => ({
  version: 2,
  predictions: { ids: [String(step)], truth: [], predicted: [], confidence: [] },
  checks: null,
  tested: null,
});
