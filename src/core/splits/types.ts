/**
 * What a kind of split is: which utterances it holds out of training, with what options. One kind is one file
 * in kinds/ and one line in registry.ts; docs/adding-a-split.md shows one. Not here: the test part, which any
 * kind may take away first (make.ts).
 */
import type { PublishedSplit } from '../corpus/description';
import type { LabelledItem } from '../corpus/label-schemes';
import type { Fields, Values } from '../options/field';
import { entrySchema } from '../options/schema';
import type { RandomStream } from '../random/streams';

export type Side = 'train' | 'validation' | 'test';

/**
 * Where an utterance goes: `held` is out of training, into the validation - or, where a kind makes the test
 * part, into that. `test` is only said by a kind that reads the parts off the corpus. null: it is not used.
 */
export type Place = 'train' | 'held' | 'test' | null;

/** What a corpus offers for options: read by controls, and by nothing that decides. */
export interface Offer {
  /** Columns of groups of which a value may be held out, and their values in order. */
  readonly holdOut: Readonly<Record<string, readonly string[]>>;
  /** Columns of groups whose values say which part an utterance belongs to. */
  readonly parts: readonly string[];
  /** All columns of groups. */
  readonly groups: readonly string[];
  /** Columns of classes. */
  readonly classes: readonly string[];
  /** Splits that somebody published results on. */
  readonly published: readonly PublishedSplit[];
}

/** What is on both sides by the way a kind divides, whatever the corpus. */
export type Leak =
  /** Speakers, sentences, sessions: utterances are divided one by one. */
  | 'everything'
  /** Nothing of the column that is held out; other columns may be. */
  | 'other-groups'
  /** Who made the parts knows. */
  | 'as-given';

export interface SplitKind<Id extends string = string, F extends Fields = Fields> {
  readonly id: Id;
  readonly fields: F;
  /** Whether the seed decides where an utterance goes. */
  readonly seeded: boolean;
  /** Whether where an utterance goes depends on which others there are. */
  readonly relative: boolean;
  readonly leaks: Leak;
  /** Columns none of whose values is on both sides, whatever the corpus; their classes cannot be recognised. */
  readonly apart?: (options: Values<F>) => readonly string[];
  /** What is held out, equal for two kinds that hold the same out; absent where it is drawn or counted. */
  readonly holdsOut?: (options: Values<F>) => string;
  /** The options that make a published split, its first fold held out; null where it is of another kind. */
  readonly ofPublished?: (split: PublishedSplit, offer: Offer) => Values<F> | null;
  /**
   * Of kinds whose parts take turns: with one value of an option after the other, every utterance is held out
   * once.
   */
  readonly turns?: {
    readonly option: keyof F & string;
    /** What the option may be for a corpus, in order. */
    readonly values: (offer: Offer, options: Values<F>) => readonly (string | number)[];
  };
  /** What a number may be at most beside the other options, where that is less than its range. */
  readonly most?: (options: Values<F>) => Readonly<Partial<Record<keyof F & string, number>>>;
  /** Of a kind that trains on one value of a column alone and tests on every other. */
  readonly source?: (options: Values<F>) => { readonly column: string; readonly value: string };
  /** Whether it says `test` itself; it cannot make the test part of another kind. */
  readonly ownTest?: true;
  /** One place an item. @param random the split's own stream */
  readonly place: (
    items: readonly LabelledItem[],
    options: Values<F>,
    random: RandomStream,
  ) => readonly Place[];
  /**
   * What an option may be for a corpus, where that is more than its range; null: the corpus has nothing for
   * it, so that the kind cannot be used.
   */
  readonly choices: (offer: Offer, options: Values<F>) => Readonly<Record<string, readonly string[]>> | null;
}

/** A kind with the schema of its options: `{ kind, ...options }`. */
export const defineSplit = <const Id extends string, const F extends Fields>(kind: SplitKind<Id, F>) => ({
  ...kind,
  schema: entrySchema('kind', kind.id, kind.fields),
});
