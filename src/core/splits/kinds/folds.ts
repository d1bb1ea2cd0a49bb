import { numberField } from '../../options/field';
import { defineSplit, type Place } from '../types';

export const FOLDS = numberField({ default: 5, min: 2, max: 20, integer: true });
/** 1-based, at most the number of folds. */
export const FOLD = numberField({ default: 1, min: 1, max: 20, integer: true });

/** 1, 2, ..., count */
export const counted = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i + 1);

/**
 * Fold `fold` of `folds`, by utterance: the shuffled utterances are cut into parts of equal length, the first
 * count mod folds of them one longer (as scikit-learn's KFold cuts). All folds of a seed together hold every
 * utterance out once.
 */
export const folds = defineSplit({
  id: 'folds',
  fields: { folds: FOLDS, fold: FOLD },
  seeded: true,
  relative: true,
  leaks: 'everything',
  place: (items, { folds: count, fold }, random) => {
    const places = new Array<Place>(items.length).fill('train');
    const size = Math.floor(items.length / count);
    const longer = items.length % count;
    const index = Math.min(fold, count) - 1;
    const start = index * size + Math.min(index, longer);
    const order = random.shuffled([...places.keys()]);
    for (const i of order.slice(start, start + size + (index < longer ? 1 : 0))) places[i] = 'held';
    return places;
  },
  turns: { option: 'fold', values: (_offer, options) => counted(options.folds) },
  most: (options) => ({ fold: options.folds }),
  choices: () => ({}),
});
