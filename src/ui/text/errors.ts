/**
 * Errors and log entries in the language on screen: looked up by their stable code, filled with their
 * details, and falling back to the English text they travel with.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { i18n as I18n } from 'i18next';
import type { WireError } from '../../core/errors/errors';
import type { BackendReport } from '../../core/training/events';
import { lookup } from './lookup';
import { settingName } from './setting-names';

/**
 * What a backend says of itself: the engine's own plain sentences are translated, an adapter's name stays as
 * it is.
 */
export const backendDetail = (i18n: I18n, detail: string): string =>
  lookup(i18n, `backendDetail.${detail.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`, {}, detail);

/** The same of a whole report: threads are told with what was measured of them. */
export function reportDetail(
  i18n: I18n,
  { detail, threads }: Pick<BackendReport, 'detail' | 'threads'>,
): string {
  if (!threads?.measured) return backendDetail(i18n, detail);
  const gain = threads.measured.gain.toLocaleString(i18n.language, { maximumFractionDigits: 2 });
  return lookup(
    i18n,
    `backendDetail.threads.${threads.used > 1 ? 'faster' : 'noGain'}`,
    { threads: threads.measured.threads, gain },
    detail,
  );
}

/** A sentence for the middle of another: without its full stop. */
const clause = (sentence: string): string => sentence.replace(/\.$/, '');

export interface ErrorText {
  readonly message: string;
  readonly hint: string;
}

export function errorText(i18n: I18n, error: WireError, language = i18n.language): ErrorText {
  const { reason, why } = error.details;
  // A reason with a key is told by it; that a backend is missing is one of the engine's own sentences; any
  // other reason passes through unchanged.
  const told = (text: string): string =>
    typeof why === 'string'
      ? lookup(i18n, `reasons.${why}`, error.details, text, language)
      : clause(backendDetail(i18n, text));
  // Fields of a configuration have names; what a link calls them stands in it and stays.
  const { field, fields } = error.details;
  const named = {
    ...(typeof field === 'string' ? { field: settingName(i18n.getFixedT(language), field) } : {}),
    ...(typeof fields === 'string'
      ? {
          fields: fields
            .split(', ')
            .map((name) => settingName(i18n.getFixedT(language), name))
            .join(', '),
        }
      : {}),
  };
  const details = {
    ...error.details,
    ...named,
    ...(typeof reason === 'string' ? { reason: told(reason) } : {}),
  };
  // Some errors have another sentence for some reasons, and one for a reason that has a name at all.
  const keys =
    typeof why === 'string'
      ? [`errors.${error.code}.of.${why}`, `errors.${error.code}.because`, `errors.${error.code}.message`]
      : [`errors.${error.code}.message`];
  return {
    message: lookup(i18n, keys.find((key) => i18n.exists(key)) ?? '', details, error.message, language),
    hint: lookup(i18n, `errors.${error.code}.hint`, details, error.hint, language),
  };
}

export function useErrorText(error: WireError): ErrorText {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useMemo(() => errorText(i18n, error, language), [i18n, language, error]);
}
