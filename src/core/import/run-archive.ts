/**
 * An exported run read back: configuration, history, log and predictions out of the text files of its zip
 * (core/export/run-files.ts). The trust boundary for such files: every value is checked, and scores that do
 * not follow from their confusion matrix are refused. Not here: unpacking (zip-directory.ts); weights are not
 * read, an imported run is to look at.
 */
import * as v from 'valibot';
import { ConfigError } from '../errors/errors';
import { newerFile } from '../export/config-file';
import { RUN_EXPORT_VERSION, type ExportedPredictions } from '../export/run-files';
import { isPlain } from '../migration';
import { numberMetrics, taskMetrics } from '../tasks/metrics/confusion';
import { withoutScores } from '../tasks/metrics/measurable';
import type { Adjustment } from '../training/adjustments';
import { METRICS, scoresFor } from '../tasks/metrics/registry';
import { UNMEASURABLE, type NumberScores, type TaskMetrics } from '../tasks/metrics/types';
import type { EpochRecord, LogEntry, RunState, SideMetrics, StepRow } from '../training/events';
import type { RunConfig } from '../config/run-config';
import { parseRunConfig } from '../config/parse';
import type { RunData } from '../training/run-data';
import { firstSegment, strategyOfStep, type StrategySegment } from '../training/segments';
import { parseJson } from '../config/bounded-json';
import { Columns } from './columns';
import { badRow, csvBlocks, readCsv, undefused } from './csv-reader';
import { currentHead } from './migrations/registry';
import { LONGEST_CELL, ROW_LIMITS } from './limits';
import { readSteps } from './steps-file';
import { tell, type Told } from './told';
import { taskIds } from '../tasks/types';

export interface ImportedRun {
  readonly name: string;
  readonly config: RunConfig;
  readonly classes: readonly (readonly string[])[];
  readonly createdAt: number;
  readonly backend: string;
  readonly backendSoftware: boolean;
  readonly softwareVersion: string;
  /** Over as the file says; `paused` where it was not over. */
  readonly state: RunState;
  readonly recoveries: number;
  readonly adjusted: boolean;
  readonly corpusId: string;
  readonly corpus: { readonly name: string; readonly utterances: number };
  /** Null in exports of 0.1.0, which did not keep it. */
  readonly data: RunData | null;
  readonly segments: readonly StrategySegment[];
  readonly adjustments: readonly Adjustment[];
  readonly steps: readonly StepRow[];
  readonly epochs: readonly EpochRecord[];
  readonly log: readonly LogEntry[];
  readonly predictions: readonly {
    readonly which: 'best' | 'last';
    readonly predictions: ExportedPredictions;
  }[];
  /** Of the test part, with the best epoch's weights. */
  readonly tested: ExportedPredictions | null;
  /** Columns that are not known here and were not read: `steps.csv: temperature`. */
  readonly unknown: readonly string[];
  /** What today's files tell and these, of an older version, do not. */
  readonly absent: readonly string[];
}

/** Files that are read; the predictions, times and what was tested may be missing. */
export const ARCHIVE_FILES = [
  'config.json',
  'metrics.csv',
  'steps.csv',
  'confusion.csv',
  'log.csv',
  'predictions-best.csv',
  'predictions-last.csv',
  'predictions-test.csv',
  'times.csv',
  'test.csv',
  'test-confusion.csv',
] as const;
const NEEDED = ARCHIVE_FILES.slice(0, 5);
const SIDES = ['train', 'validation'] as const;
const TEST = ['test'] as const;
type SideName = (typeof SIDES)[number] | 'test';
const STATES: readonly RunState[] = ['preparing', 'running', 'paused', 'stopped', 'finished', 'failed'];
/** Scores are written in full precision and computed again from the same counts. */
const TOLERANCE = 1e-9;

const short = (length: number) => v.pipe(v.string(), v.maxLength(length));
const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const WHEN = { step: COUNT, epoch: COUNT, at: COUNT };
const HEAD = v.looseObject({
  format: v.literal('equipoise-run'),
  version: v.literal(RUN_EXPORT_VERSION),
  name: short(200),
  config: v.unknown(),
  // None of a number.
  classes: v.pipe(v.array(v.pipe(v.array(short(128)), v.maxLength(1000))), v.maxLength(8)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  backend: short(32),
  softwareVersion: short(64),
  corpus: v.looseObject({ name: short(256), fingerprint: short(128), utterances: COUNT }),
  data: v.nullable(
    v.object({
      train: COUNT,
      validation: COUNT,
      test: v.exactOptional(COUNT),
      leftOut: v.pipe(v.array(v.object({ id: short(128), code: short(64) })), v.maxLength(100_000)),
      sample: v.exactOptional(
        v.variant('kind', [
          v.object({ kind: v.literal('first'), count: COUNT, of: COUNT }),
          v.object({ kind: v.literal('proportional'), count: COUNT, seed: COUNT, of: COUNT }),
        ]),
      ),
    }),
  ),
  /** Null: a version that did not tell. */
  state: v.nullable(v.picklist(STATES)),
  recoveries: COUNT,
  adjusted: v.boolean(),
  backendSoftware: v.boolean(),
  adjustments: v.pipe(
    v.array(
      v.variant('kind', [
        v.object({
          kind: v.literal('options'),
          strategy: short(40),
          changed: v.record(short(32), v.unknown()),
          ...WHEN,
        }),
        v.object({
          kind: v.literal('instruments'),
          instruments: v.object({ every: v.unknown(), gradients: v.unknown() }),
          ...WHEN,
        }),
      ]),
    ),
    v.maxLength(100_000),
  ),
  /** None: the configuration's strategy acted throughout. */
  segments: v.pipe(
    v.array(
      v.object({
        step: COUNT,
        epoch: COUNT,
        why: v.picklist(['start', 'switch', 'fork', 'formula']),
        strategy: v.object({
          id: short(40),
          options: v.record(short(32), v.unknown()),
          version: v.optional(COUNT),
        }),
      }),
    ),
    v.maxLength(1000),
  ),
});

/** An exported run of which all but the steps was read. */
export interface OpenedRun extends Omit<ImportedRun, 'steps'> {
  /** In blocks, read as they are asked for: the longest runs have millions. */
  readonly steps: Iterable<readonly StepRow[]>;
}

/** All of it at once: for runs of moderate length. @throws as {@link openRunArchive} */
export function readRunArchive(files: ReadonlyMap<string, string>): ImportedRun {
  const { steps, ...run } = openRunArchive(files);
  return { ...run, steps: [...steps].flat() };
}

/**
 * @throws ConfigError `archive-incomplete`, `archive-bad-head`, `newer-file`, `archive-bad-row`, `archive-date`,
 * `archive-too-many-rows`, `archive-inconsistent`, `bad-config`,
 *   `not-json`, `json-too-deep`, `json-too-long`; of the steps also while they are read
 */
export function openRunArchive(files: ReadonlyMap<string, string>): OpenedRun {
  const missing = NEEDED.filter((name) => !files.has(name));
  if (missing.length > 0) throw new ConfigError('archive-incomplete', { files: missing.join(', ') });
  const written = parseJson(files.get('config.json')!);
  requireKnownVersion(written);
  const head = v.safeParse(HEAD, currentHead(written));
  if (!head.success)
    throw new ConfigError('archive-bad-head', {
      reason: `${v.getDotPath(head.issues[0]) ?? ''} ${head.issues[0].message}`.trim(),
    });
  const {
    name,
    classes,
    createdAt,
    backend,
    backendSoftware,
    softwareVersion,
    state,
    recoveries,
    adjusted,
    corpus,
    data,
    adjustments,
    segments,
  } = head.output;
  const config = parseRunConfig(head.output.config);
  if (classes.length !== config.tasks.length) throw new ConfigError('archive-bad-head', { why: 'classes' });
  const confusions = readConfusions(files.get('confusion.csv')!, config, classes);
  const inForce: readonly StrategySegment[] =
    segments.length === 0
      ? [firstSegment(config.strategy)]
      : segments.map((segment) => ({
          ...segment,
          strategy: parseRunConfig({ ...config, strategy: segment.strategy }).strategy,
        }));
  const told: Told = { unknown: [], absent: state === null ? ['config.json: state'] : [] };
  const blocks = readSteps(files.get('steps.csv')!, config, told);
  // The first block tells which columns there are.
  const first = blocks.next();
  const steps = function* (): Generator<readonly StepRow[]> {
    if (first.done !== true) yield first.value;
    yield* blocks;
  };
  return {
    name,
    config,
    classes,
    backend,
    backendSoftware,
    softwareVersion,
    recoveries,
    adjusted,
    createdAt: Date.parse(createdAt),
    corpusId: corpus.fingerprint,
    corpus: { name: corpus.name, utterances: corpus.utterances },
    data,
    // A file without it is of a version that did not tell: such a run is stopped, whatever it was.
    state: state === 'running' || state === 'preparing' ? 'paused' : (state ?? 'stopped'),
    segments: inForce,
    adjustments: adjustments.map((one) => checkedAdjustment(one as Adjustment, config)),
    steps: steps(),
    epochs: withTests(
      readEpochs(
        files.get('metrics.csv')!,
        config,
        classes,
        confusions,
        inForce,
        readTimes(files.get('times.csv'), told),
        told,
      ),
      files,
      config,
      classes,
      told,
    ),
    log: readLog(files.get('log.csv')!),
    predictions: (['best', 'last'] as const).flatMap((which) => {
      const predictions = predictionsOf(which, files, config, classes);
      return predictions ? [{ which, predictions }] : [];
    }),
    tested: predictionsOf('test', files, config, classes),
    ...told,
  };
}

/** @throws ConfigError `newer-file` */
function requireKnownVersion(head: unknown): void {
  const version = isPlain(head) ? head['version'] : undefined;
  if (typeof version === 'number' && version > RUN_EXPORT_VERSION)
    throw newerFile(version, RUN_EXPORT_VERSION);
}

/** @throws ConfigError `bad-config` where an option or an interval does not fit */
function checkedAdjustment(one: Adjustment, config: RunConfig): Adjustment {
  if (one.kind === 'instruments')
    return { ...one, instruments: parseRunConfig({ ...config, instruments: one.instruments }).instruments };
  const { strategy } = parseRunConfig({ ...config, strategy: { id: one.strategy, options: one.changed } });
  return {
    ...one,
    changed: Object.fromEntries(Object.keys(one.changed).map((key) => [key, strategy.options[key]!])),
  };
}

/** Seconds by epoch; none in a file of an older version. */
function readTimes(text: string | undefined, told: Told): ReadonlyMap<number, number> {
  if (text === undefined) {
    told.absent.push('times.csv');
    return new Map();
  }
  const table = new Columns('times.csv', readCsv(text, 'times.csv', ROW_LIMITS['times.csv']));
  const [epoch, seconds] = [table.integer('epoch'), table.number('seconds')];
  const times = new Map(table.map((row) => [epoch(row), seconds(row)] as const));
  tell(told, 'times.csv', table);
  return times;
}

/** Both no number where it cannot be measured. */
const agree = (a: number, b: number): boolean =>
  Number.isNaN(a) ? Number.isNaN(b) : Math.abs(a - b) <= TOLERANCE;

type Confusions = ReadonlyMap<string, number[][]>;
const keyOf = (epoch: number, side: string, task: string): string => `${epoch}/${side}/${task}`;

function readConfusions(
  text: string,
  config: RunConfig,
  classes: readonly (readonly string[])[],
  file = 'confusion.csv',
  sides: readonly SideName[] = SIDES,
): Confusions {
  const tasks = taskIds(config);
  const most = ROW_LIMITS[file]!;
  const places = classes.map((names) => new Map(names.map((name, i) => [name, i])));
  const matrices = new Map<string, number[][]>();
  let cells = 0;
  for (const block of csvBlocks(text, file, most)) {
    const table = new Columns(file, block);
    const [epoch, side, task, truth, predicted, count] = [
      table.integer('epoch'),
      table.oneOf('side', sides),
      table.oneOf('task', tasks),
      table.text('true'),
      table.text('predicted'),
      table.integer('count'),
    ];
    for (let row = 0; row < table.length; row++) {
      const at = tasks.indexOf(task(row));
      const names = classes[at]!;
      const [i, j] = [places[at]!.get(undefused(truth(row))), places[at]!.get(undefused(predicted(row)))];
      if (i === undefined || j === undefined) throw table.bad(row, i === undefined ? 'true' : 'predicted');
      const key = keyOf(epoch(row), side(row), task(row));
      let matrix = matrices.get(key);
      if (!matrix) {
        // Every cell has a row of its own: matrices larger than all rows together are none of a run.
        cells += names.length ** 2;
        if (cells > most) throw table.bad(row, 'epoch');
        matrix = names.map(() => names.map(() => 0));
        matrices.set(key, matrix);
      }
      matrix[i]![j] = count(row);
    }
  }
  return matrices;
}

function readEpochs(
  text: string,
  config: RunConfig,
  classes: readonly (readonly string[])[],
  confusions: Confusions,
  segments: readonly StrategySegment[],
  seconds: ReadonlyMap<number, number>,
  told: Told,
  file = 'metrics.csv',
  sides: readonly SideName[] = SIDES,
): readonly EpochRecord[] {
  const tasks = taskIds(config);
  const table = new Columns(file, readCsv(text, file, ROW_LIMITS[file]));
  const [epoch, step, side, task] = [
    table.integer('epoch'),
    table.integer('step'),
    table.oneOf('side', sides),
    table.oneOf('task', tasks),
  ];
  const written = scoresFor('classes', 'compared').map(({ read, column }) => ({
    read,
    of: table.number(column),
  }));
  const [loss, nominal, effective, total, monitored, best] = [
    table.number('loss'),
    table.number('nominal_weight'),
    table.number('effective_weight'),
    table.number('total_loss'),
    table.number('monitored'),
    table.boolean('best'),
  ];
  // Files of 0.1.0 have neither: what they could not measure is read off the matrices, as for any run of that
  // version.
  const notMeasured = table.has('not_measured')
    ? table.oneOf('not_measured', ['', ...UNMEASURABLE] as const)
    : () => '' as const;
  const leftOut = table.has('left_out') ? table.number('left_out') : () => Number.NaN;
  const hasNumbers = classes.some((names) => names.length === 0);
  const numbers = METRICS.filter(({ kind }) => hasNumbers && kind === 'number');
  const scores = ['count', ...numbers.map(({ column }) => column)].map((column) =>
    hasNumbers ? table.number(column) : () => Number.NaN,
  );
  const numberOf = (row: number): TaskMetrics => {
    const keys = ['count', ...numbers.map(({ id }) => id)];
    const read = Object.fromEntries(keys.map((key, i) => [key, scores[i]!(row)])) as unknown as NumberScores;
    const found = numberMetrics(read, loss(row));
    const why = notMeasured(row);
    return why === '' ? found : withoutScores(found, why, side(row) === 'train');
  };
  tell(told, file, table);
  const perEpoch = sides.length * tasks.length;
  const metrics = (row: number): TaskMetrics => {
    if (classes[tasks.indexOf(task(row))]!.length === 0) return numberOf(row);
    const confusion = confusions.get(keyOf(epoch(row), side(row), task(row)));
    const counted = confusion && taskMetrics(confusion, loss(row));
    const [why, left] = [notMeasured(row), leftOut(row)];
    const emptied = counted && why !== '' ? withoutScores(counted, why, side(row) === 'train') : undefined;
    const found = emptied ?? (counted && (Number.isNaN(left) ? counted : { ...counted, leftOut: left }));
    if (!found || written.some(({ read, of }) => !agree(read(found), of(row))))
      throw new ConfigError('archive-inconsistent', { epoch: epoch(row) });
    return found;
  };
  if (table.length % perEpoch !== 0) throw badRow(file, table.length, '');
  return Array.from({ length: table.length / perEpoch }, (_, i) => {
    const first = i * perEpoch;
    const sideOf = (at: number): SideMetrics => ({
      total: total(first + at * tasks.length),
      tasks: tasks.map((_task, k) => metrics(first + at * tasks.length + k)),
    });
    for (let k = 0; k < perEpoch; k++) {
      const row = first + k;
      if (
        epoch(row) !== epoch(first) ||
        (k === 0 && row > 0 && epoch(row) <= epoch(row - 1)) ||
        side(row) !== sides[Math.floor(k / tasks.length)] ||
        task(row) !== tasks[k % tasks.length]
      )
        throw badRow(file, row + 1, 'epoch');
    }
    const strategy = strategyOfStep(segments, step(first));
    return {
      ...(strategy ? { strategy } : {}),
      epoch: epoch(first),
      step: step(first),
      seconds: seconds.get(epoch(first)) ?? 0,
      train: sideOf(0),
      validation: sideOf(sides.length - 1),
      monitored: monitored(first),
      best: best(first),
      nominal: tasks.map((_task, k) => nominal(first + k)),
      effective: tasks.map((_task, k) => effective(first + k)),
    };
  });
}

/** The epochs with what was tested of them. @throws ConfigError where an epoch is tested that there is not */
function withTests(
  epochs: readonly EpochRecord[],
  files: ReadonlyMap<string, string>,
  config: RunConfig,
  classes: readonly (readonly string[])[],
  told: Told,
): readonly EpochRecord[] {
  const [scores, counts] = [files.get('test.csv'), files.get('test-confusion.csv')];
  if (scores === undefined || counts === undefined) return epochs;
  const matrices = readConfusions(counts, config, classes, 'test-confusion.csv', TEST);
  const tested = readEpochs(scores, config, classes, matrices, [], new Map(), told, 'test.csv', TEST);
  const of = new Map(tested.map(({ epoch, train }) => [epoch, train]));
  if (tested.some(({ epoch }) => !epochs.some((one) => one.epoch === epoch)))
    throw badRow('test.csv', 1, 'epoch');
  return epochs.map((record) => {
    const test = of.get(record.epoch);
    return test ? { ...record, test } : record;
  });
}

const DETAILS = v.record(
  v.pipe(v.string(), v.maxLength(64)),
  v.union([v.pipe(v.string(), v.maxLength(4096)), v.number()]),
);

function readLog(text: string): readonly LogEntry[] {
  const file = 'log.csv';
  const log: LogEntry[] = [];
  for (const block of csvBlocks(text, file, ROW_LIMITS[file]!)) {
    const table = new Columns(file, block);
    const [time, level, code, step, details] = [
      table.text('time'),
      table.oneOf('level', ['info', 'warning', 'error']),
      table.text('code'),
      table.integer('step'),
      table.text('details'),
    ];
    for (let row = 0; row < table.length; row++) {
      const at = Date.parse(time(row));
      const read = details(row).length > LONGEST_CELL ? null : v.safeParse(DETAILS, parseJson(details(row)));
      if (Number.isNaN(at) || code(row).length > 64 || !read?.success)
        throw table.bad(row, read?.success ? 'time' : 'details');
      log.push({
        seq: log.length,
        at,
        level: level(row),
        code: code(row),
        step: step(row),
        details: read.output,
      });
    }
  }
  return log;
}

function predictionsOf(
  which: 'best' | 'last' | 'test',
  files: ReadonlyMap<string, string>,
  config: RunConfig,
  classes: readonly (readonly string[])[],
): ExportedPredictions | null {
  const file = `predictions-${which}.csv`;
  const text = files.get(file);
  return text === undefined ? null : readPredictions(text, file, config, classes);
}

function readPredictions(
  text: string,
  file: string,
  config: RunConfig,
  classes: readonly (readonly string[])[],
): ExportedPredictions {
  const tasks = taskIds(config);
  const table = new Columns(file, readCsv(text, file, ROW_LIMITS[file]));
  const utterance = table.text('utterance');
  /** @param names of the classes, none of a number @returns null where the cell is empty */
  const column = (name: string, names: readonly string[]): (number | null)[] => {
    if (names.length === 0) {
      const read = table.number(name);
      return table.map((row) => (Number.isNaN(read(row)) ? null : read(row)));
    }
    const read = table.text(name);
    return table.map((row) => {
      if (read(row) === '') return null;
      const index = names.indexOf(undefused(read(row)));
      if (index < 0) throw badRow(file, row + 1, name);
      return index;
    });
  };
  const predictedOf = (name: string, names: readonly string[]): number[] =>
    column(name, names).map((value, row) => {
      if (value === null) throw badRow(file, row + 1, name);
      return value;
    });
  return {
    ids: table.map((row) => undefused(utterance(row))),
    truth: tasks.map((task, i) => column(`${task}_true`, classes[i]!)),
    predicted: tasks.map((task, i) => predictedOf(`${task}_predicted`, classes[i]!)),
    confidence: tasks.map((task, i) => {
      if (classes[i]!.length === 0) return [];
      const read = table.number(`${task}_confidence`);
      return table.map(read);
    }),
  };
}
