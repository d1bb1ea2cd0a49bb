/**
 * The part of a link's query that is the page's: language, theme, autostart (`kiosk` is reserved for it). The
 * rest is configuration (core/config/link.ts).
 */
import { ConfigError, toWire, type WireError } from '../core/errors/errors';
import { repeatedKeys } from '../core/config/link-problems';
import { PAGE_KEYS } from '../core/config/link';
import { readPairs, readQuery } from '../core/config/query';
import { LANGUAGES, THEMES, type Language, type Theme } from '../state/settings';

export interface PageLink {
  readonly language: Language | null;
  readonly theme: Theme | null;
  readonly autostart: boolean;
  /** What is left for the draft, as it stands in the link. */
  readonly configuration: string;
  /** Of the page's own part: one for each value that there is none of, or that is given twice. */
  readonly problems: readonly WireError[];
}

/** @param query without `?` */
export function readPageLink(query: string): PageLink {
  const values = readQuery(query);
  const problems: WireError[] = [];
  const oneOf = <V extends string>(key: string, choices: readonly V[]): V | null => {
    const given = values.get(key);
    const found = choices.find((candidate) => candidate === given) ?? null;
    if (given !== undefined && found === null)
      problems.push(
        toWire(
          new ConfigError('bad-page-link', { key, value: given.slice(0, 60), choices: choices.join(', ') }),
        ),
      );
    return found;
  };
  const configuration = readPairs(query)
    .filter(({ key }) => !PAGE_KEYS.includes(key))
    .map(({ key, raw }) => (raw === '' ? key : `${key}=${raw}`))
    .join('&');
  return {
    language: oneOf('lang', LANGUAGES),
    theme: oneOf('theme', THEMES),
    autostart: oneOf('autostart', ['1', '0']) === '1',
    configuration,
    problems: [...problems, ...repeatedKeys(query, PAGE_KEYS)],
  };
}
