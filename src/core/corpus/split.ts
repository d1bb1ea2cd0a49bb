/**
 * Splits labelled utterances into training and validation, and says what such a split leaks or cannot
 * measure. A random split has the same speakers (and often the same sentences) on both sides: the speaker
 * task needs that, and the emotion score is flattered by it. One session held out is the field's stricter
 * protocol.
 */
import { RandomStream } from '../random/streams';
import type { SplitChoice } from '../training/run-config';
import { TASKS, type TaskId } from '../training/tasks';
import { checkTask, type TaskCheck } from '../tasks/metrics/measurable';
import type { RunConfig } from '../training/run-config';
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
      : items.map(({ session }) => session === choice.session);
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
  /** Utterances per class, for every task. */
  readonly counts: Readonly<
    Record<TaskId, { readonly train: readonly number[]; readonly validation: readonly number[] }>
  >;
  /** Leakage: speakers whose voice the model has heard in training. */
  readonly speakersOnBothSides: readonly string[];
  /** Leakage: scripts (`script01_1`) read on both sides, by whomever. */
  readonly scriptsOnBothSides: readonly string[];
  /** Classes that one side lacks: never learnt, or never measured. */
  readonly absent: readonly { readonly task: TaskId; readonly className: string; readonly side: Side }[];
  readonly checks: Readonly<Record<TaskId, CheckedTask>>;
}

/** The facts about a split that its user has to know. */
export function splitReport(classes: LabelledCorpus['classes'], split: Split): SplitReport {
  const count = (task: TaskId, side: Side): number[] => {
    const counts = new Array<number>(classes[task].length).fill(0);
    for (const item of split[side]) counts[item[task]]!++;
    return counts;
  };
  const counts = {} as Record<TaskId, { train: number[]; validation: number[] }>;
  for (const task of TASKS)
    counts[task] = { train: count(task, 'train'), validation: count(task, 'validation') };
  const checks = Object.fromEntries(
    TASKS.map((task): [TaskId, CheckedTask] => {
      const { train, validation } = counts[task];
      const trained = classes[task].filter((_, c) => train[c]! > 0);
      const asked = classes[task].filter((_, c) => train[c]! > 0 && validation[c]! > 0);
      return [
        task,
        {
          ...checkTask(train, validation),
          trained,
          only: trained.length > 1 && asked.length === 1 ? asked[0]! : null,
        },
      ];
    }),
  ) as Record<TaskId, CheckedTask>;
  const absent = TASKS.flatMap((task) =>
    (['train', 'validation'] as const).flatMap((side) =>
      classes[task].flatMap((className, c) =>
        counts[task][side][c] === 0 ? [{ task, className, side }] : [],
      ),
    ),
  );
  const scripts = (side: Side): Set<string> =>
    new Set(split[side].flatMap(({ dialog }) => /script\d{2}_\d/.exec(dialog)?.[0] ?? []));
  const speakersOnBothSides = classes.speaker.filter(
    (_, c) => counts.speaker.train[c]! > 0 && counts.speaker.validation[c]! > 0,
  );
  const validationScripts = scripts('validation');
  return {
    counts,
    checks,
    absent,
    speakersOnBothSides,
    scriptsOnBothSides: [...scripts('train')].filter((script) => validationScripts.has(script)).sort(),
  };
}

/** What of every task can be measured with this scheme and split of a corpus. */
export function checksOfManifest(
  manifest: CorpusManifest,
  { labelScheme, split, seed }: Pick<RunConfig, 'labelScheme' | 'split' | 'seed'>,
): SplitReport['checks'] {
  const { classes, items } = applyScheme(manifest, labelScheme);
  return splitReport(classes, makeSplit(items, split, seed)).checks;
}
