/** The split under which every value of a column is trained on once and the others are tested on. */
import { defaultsOf } from '../options/field';
import { SPLITS, type SplitChoice } from './registry';
import type { Offer } from './types';

/** @returns its first turn; null where the corpus has fewer than two values of that column */
export function acrossSplit({ holdOut }: Offer, column: string): SplitChoice | null {
  const kind = SPLITS.find(({ source }) => source !== undefined)!;
  const [value, second] = holdOut[column] ?? [];
  if (value === undefined || second === undefined) return null;
  return { ...defaultsOf(kind.fields), kind: kind.id, column, value } as SplitChoice;
}
