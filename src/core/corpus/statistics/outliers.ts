/**
 * Utterances that somebody ought to look at before training on them: unlike the others of their corpus, or with a
 * fault of their own. Nothing is left out here: whoever does so puts their ids into the configuration.
 */
import { identicalAudio } from '../identical-audio';
import type { ColumnSpec } from '../description';
import type { CorpusManifest, Utterance } from '../types';
import type { Facts, NumberFacts } from './facts';
import { robustZ, spreadOf } from './spread';

export const OUTLIER_KINDS = ['identical', 'silent', 'clipped', 'duration', 'level', 'range'] as const;
export type OutlierKind = (typeof OUTLIER_KINDS)[number];

/** Deviations from the median beyond which a number is unlike the others (Iglewicz & Hoaglin 1993). */
export const FAR = 3.5;

export interface Outlier {
  readonly id: string;
  /** Of `duration` seconds, of `level` dBFS, of `range` the label. */
  readonly value?: number;
  /** Robust z of `duration` (of its logarithm) and `level`. */
  readonly z?: number;
  /** Of `identical`: the first recording of that sound. */
  readonly like?: string;
}

export interface OutlierGroup {
  readonly kind: OutlierKind;
  /** The column of labels, of `range`. */
  readonly column?: string;
  /** The scale of that column. */
  readonly range?: readonly [number, number];
  /** Median and robust deviation that the z are of: of `duration` of seconds, as the factor exp(deviation). */
  readonly median?: number;
  readonly deviation?: number;
  /** Farthest first; else in the order of the corpus. */
  readonly outliers: readonly Outlier[];
}

/** One group a kind (of `range`, a column) that has any, in the order of {@link OUTLIER_KINDS}. */
export function outliersOf(
  facts: Facts,
  { problems }: Pick<CorpusManifest, 'problems'>,
  columns: readonly ColumnSpec[],
): OutlierGroup[] {
  const { utterances } = facts;
  const numbers = (id: string): NumberFacts | undefined =>
    facts.columns.find((one): one is NumberFacts => one.id === id && one.kind === 'number');
  const faulty = (code: string): Outlier[] => {
    const paths = new Set(problems.filter((one) => one.code === code).map(({ where }) => where));
    return paths.size === 0 ? [] : utterances.filter(({ path }) => paths.has(path)).map(({ id }) => ({ id }));
  };
  const groups: OutlierGroup[] = [
    {
      kind: 'identical',
      outliers: identicalAudio(utterances).flatMap(([first, ...others]) =>
        others.map(({ id }) => ({ id, like: first!.id })),
      ),
    },
    { kind: 'silent', outliers: faulty('silent-audio') },
    { kind: 'clipped', outliers: faulty('clipped-audio') },
    far('duration', utterances, numbers('$duration'), Math.log, Math.exp),
    far('level', utterances, numbers('$rms')),
    ...columns.flatMap(({ id, scale: range }): OutlierGroup[] => {
      const values = range && numbers(id)?.values;
      if (!values) return [];
      const outliers = utterances.flatMap((one, i) =>
        values[i]! < range[0] || values[i]! > range[1] ? [{ id: one.id, value: values[i]! }] : [],
      );
      return [{ kind: 'range', column: id, range, outliers }];
    }),
  ];
  return groups.filter(({ outliers }) => outliers.length > 0);
}

const same = (value: number): number => value;

/** @param scale on which numbers are spread evenly  @param back from it */
function far(
  kind: OutlierKind,
  utterances: readonly Utterance[],
  numbers: NumberFacts | undefined,
  scale = same,
  back = same,
): OutlierGroup {
  if (!numbers) return { kind, outliers: [] };
  const scaled = numbers.values.map(scale);
  const spread = spreadOf(scaled);
  const outliers: { id: string; value: number; z: number }[] = [];
  for (const [i, value] of scaled.entries()) {
    const z = robustZ(value, spread);
    // What is silent has no level, and is told as such.
    if (Number.isFinite(z) && Math.abs(z) > FAR)
      outliers.push({ id: utterances[i]!.id, value: numbers.values[i]!, z });
  }
  return {
    kind,
    median: back(spread.median),
    deviation: back(spread.deviation),
    outliers: outliers.sort((a, b) => Math.abs(b.z) - Math.abs(a.z)),
  };
}
