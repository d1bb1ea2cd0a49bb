/** The metrics file of an exported run: every number stands under its own name. */
import { expect, it } from 'vitest';
import { metricsFile, stepsFile } from '../../src/core/export/run-files';
import { readSteps } from '../../src/core/import/steps-file';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import type { Adjustment } from '../../src/core/training/adjustments';
import { withoutScores } from '../../src/core/tasks/metrics/measurable';
import type { TaskMetrics } from '../../src/core/tasks/metrics/types';
import type { EpochRecord, SideMetrics, StepRow } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { firstSegment } from '../../src/core/training/segments';

it('metrics.csv has one row a side and task, with all scores', () => {
  const side = (loss: number): SideMetrics => ({
    total: loss,
    tasks: [
      taskMetrics(
        [
          [1, 0, 1],
          [0, 1, 0],
          [0, 0, 0],
        ],
        loss,
      ),
    ],
  });
  const epoch: EpochRecord = {
    epoch: 2,
    step: 6,
    seconds: 1,
    train: side(0.5),
    validation: side(0.25),
    monitored: 0.25,
    best: true,
    nominal: [0.75],
    effective: [-0.5],
  };
  const [header, ...rows] = metricsFile(['emotion'], [epoch], [firstSegment({ id: 'static', options: {} })])
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
  const common = {
    epoch: '2',
    step: '6',
    task: 'emotion',
    uar: '0.75',
    macro_recall: '0.5',
    nominal_weight: '0.75',
    effective_weight: '-0.5',
    monitored: '0.25',
    best: 'true',
    strategy: 'static',
  };
  expect(named).toMatchObject([
    { ...common, side: 'train', loss: '0.5', total_loss: '0.5' },
    { ...common, side: 'validation', loss: '0.25', total_loss: '0.25' },
  ]);
  // Precisions 1, 1, 0; F1 2/3, 1, 0; two of three right.
  for (const [name, value] of [
    ['accuracy', 2 / 3],
    ['macro_precision', 2 / 3],
    ['macro_f1', 5 / 9],
  ] as const)
    expect(Number(named[0]![name])).toBeCloseTo(value, 12);
});

it('metrics.csv leaves what cannot be measured empty and says why, and what was left out', () => {
  const found = taskMetrics(
    [
      [0, 0],
      [3, 0],
    ],
    12.5,
  );
  const sides = (...tasks: TaskMetrics[]): SideMetrics => ({ total: 1, tasks });
  const epoch: EpochRecord = {
    epoch: 1,
    step: 3,
    seconds: 1,
    train: sides(found, withoutScores(found, 'constant', true)),
    validation: { ...sides(withoutScores(found, 'unseen'), { ...found, leftOut: 4 }), total: Number.NaN },
    monitored: 0.25,
    best: true,
    nominal: [1, 1],
    effective: [1, 1],
  };
  const [header, ...rows] = metricsFile(['emotion', 'gender'], [epoch], [])
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
  expect(named).toMatchObject([
    { side: 'train', loss: '12.5', not_measured: '', left_out: '' },
    { side: 'train', loss: '12.5', uar: '', accuracy: '', not_measured: 'constant' },
    {
      side: 'validation',
      loss: '',
      uar: '',
      macro_f1: '',
      total_loss: '',
      monitored: '0.25',
      not_measured: 'unseen',
    },
    { side: 'validation', loss: '12.5', accuracy: '0', not_measured: '', left_out: '4' },
  ]);
});

it('steps.csv has gradients where they were measured, and empty cells where not', () => {
  const row = {
    epoch: 1,
    total: 3,
    losses: [1, 2],
    nominal: [1, 1],
    effective: [0.5, -1],
    ms: 10,
    waitMs: 1,
  };
  const gradients = { level: 'full' as const, norms: [3, 4], cosines: [-0.25], shares: [0.75, 0.25] };
  const text = stepsFile(
    ['emotion', 'gender'],
    [
      { ...row, step: 1, extraMs: 2, gradients, fallback: 'zero-loss' },
      { ...row, step: 2 },
    ],
    [],
    [],
  );
  const [header, ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.replace('\uFEFF', '').split(','));
  const [measured, blind] = rows.map((cells) =>
    Object.fromEntries(header!.map((name, i) => [name, cells[i]])),
  );
  expect(measured).toMatchObject({
    step: '1',
    sum_of_weights: '-0.5',
    extra_ms: '2',
    made_up: 'zero-loss',
    gradients_at: 'full',
    gradient_norm_emotion: '3',
    gradient_norm_gender: '4',
    cosine_emotion_gender: '-0.25',
    update_share_emotion: '0.75',
    update_share_gender: '0.25',
  });
  expect(blind).toMatchObject({
    step: '2',
    sum_of_weights: '-0.5',
    extra_ms: '',
    made_up: '',
    gradients_at: '',
    gradient_norm_emotion: '',
    cosine_emotion_gender: '',
    update_share_gender: '',
  });
  expect(rows.every((cells) => cells.length === header!.length)).toBe(true);
});

it('steps.csv has the learning rate where it changes, and is read back with it', () => {
  const row = { epoch: 1, total: 1, losses: [1], nominal: [1], effective: [1], ms: 2, waitMs: 1, extraMs: 0 };
  const plain: StepRow[] = [1, 2].map((step) => ({ ...row, step }));
  const scheduled = plain.map((one, i) => ({ ...one, learningRate: [0.1, 0.07][i]! }));
  const text = (rows: readonly StepRow[]) => stepsFile(['emotion'], rows, [], []);
  const lines = text(scheduled).trimEnd().split('\r\n');
  expect(lines.map((line) => line.split(',').at(-1))).toEqual(['learning_rate', '0.1', '0.07']);
  expect(text(plain)).not.toContain('learning_rate');
  for (const rows of [plain, scheduled]) {
    const told = { unknown: [], absent: [] };
    const config = parseRunConfig({ ...PRESETS.compact, tasks: PRESETS.compact.tasks.slice(0, 1) });
    expect([...readSteps(text(rows), config, told)].flat()).toEqual(rows);
    expect(told).toEqual({ unknown: [], absent: [] });
  }
});

it('steps.csv names the strategy that weighed each step, and what was changed by hand: both act from the step after', () => {
  const row = (step: number): StepRow => ({
    step,
    epoch: step,
    total: 1,
    losses: [1],
    nominal: [1],
    effective: [1],
    ms: 1,
    waitMs: 0,
  });
  const segments = [
    firstSegment({ id: 'static', options: {} }),
    { step: 2, epoch: 3, why: 'switch' as const, strategy: { id: 'weighted-average' as const, options: {} } },
  ];
  const adjustments: Adjustment[] = [
    { kind: 'options', strategy: 'static', changed: { weights: [1, 0.5, 2] }, step: 1, epoch: 1, at: 0 },
    { kind: 'instruments', instruments: { every: 4, gradients: 'full' }, step: 1, epoch: 1, at: 0 },
  ];
  const [header, ...rows] = stepsFile(['emotion'], [1, 2, 3].map(row), segments, adjustments)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(rows.map((cells) => cells[header!.indexOf('strategy')])).toEqual([
    'static',
    'static',
    'weighted-average',
  ]);
  expect(rows.map((cells) => cells[header!.indexOf('changed')])).toEqual([
    '',
    'weights=1;0.5;2 measure=4:full',
    '',
  ]);
});
