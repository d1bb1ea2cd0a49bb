/**
 * A joined corpus: the utterances of two or more corpora in one manifest, told apart by the group
 * {@link CORPUS}. Its utterances are called by their part's name, a slash and what the part calls them; their
 * sound and their features stay where the parts have them. Not here: the joining (join.ts), which value becomes
 * which class (mapping.ts).
 */

import type { SampleNote } from '../sample';

/** The column of groups that says which part an utterance is of. */
export const CORPUS = 'corpus';

/** How a part is opened: as a configuration names a corpus. */
export type PartOrigin =
  | { readonly kind: 'demo'; readonly seed: number; readonly difficulty: number }
  | { readonly kind: 'folder'; readonly id: string; readonly name: string };

export interface JoinedPart {
  /** Short: the value of its utterances' group, and how their ids and paths begin. */
  readonly name: string;
  /** The fingerprint of its own manifest. */
  readonly id: string;
  readonly origin: PartOrigin;
  /** Id of the adapter that read it. */
  readonly adapter: string;
  /** The column whose values are mapped. */
  readonly column: string;
  /** Utterances by value of that column; '' stands for those without one. */
  readonly values: Readonly<Record<string, number>>;
  /** Shared class of each value; what has none is left out. */
  readonly classOf: ClassMap;
  /** What was made of them unasked. */
  readonly suggested: ClassMap;
  /** What was read of a large corpus; absent where all of it was. */
  readonly sample?: SampleNote;
}

export type ClassMap = Readonly<Record<string, string>>;

export interface Joined {
  /** In order of name. */
  readonly parts: readonly JoinedPart[];
  /** Columns of labels that the parts have not alike, and that it therefore lacks. */
  readonly dropped: readonly string[];
}

/** An id or a path of a part, as the joined corpus has it. */
export const joinedName = (part: string, own: string): string => `${part}/${own}`;

/** The part's name, and what the part itself calls it. No part has a slash in its name. */
export function splitJoined(name: string): readonly [part: string, own: string] {
  const slash = name.indexOf('/');
  return [name.slice(0, Math.max(0, slash)), name.slice(slash + 1)];
}
