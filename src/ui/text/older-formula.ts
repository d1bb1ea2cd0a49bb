/**
 * What to know of weights that were computed with formulas which have changed since
 * (docs/decisions/0020-strategy-versions.md).
 */
import type { TFunction } from 'i18next';
import { isOlder, type StrategyChoice } from '../../core/training/segments';
import { STRATEGIES } from '../../core/weighting/registry';

/** A sentence; null where the formulas are today's. */
export function olderFormula(t: TFunction, choice: StrategyChoice): string | null {
  const what = STRATEGIES.find(({ id }) => id === choice.id)?.firstVersion;
  return what && isOlder(choice) ? t('olderFormula.note', { what: t(`olderFormula.${what}`) }) : null;
}
