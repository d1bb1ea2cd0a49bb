/** The study in Markdown: scores fold by fold and of all predictions, what multitask learning gains, what leaks. */
import { poolFolds, type PooledTask } from '../../src/core/compare/pooled';
import { ConfusionCounter, taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { meanInterval } from '../../src/core/stats/mean-interval';
import { taskIds } from '../../src/core/tasks/types';
import { foldOf, type StudyRun } from './data';
import { PROTOCOLS, RECIPES, type ProtocolId } from './plan';

type At = 'last' | 'best';
const BOOTSTRAP = { resamples: 2000, confidence: 0.95, seed: 1 };

const points = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toFixed(1)}`;
const score = (value: number): string => value.toFixed(3);
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

/** @returns UAR of a task on one fold, over the classes that it has; null where it cannot be measured */
export function uarOf(run: StudyRun, task: number, at: At): number | null {
  if (run.checks[task]?.unmeasurable) return null;
  const counter = new ConfusionCounter(run.classes[task]!.length);
  const unseen = new Set(run.checks[task]?.unseen);
  const { truth, predicted } = run[at];
  truth[task]!.forEach((target, i) => {
    if (!unseen.has(target)) counter.add(target, predicted[task]![i]!);
  });
  return taskMetrics(counter.matrix(), 0).uar;
}

const of = (runs: readonly StudyRun[], protocol: ProtocolId, label: string): readonly StudyRun[] =>
  runs.filter((run) => run.protocol === protocol && run.label === label);

async function pooledOf(folds: readonly StudyRun[], task: number, at: At): Promise<PooledTask | null> {
  const speakers = new Map(
    folds.flatMap((run) => run[at].ids.map((id, i) => [id, run.speakers[i]!] as const)),
  );
  const pooled = await poolFolds(
    folds.map((run) => foldOf(run, at)),
    speakers,
    BOOTSTRAP,
  );
  if (pooled.kind !== 'pooled')
    throw new Error(`The folds of ${folds[0]?.label} cannot be pooled: ${pooled.kind}.`);
  const found = pooled.tasks[task]!;
  return found.unmeasurable.length > 0 ? null : found;
}

/** `0.612 [0.571, 0.648]`: all predictions, bootstrap over speakers. */
async function pooledText(folds: readonly StudyRun[], task: number, at: At): Promise<string> {
  const found = (await pooledOf(folds, task, at))?.scores['uar'];
  if (!found) return '–';
  const ends = found.interval && (found.interval.bca ?? found.interval.percentile);
  return `${score(found.value)}${ends ? ` [${score(ends.low)}, ${score(ends.high)}]` : ''}`;
}

function meanText(values: readonly number[], write: (value: number) => string): string {
  const found = meanInterval(values);
  if (!found) return '–';
  return found.low === null
    ? write(found.mean)
    : `${write(found.mean)} [${write(found.low)}, ${write(found.high!)}]`;
}

const alone = (label: string): boolean => label === RECIPES[0]!.label;

async function scoresOf(runs: readonly StudyRun[], task: number, name: string): Promise<string> {
  const rows: string[][] = [];
  for (const { id, label: protocol } of PROTOCOLS)
    for (const { label } of RECIPES) {
      const folds = of(runs, id, label);
      // A head that nothing trains says nothing.
      if (folds.length === 0 || (task > 0 && alone(label))) continue;
      const values = folds.flatMap((run) => uarOf(run, task, 'last') ?? []);
      const gains = folds.flatMap((run) => {
        const other = of(runs, id, RECIPES[0]!.label).find(({ fold }) => fold === run.fold);
        const [a, b] = [uarOf(run, task, 'last'), other ? uarOf(other, task, 'last') : null];
        return a === null || b === null ? [] : [a - b];
      });
      const gain =
        task > 0 || alone(label)
          ? ''
          : `${meanText(gains, points)}, ${gains.filter((one) => one > 0).length} of ${gains.length}`;
      rows.push([
        protocol,
        label,
        meanText(values, score),
        await pooledText(folds, task, 'last'),
        ...(task === 0 ? [gain] : []),
      ]);
    }
  const gained = task === 0 ? ['to emotion alone, in points'] : [];
  return `### ${name}\n\n${table(['split', 'strategy', 'mean of folds', 'all predictions', ...gained], rows)}`;
}

/** How much is won by hearing a speaker in training, and by choosing the epoch on what is held out. */
async function leaksOf(runs: readonly StudyRun[]): Promise<string> {
  const rows: string[][] = [];
  for (const { label } of RECIPES) {
    const [random, speakers] = PROTOCOLS.map(({ id }) => of(runs, id, label)) as [StudyRun[], StudyRun[]];
    if (random.length === 0 || speakers.length === 0) continue;
    const value = async (folds: readonly StudyRun[], at: At): Promise<number> =>
      (await pooledOf(folds, 0, at))!.scores['uar']!.value;
    const chosen = speakers.map(
      (run) => Math.max(...run.uar.map((epoch) => epoch[0] ?? 0)) - uarOf(run, 0, 'last')!,
    );
    rows.push([
      label,
      points((await value(random, 'last')) - (await value(speakers, 'last'))),
      points((await value(speakers, 'best')) - (await value(speakers, 'last'))),
      meanText(chosen, points),
    ]);
  }
  const shared = PROTOCOLS.map(({ id, label }) => {
    const own = runs.filter(({ protocol }) => protocol === id);
    const count = (column: string): string =>
      [...new Set(own.map((run) => run.shared[column] ?? 0))].sort((a, b) => a - b).join(' to ');
    return [label, count('speaker'), count('text')];
  });
  return `### What leaks

${table(['split', 'speakers on both sides', 'texts on both sides'], shared)}

The ten texts are read by everybody: they are on both sides of either split, so that no score here is of unknown words.

${table(
  [
    'strategy',
    'random instead of one speaker out',
    'one speaker out: epoch by the sum of the losses',
    'one speaker out: the epoch of the best UAR',
  ],
  rows,
)}

Emotion UAR in points, gained by nothing but a looser protocol: the first two of all predictions, the last the mean of folds. Both ways of choosing an epoch look at what is held out.`;
}

/** Classes that folds lack, once. */
function gapsOf(runs: readonly StudyRun[]): string {
  const first =
    RECIPES.map(({ label }) => of(runs, 'speakers', label)).find((folds) => folds.length > 0) ?? [];
  const gaps = first.flatMap(({ fold, classes, last }) => {
    const absent = classes[0]!.filter((_, k) => !last.truth[0]!.includes(k));
    return absent.length > 0 ? [`speaker ${fold} (${absent.join(', ')})`] : [];
  });
  return gaps.length === 0
    ? ''
    : `\n\nWithout an utterance of some class, and scored over the others: ${gaps.join('; ')}.`;
}

/** @param runs every fold of every recipe @throws Error where folds of a recipe are missing or overlap */
export async function reportOf(runs: readonly StudyRun[]): Promise<string> {
  const [any] = runs;
  if (!any) throw new Error('The study has no runs.');
  for (const { id, splits } of PROTOCOLS)
    for (const { label } of RECIPES)
      if (of(runs, id, label).length !== splits.length)
        throw new Error(
          `${label}, ${id}: ${of(runs, id, label).length} of ${splits.length} folds are there.`,
        );
  const { config } = any;
  const names = taskIds(config);
  const sections = [
    await scoresOf(runs, 0, 'Emotion: UAR of the last epoch'),
    await scoresOf(runs, names.indexOf('gender'), 'Gender: UAR of the last epoch'),
    await scoresOf(
      runs.filter(({ protocol }) => protocol === 'random'),
      names.indexOf('speaker'),
      'Speaker: UAR of the last epoch, random split only',
    ),
    await leaksOf(runs),
  ];
  return `${runs.length} runs on ${any.utterances} utterances of 10 speakers: ${RECIPES.length} strategies on ${PROTOCOLS.map(({ label }) => label).join(' and ')}, seed ${config.seed}, ${config.epochs} epochs of batches of ${config.batchSize}.

Scores are of the last epoch, which nothing has chosen. In brackets: behind the mean Student's 95 % interval over folds, which share most of their training data, so that it is somewhat too narrow;
behind all predictions - each utterance's once, by the run that was not trained on it - a 95 % bootstrap interval over the 10 speakers. Gains are of the same folds, with their interval, and in how many folds they are above zero.
Held out, a speaker cannot be recognised: with one speaker out the speaker task trains, and has no score. Nor has a fold one of gender, since a speaker has one; all predictions together have.${gapsOf(runs)}

${sections.join('\n\n')}`;
}
