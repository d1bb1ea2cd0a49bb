/**
 * Divides labelled utterances into training, validation and, where the split holds one out, a test part. What
 * such a split leaks or cannot measure: report.ts.
 */
import type { LabelledItem } from '../corpus/label-schemes';
import { RandomStream } from '../random/streams';
import { splitKind, type Holding, type SplitChoice } from './registry';
import type { Place } from './types';

/** Every part in the order of the items. */
export interface Split {
  readonly train: readonly LabelledItem[];
  readonly validation: readonly LabelledItem[];
  /** Absent where the split has no test part. */
  readonly test?: readonly LabelledItem[];
}

const placesOf = (
  items: readonly LabelledItem[],
  { kind, ...options }: Holding,
  random: RandomStream,
): readonly Place[] => splitKind({ kind }).place(items, options, random);

/**
 * The test part is taken away first; what remains is divided as it would be without it. Who trains, validates
 * and tests depends on the items, the split and - for kinds that draw - the seed alone: the stream `split`, of
 * the test part `split/test`. A part may be empty.
 */
export function makeSplit(items: readonly LabelledItem[], choice: SplitChoice, seed: number): Split {
  const { test: testing, ...main } = choice;
  const away = testing && placesOf(items, testing, new RandomStream(seed, 'split', 'test'));
  const rest = away ? items.filter((_, i) => away[i] !== 'held') : items;
  const places = placesOf(rest, main, new RandomStream(seed, 'split'));
  const at = (place: Place): LabelledItem[] => rest.filter((_, i) => places[i] === place);
  const test = away ? items.filter((_, i) => away[i] === 'held') : at('test');
  const withTest = away !== undefined || splitKind(main).ownTest === true;
  return { train: at('train'), validation: at('held'), ...(withTest ? { test } : {}) };
}
