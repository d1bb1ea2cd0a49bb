/**
 * Splits labelled utterances into training and validation, and says what such a split leaks or cannot
 * measure. A random split has the same speakers (and often the same sentences) on both sides: the speaker
 * task needs that, and the emotion score is flattered by it. One session held out is the field's stricter
 * protocol.
 */
import { RandomStream } from '../random/streams';
import type { SplitChoice } from '../splits/registry';
import { checkTask, type TaskCheck } from '../tasks/metrics/measurable';
import type { RunConfig } from '../config/run-config';
import { adapterOf } from './adapters/registry';
import { applyScheme, type LabelledCorpus, type LabelledItem } from './label-schemes';
import type { CorpusManifest } from './types';

/** Both sides in the order of the items. */
export interface Split {
  readonly train: readonly LabelledItem[];
  readonly validation: readonly LabelledItem[];
}

/**
 * Random: round(n x validationFraction) utterances - at least one on either side - are drawn without
 * replacement from the stream `split` of `seed`, whatever their class (the paper's split: 4:1, not
 * stratified). For a fraction of 0.2 that is exactly 4:1 when 5 divides n, and off by less than half an
 * utterance otherwise. Session: everything of that session validates, the rest trains; a side may then be
 * empty.
 */
export function makeSplit(items: readonly LabelledItem[], choice: SplitChoice, seed: number): Split {
  const held =
    choice.kind === 'random'
      ? drawnAtRandom(items.length, choice.validationFraction, seed)
      : items.map(({ groups }) => groups['session'] === String(choice.session));
  return { train: items.filter((_, i) => !held[i]), validation: items.filter((_, i) => held[i]) };
}

function drawnAtRandom(count: number, fraction: number, seed: number): boolean[] {
  const held = new Array<boolean>(count).fill(false);
  if (count < 2) return held;
  const size = Math.min(count - 1, Math.max(1, Math.round(count * fraction)));
  for (const i of new RandomStream(seed, 'split').shuffled([...held.keys()]).slice(0, size)) held[i] = true;
  return held;
}

export type Side = 'train' | 'validation';

/** What can be measured of a task, and what it is about that. */
export interface CheckedTask extends TaskCheck {
  /** Names of the classes that training has. */
  readonly trained: readonly string[];
  /**
   * The only class of the validation side that training has as well, where there are several in training;
   * else null.
   */
  readonly only: string | null;
}

export interface SplitReport {
  /** Utterances per class, for every column of classes. */
  readonly counts: Readonly<
    Record<string, { readonly train: readonly number[]; readonly validation: readonly number[] }>
  >;
  /**
   * Leakage: values that are on both sides, by column of groups: a speaker whose voice the model has heard in
   * training, a script (`script01_1`) that is read on both sides, by whomever. Columns without any are absent.
   */
  readonly shared: Readonly<Record<string, readonly string[]>>;
  /** Classes that one side lacks: never learnt, or never measured. */
  readonly absent: readonly { readonly column: string; readonly className: string; readonly side: Side }[];
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
    for (const { labels } of split[side]) {
      const label = labels[column];
      if (label !== null && label !== undefined) counts[label]!++;
    }
    return counts;
  };
  const counts: Record<string, { train: number[]; validation: number[] }> = {};
  const checks: Record<string, CheckedTask> = {};
  for (const [column, names] of Object.entries(classes)) {
    const [train, validation] = [count(column, 'train'), count(column, 'validation')];
    counts[column] = { train, validation };
    const trained = names.filter((_, c) => train[c]! > 0);
    const asked = names.filter((_, c) => train[c]! > 0 && validation[c]! > 0);
    checks[column] = {
      ...checkTask(train, validation),
      trained,
      only: trained.length > 1 && asked.length === 1 ? asked[0]! : null,
    };
  }
  const absent = Object.entries(classes).flatMap(([column, names]) =>
    (['train', 'validation'] as const).flatMap((side) =>
      names.flatMap((className, c) => (counts[column]![side][c] === 0 ? [{ column, className, side }] : [])),
    ),
  );
  const values = (column: string, side: Side): Set<string> =>
    new Set(split[side].flatMap(({ groups }) => groups[column] ?? []));
  const shared = Object.fromEntries(
    leaks.flatMap((column) => {
      const asked = values(column, 'validation');
      const both = [...values(column, 'train')].filter((value) => asked.has(value)).sort();
      return both.length > 0 ? [[column, both] as const] : [];
    }),
  );
  return { counts, checks, absent, shared };
}

/** Columns of groups whose values, on both sides, flatter what a split measures. */
export const leaksOf = (manifest: Pick<CorpusManifest, 'adapter'>): string[] =>
  adapterOf(manifest).groups.flatMap(({ id, leaks }) => (leaks ? [id] : []));

/** What of every task can be measured with this scheme and split of a corpus. */
export function checksOfManifest(
  manifest: CorpusManifest,
  { labelScheme, split, seed }: Pick<RunConfig, 'labelScheme' | 'split' | 'seed'>,
): SplitReport['checks'] {
  const { classes, items } = applyScheme(manifest, labelScheme);
  return splitReport(classes, makeSplit(items, split, seed), leaksOf(manifest)).checks;
}
