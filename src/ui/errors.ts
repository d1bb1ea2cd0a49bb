/**
 * Errors and log entries in the language on screen: looked up by their stable code, filled with their details,
 * and falling back to the English text they travel with.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { i18n as I18n } from 'i18next';
import type { WireError } from '../core/errors/errors';

/** Codes are data, so these keys cannot be checked by the compiler; `fallback` covers a code without a translation. */
export function lookup(i18n: I18n, key: string, values: Readonly<Record<string, string | number>>, fallback: string): string {
  const translate = i18n.t as unknown as (key: string, options: object) => string;
  return i18n.exists(key) ? translate(key, { ...values, interpolation: { escapeValue: false } }) : fallback;
}

/** What a backend says of itself: the engine's own plain sentences are translated, an adapter's name stays as it is. */
export const backendDetail = (i18n: I18n, detail: string): string =>
  lookup(i18n, `backendDetail.${detail.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, {}, detail);

export interface ErrorText {
  readonly message: string;
  readonly hint: string;
}

export function errorText(i18n: I18n, error: WireError): ErrorText {
  return {
    message: lookup(i18n, `errors.${error.code}.message`, error.details, error.message),
    hint: lookup(i18n, `errors.${error.code}.hint`, error.details, error.hint),
  };
}

export function useErrorText(error: WireError): ErrorText {
  const { i18n } = useTranslation();
  // The language is what changes; the instance stays the same.
  return useMemo(() => errorText(i18n, error), [i18n, i18n.language, error]);
}
