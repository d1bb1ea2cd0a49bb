/**
 * What an entry of the catalogue is, and which values a sentence needs: they are read from its placeholders,
 * so that a site that leaves one out does not compile.
 */

export interface Entry {
  /** One sentence; `{{name}}` is filled from the details of the error. */
  readonly message: string;
  /** What the reader can do next. */
  readonly hint: string;
  /** Other sentences for some values of the detail `why`, in place of `message`. */
  readonly of?: Readonly<Record<string, string>>;
  /** In place of `message` for every other reason of the catalogue of reasons. */
  readonly because?: string;
  /**
   * The same without values: for headings, and for entries that an earlier version stored without the values
   * that `message` names today. Needed only where `message` has placeholders and the error is kept in a
   * manifest or a log.
   */
  readonly title?: string;
}

/** The names between double braces. */
export type Names<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never;

/** Values for the placeholders of a text. */
export type ValuesOf<S> = { readonly [Name in Names<S>]: string | number };

/** Keeps the literal texts, from which the values are read. */
export const family = <const E extends Readonly<Record<string, Entry>>>(entries: E): E => entries;
