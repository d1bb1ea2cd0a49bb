/** The part of a link's query that is the page's: language, theme, autostart (`kiosk` is reserved for it). The rest is configuration (core/training/link.ts). */
import { LANGUAGES, THEMES, type Language, type Theme } from '../state/settings';

export interface PageLink {
  readonly language: Language | null;
  readonly theme: Theme | null;
  readonly autostart: boolean;
  /** What is left for the draft. */
  readonly configuration: string;
}

const PAGE_KEYS = ['lang', 'theme', 'kiosk', 'autostart'];

/** @param query without `?` */
export function readPageLink(query: string): PageLink {
  const values = new URLSearchParams(query);
  const language = LANGUAGES.find((candidate) => candidate === values.get('lang')) ?? null;
  const theme = THEMES.find((candidate) => candidate === values.get('theme')) ?? null;
  const configuration = query.split('&').filter((pair) => pair !== '' && !PAGE_KEYS.includes(pair.split('=')[0] ?? '')).join('&');
  return { language, theme, autostart: values.get('autostart') === '1', configuration };
}
