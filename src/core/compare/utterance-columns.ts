/**
 * The columns of a list of a corpus' utterances: what the manifest says of each, which side of a split it is on,
 * and, of a run, what its model predicted. Not here: filtering and sorting (corpus/browse), words.
 */
import { descriptionOf } from '../corpus/adapters/registry';
import type { Column } from '../corpus/browse/columns';
import type { Selection } from '../corpus/exclusion';
import { applyScheme, withLevels, type LabelledItem } from '../corpus/label-schemes';
import type { CorpusManifest, LabelValue, Utterance } from '../corpus/types';
import { rankedVotes } from '../corpus/votes';
import { makeSplit } from '../splits/make';
import { labelKey } from '../tasks/levels';
import type { RunConfig } from '../config/run-config';
import type { RunPredictions } from './on-utterances';

/** Of a configuration: what decides classes and sides. */
export type ListSetting = Selection & Pick<RunConfig, 'labelScheme' | 'tasks' | 'split' | 'seed'>;

/** What a run's checkpoint holds, with the probability of each predicted class. */
export interface StoredPredictions extends RunPredictions {
  readonly confidence: readonly (readonly number[])[];
}

/** A column, and what it is, for its name and its place. */
export type UtteranceColumn = Column & {
  readonly about:
    | 'id'
    | 'file'
    | 'seconds'
    | 'rate'
    | 'text'
    | 'side'
    | 'warnings'
    | 'class'
    | 'true'
    | 'predicted'
    | 'confidence'
    | 'right'
    | 'error'
    | 'label'
    | 'group'
    | 'votes'
    | 'agreement';
  /** The task or the corpus' column that it is about. */
  readonly of?: string;
  /** Its texts are names of classes. */
  readonly classes?: true;
};

const text = (value: LabelValue | undefined): string =>
  value === null || value === undefined ? '' : String(value);

/** What a list says of itself; a column of the corpus that is called like one of these has `label.` in front. */
const OWN = ['id', 'seconds', 'side', 'text', 'warnings', 'rate', 'file'];

/** What a column of labels or groups is called in a list. */
export const corpusColumn = (id: string): string => (OWN.includes(id) ? `label.${id}` : id);

/**
 * All columns, in the order in which they are offered.
 * @param without utterances that the run had no features of: they are on no side
 */
export function utteranceColumns(
  manifest: CorpusManifest,
  setting: ListSetting,
  without: ReadonlySet<string> = new Set(),
  predictions: StoredPredictions | null = null,
): readonly UtteranceColumn[] {
  const { utterances } = manifest;
  const at = (row: number): Utterance => utterances[row]!;
  const { sides, classes } = placesOf(manifest, setting, without);
  const warnings = warningsOf(manifest);
  const columns: UtteranceColumn[] = [
    { id: 'id', about: 'id', kind: 'text', searched: true, read: (row) => at(row).id },
    ...classes,
    ...(predictions ? predictionColumns(manifest, predictions) : []),
    { id: 'seconds', about: 'seconds', kind: 'number', read: (row) => at(row).frames / at(row).sampleRate },
    { id: 'side', about: 'side', kind: 'text', read: (row) => sides[row] ?? '' },
    { id: 'text', about: 'text', kind: 'text', searched: true, read: (row) => at(row).text ?? '' },
    { id: 'warnings', about: 'warnings', kind: 'set', read: (row) => warnings[row] ?? [] },
    { id: 'rate', about: 'rate', kind: 'number', read: (row) => at(row).sampleRate },
    { id: 'file', about: 'file', kind: 'text', searched: true, read: (row) => at(row).path },
  ];
  const taken = new Set(columns.map(({ id }) => id));
  const free = (id: string): string => {
    let name = corpusColumn(id);
    while (taken.has(name)) name = `label.${name}`;
    taken.add(name);
    return name;
  };
  const described = descriptionOf(manifest);
  const groups = new Set(described.groups.map(({ id }) => id));
  for (const { id } of described.groups)
    columns.push({
      id: free(id),
      about: 'group',
      of: id,
      kind: 'text',
      searched: true,
      read: (row) => at(row).groups[id] ?? text(at(row).labels[id]),
    });
  for (const { id, kind } of described.columns) {
    // A column that is a group as well has the group's values.
    if (groups.has(id) && kind !== 'number') continue;
    if (kind === 'number')
      columns.push({
        id: free(id),
        about: 'label',
        of: id,
        kind,
        read: (row) => {
          const value = at(row).labels[id];
          return typeof value === 'number' ? value : null;
        },
      });
    else
      columns.push({
        id: free(id),
        about: 'label',
        of: id,
        kind: 'text',
        searched: true,
        classes: true,
        read: (row) => text(at(row).labels[id]),
      });
  }
  for (const id of votedColumns(utterances)) {
    const votesOf = (row: number) => at(row).votes?.[id];
    columns.push(
      {
        id: free(`votes.${id}`),
        about: 'votes',
        of: id,
        kind: 'text',
        read: (row) => {
          const votes = votesOf(row);
          return votes
            ? rankedVotes(votes)
                .map(([value, count]) => `${value} ${count}`)
                .join(', ')
            : '';
        },
      },
      {
        id: free(`agreement.${id}`),
        about: 'agreement',
        of: id,
        kind: 'number',
        read: (row) => {
          const votes = votesOf(row);
          const most = votes && rankedVotes(votes)[0];
          return votes && most && votes.raters > 0 ? most[1] / votes.raters : null;
        },
      },
    );
  }
  return columns;
}

/** Columns that any listener was asked about, in order. */
function votedColumns(utterances: readonly Utterance[]): string[] {
  const found = new Set<string>();
  for (const { votes } of utterances) if (votes) for (const id of Object.keys(votes)) found.add(id);
  return [...found].sort();
}

/** The side of every utterance, and its classes by the scheme, a column a task. */
function placesOf(manifest: CorpusManifest, setting: ListSetting, without: ReadonlySet<string>) {
  const { tasks, split, seed } = setting;
  const sides = new Array<string>(manifest.utterances.length).fill('');
  const { utterances } = manifest;
  /** Of the utterances that can be used, their places in the manifest; null: all. */
  const rows =
    without.size === 0 ? null : utterances.flatMap(({ id }, row) => (without.has(id) ? [] : [row]));
  const readable = rows ? { ...manifest, utterances: rows.map((row) => utterances[row]!) } : manifest;
  const rowOf = ({ utteranceIndex }: LabelledItem): number => (rows ? rows[utteranceIndex]! : utteranceIndex);
  const { items, classes } = withLevels(applyScheme(readable, setting), tasks);
  const keys = tasks.map(labelKey);
  const places = makeSplit(items, split, seed);
  for (const side of ['train', 'validation', 'test'] as const)
    for (const item of places[side] ?? [])
      // Whoever has no label of any task is not part of a run.
      if (keys.some((key) => (item.labels[key] ?? null) !== null)) sides[rowOf(item)] = side;
  const itemAt = new Array<LabelledItem | undefined>(utterances.length);
  for (const item of items) itemAt[rowOf(item)] = item;
  const ofTasks = tasks.map((task): UtteranceColumn => {
    const about = { id: `class.${task.id}`, about: 'class', of: task.id } as const;
    const names = classes[labelKey(task)];
    const labelOf = (row: number): number | null => itemAt[row]?.labels[labelKey(task)] ?? null;
    if (!names) return { ...about, kind: 'number', read: labelOf };
    return {
      ...about,
      kind: 'text',
      classes: true,
      read: (row) => {
        const label = labelOf(row);
        return label === null ? '' : (names[label] ?? '');
      },
    };
  });
  return { sides, classes: ofTasks };
}

/** Codes of what the scan said of each recording, by row; of a file of several, of all its parts. */
function warningsOf({ utterances, problems }: CorpusManifest): readonly (readonly string[])[] {
  const codes = new Map<string, Set<string>>();
  for (const { code, where, kept } of problems) {
    if (!kept) continue;
    const known = codes.get(where);
    if (known) known.add(code);
    else codes.set(where, new Set([code]));
  }
  if (codes.size === 0) return [];
  return utterances.map(({ id, path }) => {
    const [own, file] = [codes.get(id), codes.get(path)];
    return own || file ? [...new Set([...(own ?? []), ...(file ?? [])])].sort() : [];
  });
}

/** What a model made of each utterance: true and predicted, how sure, right or wrong; of numbers the error. */
function predictionColumns(
  { utterances }: CorpusManifest,
  { ids, tasks, classes, truth, predicted, confidence }: StoredPredictions,
): UtteranceColumn[] {
  const places = new Map(ids.map((id, place) => [id, place]));
  const placeOf = utterances.map(({ id }) => places.get(id) ?? -1);
  return tasks.flatMap((task, i): UtteranceColumn[] => {
    const of = (values: readonly (number | null)[] | undefined, row: number): number | null =>
      values?.[placeOf[row]!] ?? null;
    const isTrue = (row: number): number | null => of(truth[i], row);
    const isPredicted = (row: number): number | null => of(predicted[i], row);
    const names = classes[i] ?? [];
    if (names.length === 0)
      return [
        { id: `true.${task}`, about: 'true', of: task, kind: 'number', read: isTrue },
        { id: `predicted.${task}`, about: 'predicted', of: task, kind: 'number', read: isPredicted },
        {
          id: `error.${task}`,
          about: 'error',
          of: task,
          kind: 'number',
          read: (row) => {
            const [right, said] = [isTrue(row), isPredicted(row)];
            return right === null || said === null ? null : Math.abs(said - right);
          },
        },
      ];
    const named = (index: number | null): string => (index === null ? '' : (names[index] ?? ''));
    return [
      {
        id: `true.${task}`,
        about: 'true',
        of: task,
        kind: 'text',
        classes: true,
        read: (row) => named(isTrue(row)),
      },
      {
        id: `predicted.${task}`,
        about: 'predicted',
        of: task,
        kind: 'text',
        classes: true,
        read: (row) => named(isPredicted(row)),
      },
      {
        id: `confidence.${task}`,
        about: 'confidence',
        of: task,
        kind: 'number',
        read: (row) => of(confidence[i], row),
      },
      {
        id: `right.${task}`,
        about: 'right',
        of: task,
        kind: 'text',
        read: (row) => {
          const right = isTrue(row);
          return right === null || placeOf[row]! < 0 ? '' : right === isPredicted(row) ? 'right' : 'wrong';
        },
      },
    ];
  });
}

/** What is shown of a list before anybody chooses: the first few columns say most. */
export function usualColumns(columns: readonly UtteranceColumn[], tasks: readonly string[]): string[] {
  const withRun = columns.some(({ about }) => about === 'predicted');
  const shown: readonly UtteranceColumn['about'][] = withRun
    ? ['id', 'true', 'predicted', 'confidence', 'error', 'seconds', 'text', 'warnings']
    : ['id', 'class', 'seconds', 'side', 'text', 'warnings'];
  return columns
    .filter(
      ({ about, of }) =>
        shown.includes(about) && (!withRun || of === undefined || tasks.length === 0 || tasks.includes(of)),
    )
    .map(({ id }) => id);
}
