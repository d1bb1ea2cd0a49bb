/**
 * What strategies cost beyond an unweighted sum: the compact model's step on wasm, one thread, in turns with
 * the plain step, beside what the page says before a run (core/training/memory/strategy-cost.ts). Gradients at the
 * shared representation, of the last layer that all share, of everything. JSON lines; `TURNS` and `BUDGET`
 * (seconds a side and case) measure more or less.
 */
import { STEPS } from '../src/core/bench/cases';
import { buildModel } from '../src/core/model/architectures';
import { PRESETS } from '../src/core/config/presets';
import type { StrategyChoice } from '../src/core/training/segments';
import { extraWork } from '../src/core/training/memory/strategy-cost';
import { chooseBackend } from '../src/engine/platform/backend';
import { prepareStep } from '../src/engine/bench/ours';
import { line } from './support/report';
import { compare, details, limits, short, sideOf } from './support/sides';

const PLAIN: StrategyChoice = { id: 'unweighted-sum', options: {} };
const MEASURED: readonly { readonly at: string; readonly choice: StrategyChoice }[] = [
  { at: 'losses', choice: { id: 'weighted-average', options: { detached: false } } },
  { at: 'losses, twice', choice: { id: 'famo', options: {} } },
  { at: 'representation', choice: { id: 'mgda', options: {} } },
  { at: 'representation', choice: { id: 'nash-mtl', options: {} } },
  { at: 'last layer', choice: { id: 'grad-norm', options: {} } },
  { at: 'everything', choice: { id: 'pcgrad', options: { gradients: 'full' } } },
  { at: 'everything', choice: { id: 'upgrad', options: { gradients: 'full' } } },
  { at: 'everything, averaged', choice: { id: 'db-mtl', options: { beta: 0.9 } } },
];

const report = await chooseBackend('wasm');
const spec = buildModel(STEPS.compact.model);
for (const { at, choice } of MEASURED) {
  const [own, plain] = [prepareStep(STEPS.compact, choice), prepareStep(STEPS.compact, PLAIN)];
  const times = await compare(sideOf(own), sideOf(plain), limits(8_000, 15));
  const estimated =
    1 +
    extraWork(
      spec,
      {
        tasks: PRESETS.compact.tasks,
        strategy: choice,
        instruments: { every: 0, gradients: 'representation' },
      },
      1,
    );
  line({
    ...details(times),
    case: `strategy-${choice.id}`,
    backend: report.id,
    threads: 1,
    ours: times.ours.median,
    theirs: times.theirs!.median,
    against: 'unweighted sum',
    unit: 'ms',
    of: 'ours/theirs',
    batch: STEPS.compact.batch,
    note: `gradients of: ${at}; ${(times.ours.median / times.theirs!.median).toFixed(3)} of a plain step, ${estimated.toFixed(3)} by counted operations`,
    estimated: short(estimated),
  });
  own.dispose();
  plain.dispose();
}
