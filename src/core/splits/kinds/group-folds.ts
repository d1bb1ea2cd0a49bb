import { textField } from '../../options/field';
import { defineSplit, type Place } from '../types';
import { FOLD, FOLDS, counted } from './folds';

/**
 * Fold `fold` of `folds` by the values of a column, each value whole in one fold: the largest value first,
 * each into the fold that is smallest so far (scikit-learn's GroupKFold; of equal ones the last by name and the
 * first fold). Utterances without a value of that column train. The seed decides nothing.
 */
export const groupFolds = defineSplit({
  id: 'group-folds',
  fields: { column: textField({ default: 'speaker', maxLength: 32 }), folds: FOLDS, fold: FOLD },
  seeded: false,
  relative: true,
  leaks: 'other-groups',
  apart: ({ column }) => [column],
  place: (items, { column, folds: count, fold }) => {
    const sizes = new Map<string, number>();
    for (const { groups } of items) {
      const value = groups[column];
      if (value !== undefined) sizes.set(value, (sizes.get(value) ?? 0) + 1);
    }
    const filled = new Array<number>(count).fill(0);
    const foldOf = new Map<string, number>();
    for (const [value, size] of [...sizes].sort(([a, n], [b, m]) => m - n || (a < b ? 1 : -1))) {
      const smallest = filled.indexOf(Math.min(...filled));
      filled[smallest]! += size;
      foldOf.set(value, smallest);
    }
    const index = Math.min(fold, count) - 1;
    return items.map(({ groups }): Place => (foldOf.get(groups[column] ?? '') === index ? 'held' : 'train'));
  },
  turns: { option: 'fold', values: (_offer, options) => counted(options.folds) },
  most: (options) => ({ fold: options.folds }),
  choices: ({ holdOut }) => {
    const columns = Object.keys(holdOut);
    return columns.length > 0 ? { column: columns } : null;
  },
});
