/**
 * What a corpus is described by: columns of labels, columns of groups, and which labels become which class. Most
 * corpora have those of their adapter; one that a table describes has its own, known only after it was read
 * (the manifest's `described`). Who wants them asks {@link adapters/registry.ts descriptionOf}.
 */

/** A column of labels. */
export interface ColumnSpec {
  readonly id: string;
  readonly kind: 'classes' | 'number';
  /** Class names in order of index; absent: the values that occur in what the scheme uses, sorted. */
  readonly classes?: readonly string[];
  /** Of a number: the ends of the scale it is rated on. */
  readonly scale?: readonly [number, number];
  /** A property of what stands in this column of groups (the gender of a speaker): one value for each. */
  readonly of?: string;
}

/** Which of a column's values become which class; what has none is left out of the corpus. */
export interface LabelScheme {
  readonly id: string;
  readonly column: string;
  /** Class names in order of index. */
  readonly classes: readonly string[];
  /** Class of each value that is used. */
  readonly classOf: Readonly<Record<string, string>>;
  /** Utterances of the full release that it uses, where that is known. */
  readonly full?: number;
}

/** A column of groups. */
export interface GroupSpec {
  readonly id: string;
  /** Whether a split may hold one of its values out. */
  readonly holdOut: boolean;
  /** Whether a value on both sides of a split flatters the validation: a voice or a text learnt by heart. */
  readonly leaks: boolean;
  /** Its values say which part an utterance belongs to: train, dev, test. */
  readonly parts?: true;
  /** The Data screen counts by it. */
  readonly counted?: true;
  /** Its values in the full corpus: what a split offers while no copy is open. */
  readonly usual?: readonly string[];
}

/** How a published split divides the values of a column of groups. */
export type PublishedDivision =
  /** Values held out together, fold by fold; all others train. One fold: a single division into two. */
  | { readonly by: 'lists'; readonly lists: readonly (readonly string[])[] }
  /** Every value of the column is held out in its turn: one session, one speaker after the other. */
  | { readonly by: 'each' }
  /** The corpus' own values, by side. */
  | {
      readonly by: 'parts';
      readonly train: readonly string[];
      readonly validation: readonly string[];
      readonly test: readonly string[];
    }
  /** The values are called train, dev and test already. */
  | { readonly by: 'column' };

/** A split that somebody published results on: chosen by name, so that scores can be set beside theirs. */
export interface PublishedSplit {
  /** Of all corpora: links name it. */
  readonly id: string;
  /** Its authors or their benchmark; a proper name, the same in every language. */
  readonly name: string;
  /** Where it is published. */
  readonly source: string;
  /** The column of groups that it divides by. */
  readonly column: string;
  readonly division: PublishedDivision;
}

export interface CorpusDescription {
  /** The first one is taken where a configuration names another corpus' scheme. */
  readonly schemes: readonly [LabelScheme, ...LabelScheme[]];
  /** In the order in which they are shown. */
  readonly columns: readonly ColumnSpec[];
  readonly groups: readonly GroupSpec[];
  /** In the order in which they are offered. */
  readonly published?: readonly PublishedSplit[];
}
