/**
 * Checkpoints of version 1 (0.1.0, and the development versions after it) left out what the program did not
 * know yet; those of imported runs had predictions alone, and no version.
 */
import { completedConfig } from '../../config/parse';
import type { RunConfig } from '../../config/run-config';
import { filled, type Migration, type Plain } from '../../migration';
import type { TallyState } from '../../training/monitor/tally';
import { firstSegment } from '../../training/segments';

/** Everything had a label and was of a class, and nothing was counted that a strategy had to make up. */
const tallyOf = (old: Partial<TallyState> & Pick<TallyState, 'count' | 'lossSums'>): Plain => ({
  ...filled(old, {
    weightSums: old.lossSums.map(() => old.count),
    numbers: old.lossSums.map(() => null),
    absent: old.lossSums.map(() => 0),
    fallbacks: {},
  }),
});

export const checkpointFromVersion1: Migration = {
  name: 'nothing of a checkpoint is left out',
  from: 1,
  migrate: (old) => {
    if (!('config' in old)) return filled(old, { predictions: null, checks: null, tested: null });
    const config = completedConfig(old['config'] as RunConfig);
    return {
      ...filled(old, {
        // Neither could change.
        strategyId: config.strategy.id,
        segments: [firstSegment(config.strategy)],
        instruments: config.instruments,
        strategyVersion: 1,
        next: null,
        adjustments: [],
        checks: null,
        schedule: {},
        averages: false,
        microBatch: null,
        replan: null,
        predictions: null,
        tested: null,
      }),
      config,
      tally: tallyOf(old['tally'] as TallyState),
    };
  },
};
