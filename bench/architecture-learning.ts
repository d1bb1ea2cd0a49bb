/**
 * Whether every architecture learns: the compact preset on the demo corpus at default difficulty, on wasm, with
 * each of the residual and recurrent networks in place of the VGG-11, at a width whose step costs about as much.
 * Counted in epochs, not seconds: one thread of wasm gives the same bits on a busy machine. `ARCHITECTURES`
 * names some, `EPOCHS`, `SEEDS` and `RATE` (of Adam) may be set. One JSON line a run.
 */
import type { ArchitectureId } from '../src/core/model/architectures';
import { PRESETS } from '../src/core/config/presets';
import { parseRunConfig } from '../src/core/config/parse';
import { taskIds } from '../src/core/tasks/types';
import { demoInMemory } from './support/corpora';
import { line } from './support/report';
import { prepare, train } from './support/train';

const WIDTHS: Partial<Readonly<Record<ArchitectureId, number>>> = {
  'resnet18-multitask': 1 / 4,
  'resnet50-multitask': 1 / 8,
  'cnn-bilstm-multitask': 1 / 2,
  'crnn-attention-multitask': 1 / 8,
};
/** Validation UAR that counts as learnt, as in demo-learning.ts. */
const WANTED: Readonly<Record<string, number>> = { emotion: 0.7, speaker: 0.6, gender: 0.95 };

const listed = (name: string, otherwise: readonly string[]): readonly string[] =>
  process.env[name]?.split(',') ?? otherwise;
const epochs = Number(process.env['EPOCHS'] ?? 24);
/** Another rate than the preset's makes another case. */
const rate = process.env['RATE'];
const another = rate ? { learningRate: Number(rate) } : {};
const compact = { ...PRESETS.compact, backend: 'wasm', epochs, patience: epochs };
const prepared = await prepare(demoInMemory({ seed: 1, difficulty: 0.5 }), parseRunConfig(compact));

for (const architecture of listed('ARCHITECTURES', Object.keys(WIDTHS)))
  for (const seed of listed('SEEDS', ['1']).map(Number)) {
    const width = WIDTHS[architecture as ArchitectureId] ?? PRESETS.compact.width;
    const optimizer = { ...PRESETS.compact.optimizer, ...another };
    const config = parseRunConfig({ ...compact, architecture, width, seed, optimizer });
    const tasks = taskIds(config);
    const reached: Record<string, number> = {};
    const records = await train(prepared, config, ({ epoch, validation }) => {
      tasks.forEach((task, i) => {
        if (validation.tasks[i]!.uar >= WANTED[task]!) reached[task] ??= epoch;
      });
      if (process.env['VERBOSE'])
        console.error(architecture, epoch, validation.tasks.map(({ uar }) => uar.toFixed(2)).join(' '));
      return true;
    });
    const uar = (of: (uars: readonly number[]) => number): Readonly<Record<string, number>> =>
      Object.fromEntries(
        tasks.map((task, i) => [
          task,
          Number(of(records.map(({ validation }) => validation.tasks[i]!.uar)).toFixed(3)),
        ]),
      );
    const best = uar((uars) => Math.max(...uars));
    const all = Object.keys(reached).length === tasks.length;
    const inWords = Object.entries(best).map(([task, value]) => `${task} ${value.toFixed(3)}`);
    line({
      case: `architecture-learning-${architecture}-seed-${seed}${rate ? `-rate-${rate}` : ''}`,
      backend: 'wasm',
      ours: all ? Math.max(...Object.values(reached)) : null,
      theirs: null,
      against: 'nothing',
      unit: 'epochs',
      of: 'ours/theirs',
      threads: 1,
      note: `width ${width}${rate ? `, rate ${rate}` : ''}; best validation UAR in ${records.length} epochs: ${inWords.join(', ')}`,
      wanted: WANTED,
      architecture,
      width,
      ...another,
      seed,
      epochs: records.length,
      epochsTo: reached,
      best,
      last: uar((uars) => uars.at(-1)!),
    });
  }
