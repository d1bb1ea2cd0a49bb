/** The language and theme buttons of the header. */
import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, THEMES, useSettings } from '../state/settings';
import { IconButton } from '../ui/button';
import { ChoiceMenu } from '../ui/overlay';

/** Languages under their own names: somebody who reads only one of them must find it. */
const NAMES = { en: 'English', ru: 'Русский' } as const;
const ICONS = { system: <Monitor />, light: <Sun />, dark: <Moon /> } as const;

export function LanguageButton() {
  const { t } = useTranslation();
  const language = useSettings((s) => s.language);
  const setLanguage = useSettings((s) => s.setLanguage);
  return (
    <ChoiceMenu
      trigger={<IconButton label={t('shell.language')} icon={<Languages />} />}
      value={language} onChange={setLanguage}
      options={LANGUAGES.map((value) => ({ value, label: NAMES[value], lang: value }))}
    />
  );
}

export function ThemeButton() {
  const { t } = useTranslation();
  const theme = useSettings((s) => s.theme);
  const setTheme = useSettings((s) => s.setTheme);
  return (
    <ChoiceMenu
      trigger={<IconButton label={t('shell.theme')} icon={ICONS[theme]} />}
      value={theme} onChange={setTheme}
      options={THEMES.map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
    />
  );
}
