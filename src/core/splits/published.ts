/**
 * Published splits by name, as splits of a configuration and back. What a corpus has, its adapter declares
 * (corpus/description.ts); which kind of split makes it, the kinds say.
 */
import type { PublishedSplit } from '../corpus/description';
import { sortedJson } from '../sorted-json';
import { SPLITS, type SplitChoice } from './registry';
import { withoutTurn } from './turns';
import type { Offer } from './types';

/** @returns the split, its first fold held out; null where the corpus has nothing for it */
export function splitOfPublished(published: PublishedSplit, offer: Offer): SplitChoice | null {
  for (const { id: kind, ofPublished } of SPLITS) {
    const options = ofPublished?.(published, offer);
    if (options) return { kind, ...options } as SplitChoice;
  }
  return null;
}

/** Which of the corpus' published splits this is, whichever fold is held out; null: none of them. */
export function publishedOf({ test, ...main }: SplitChoice, offer: Offer): PublishedSplit | null {
  if (test) return null;
  const wanted = sortedJson(withoutTurn(main));
  return (
    offer.published.find((one) => {
      const split = splitOfPublished(one, offer);
      return split !== null && sortedJson(withoutTurn(split)) === wanted;
    }) ?? null
  );
}
