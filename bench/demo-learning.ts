/**
 * How fast the compact model learns the demo corpus at default difficulty on wasm: validation UAR per task by
 * training time. One JSON line per seed: the time at which each of the three thresholds is first met, and the
 * values at the end.
 */
import { PRESETS } from '../src/core/config/presets';
import { parseRunConfig } from '../src/core/config/parse';
import { demoInMemory } from './support/corpora';
import { line } from './support/report';
import { prepare, train } from './support/train';
import { taskIds } from '../src/core/tasks/types';

const BUDGET_SECONDS = 120;
const WANTED: Readonly<Record<string, number>> = { emotion: 0.7, speaker: 0.6, gender: 0.95 };

for (const seed of (process.env['SEEDS'] ?? '1').split(',').map(Number)) {
  const config = parseRunConfig({ ...PRESETS.compact, backend: 'wasm', seed, epochs: 1000, patience: 1000 });
  const prepared = await prepare(demoInMemory({ seed: 1, difficulty: 0.5 }), config);
  let seconds = 0;
  const reached: Record<string, number> = {};
  const epochs = await train(prepared, config, (record) => {
    seconds += record.seconds;
    taskIds(config).forEach((task, i) => {
      if (record.validation.tasks[i]!.uar >= (WANTED[task] ?? 1)) reached[task] ??= Math.round(seconds);
    });
    if (process.env['VERBOSE'])
      console.error(
        record.epoch,
        seconds.toFixed(0),
        record.validation.tasks.map((t) => t.uar.toFixed(2)).join(' '),
        record.train.tasks.map((t) => t.uar.toFixed(2)).join(' '),
      );
    return seconds < BUDGET_SECONDS;
  });
  const uar = (i: number) => Math.max(...epochs.map((epoch) => epoch.validation.tasks[i]!.uar));
  const all = Object.keys(reached).length === config.tasks.length;
  line({
    case: `demo-learning-seed-${seed}`,
    backend: 'wasm',
    ours: all ? Math.max(...Object.values(reached)) : null,
    theirs: null,
    against: 'nothing',
    unit: 's',
    of: 'ours/theirs',
    threads: 1,
    note: all
      ? 'training time until every task has reached its validation UAR'
      : `not every task reached its validation UAR within ${BUDGET_SECONDS} s`,
    wanted: WANTED,
    preset: 'compact',
    seed,
    seconds: Math.round(seconds),
    epochs: epochs.length,
    secondsTo: reached,
    best: Object.fromEntries(config.tasks.map((task, i) => [task.id, Number(uar(i).toFixed(3))])),
    last: Object.fromEntries(
      config.tasks.map((task, i) => [task.id, Number(epochs.at(-1)!.validation.tasks[i]!.uar.toFixed(3))]),
    ),
  });
}
