/**
 * Both languages, loaded with the page (a booth has no network to fetch the other from). Keys are checked by
 * the compiler:
 * `en` is the source, `ru` must have the same keys with Russian plural forms.
 */
import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '../../state/settings';
import { en } from './en/index';
import { ru } from './ru/index';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

export function setUpI18n(language: Language): typeof i18n {
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ru: { translation: ru } },
    // React escapes by itself.
    interpolation: { escapeValue: false },
    returnNull: false,
    // Sentences change under the page where site data turn out to be blocked (in-memory.ts).
    react: { bindI18nStore: 'added' },
    initAsync: false,
  });
  document.documentElement.lang = language;
  i18n.on('languageChanged', (next) => {
    document.documentElement.lang = next;
  });
  return i18n;
}
