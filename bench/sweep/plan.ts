/**
 * The sweep over the demo corpus that is committed with its results (docs/results.md): which strategies,
 * which seeds, the compact preset as it is. Not here: training (run.ts) and the report (report.ts).
 */
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { StrategyChoice } from '../../src/core/training/segments';
import { beginningNow } from '../../src/core/training/sweep';
import { keyOf, type PlannedRun } from '../support/kept-run';

export const SEEDS = [1, 2, 3] as const;

/** In the order of the report; the first is the baseline. Options that are not named have their defaults. */
export const PLAN: readonly { readonly label: string; readonly strategy: StrategyChoice }[] = [
  { label: 'unweighted sum', strategy: { id: 'unweighted-sum', options: {} } },
  { label: 'weighted average', strategy: { id: 'weighted-average', options: { detached: false } } },
  { label: 'weighted average, detached', strategy: { id: 'weighted-average', options: { detached: true } } },
  { label: 'Kendall uncertainty', strategy: { id: 'kendall-uncertainty', options: {} } },
  { label: 'DWA', strategy: { id: 'dwa', options: {} } },
  { label: 'random (RLW)', strategy: { id: 'random', options: {} } },
  { label: 'geometric (GLS)', strategy: { id: 'geometric', options: {} } },
  { label: 'UW-SO', strategy: { id: 'uw-so', options: {} } },
  { label: 'FAMO', strategy: { id: 'famo', options: {} } },
  { label: 'GradNorm', strategy: { id: 'grad-norm', options: {} } },
  { label: 'PCGrad', strategy: { id: 'pcgrad', options: {} } },
  { label: 'IMTL-G', strategy: { id: 'imtl-g', options: {} } },
  { label: 'emotion alone', strategy: { id: 'single-task', options: { task: 0 } } },
  { label: 'speaker alone', strategy: { id: 'single-task', options: { task: 1 } } },
  { label: 'gender alone', strategy: { id: 'single-task', options: { task: 2 } } },
];

/** Seed by seed, as in the app's queue. */
export const plannedRuns = (): readonly PlannedRun[] =>
  SEEDS.flatMap((seed) =>
    PLAN.map(({ label, strategy }) => {
      const config = beginningNow(parseRunConfig({ ...PRESETS.compact, backend: 'wasm', strategy, seed }));
      return { key: keyOf(config), label, config };
    }),
  );
