/** Seeds, folds, or both: what a recipe is repeated over, in the cases that the sentences of a language need. */
import type { TFunction } from 'i18next';
import type { Replicates } from '../../core/compare/replicates';

/** `3 seeds`, `5 folds`, by itself. */
export const countedText = (t: TFunction, replicates: Replicates, count: number): string =>
  t(`compare.repetitions.count.${replicates}`, { count });

/** What sentences put in: `over` them by number, `by` and `of` them without one. */
export const repetitionWords = (t: TFunction, replicates: Replicates, count = 0) => ({
  over: t(`compare.repetitions.over.${replicates}`, { count }),
  by: t(`compare.repetitions.by.${replicates}`),
  of: t(`compare.repetitions.of.${replicates}`),
});
