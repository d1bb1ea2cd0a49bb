/**
 * Every error that the workbench can name, by code: its English sentences, and with them the values that a
 * site must give. Russian has a table of the same keys (src/app/i18n/ru/errors). A new error is an entry in
 * the file of its family, and its Russian.
 */
import { audio } from './audio';
import { config } from './config';
import { corpus, permission } from './corpus';
import { backend, divergence } from './engine';
import type { Entry, Names, ValuesOf } from './entry';
import { files } from './files';
import { model } from './model';
import { page, worker } from './page';
import { REASONS } from './reasons';
import { storage } from './storage';
import { weights } from './weights';

/** By class: an error of one class has a code of its families. */
export const FAMILIES = {
  audio,
  corpus,
  permission,
  config: { ...config, ...files },
  model,
  backend,
  divergence,
  storage,
  weights,
  worker,
  page,
};
type Families = typeof FAMILIES;
export type Family = keyof Families;

export const CATALOGUE = {
  ...audio,
  ...corpus,
  ...permission,
  ...config,
  ...files,
  ...model,
  ...backend,
  ...divergence,
  ...storage,
  ...weights,
  ...worker,
  ...page,
};
export type ErrorCode = keyof typeof CATALOGUE;
export type CodeOf<F extends Family> = { [One in F]: keyof Families[One] }[F] & ErrorCode;

export type ErrorDetails = Readonly<Record<string, string | number>>;

type Reasons = typeof REASONS;
export type Why = keyof Reasons;

/** A reason of the catalogue with its values, or one in the words of a library or a browser. */
export type Reason =
  | { readonly reason: string; readonly why?: never }
  | { [W in Why]: { readonly why: W } & ValuesOf<Reasons[W]> }[Why];

type Needs<Text> = 'reason' extends Names<Text> ? Omit<ValuesOf<Text>, 'reason'> & Reason : ValuesOf<Text>;
type Plain<Text> = 'reason' extends Names<Text> ? Needs<Text> : { readonly why?: never } & Needs<Text>;

type NeedsOf<E extends Entry> =
  | Plain<E['message'] | E['hint']>
  | (E extends { readonly because: infer B } ? Needs<B | E['hint']> : never)
  | (E extends { readonly of: infer O }
      ? { [W in keyof O]: { readonly why: W } & Needs<O[W] | E['hint']> }[keyof O]
      : never);

/** What a site gives for a code: the values of its sentences, and whatever else is worth keeping. */
export type DetailsOf<C extends ErrorCode> = NeedsOf<(typeof CATALOGUE)[C]> & ErrorDetails;

/** `code, details, cause`; the details may be left out where the sentence needs none. */
export type ErrorArgs<C extends ErrorCode> = C extends ErrorCode
  ? object extends NeedsOf<(typeof CATALOGUE)[C]>
    ? [code: C, details?: DetailsOf<C>, cause?: unknown]
    : [code: C, details: DetailsOf<C>, cause?: unknown]
  : never;
