/**
 * Export, import, export: the same bytes in every file, whatever the run was. What may differ is told: see
 * docs/automation.md.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  configFile,
  confusionFile,
  logFile,
  metricsFile,
  predictionsFile,
  stepsFile,
  timesFile,
  type ExportedRun,
} from '../../src/core/export/run-files';
import { readRunArchive, type ImportedRun } from '../../src/core/import/run-archive';
import { withoutScores } from '../../src/core/tasks/metrics/measurable';
import type { EpochRecord, LogEntry, RunState, SideMetrics, StepRow } from '../../src/core/training/events';
import type { TaskMetrics } from '../../src/core/tasks/metrics/types';
import { firstSegment } from '../../src/core/training/segments';
import { TASKS } from '../../src/core/tasks/presets';
import { pairsOf } from '../../src/core/weighting/readings';
import { FALLBACKS, GRADIENT_LEVELS } from '../../src/core/weighting/types';
import { CLASSES, madeUpRun } from '../support/stored-runs';
import { tasksOf } from '../support/tasks';
import { taskIds } from '../../src/core/tasks/types';

type Stored = Pick<ImportedRun, 'steps' | 'epochs' | 'log' | 'predictions'>;

function exported(
  run: ExportedRun,
  { steps, epochs, log, predictions }: Stored,
): ReadonlyMap<string, string> {
  const tasks = taskIds(run.config);
  return new Map([
    ['config.json', configFile(run)],
    ['metrics.csv', metricsFile(tasks, epochs, run.segments)],
    ['steps.csv', stepsFile(tasks, steps, run.segments, run.adjustments)],
    ['confusion.csv', confusionFile(tasks, run.classes, epochs)],
    ['log.csv', logFile(log)],
    ['times.csv', timesFile(epochs)],
    ...predictions.map(
      ({ which, predictions: made }) =>
        [`predictions-${which}.csv`, predictionsFile(tasks, run.classes, made)] as const,
    ),
  ]);
}

/** As a spreadsheet might be attacked, and as numbers are at their worst. */
const word = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^'{0,2}[=+@-][a-z,"]{0,4}$/));
const number = fc.double({ noNaN: false, noDefaultInfinity: true });
const row = (taskCount: number) => {
  const each = fc.array(number, { minLength: taskCount, maxLength: taskCount });
  return fc.record({
    losses: each,
    nominal: each,
    effective: each,
    total: number,
    ms: fc.double({ min: 0, max: 1e6, noNaN: true }),
    waitMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
    extraMs: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    fallback: fc.option(fc.constantFrom(...FALLBACKS)),
    gradients: fc.option(
      fc.record({
        level: fc.constantFrom(...GRADIENT_LEVELS),
        norms: each,
        cosines: fc.array(number, {
          minLength: pairsOf(taskCount).length,
          maxLength: pairsOf(taskCount).length,
        }),
        shares: each,
      }),
    ),
  });
};
const states: readonly RunState[] = ['finished', 'stopped', 'failed', 'paused'];

const anyRun = fc.constantFrom(1, 2, 3).chain((taskCount) =>
  fc.record({
    taskCount: fc.constant(taskCount),
    seed: fc.nat(),
    name: word,
    state: fc.constantFrom(...states),
    recoveries: fc.nat(9),
    adjusted: fc.boolean(),
    backendSoftware: fc.boolean(),
    switched: fc.boolean(),
    lacking: fc.constantFrom(null, 'unseen', 'constant', 'left-out'),
    byHand: fc.boolean(),
    rows: fc.array(row(taskCount), { minLength: 12, maxLength: 12 }),
    seconds: fc.double({ min: 0, max: 1e5, noNaN: true }),
    log: fc.array(
      fc.record({
        at: fc.integer({ min: 0, max: 4e12 }),
        level: fc.constantFrom('info' as const, 'warning' as const, 'error' as const),
        code: fc.constantFrom('started', 'fault'),
        step: fc.nat(),
        details: fc.dictionary(fc.constantFrom('a', 'b'), fc.oneof(word, fc.integer())),
      }),
    ),
    data: fc.option(
      fc.record(
        {
          train: fc.nat(),
          validation: fc.nat(),
          leftOut: fc.array(fc.record({ id: word, code: fc.constantFrom('file-missing', 'too-long') }), {
            maxLength: 3,
          }),
          sample: fc.oneof(
            fc.record({ kind: fc.constant('first' as const), count: fc.nat(), of: fc.nat() }),
            fc.record({
              kind: fc.constant('proportional' as const),
              count: fc.nat(),
              seed: fc.nat(),
              of: fc.nat(),
            }),
          ),
        },
        { requiredKeys: ['train', 'validation', 'leftOut'] },
      ),
      { nil: null },
    ),
    ids: fc.array(word, { minLength: 3, maxLength: 3 }),
  }),
);

/** As it is recorded when the last task cannot be measured, or not all of it. */
function lackingIn(epoch: EpochRecord, what: 'unseen' | 'constant' | 'left-out' | null): EpochRecord {
  if (what === null) return epoch;
  const last = (side: SideMetrics, change: (task: TaskMetrics) => TaskMetrics): SideMetrics => ({
    ...side,
    tasks: side.tasks.map((task, i) => (i === side.tasks.length - 1 ? change(task) : task)),
  });
  if (what === 'left-out')
    return { ...epoch, validation: last(epoch.validation, (task) => ({ ...task, leftOut: 3 })) };
  return {
    ...epoch,
    train: what === 'constant' ? last(epoch.train, (task) => withoutScores(task, what, true)) : epoch.train,
    validation: { ...last(epoch.validation, (task) => withoutScores(task, what)), total: Number.NaN },
  };
}

it('an exported run comes back as it was, byte for byte', () => {
  fc.assert(
    fc.property(
      anyRun,
      ({ taskCount, seed, lacking, rows, seconds, log, ids, switched, byHand, ...head }) => {
        const tasks = tasksOf(...TASKS.slice(0, taskCount));
        const { config, steps, epochs } = madeUpRun({
          seed,
          tasks,
          architecture: taskCount === 1 ? 'vgg11-single' : 'vgg11-bn-multitask',
          strategy: { id: 'unweighted-sum', options: {} },
        });
        const classes = CLASSES.slice(0, taskCount);
        const made = {
          ids,
          truth: tasks.map(() => [0, 1, 0]),
          predicted: tasks.map(() => [1, 1, 0]),
          confidence: tasks.map(() => [0.5, 1, 1 / 3]),
        };
        const stored: Stored = {
          steps: steps.map((step, i): StepRow => {
            const { extraMs, fallback, gradients, ...rest } = rows[i]!;
            return {
              step: step.step,
              epoch: step.epoch,
              ...rest,
              ...(extraMs === null ? {} : { extraMs }),
              ...(fallback ? { fallback } : {}),
              ...(gradients ? { gradients } : {}),
            };
          }),
          epochs: epochs.map((epoch, i) => ({ ...lackingIn(epoch, lacking), seconds: seconds + i })),
          log: log.map((entry, seq): LogEntry => ({ seq, ...entry })),
          predictions: [
            { which: 'best', predictions: made },
            { which: 'last', predictions: made },
          ],
        };
        const run: ExportedRun = {
          ...head,
          id: 'x',
          config,
          classes,
          createdAt: Date.UTC(2026, 0, 2),
          backend: 'wasm',
          softwareVersion: '1',
          corpus: { name: 'c', fingerprint: 'f', utterances: 3 },
          adjustments: byHand
            ? [
                {
                  kind: 'instruments',
                  instruments: { every: 3, gradients: 'full' },
                  step: 2,
                  epoch: 1,
                  at: 5,
                },
              ]
            : [],
          segments: [
            firstSegment(config.strategy),
            ...(switched
              ? [{ step: 4, epoch: 2, why: 'switch', strategy: { id: 'mean', options: {} } } as const]
              : []),
          ],
        };
        const files = exported(run, stored);
        const {
          steps: s,
          epochs: e,
          log: l,
          predictions: p,
          corpusId,
          corpus,
          unknown,
          absent,
          ...back
        } = readRunArchive(files);
        expect([unknown, absent]).toEqual([[], []]);
        expect(
          exported(
            {
              ...back,
              id: 'x',
              corpus: { name: corpus.name, fingerprint: corpusId, utterances: corpus.utterances },
            },
            { steps: s, epochs: e, log: l, predictions: p },
          ),
        ).toEqual(files);
      },
    ),
    { numRuns: 30 },
  );
});

it.each([
  ['running', 'paused'],
  ['preparing', 'paused'],
  ['failed', 'failed'],
] as const)('a run that is exported while it is %s is %s when it comes back', (state, expected) => {
  const { config, steps, epochs } = madeUpRun();
  const run: ExportedRun = {
    id: 'x',
    name: 'n',
    config,
    classes: CLASSES,
    createdAt: 0,
    backend: 'wasm',
    backendSoftware: false,
    softwareVersion: '1',
    state,
    recoveries: 0,
    adjusted: false,
    segments: [],
    adjustments: [],
    corpus: { name: '', fingerprint: 'f', utterances: 0 },
    data: null,
  };
  expect(readRunArchive(exported(run, { steps, epochs, log: [], predictions: [] })).state).toBe(expected);
});
