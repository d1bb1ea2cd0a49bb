/**
 * What a split leaks and what it cannot measure, and what a corpus offers to split by. A random split has the
 * same speakers (and often the same sentences) on both sides: the speaker task needs that, and the emotion
 * score is flattered by it. Not here: the dividing (make.ts), the words.
 */
import type { CorpusDescription, GroupSpec } from '../corpus/description';
import { ADAPTERS, descriptionOf, type Described } from '../corpus/adapters/registry';
import type { Selection } from '../corpus/exclusion';
import { applyScheme, withLevels, type LabelledCorpus } from '../corpus/label-schemes';
import type { CorpusManifest } from '../corpus/types';
import type { TaskSpec } from '../tasks/types';
import { checkNumber, checkTask, type TaskCheck } from '../tasks/metrics/measurable';
import { makeSplit, type Split } from './make';
import type { SplitChoice } from './registry';
import type { Offer, Side } from './types';

/** What can be measured of a column of classes, and what it is about that. */
export interface CheckedTask extends TaskCheck {
  /** Names of the classes that training has; none of a number. */
  readonly trained: readonly string[];
}

export interface SplitReport {
  /** Utterances per class, for every column of classes; `test` is absent where there is no such part. */
  readonly counts: Readonly<
    Record<
      string,
      {
        readonly train: readonly number[];
        readonly validation: readonly number[];
        readonly test?: readonly number[];
      }
    >
  >;
  /**
   * Leakage: values that are in training and in validation, by column of groups: a speaker whose voice the
   * model has heard in training, a script (`script01_1`) that is read on both sides, by whomever. Columns
   * without any are absent.
   */
  readonly shared: Readonly<Record<string, readonly string[]>>;
  /** The same of the test part and the other two together; empty without a test part. */
  readonly sharedWithTest: Readonly<Record<string, readonly string[]>>;
  /** Classes that training or validation lacks: never learnt, or never measured. */
  readonly absent: readonly {
    readonly column: string;
    readonly className: string;
    readonly side: 'train' | 'validation';
  }[];
  readonly checks: Readonly<Record<string, CheckedTask>>;
}

/**
 * The facts about a split that its user has to know.
 * @param leaks columns of groups whose values should not be on both sides
 */
export function splitReport(
  classes: LabelledCorpus['classes'],
  split: Split,
  leaks: readonly string[],
): SplitReport {
  const count = (column: string, side: Side): number[] => {
    const counts = new Array<number>(classes[column]!.length).fill(0);
    for (const { labels } of split[side] ?? []) {
      const label = labels[column];
      if (label !== null && label !== undefined) counts[label]!++;
    }
    return counts;
  };
  const counts: Record<string, SplitReport['counts'][string]> = {};
  const checks: Record<string, CheckedTask> = {};
  for (const [column, names] of Object.entries(classes)) {
    const [train, validation] = [count(column, 'train'), count(column, 'validation')];
    counts[column] = { train, validation, ...(split.test ? { test: count(column, 'test') } : {}) };
    const trained = names.filter((_, c) => train[c]! > 0);
    checks[column] = { ...checkTask(train, validation), trained };
  }
  const absent = Object.entries(classes).flatMap(([column, names]) =>
    (['train', 'validation'] as const).flatMap((side) =>
      names.flatMap((className, c) => (counts[column]![side][c] === 0 ? [{ column, className, side }] : [])),
    ),
  );
  return {
    counts,
    checks,
    absent,
    shared: shared(leaks, split.train, split.validation),
    sharedWithTest: shared(leaks, [...split.train, ...split.validation], split.test ?? []),
  };
}

function shared(
  leaks: readonly string[],
  one: Split['train'],
  other: Split['train'],
): Record<string, readonly string[]> {
  const values = (items: Split['train'], column: string): Set<string> =>
    new Set(items.flatMap(({ groups }) => groups[column] ?? []));
  return Object.fromEntries(
    leaks.flatMap((column) => {
      const asked = values(other, column);
      const both = [...values(one, column)].filter((value) => asked.has(value)).sort();
      return both.length > 0 ? [[column, both] as const] : [];
    }),
  );
}

/** Columns of groups whose values, on both sides, flatter what a split measures. */
export const leaksOf = (manifest: Described): string[] =>
  descriptionOf(manifest).groups.flatMap(({ id, leaks }) => (leaks ? [id] : []));

/** By `labelKey`: what of every column, of classes and of numbers, can be measured with this scheme and split of a corpus. */
export function checksOfManifest(
  manifest: CorpusManifest,
  chosen: Selection & {
    readonly split: SplitChoice;
    readonly seed: number;
    /** Whose levels are checked as well. */
    readonly tasks: readonly TaskSpec[];
  },
): SplitReport['checks'] {
  const { classes, numbers, items } = withLevels(applyScheme(manifest, chosen), chosen.tasks);
  const sides = makeSplit(items, chosen.split, chosen.seed);
  const targets = (side: 'train' | 'validation', column: string): number[] =>
    sides[side].map(({ labels }) => labels[column] ?? Number.NaN);
  return {
    ...splitReport(classes, sides, leaksOf(manifest)).checks,
    ...Object.fromEntries(
      numbers.map((column) => [
        column,
        { ...checkNumber(targets('train', column), targets('validation', column)), trained: [] },
      ]),
    ),
  };
}

/** What a corpus has to split by: the columns that occur, with their values in order. */
export function offerOf(manifest: CorpusManifest): Offer {
  const valuesOf = (column: string): string[] => [
    ...new Set(manifest.utterances.flatMap((utterance) => utterance.groups[column] ?? [])),
  ];
  return offered(descriptionOf(manifest), ({ id }) =>
    valuesOf(id).sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  );
}

/** The same before a corpus is open: what the full corpus of that label scheme has. */
export const usualOffer = (labelScheme: string): Offer =>
  offered(
    ADAPTERS.find(({ schemes }) => schemes.some(({ id }) => id === labelScheme)) ?? ADAPTERS[0],
    ({ usual = [] }) => usual,
  );

function offered(
  { groups, columns, published = [] }: CorpusDescription,
  valuesOf: (group: GroupSpec) => readonly string[],
): Offer {
  const found = groups
    .map((group) => ({ ...group, values: valuesOf(group) }))
    .filter(({ values }) => values.length > 0);
  return {
    holdOut: Object.fromEntries(
      found.flatMap(({ id, holdOut, values }) => (holdOut ? [[id, values] as const] : [])),
    ),
    groups: found.map(({ id }) => id),
    parts: found.flatMap(({ id, parts }) => (parts ? [id] : [])),
    published: published.filter(({ column }) => found.some(({ id }) => id === column)),
    classes: columns.flatMap(({ id, kind }) => (kind === 'classes' ? [id] : [])),
  };
}
