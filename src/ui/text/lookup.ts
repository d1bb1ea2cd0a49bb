/**
 * Words whose key is data, so that the compiler cannot check it; `fallback` covers a key without a
 * translation.
 */
import type { i18n as I18n, TFunction } from 'i18next';

export function lookup(
  i18n: I18n,
  key: string,
  values: Readonly<Record<string, string | number>>,
  fallback: string,
  language = i18n.language,
): string {
  const translate = i18n.t as unknown as (key: string, options: object) => string;
  return i18n.exists(key)
    ? translate(key, { ...values, lng: language, interpolation: { escapeValue: false } })
    : fallback;
}

/** The same where only `t` is at hand. */
export const say = (
  t: TFunction,
  key: string,
  fallback: string,
  values: Readonly<Record<string, string | number>> = {},
): string =>
  (t as unknown as (key: string, options: object) => string)(key, { ...values, defaultValue: fallback });
