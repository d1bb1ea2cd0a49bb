/**
 * The epochs of an exported run: `metrics.csv` with the matrices of `confusion.csv`, the seconds of `times.csv`
 * and what `test.csv` says of the test part. Scores that do not follow from their matrix are refused.
 */
import { ConfigError } from '../errors/errors';
import { numberMetrics, taskMetrics } from '../tasks/metrics/confusion';
import { withoutScores } from '../tasks/metrics/measurable';
import { METRICS, scoresFor } from '../tasks/metrics/registry';
import { UNMEASURABLE, type NumberScores, type TaskMetrics } from '../tasks/metrics/types';
import { taskIds } from '../tasks/types';
import type { EpochRecord, SideMetrics } from '../training/events';
import { strategyOfStep, type StrategySegment } from '../training/segments';
import type { Predicted } from './archive-head';
import { Columns } from './columns';
import { matrixKey, readConfusions, SIDES, type Confusions, type SideName } from './confusion-file';
import { badRow, readCsv } from './csv-reader';
import { ROW_LIMITS } from './limits';
import { tell, type Told } from './told';

const TEST = ['test'] as const;
/** Scores are written in full precision and computed again from the same counts. */
const TOLERANCE = 1e-9;

/**
 * @param confusions of `confusion.csv`  @param segments strategies in force
 * @throws ConfigError `archive-bad-row`, `archive-too-many-rows`, `archive-inconsistent`
 */
export function readEpochs(
  files: ReadonlyMap<string, string>,
  run: Predicted,
  confusions: Confusions,
  segments: readonly StrategySegment[],
  told: Told,
): readonly EpochRecord[] {
  const seconds = readTimes(files.get('times.csv'), told);
  const text = files.get('metrics.csv')!;
  const epochs = readScores(
    { file: 'metrics.csv', text, sides: SIDES, confusions, segments, seconds },
    run,
    told,
  );
  return withTests(epochs, files, run, told);
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

/** A file of scores and what belongs to it. */
interface ScoresFile {
  readonly file: string;
  readonly text: string;
  readonly sides: readonly SideName[];
  /** The scores of classes follow from these. */
  readonly confusions: Confusions;
  /** Strategies in force; empty where the file does not say which epochs they had. */
  readonly segments: readonly StrategySegment[];
  /** By epoch. */
  readonly seconds: ReadonlyMap<number, number>;
}

function readScores(
  { file, text, sides, confusions, segments, seconds }: ScoresFile,
  { config, classes }: Predicted,
  told: Told,
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
    const confusion = confusions.get(matrixKey(epoch(row), side(row), task(row)));
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
  run: Predicted,
  told: Told,
): readonly EpochRecord[] {
  const [scores, counts] = [files.get('test.csv'), files.get('test-confusion.csv')];
  if (scores === undefined || counts === undefined) return epochs;
  const confusions = readConfusions(counts, 'test-confusion.csv', run, TEST);
  const tested = readScores(
    { file: 'test.csv', text: scores, sides: TEST, confusions, segments: [], seconds: new Map() },
    run,
    told,
  );
  const of = new Map(tested.map(({ epoch, train }) => [epoch, train]));
  if (tested.some(({ epoch }) => !epochs.some((one) => one.epoch === epoch)))
    throw badRow('test.csv', 1, 'epoch');
  return epochs.map((record) => {
    const test = of.get(record.epoch);
    return test ? { ...record, test } : record;
  });
}
