/**
 * What is known of each utterance that a run may use, as columns: every label and group of the corpus, and what
 * follows from it - length, level, how far listeners disagree, the side of the split. Columns that are no label or group of the
 * corpus begin with `$`. Codes and numbers in typed
 * arrays, so that 300,000 utterances are counted in milliseconds. Not here: the counting.
 */
import type { Level } from '../../audio/level';
import type { GroupSpec } from '../description';
import type { LabelledCorpus } from '../label-schemes';
import type { CorpusManifest, Utterance } from '../types';
import type { Votes } from '../votes';

export interface NumberFacts {
  readonly id: string;
  readonly kind: 'number';
  readonly unit: 's' | 'dBFS' | 'bit' | null;
  /** NaN: not known. */
  readonly values: Float64Array;
}

export interface ClassFacts {
  readonly id: string;
  readonly kind: 'classes';
  readonly names: readonly string[];
  /** Index in `names`; -1: none. */
  readonly codes: Int32Array;
}

export interface Facts {
  /** In the order of the corpus. */
  readonly utterances: readonly Utterance[];
  readonly columns: readonly (NumberFacts | ClassFacts)[];
}

/** @param sides of the utterances that the split uses, by id  @param levels of those whose sound was read, by id */
export function factsOf(
  manifest: CorpusManifest,
  { items, classes, numbers }: LabelledCorpus,
  groups: readonly GroupSpec[],
  sides: ReadonlyMap<string, string>,
  levels: Readonly<Record<string, Level>>,
): Facts {
  const utterances = items.map(({ utteranceIndex }) => manifest.utterances[utteranceIndex]!);
  const count = utterances.length;
  const number = (
    id: string,
    unit: NumberFacts['unit'],
    of: (utterance: Utterance, index: number) => number | null | undefined,
  ): NumberFacts => ({
    id,
    kind: 'number',
    unit,
    values: Float64Array.from({ length: count }, (_, i) => of(utterances[i]!, i) ?? Number.NaN),
  });
  const labels = Object.entries(classes).map(([id, names]): ClassFacts => ({
    id,
    kind: 'classes',
    names,
    codes: Int32Array.from({ length: count }, (_, i) => items[i]!.labels[id] ?? -1),
  }));
  const has = (column: NumberFacts | ClassFacts): boolean =>
    column.kind === 'number'
      ? column.values.some((one) => !Number.isNaN(one))
      : column.codes.some((one) => one >= 0);
  return {
    utterances,
    columns: [
      ...labels,
      ...groups
        .filter(({ id }) => classes[id] === undefined && !numbers.includes(id))
        .map(({ id }) =>
          coded(
            id,
            utterances.map((one) => one.groups[id]),
          ),
        ),
      coded(
        '$side',
        utterances.map(({ id }) => sides.get(id)),
        ['train', 'validation', 'test'],
      ),
      coded(
        '$rate',
        utterances.map(({ sampleRate }) => String(sampleRate)),
      ),
      number('$duration', 's', ({ frames, sampleRate }) => frames / sampleRate),
      number('$rms', 'dBFS', ({ id }) => levels[id]?.rms),
      number('$peak', 'dBFS', ({ id }) => levels[id]?.peak),
      number('$entropy', 'bit', ({ votes }) => {
        const [first] = Object.values(votes ?? {});
        return first && entropyOf(first);
      }),
      ...numbers.map((id) => number(id, null, (_, i) => items[i]!.labels[id])),
    ].filter(has),
  };
}

/** Values in order of name, numbers by size; or in the order given, those that occur. */
function coded(id: string, values: readonly (string | undefined)[], order?: readonly string[]): ClassFacts {
  const found = new Set(values.filter((value) => value !== undefined));
  const names = order
    ? order.filter((name) => found.has(name))
    : [...found].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const codes = new Map(names.map((name, i) => [name, i]));
  return {
    id,
    kind: 'classes',
    names,
    codes: Int32Array.from(values, (value) => (value === undefined ? -1 : (codes.get(value) ?? -1))),
  };
}

/** Of the listeners' choices, in bits: 0 where all chose one class. NaN where nobody chose. */
export function entropyOf({ counts }: Pick<Votes, 'counts'>): number {
  const given = Object.values(counts).filter((count) => count > 0);
  const total = given.reduce((sum, count) => sum + count, 0);
  return total === 0
    ? Number.NaN
    : given.reduce((sum, count) => sum - (count / total) * Math.log2(count / total), 0);
}
