/**
 * Which value of a part's labels becomes which shared class. What a part's own label schemes say comes first;
 * else the usual spellings of the field's words. What neither knows becomes nothing, and is counted.
 */
import { descriptionOf } from '../adapters/registry';
import type { CorpusManifest } from '../types';
import type { ClassMap, JoinedPart } from './joined';

/**
 * The words of {@link ../emotional-speech.ts}, which the adapters' classes are, and how tables and IEMOCAP's
 * annotators write them.
 */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
  afraid: ['fear', 'fearful', 'fea', 'anxiety'],
  angry: ['anger', 'ang'],
  anxious: [],
  bored: ['boredom'],
  calm: ['calmness'],
  contemptuous: ['contempt'],
  disgusted: ['disgust', 'dis'],
  enthusiastic: ['enthusiasm'],
  excited: ['excitement', 'exc'],
  frustrated: ['frustration', 'fru'],
  happy: ['happiness', 'joy', 'hap'],
  neutral: ['neu', 'neutrality'],
  positive: [],
  negative: [],
  sad: ['sadness'],
  surprised: ['surprise', 'sur'],
};

const CLASS_OF_WORD: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).flatMap(([name, others]) => [name, ...others].map((word) => [word, name])),
);

/** The column of a corpus that is mapped: that of its first label scheme. */
export const mappedColumn = (manifest: CorpusManifest): string => descriptionOf(manifest).schemes[0].column;

/** Utterances by value of a column, in order of value; '' where there is none. */
export function countValues({ utterances }: CorpusManifest, column: string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { labels } of utterances) {
    const value = String(labels[column] ?? '');
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is made of a corpus' values unless the user says otherwise. */
export function suggestedClasses(manifest: CorpusManifest): ClassMap {
  const column = mappedColumn(manifest);
  const schemes = descriptionOf(manifest).schemes.filter((scheme) => scheme.column === column);
  return Object.fromEntries(
    Object.keys(countValues(manifest, column)).flatMap((value) => {
      const scheme = schemes.find(({ classOf }) => Object.hasOwn(classOf, value));
      const own = scheme?.classOf[value];
      // A table's own words are spelt as its author liked.
      const name =
        CLASS_OF_WORD.get((own ?? value).trim().toLowerCase()) ?? (own === undefined ? undefined : own);
      return name === undefined || value === '' ? [] : [[value, name] as const];
    }),
  );
}

/** Classes that one may choose for a value: the field's words, and what the parts have beyond them. */
export const choosableClasses = (parts: readonly Pick<JoinedPart, 'classOf' | 'suggested'>[]): string[] =>
  [
    ...new Set([
      ...Object.keys(SPELLINGS),
      ...parts.flatMap(({ classOf, suggested }) => [...Object.values(suggested), ...Object.values(classOf)]),
    ]),
  ].sort();

/** Classes with an utterance in every part, and those with one in any; in order of name. */
export function sharedClasses(parts: readonly Pick<JoinedPart, 'classOf' | 'values'>[]): {
  readonly common: readonly string[];
  readonly all: readonly string[];
} {
  const each = parts.map(
    ({ classOf, values }) =>
      new Set(Object.entries(classOf).flatMap(([value, name]) => ((values[value] ?? 0) > 0 ? [name] : []))),
  );
  const all = [...new Set(each.flatMap((names) => [...names]))].sort();
  return { all, common: all.filter((name) => each.every((names) => names.has(name))) };
}

/** Utterances of each class in a part, and how many become none. */
export function countClasses({ classOf, values }: Pick<JoinedPart, 'classOf' | 'values'>): {
  readonly classes: Readonly<Record<string, number>>;
  readonly leftOut: number;
} {
  const classes: Record<string, number> = {};
  let leftOut = 0;
  for (const [value, count] of Object.entries(values)) {
    const name = Object.hasOwn(classOf, value) ? classOf[value]! : null;
    if (name === null) leftOut += count;
    else classes[name] = (classes[name] ?? 0) + count;
  }
  return { classes, leftOut };
}
