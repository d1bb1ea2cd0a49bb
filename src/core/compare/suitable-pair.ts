/** Which two of several runs are worth testing on their utterances, unless the user says otherwise. */
import { BASELINE } from '../weighting/registry';
import { sameValidation } from './groups';
import type { ComparedRun } from './values';

type Pairable = Pick<ComparedRun, 'id' | 'corpusId' | 'config'>;

/**
 * Two runs that say most beside each other: the only two, or one of the unweighted sum and one of another
 * strategy on the same utterances.
 */
export function suitablePair(chosen: readonly Pairable[]): readonly [string, string] | null {
  if (chosen.length === 2) return [chosen[0]!.id, chosen[1]!.id];
  const plain = chosen.filter(({ config }) => config.strategy.id === BASELINE);
  for (const first of plain.length > 0 ? plain : chosen.slice(0, 1)) {
    const second = chosen.find(
      (run) => run.config.strategy.id !== first.config.strategy.id && sameValidation(first, run),
    );
    if (second) return [first.id, second.id];
  }
  return null;
}
