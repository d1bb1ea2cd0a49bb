/**
 * Applies a label scheme to a manifest: which of the corpus' labels become which class, and what that leaves.
 * Class indices made here are the targets of training and the order of every confusion matrix. Not here: the
 * schemes themselves, which belong to the adapters.
 */
import { CorpusError } from '../errors/errors';
import { labelKey, levelNames, levelOf } from '../tasks/levels';
import type { TaskSpec } from '../tasks/types';
import { adapterOf, descriptionOf } from './adapters/registry';
import type { CorpusDescription, LabelScheme } from './description';
import type { Selection } from './exclusion';
import type { CorpusManifest, LabelValue } from './types';

/** One utterance with what there is to learn of it. */
export interface LabelledItem {
  readonly id: string;
  /** Position in the manifest's `utterances`. */
  readonly utteranceIndex: number;
  /** By column: a class index, or the number itself; null: not labelled. */
  readonly labels: Readonly<Record<string, number | null>>;
  readonly groups: Readonly<Record<string, string>>;
}

export interface LabelledCorpus {
  readonly scheme: string;
  /** In the manifest's order. */
  readonly items: readonly LabelledItem[];
  /**
   * Class names of every column of classes, in the adapter's order of columns. Classes that a column does not
   * fix are the sorted values of what remains.
   */
  readonly classes: Readonly<Record<string, readonly string[]>>;
  /** Columns of numbers. */
  readonly numbers: readonly string[];
  /** Utterances left out, by corpus label. */
  readonly excluded: Readonly<Record<string, number>>;
}

/** The scheme of this id if the corpus has it, else its first. */
export const schemeOf = ({ schemes }: Pick<CorpusDescription, 'schemes'>, id: string): LabelScheme =>
  schemes.find((scheme) => scheme.id === id) ?? schemes[0];

/** @throws CorpusError `unknown-scheme` where the corpus has no such scheme */
export function requireScheme(manifest: CorpusManifest, id: string): void {
  const { schemes } = descriptionOf(manifest);
  if (!schemes.some((scheme) => scheme.id === id))
    throw new CorpusError('unknown-scheme', {
      corpus: adapterOf(manifest).name,
      scheme: id,
      schemes: schemes.map((scheme) => scheme.id).join(', '),
    });
}

/**
 * Applies a scheme, or the corpus' first where it has none of this id ({@link requireScheme} refuses that).
 * Nothing may remain: `items` is then empty, and so are classes that are not fixed.
 * @param chosen the configuration of whoever has one: what it excludes is as if it were not in the corpus; else a
 * scheme's id
 */
export function applyScheme(manifest: CorpusManifest, chosen: string | Selection): LabelledCorpus {
  const { labelScheme: id, exclude = [] } = typeof chosen === 'string' ? { labelScheme: chosen } : chosen;
  const left = new Set(exclude);
  const { columns, ...described } = descriptionOf(manifest);
  const scheme = schemeOf(described, id);
  const excluded = new Map<string, number>();
  const used = manifest.utterances.flatMap((utterance, utteranceIndex) => {
    if (left.has(utterance.id)) return [];
    const raw = text(utterance.labels[scheme.column]);
    if (Object.hasOwn(scheme.classOf, raw))
      return [{ utterance, utteranceIndex, name: scheme.classOf[raw]! }];
    excluded.set(raw, (excluded.get(raw) ?? 0) + 1);
    return [];
  });
  const classes: Record<string, readonly string[]> = {};
  const numbers: string[] = [];
  for (const { id: column, kind, classes: fixed } of columns) {
    if (kind === 'number') numbers.push(column);
    else
      classes[column] =
        column === scheme.column
          ? scheme.classes
          : (fixed ?? distinct(used.map(({ utterance }) => utterance.labels[column])));
  }
  // Looked up, not searched: a large corpus has thousands of speakers, and their names are asked for every time.
  const places = Object.entries(classes).map(([column, names]) => [column, placesIn(names)] as const);
  const items = used.map(({ utterance, utteranceIndex, name }) => {
    const { id: utteranceId, labels: raw, groups } = utterance;
    const labels: Record<string, number | null> = {};
    for (const [column, place] of places)
      labels[column] = place.get(column === scheme.column ? name : text(raw[column])) ?? null;
    for (const column of numbers) labels[column] = typeof raw[column] === 'number' ? raw[column] : null;
    return { id: utteranceId, utteranceIndex, labels, groups };
  });
  return { scheme: scheme.id, items, classes, numbers, excluded: Object.fromEntries(excluded) };
}

/**
 * The same with the levels that tasks make of numbers, as further columns of classes by their `labelKey`; of a
 * column that the corpus does not have there are none.
 */
export function withLevels(
  labelled: LabelledCorpus,
  tasks: readonly Pick<TaskSpec, 'column' | 'levels'>[],
): LabelledCorpus {
  const made = tasks.flatMap(({ column, levels }) =>
    levels && labelled.numbers.includes(column)
      ? [{ column, levels, key: labelKey({ column, levels }) }]
      : [],
  );
  if (made.length === 0) return labelled;
  return {
    ...labelled,
    classes: {
      ...labelled.classes,
      ...Object.fromEntries(made.map(({ key, levels }) => [key, levelNames(levels)])),
    },
    items: labelled.items.map((item) => {
      const labels: Record<string, number | null> = { ...item.labels };
      for (const { column, levels, key } of made) {
        const value = item.labels[column];
        labels[key] = typeof value === 'number' ? levelOf(value, levels) : null;
      }
      return { ...item, labels };
    }),
  };
}

const text = (value: LabelValue | undefined): string =>
  value === null || value === undefined ? '' : String(value);

const distinct = (values: readonly (LabelValue | undefined)[]): string[] =>
  [...new Set(values.map(text).filter((value) => value !== ''))].sort();

/** Of a name that stands there twice, the first place. */
function placesIn(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [place, name] of names.entries()) if (!places.has(name)) places.set(name, place);
  return places;
}
