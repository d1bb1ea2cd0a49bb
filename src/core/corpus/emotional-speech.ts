/**
 * What corpora of emotional speech describe alike: their label schemes, and the columns and groups that nearly
 * all have. The class words are one vocabulary for all of them, so that corpora can be joined and translated. What
 * a single corpus has of its own stands in its adapter.
 */
import type { ColumnSpec, GroupSpec, LabelScheme } from './description';

/** The four classes that IEMOCAP is usually reduced to, and that most corpora have. */
const FOUR = ['angry', 'happy', 'neutral', 'sad'] as const;

const classesIn = (classOf: Readonly<Record<string, string>>): string[] =>
  [...new Set(Object.values(classOf))].sort();

/**
 * All classes of a corpus, in order of name; and {@link FOUR} of them, where it has these and others.
 * @param classOf class of each value of its column `emotion`
 */
export function emotionSchemes(
  corpus: string,
  classOf: Readonly<Record<string, string>>,
): readonly [LabelScheme, ...LabelScheme[]] {
  const classes = classesIn(classOf);
  const all = { id: `${corpus}-${classes.length}`, column: 'emotion', classes, classOf };
  if (classes.length === FOUR.length || !FOUR.every((name) => classes.includes(name))) return [all];
  const used = Object.entries(classOf).filter(([, name]) => FOUR.some((one) => one === name));
  return [all, { ...all, id: `${corpus}-4`, classes: FOUR, classOf: Object.fromEntries(used) }];
}

/** `emotion` and `speaker`; more follow in the order in which they are shown. */
export const speechColumns = (
  classOf: Readonly<Record<string, string>>,
  ...more: readonly ColumnSpec[]
): readonly ColumnSpec[] => [
  { id: 'emotion', kind: 'classes', classes: classesIn(classOf) },
  { id: 'speaker', kind: 'classes' },
  ...more,
];

export const GENDER: ColumnSpec = {
  id: 'gender',
  kind: 'classes',
  classes: ['female', 'male'],
  of: 'speaker',
};
export const AGE: ColumnSpec = { id: 'age', kind: 'number' };
/** Listeners' ratings. @param scale the corpus' own, from its lowest to its highest */
export const dimensions = (...scale: readonly [number, number]): readonly ColumnSpec[] =>
  ['valence', 'activation', 'dominance'].map((id) => ({ id, kind: 'number', scale }));

/** @param usual the speakers of the full corpus */
export const bySpeaker = (usual: readonly string[]): GroupSpec => ({
  id: 'speaker',
  holdOut: true,
  leaks: true,
  counted: true,
  usual,
});
export const BY_TEXT: GroupSpec = { id: 'text', holdOut: true, leaks: true };
/** A side of it can be held out, and it flatters nothing on both sides. */
export const by = (id: string): GroupSpec => ({ id, holdOut: true, leaks: false });

/** `01`, `02`, ...: numbers of two digits from 1 on. */
export const twoDigits = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(i + 1).padStart(2, '0'));
