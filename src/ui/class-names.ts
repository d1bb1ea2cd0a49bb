/** Class names as read: emotions and genders are translated, speakers keep their corpus' names. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { lookup } from './text/lookup';

export function useClassName(): (name: string) => string {
  const { i18n } = useTranslation();
  const { language } = i18n;
  return useCallback((name: string) => lookup(i18n, `classes.${name}`, {}, name, language), [i18n, language]);
}
