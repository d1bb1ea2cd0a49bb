/**
 * Every way to divide utterances, and what a configuration may say of it: `{ kind, ...options }`, with a
 * `test` of the same form where a part is held out and scored once, at the run's end. A new kind is a file in
 * kinds/ and a line here.
 */
import * as v from 'valibot';
import type { Fields, Values } from '../options/field';
import type { Frozen } from '../options/schema';
import { column } from './kinds/column';
import { folds } from './kinds/folds';
import { group } from './kinds/group';
import { groupFolds } from './kinds/group-folds';
import { oneToOthers } from './kinds/one-to-others';
import { publishedFolds } from './kinds/published-folds';
import { publishedParts } from './kinds/published-parts';
import { random } from './kinds/random';
import { session } from './kinds/session';
import { speaker } from './kinds/speaker';
import { stratified } from './kinds/stratified';
import type { SplitKind } from './types';

const KINDS = [
  random,
  stratified,
  session,
  speaker,
  group,
  folds,
  groupFolds,
  column,
  publishedFolds,
  publishedParts,
  oneToOthers,
] as const;

/** In the order in which they are offered. */
export const SPLITS: readonly SplitKind[] = KINDS as unknown as readonly SplitKind[];

type Schema = (typeof KINDS)[number]['schema'];

/** How one part is held out. */
export type Holding = Frozen<v.InferOutput<Schema>>;

/** A split by name with its options: `RunConfig.split`. */
export type SplitChoice = Holding & { readonly test?: Holding };

const TEST_SCHEMA = v.variant(
  'kind',
  KINDS.flatMap((kind) => ('ownTest' in kind ? [] : [kind.schema])),
);

export const SPLIT_SCHEMA = v.variant(
  'kind',
  KINDS.map((kind) =>
    'ownTest' in kind
      ? kind.schema
      : v.strictObject({ ...kind.schema.entries, test: v.exactOptional(TEST_SCHEMA) }),
  ) as unknown as Schema[],
) as unknown as v.GenericSchema<SplitChoice, SplitChoice, v.InferIssue<Schema>>;

/** @throws never: a configuration names a kind that there is */
export const splitKind = ({ kind }: Pick<Holding, 'kind'>): SplitKind =>
  SPLITS.find(({ id }) => id === kind)!;

/** Whether the seed decides who is on which side; else runs of all seeds have the same sides. */
export const isSeeded = (split: SplitChoice): boolean => parts(split).some((part) => splitKind(part).seeded);

/** Whether the sides of all utterances depend on which ones there are. */
export const isRelative = (split: SplitChoice): boolean =>
  parts(split).some((part) => splitKind(part).relative);

/** Columns none of whose values is both in training and in validation. */
export const apartOf = (split: SplitChoice): readonly string[] =>
  splitKind(split).apart?.(split as unknown as Values<Fields>) ?? [];

/**
 * Whether validation and test are one and the same group, so that nothing would be left to validate on:
 * session 5 and session 5.
 */
export function heldOutTwice({ test, ...main }: SplitChoice): boolean {
  const held = ({ kind, ...options }: Holding): string | undefined => splitKind({ kind }).holdsOut?.(options);
  return test !== undefined && held(main) !== undefined && held(main) === held(test);
}

/** The column and its value that alone are trained on, where the test part is all other values. */
export const sourceOf = (split: SplitChoice): { readonly column: string; readonly value: string } | null =>
  splitKind(split).source?.(split as unknown as Values<Fields>) ?? null;

const parts = ({ test, ...main }: SplitChoice): Holding[] => [main, ...(test ? [test] : [])];
