/**
 * Records of version 1 (0.1.0, and the development versions after it) had no version, and left out what there
 * was nothing of, or what the program did not know yet. Options set by hand had one place, whichever segment of
 * the run they were for.
 */
import { filled, isPlain, type Migration, type Plain } from '../../migration';
import { firstSegment, type StrategyChoice } from '../../training/segments';

/** What was set by hand, a list by segment; null: of whichever segment has this strategy. */
function byHandOf(old: unknown): Plain {
  const { options, instruments } = isPlain(old) ? old : {};
  return {
    options: isPlain(options) ? [filled(options, { segment: null })] : [],
    instruments: instruments ?? null,
  };
}

export const recordFromVersion1: Migration = {
  name: 'nothing of a run record is left out',
  from: 1,
  migrate: (old) => ({
    ...filled(old, {
      data: null,
      recoveries: 0,
      // It could not change.
      segments: [firstSegment((old['config'] as { readonly strategy: StrategyChoice }).strategy)],
      nextStrategy: null,
      adjustments: [],
      adjusted: false,
    }),
    imported: isPlain(old['imported']) ? filled(old['imported'], { corpus: null }) : null,
    byHand: byHandOf(old['byHand']),
  }),
};
