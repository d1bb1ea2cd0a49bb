/**
 * What to know of weights that were computed with formulas which have changed since
 * (docs/decisions/0020-strategy-versions.md).
 */
import type { TFunction } from 'i18next';
import { isOlder, type StrategyChoice } from '../core/training/segments';
import type { StrategyId } from '../core/weighting/types';

/** What their first version did otherwise. */
const FIRST: Partial<Record<StrategyId, 'scale' | 'rank' | 'zeros'>> = {
  'nash-mtl': 'scale',
  fairgrad: 'rank',
  'imtl-g': 'rank',
  'aligned-mtl': 'rank',
  mgda: 'zeros',
  cagrad: 'zeros',
  'db-mtl': 'zeros',
};

/** A sentence; null where the formulas are today's. */
export function olderFormula(t: TFunction, choice: StrategyChoice): string | null {
  const what = FIRST[choice.id];
  return what && isOlder(choice) ? t('olderFormula.note', { what: t(`olderFormula.${what}`) }) : null;
}
