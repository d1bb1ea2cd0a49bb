/**
 * Errors in the language on screen: the entry of their code in that language, filled with their details, and
 * the English text they travel with where the code is not known or an earlier version left out a value.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { i18n as I18n } from 'i18next';
import type { Entry } from '../../core/errors/catalogue/entry';
import type { ErrorDetails, WireError } from '../../core/errors/errors';
import { failureText, filled, hintText, messageText, reasonText } from '../../core/errors/sentences';
import type { BackendReport } from '../../core/training/events';
import { settingName } from './setting-names';

type Texts = Readonly<Record<string, string>>;
const textsIn = (i18n: I18n, language: string, key: string): Texts =>
  (i18n.getResource(language, 'translation', key) ?? {}) as Texts;

const entryIn = (i18n: I18n, code: string, language: string): Entry | undefined =>
  i18n.getResource(language, 'translation', `errors.${code}`) as Entry | undefined;

/** What a backend says of itself; an adapter's name stays as it is. */
export function reportDetail(i18n: I18n, { detail, said }: Pick<BackendReport, 'detail' | 'said'>): string {
  if (!said) return detail;
  const numbers = Object.entries(said.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'number' ? value.toLocaleString(i18n.language, { maximumFractionDigits: 2 }) : value,
  ]);
  const { key } = said;
  const text = {
    ...textsIn(i18n, i18n.language, 'reasons'),
    ...textsIn(i18n, i18n.language, 'backendDetail'),
  }[key];
  if (text === undefined) return detail;
  const message = failureText(said.values ?? {}, textsIn(i18n, i18n.language, 'reasons'));
  const words = filled(text, { ...(Object.fromEntries(numbers) as ErrorDetails), message });
  return words.charAt(0).toLocaleUpperCase(i18n.language) + words.slice(1);
}

export interface ErrorText {
  readonly message: string;
  readonly hint: string;
}

export function errorText(i18n: I18n, error: WireError, language = i18n.language): ErrorText {
  const entry = entryIn(i18n, error.code, language);
  const details = inLanguage(i18n, error.details, language);
  return {
    message: messageText(entry, details) ?? error.message,
    hint: hintText(entry, details) ?? error.hint,
  };
}

/** The sentence of a code alone, as logs and manifests keep it. @param fallback the English that was kept */
export const codeText = (
  i18n: I18n,
  code: string,
  details: ErrorDetails,
  fallback: string,
  language = i18n.language,
): string => messageText(entryIn(i18n, code, language), inLanguage(i18n, details, language)) ?? fallback;

/**
 * Values of a log entry with the sentence of the error that they describe, by its `code`, or the clause of its
 * reason; an entry of an earlier version has the English of its time.
 */
export function withErrorText<V>(
  i18n: I18n,
  values: Readonly<Record<string, V>>,
  { code, why, message }: ErrorDetails,
) {
  const details = values as ErrorDetails;
  if (typeof code === 'string')
    return { ...values, message: codeText(i18n, code, details, String(message ?? code)) };
  if (typeof why !== 'string') return values;
  return { ...values, message: failureText({ ...details, why }, textsIn(i18n, i18n.language, 'reasons')) };
}

/** The same without values, for the heading of many; with what to do about them. */
export function codeHeading(i18n: I18n, code: string, fallback: ErrorText): ErrorText {
  const entry = entryIn(i18n, code, i18n.language);
  return {
    message: entry?.title ?? messageText(entry, {}) ?? fallback.message,
    hint: hintText(entry, {}) ?? fallback.hint,
  };
}

/** Fields of a configuration by their names (what a link calls them stays), and the reason as a clause. */
function inLanguage(i18n: I18n, details: ErrorDetails, language: string): ErrorDetails {
  const { field, fields, reason } = details;
  const t = i18n.getFixedT(language);
  const named = {
    ...details,
    ...(typeof field === 'string' ? { field: settingName(t, field) } : {}),
    ...(typeof fields === 'string'
      ? {
          fields: fields
            .split(', ')
            .map((name) => settingName(t, name))
            .join(', '),
        }
      : {}),
  };
  const clause = reasonText(textsIn(i18n, language, 'reasons'), named, String(reason ?? ''));
  return clause === '' ? named : { ...named, reason: clause };
}

export function useErrorText(error: WireError): ErrorText {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => errorText(i18n, error, language), [i18n, language, error]);
}
