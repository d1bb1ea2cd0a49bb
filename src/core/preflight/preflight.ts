/**
 * What ought to be known of a corpus and its split before the first step: everything that would flatter,
 * spoil or bound what a run measures. Pure counting over the manifest; the sound itself was looked at by the
 * scan, and by the comparison of spectrograms (alike.ts). Not here: the words.
 */
import { heardInTraining, identicalAudio } from '../corpus/identical-audio';
import { adapterOf, descriptionOf } from '../corpus/adapters/registry';
import { exclusionOf, type Selection } from '../corpus/exclusion';
import { applyScheme, schemeOf, withLevels } from '../corpus/label-schemes';
import { countRates } from '../corpus/summary';
import type { CorpusManifest, Utterance } from '../corpus/types';
import type { ProblemCode } from '../errors/problem';
import type { FeatureSetting } from '../spectrogram/setting';
import { CANVAS_FRAMES } from '../spectrogram/picture';
import { makeSplit, type Split } from '../splits/make';
import type { TaskSpec } from '../tasks/types';
import type { SplitChoice } from '../splits/registry';
import { leaksOf, splitReport } from '../splits/report';
import type { AlikePair, AlikeReport } from './alike';
import { chanceOf, smallestDifference, type Chance, type Smallest } from './chance';

/** What was found, in the order in which it is shown. */
export const FINDINGS = [
  'heard-in-training', // the same sound on both sides
  'identical', // the same sound twice
  'nearly-in-training', // nearly the same sound on both sides
  'nearly-identical', // nearly the same sound twice
  'not-compared', // too many to be compared, each with each
  'shared', // a speaker, a sentence, a dialog on both sides
  'two-values', // a speaker of two genders
  'excluded', // left out by the configuration
  'excluded-unknown', // the corpus has no such utterance
  'unmeasurable', // a task with one class, or with classes of which only one side has any
  'mixed-rates',
  'stereo',
  'silent',
  'clipped',
  'too-short',
  'too-long',
] as const;
export type FindingCode = (typeof FINDINGS)[number];

export interface Finding {
  readonly code: FindingCode;
  /** Recordings, or values of `column`. */
  readonly count: number;
  /** The column of labels or groups that it is about. */
  readonly column?: string;
  /** Numbers for the words: hertz, seconds, a share 0..1. */
  readonly values?: Readonly<Record<string, number | string>>;
  /** The first few, by name. */
  readonly examples: readonly string[];
}

/** What can be expected of one column of classes, or of the levels of a number. */
export interface Outlook {
  readonly column: string;
  readonly classes: readonly string[];
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly chance: Chance;
  readonly smallest: Smallest;
}

export interface Preflight {
  readonly utterances: { readonly train: number; readonly validation: number; readonly test: number | null };
  /** By {@link FINDINGS}; empty where nothing is to be said. */
  readonly findings: readonly Finding[];
  readonly outlooks: readonly Outlook[];
  /** Utterances that the scheme uses, beside those of the full release; null where that is not known. */
  readonly release: { readonly found: number; readonly full: number } | null;
  /** Null: not looked for, since there are no spectrograms yet. */
  readonly nearIdentical: NearIdentical | null;
}

type Part = 'train' | 'validation' | 'test';

/** Of utterances that are used. */
interface NearIdentical extends Omit<AlikeReport, 'pairs'> {
  readonly pairs: readonly (AlikePair & { readonly parts: readonly [Part, Part] })[];
}

/** Of the configuration: what the report depends on. */
export interface PreflightSetting extends Selection {
  readonly split: SplitChoice;
  readonly seed: number;
  /** Whose levels are counted as well. */
  readonly tasks: readonly TaskSpec[];
  readonly features: Pick<FeatureSetting, 'sampleRate' | 'nFft' | 'hop'>;
}

/** Examples kept of each finding. */
const EXAMPLES = 20;

/**
 * The report of a corpus under a configuration.
 * @param alike near-identical recordings of the corpus; null: not known
 */
export function preflight(
  manifest: CorpusManifest,
  setting: PreflightSetting,
  alike: AlikeReport | null = null,
): Preflight {
  const { classes, items } = withLevels(applyScheme(manifest, setting), setting.tasks);
  const split = makeSplit(items, setting.split, setting.seed);
  const report = splitReport(classes, split, leaksOf(manifest));
  const used = items.map(({ utteranceIndex }) => manifest.utterances[utteranceIndex]!);
  const near = alike && nearIdentical(alike, split);
  const full = schemeOf(descriptionOf(manifest), setting.labelScheme).full;
  const excluded = exclusionOf(manifest, setting.exclude);
  const findings: readonly Finding[] = [
    finding('heard-in-training', heardInTraining(used, split.train, split.validation)),
    finding(
      'identical',
      identicalAudio(used).flatMap((group) => group.slice(1).map(({ id }) => id)),
    ),
    ...(near ? nearlySame(near) : []),
    ...Object.entries(report.shared).map(([column, values]) => finding('shared', values, { column })),
    ...twoValues(manifest, used),
    finding('excluded', excluded.found),
    finding('excluded-unknown', excluded.unknown),
    ...Object.entries(report.checks)
      .filter(([, { unmeasurable }]) => unmeasurable !== null)
      .map(([column, { unmeasurable, trained }]) =>
        finding('unmeasurable', trained, { column, count: 1, values: { reason: String(unmeasurable) } }),
      ),
    ...rates(used, setting.features.sampleRate),
    finding(
      'stereo',
      used.filter(({ channels = 1 }) => channels > 1).map(({ id }) => id),
    ),
    told(manifest, used, 'silent', 'silent-audio'),
    told(manifest, used, 'clipped', 'clipped-audio'),
    ...lengths(used, setting.features),
  ];
  return {
    utterances: {
      train: split.train.length,
      validation: split.validation.length,
      test: split.test?.length ?? null,
    },
    findings: findings.filter(({ count }) => count > 0),
    outlooks: Object.entries(classes).map(([column, names]): Outlook => {
      const { train, validation } = report.counts[column]!;
      const [chance, smallest] = [chanceOf(train, validation), smallestDifference(validation)];
      return { column, classes: names, train, validation, chance, smallest };
    }),
    release:
      full === undefined || adapterOf(manifest).release === undefined ? null : { found: items.length, full },
    nearIdentical: near,
  };
}

const finding = (
  code: FindingCode,
  names: readonly string[],
  more: Partial<Pick<Finding, 'column' | 'values' | 'count'>> = {},
): Finding => ({ code, count: names.length, examples: names.slice(0, EXAMPLES), ...more });

/** Pairs of which the split uses both, with the parts that they are in. */
function nearIdentical(alike: AlikeReport, split: Split): NearIdentical {
  const parts = new Map<string, Part>();
  for (const part of ['train', 'validation', 'test'] as const)
    for (const { id } of split[part] ?? []) parts.set(id, part);
  const pairs = alike.pairs.flatMap((pair) => {
    const [a, b] = [parts.get(pair.a), parts.get(pair.b)];
    return a && b ? [{ ...pair, parts: [a, b] as const }] : [];
  });
  return { ...alike, pairs };
}

function nearlySame({ pairs, left, skipped }: NearIdentical): Finding[] {
  const across = pairs.flatMap(({ a, b, parts: [ofA, ofB] }) =>
    ofA === ofB ? [] : ofA === 'train' ? [b] : ofB === 'train' ? [a] : [],
  );
  return [
    finding('nearly-in-training', [...new Set(across)]),
    finding(
      'nearly-identical',
      pairs.map(({ a, b, correlation }) => `${a} = ${b} (${correlation.toFixed(3)})`),
    ),
    finding('not-compared', [], { count: left + skipped, values: { recordings: left, pairs: skipped } }),
  ];
}

/** Columns that are a property of a group, with the group's values that have more than one of them. */
function twoValues(manifest: CorpusManifest, used: readonly Utterance[]): Finding[] {
  return descriptionOf(manifest).columns.flatMap(({ id, of }) => {
    if (of === undefined) return [];
    const found = new Map<string, Set<string>>();
    for (const { labels, groups } of used) {
      const [group, value] = [groups[of], labels[id]];
      if (group === undefined || value === null || value === undefined) continue;
      found.set(group, (found.get(group) ?? new Set<string>()).add(String(value)));
    }
    const several = [...found].filter(([, values]) => values.size > 1).map(([group]) => group);
    return [finding('two-values', several.sort(), { column: id, values: { group: of } })];
  });
}

/** More than one rate, unless all are brought to one. */
function rates(used: readonly Utterance[], target: number | null): Finding[] {
  const counted = countRates(used);
  if (target !== null || counted.length < 2) return [];
  return [
    finding(
      'mixed-rates',
      counted.map(({ hertz, count }) => `${hertz} Hz: ${count}`),
    ),
  ];
}

/** What the scan reported of recordings that are used. */
function told(
  manifest: CorpusManifest,
  used: readonly Utterance[],
  code: FindingCode,
  problem: ProblemCode,
): Finding {
  const paths = new Set(used.map(({ path }) => path));
  const where = manifest.problems
    .filter((one) => one.code === problem && paths.has(one.where))
    .map((one) => one.where);
  return finding(code, [...new Set(where)]);
}

/**
 * Shorter than one window of the spectrogram; longer than what a model sees of it, which is a part of
 * CANVAS_FRAMES frames.
 */
function lengths(
  used: readonly Utterance[],
  { sampleRate, nFft, hop }: PreflightSetting['features'],
): Finding[] {
  const seconds = ({ frames, sampleRate: own }: Utterance): number => frames / own;
  /** Samples at the rate that the spectrogram is made at. */
  const samples = (one: Utterance): number => seconds(one) * (sampleRate ?? one.sampleRate);
  const short = used.filter((one) => samples(one) < nFft);
  const seen = (one: Utterance): number => (CANVAS_FRAMES * hop) / samples(one);
  // Of a recording that is a little longer most is seen: only where half of it is missing, it is told.
  const long = used.filter((one) => seen(one) < 0.5).sort((a, b) => seconds(b) - seconds(a));
  const [longest] = long;
  return [
    finding(
      'too-short',
      short.map(({ id }) => id),
    ),
    finding(
      'too-long',
      long.map(({ id }) => id),
      longest ? { values: { seconds: seconds(longest), share: seen(longest) } } : {},
    ),
  ];
}
