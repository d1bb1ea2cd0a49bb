/** What the run leaves: its record, its tables, its weights. */
import { expect } from 'vitest';
import type { RunConfig } from '../../../src/core/config/run-config';
import type { RunRecord } from '../../../src/core/run/record';
import type { Dataset } from '../../../src/core/training/dataset';
import type { Modules, Whole } from './modules';

/** The stored record, the exported tables and the file of weights name every new thing. */
export async function filesOf(m: Modules, config: RunConfig, dataset: Dataset, whole: Whole): Promise<void> {
  const stored: RunRecord = {
    ...m.untouched(config),
    id: 'r',
    name: 'all new',
    config,
    corpusId: 'c',
    packId: 'p',
    classes: dataset.classes,
    createdAt: 1,
    updatedAt: 1,
    state: 'preparing',
    backend: 'wasm',
    backendSoftware: false,
    softwareVersion: 'test',
  };
  const view = { ...m.emptyView(stored), live: true };
  const taken = { pack: 'p', wish: 'run', byHand: stored.byHand, wanted: null, undone: [] } as const;
  const record = m.recordOf(m.runOf(stored, view, taken), 2);
  expect(m.parseRunConfig(JSON.parse(JSON.stringify(record.config)))).toEqual(config);

  const tasks = ['emotion', 'intensity'];
  const rowsOf = (csv: string): Readonly<Record<string, string>>[] => {
    const [header, ...rows] = csv.replace('\uFEFF', '').trimEnd().split('\r\n');
    const names = header!.split(',');
    return rows.map((row) => Object.fromEntries(row.split(',').map((cell, i) => [names[i]!, cell])));
  };
  const metrics = rowsOf(m.metricsFile(tasks, whole.epochs, view.segments));
  expect(
    metrics.map(({ epoch, side, task, strategy, count }) => [epoch, side, task, strategy, count]),
  ).toEqual(
    ['1', '2'].flatMap((epoch) =>
      [
        ['train', '52'],
        ['validation', '12'],
      ].flatMap(([side, count]) => [
        [epoch, side, 'emotion', 'sum-of-squares', ''],
        [epoch, side, 'intensity', 'sum-of-squares', count],
      ]),
    ),
  );
  const steps = rowsOf(m.stepsFile(tasks, whole.rows, view.segments, []));
  expect(steps[3]).toMatchObject({
    step: '4',
    loss_intensity: String(whole.rows[3]!.losses[1]),
    effective_weight_intensity: String(whole.rows[3]!.losses[1]),
    strategy: 'sum-of-squares',
    learning_rate: '0.0005',
  });
  expect(rowsOf(m.logFile(whole.log)).map(({ code }) => code)).toEqual([
    'run-started',
    ...whole.epochs.filter(({ best }) => best).map(() => 'epoch-best'),
    'finished',
  ]);

  const last = m.makeRun(config, whole.saved.at(-1)!, { dataset });
  await last.ready;
  const classes = tasks.map((task, i) => [task, dataset.classes[i]!] as const);
  const from = { ...config, classes, step: 14, epoch: 2, software: 'test' };
  const pieces: Uint8Array[] = [];
  for await (const piece of m.stateDictFile(last.network.spec, from, last.network.read())) pieces.push(piece);
  last.dispose();
  const bytes = Buffer.concat(pieces);
  const header = JSON.parse(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE())).toString()) as Readonly<
    Record<string, { readonly shape: readonly number[] }>
  >;
  const norm = (name: string): string[] =>
    ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'].map((of) => `${name}.${of}`);
  expect(Object.keys(header).sort()).toEqual(
    [
      '__metadata__',
      'stem.0.weight',
      'stem.0.bias',
      'layer1.0.conv1.weight',
      'layer1.0.conv2.weight',
      ...['stem.1', 'layer1.0.bn1', 'layer1.0.bn2'].flatMap(norm),
      ...tasks.flatMap((task) => [`heads.${task}.0.weight`, `heads.${task}.0.bias`]),
    ].sort(),
  );
  // Four channels of 8 x 8 are shared; eight classes and one number.
  expect(header['heads.emotion.0.weight']!.shape).toEqual([8, 256]);
  expect(header['heads.intensity.0.weight']!.shape).toEqual([1, 256]);
  expect(header['__metadata__']).toMatchObject({ architecture: 'tiny-resnet', tasks: 'emotion,intensity' });
}
