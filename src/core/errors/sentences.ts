/**
 * The sentence of an error, out of a catalogue in any language: which of an entry's texts applies, and its
 * values filled in. The page does the same with Russian (src/ui/text/errors.ts).
 */
import { CATALOGUE, type ErrorDetails } from './catalogue';
import type { Entry } from './catalogue/entry';
import { REASONS } from './catalogue/reasons';

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

const has = (details: ErrorDetails, text: string): boolean =>
  [...text.matchAll(PLACEHOLDER)].every(([, name]) => Object.hasOwn(details, name!));

/** @returns the text with its values; what is missing stays empty */
export const filled = (text: string, details: ErrorDetails): string =>
  text.replaceAll(PLACEHOLDER, (_, name: string) => String(details[name] ?? ''));

/** The clause of a reason. @param fallback where the catalogue has none of that name, or lacks its values */
export function reasonText(
  reasons: Readonly<Record<string, string>>,
  details: ErrorDetails,
  fallback: string,
): string {
  const { why } = details;
  const text = typeof why === 'string' && Object.hasOwn(reasons, why) ? reasons[why]! : null;
  return text !== null && has(details, text) ? filled(text, details) : fallback;
}

/**
 * The first text of an entry whose values are all there: that for its `why`, that for any reason, the
 * message, the title. Null where none is: an entry of an earlier version, or a code that is not known here.
 */
export function messageText(entry: Entry | undefined, details: ErrorDetails): string | null {
  if (!entry) return null;
  const { why } = details;
  const texts = [
    typeof why === 'string' && entry.of && Object.hasOwn(entry.of, why) ? entry.of[why] : undefined,
    typeof why === 'string' ? entry.because : undefined,
    entry.message,
    entry.title,
  ];
  const text = texts.find((one) => one !== undefined && has(details, one));
  return text === undefined ? null : filled(text, details);
}

/** The same of a hint. */
export const hintText = (entry: Entry | undefined, details: ErrorDetails): string | null =>
  entry && has(details, entry.hint) ? filled(entry.hint, details) : null;

const isCode = (code: string): code is keyof typeof CATALOGUE => Object.hasOwn(CATALOGUE, code);

/** The entry of a code in English, if there is one. */
export const entryOf = (code: string): Entry | undefined => (isCode(code) ? CATALOGUE[code] : undefined);

/** With the clause of the reason, where the error has one by name. */
export function withReason(details: ErrorDetails): ErrorDetails {
  if (typeof details['why'] !== 'string' || Object.hasOwn(details, 'reason')) return details;
  const reason = reasonText(REASONS, details, '');
  return reason === '' ? details : { ...details, reason };
}

/** The inverse: a clause that the catalogue makes again is not stored. */
export function withoutReason(details: ErrorDetails): ErrorDetails {
  const { reason, ...rest } = details;
  return reason !== undefined && withReason(rest)['reason'] === reason ? rest : details;
}

/** What failed, as a clause: by its name in the catalogue, else in the words that it came with. */
export const failureText = (
  details: ErrorDetails,
  reasons: Readonly<Record<string, string>> = REASONS,
): string => reasonText(reasons, details, String(details['message'] ?? ''));
