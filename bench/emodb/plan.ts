/**
 * The study on Berlin EmoDB that is committed with its results (docs/results.md): who is held out, and by which
 * strategy the tasks are weighed. Compact preset, every fold, seed 1. Not here: training (run.ts), the report
 * (report.ts).
 */
import { PRESETS } from '../../src/core/config/presets';
import type { RunConfig } from '../../src/core/config/run-config';
import { parseRunConfig } from '../../src/core/config/parse';
import type { StrategyChoice } from '../../src/core/training/segments';
import { beginningNow } from '../../src/core/training/sweep';
import { keyOf } from '../support/kept-run';

/** Epochs of every run: none is chosen by what is held out. 90 runs take about an hour on two cores. */
const EPOCHS = Number(process.env['EPOCHS'] ?? 20);
/** 27 to 30 steps an epoch: twice the preset's, in the same time. */
const BATCH = 16;

export const PROTOCOLS = [
  {
    id: 'random',
    label: 'random, 5 folds',
    splits: [1, 2, 3, 4, 5].map((fold) => ({ kind: 'folds', folds: 5, fold }) as const),
  },
  {
    id: 'speakers',
    label: 'one speaker out, 10 folds',
    splits: ['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'].map(
      (speaker) => ({ kind: 'speaker', speaker }) as const,
    ),
  },
] as const;
export type ProtocolId = (typeof PROTOCOLS)[number]['id'];

/** The first is what the others are measured against. Options that are not named have their defaults. */
export const RECIPES: readonly { readonly label: string; readonly strategy: StrategyChoice }[] = [
  { label: 'emotion alone', strategy: { id: 'single-task', options: { task: 0 } } },
  { label: 'unweighted sum', strategy: { id: 'unweighted-sum', options: {} } },
  { label: 'weighted average', strategy: { id: 'weighted-average', options: { detached: false } } },
  { label: 'Kendall uncertainty', strategy: { id: 'kendall-uncertainty', options: {} } },
  { label: 'DWA', strategy: { id: 'dwa', options: {} } },
  { label: 'PCGrad', strategy: { id: 'pcgrad', options: {} } },
];

export interface PlannedFold {
  readonly key: string;
  readonly label: string;
  readonly protocol: ProtocolId;
  /** Whose turn it is, as text. */
  readonly fold: string;
  readonly config: RunConfig;
}

/** Fold by fold, so that an interrupted study has all recipes on some folds. */
export const plannedRuns = (): readonly PlannedFold[] =>
  PROTOCOLS.flatMap(({ id: protocol, splits }) =>
    splits.flatMap((split) =>
      RECIPES.map(({ label, strategy }): PlannedFold => {
        const config = beginningNow(
          parseRunConfig({
            ...PRESETS.compact,
            corpus: { kind: 'folder', id: 'emodb', name: 'EmoDB' },
            labelScheme: 'emodb-7',
            backend: 'wasm',
            batchSize: BATCH,
            epochs: EPOCHS,
            patience: EPOCHS,
            split,
            strategy,
            seed: 1,
          }),
        );
        const fold = 'speaker' in split ? split.speaker : String(split.fold);
        return { key: keyOf(config), label, protocol, fold, config };
      }),
    ),
  );
