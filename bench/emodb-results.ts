/**
 * Compact training on real speech: an IEMOCAP-layout folder (docs/results.md: one made of Berlin EmoDB),
 * random 4:1 split, Adam 1e-3, 40 epochs, unweighted sum and weighted average (differentiated through),
 * several seeds, on wasm. CORPUS names the folder; SEEDS and EPOCHS may be set. One JSON line a run, then one
 * a strategy: `ours` is the emotion's validation UAR. A matter of scores, not of speed: nothing is recorded.
 */
import { existsSync } from 'node:fs';
import { PRESETS } from '../src/core/config/presets';
import type { RunConfig } from '../src/core/config/run-config';
import { parseRunConfig } from '../src/core/config/parse';
import { folderOnDisk } from './support/corpora';
import { say } from './support/report';
import { prepare, train } from './support/train';
import { taskIds } from '../src/core/tasks/types';

const common = {
  backend: 'wasm',
  theirs: null,
  against: 'nothing',
  unit: 'UAR',
  of: 'ours/theirs',
  threads: 1,
} as const;
const folder = process.env['CORPUS'] ?? '';
if (!existsSync(folder)) {
  say({
    ...common,
    case: 'emodb-results',
    ours: null,
    note: 'left out: set CORPUS to a folder in IEMOCAP layout',
  });
} else {
  const epochs = Number(process.env['EPOCHS'] ?? 40);
  const seeds = (process.env['SEEDS'] ?? '1,2,3').split(',').map(Number);
  const strategies: readonly RunConfig['strategy'][] = [
    { id: 'unweighted-sum', options: {} },
    { id: 'weighted-average', options: { detached: false } },
  ];
  const base = parseRunConfig({ ...PRESETS.compact, backend: 'wasm', epochs, patience: epochs });
  const prepared = await prepare(folderOnDisk(folder), base);
  const emotion = (uars: readonly number[]): number => uars[taskIds(base).indexOf('emotion')]!;
  const round = (value: number): number => Number(value.toFixed(3));
  for (const strategy of strategies) {
    const ends: number[][] = [];
    for (const seed of seeds) {
      const config = parseRunConfig({ ...base, strategy, seed });
      const records = await train(prepared, config, (record) => {
        if (process.env['VERBOSE'])
          console.error(
            strategy.id,
            seed,
            record.epoch,
            record.seconds.toFixed(1),
            record.validation.tasks.map((t) => t.uar.toFixed(2)).join(' '),
          );
        return true;
      });
      const last = records.at(-1)!;
      ends.push(last.validation.tasks.map((task) => task.uar));
      const named = (values: readonly number[]) =>
        Object.fromEntries(config.tasks.map((task, i) => [task.id, round(values[i]!)]));
      say({
        ...common,
        case: `emodb-results-${strategy.id}-seed-${seed}`,
        ours: emotion(ends.at(-1)!),
        strategy: strategy.id,
        seed,
        epoch: last.epoch,
        utterances: prepared.manifest.utterances.length,
        uar: named(last.validation.tasks.map((t) => t.uar)),
        meanOfLastFive: named(
          config.tasks.map(
            (_, i) =>
              records.slice(-5).reduce((sum, record) => sum + record.validation.tasks[i]!.uar, 0) /
              Math.min(5, records.length),
          ),
        ),
        trainUar: named(last.train.tasks.map((t) => t.uar)),
        seconds: Math.round(records.reduce((sum, r) => sum + r.seconds, 0)),
      });
    }
    const column = (i: number) => ends.map((row) => row[i]!);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const sd = (values: readonly number[]) =>
      Math.sqrt(values.reduce((a, b) => a + (b - mean(values)) ** 2, 0) / Math.max(1, values.length - 1));
    say({
      ...common,
      case: `emodb-results-${strategy.id}`,
      ours: mean(ends.map(emotion)),
      strategy: strategy.id,
      seeds: seeds.length,
      epochs,
      ...Object.fromEntries(
        base.tasks.map((task, i) => [task, `${mean(column(i)).toFixed(2)} ± ${sd(column(i)).toFixed(2)}`]),
      ),
    });
  }
}
