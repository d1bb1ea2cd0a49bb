/**
 * What the tests say, in plain words: a verdict's code and numbers as a sentence. Not here: what is computed
 * (core/stats).
 */
import { splitKind, type SplitChoice } from '../../core/splits/registry';
import type { TFunction } from 'i18next';
import type { PairComparison } from '../../core/compare/on-utterances';
import { replicatesOfPairs, type Replicates } from '../../core/compare/replicates';
import type { SeedAnswer } from '../../core/compare/over-seeds';
import type { MetricId } from '../../core/compare/values';
import type { Bootstrapped } from '../../core/stats/bootstrap';
import { judgeInterval, type PairVerdict } from '../../core/stats/verdict';
import type { Format } from './format';
import type { Numbers } from './numbers';
import { repetitionWords } from './repetitions';
import { taskName } from './task-name';

/**
 * Below this many clusters a bootstrap is known to be too sure of itself (Cameron, Gelbach and Miller 2008).
 */
const FEW_SPEAKERS = 20;

/** @param among what the whole comparison is over: a single pair does not say it */
export function seedSentence(
  t: TFunction,
  numbers: Numbers,
  { verdict, pairs }: Pick<SeedAnswer, 'verdict' | 'pairs'>,
  among: Replicates,
): string {
  const replicates = replicatesOfPairs(pairs, among);
  switch (verdict.code) {
    case 'no-pairs':
    case 'one-seed':
      return t(`compare.tests.seedVerdict.${verdict.code}.${replicates}`);
    case 'same':
      return t('compare.tests.seedVerdict.same', repetitionWords(t, replicates, verdict.seeds));
    case 'too-few-seeds': {
      const { seeds, floor, corrected, tests, needed } = verdict;
      return [
        t('compare.tests.seedVerdict.too-few-seeds', {
          ...repetitionWords(t, replicates, seeds),
          floor: numbers.p(floor),
        }),
        ...(tests > 1 ? [t('compare.tests.corrected', { count: tests, p: numbers.equals(corrected) })] : []),
        t('compare.tests.needed', { ...repetitionWords(t, replicates, needed), count: needed }),
      ].join(' ');
    }
    default:
      return t(`compare.tests.seedVerdict.${verdict.code}`, {
        ...repetitionWords(t, replicates, verdict.seeds),
        p: numbers.equals(verdict.p),
      });
  }
}

export function pairSentence(t: TFunction, numbers: Numbers, verdict: PairVerdict): string {
  switch (verdict.code) {
    case 'identical':
      return t('compare.tests.pairVerdict.identical');
    case 'too-few-discordant':
      return t('compare.tests.pairVerdict.too-few-discordant', {
        count: verdict.discordant,
        floor: numbers.p(verdict.floor),
      });
    default:
      return t(`compare.tests.pairVerdict.${verdict.code}`, {
        count: verdict.discordant,
        p: numbers.equals(verdict.p),
      });
  }
}

/**
 * On how many utterances of whom two runs are compared and what to be careful about, or why they cannot be.
 * @param split of the first run
 */
export function comparisonSentence(
  t: TFunction,
  format: Format,
  answer: PairComparison,
  split: SplitChoice,
): string {
  if (answer.kind === 'different-utterances')
    return t('compare.tests.different-utterances', {
      shared: format.integer(answer.shared),
      first: format.integer(answer.first),
      second: format.integer(answer.second),
    });
  if (answer.kind !== 'compared') return t(`compare.tests.${answer.kind}`);
  const { utterances, speakers, firstEpoch, secondEpoch, unmeasurable } = answer;
  const caution =
    speakers === null
      ? 'unknownSpeakers'
      : speakers < 2
        ? 'oneSpeaker'
        : speakers < FEW_SPEAKERS
          ? 'fewSpeakers'
          : null;
  return [
    t('compare.tests.onUtterances', {
      count: utterances,
      speakers: speakers === null ? '–' : format.integer(speakers),
      first: format.integer(firstEpoch),
      second: format.integer(secondEpoch),
    }),
    ...(caution ? [t(`compare.tests.${caution}`)] : []),
    ...(unmeasurable.length > 0
      ? [t('measure.untested', { tasks: unmeasurable.map((task) => taskName(t, task)).join(', ') })]
      : []),
    ...(splitKind(split).leaks === 'everything' ? [t('compare.tests.bySession')] : []),
  ].join(' ');
}

/** BCa where it exists; else percentile, and that is said. */
const ends = ({ bca, percentile }: Bootstrapped): Bootstrapped['percentile'] => bca ?? percentile;
const method = (t: TFunction, { bca }: Bootstrapped): string =>
  bca ? '' : ` (${t('compare.tests.percentile')})`;

/** The interval of a score: `41.2% to 60.3%`. */
export function scoreInterval(t: TFunction, numbers: Numbers, of: Bootstrapped, metric: MetricId): string {
  const { low, high } = ends(of);
  return `${t('compare.tests.interval', { low: numbers.score(low, metric), high: numbers.score(high, metric) })}${method(t, of)}`;
}

/** The interval of a difference of scores, and on which side of zero it lies. */
export function differenceInterval(
  t: TFunction,
  numbers: Numbers,
  of: Bootstrapped,
  metric: MetricId,
): string {
  const { low, high } = ends(of);
  return `${numbers.interval(low, high, metric)}${method(t, of)}: ${t(`compare.tests.intervalVerdict.${judgeInterval({ low, high })}`)}`;
}
