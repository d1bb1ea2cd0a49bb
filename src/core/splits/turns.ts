/**
 * Splits whose parts take turns: the folds of a cross-validation, the sessions or speakers that are left out
 * one by one. Which option says whose turn it is, a kind declares (types.ts).
 */
import type { Fields, Values } from '../options/field';
import { heldOutTwice, splitKind, type SplitChoice } from './registry';
import type { Offer } from './types';

type Options = Readonly<Record<string, string | number>>;

const optionsOf = (split: SplitChoice): Options => split as unknown as Options;

/** @returns whose turn it is, as text; null where the kind has no turns */
export function turnOf(split: SplitChoice): string | null {
  const { turns } = splitKind(split);
  return turns ? String(optionsOf(split)[turns.option]) : null;
}

/** What all turns of a split have in common: equal for two that differ in nothing but whose turn it is. */
export function withoutTurn(split: SplitChoice): Readonly<Record<string, unknown>> {
  const { turns } = splitKind(split);
  return turns ? { ...split, [turns.option]: null } : { ...split };
}

/** The dotted name of the setting that says whose turn it is; null where the kind has no turns. */
export const turnSetting = (split: SplitChoice): string | null => {
  const { turns } = splitKind(split);
  return turns ? `split.${turns.option}` : null;
};

/**
 * Every turn of a split, in order; without those that the test part has taken away altogether. Empty where the
 * kind has no turns, or the corpus nothing to take turns with.
 */
export function allTurns(split: SplitChoice, offer: Offer): readonly SplitChoice[] {
  const { turns } = splitKind(split);
  if (!turns) return [];
  const { test: _test, ...main } = split;
  return turns
    .values(offer, main as unknown as Values<Fields>)
    .map((value) => ({ ...split, [turns.option]: value }))
    .filter((turn) => !heldOutTwice(turn));
}
