/**
 * What is chosen for the page and not for a run: language and theme (header), the number of workers (behind
 * the backend chip).
 */
import { Languages, Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, MAX_WORKERS, THEMES, useSettings } from '../state/settings';
import { IconButton } from '../ui/controls/button';
import { SelectField } from '../ui/controls/fields';
import { ChoiceMenu } from '../ui/controls/overlay';

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
      value={language}
      onChange={setLanguage}
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
      value={theme}
      onChange={setTheme}
      options={THEMES.map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
    />
  );
}

const COUNTS = Array.from({ length: MAX_WORKERS }, (_, i) => String(i + 1));

export function WorkersField() {
  const { t } = useTranslation();
  const workers = useSettings((s) => s.workers);
  const setWorkers = useSettings((s) => s.setWorkers);
  return (
    <SelectField
      label={t('backend.workers')}
      hint={t('backend.workersHint')}
      value={workers === null ? 'auto' : String(workers)}
      onChange={(next) => setWorkers(next === 'auto' ? null : Number(next))}
      options={[
        { value: 'auto', label: t('backend.short.auto') },
        ...COUNTS.map((value) => ({ value, label: value })),
      ]}
    />
  );
}
