/** Only what differs from the preset, setting by setting: folded, with their number in sight. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { differingSettings, flatConfig } from '../../../core/compare/differences';
import type { RunConfig } from '../../../core/config/run-config';
import { useFormat } from '../../../ui/text/format';
import { settingName, settingValue } from '../../../ui/text/setting-names';
import styles from './config-panel.module.css';

/** Which corpus is open is no part of a recipe. */
const APART = /^(?:corpus|origin)\b/;

export function DifferenceList({ base, config }: { readonly base: RunConfig; readonly config: RunConfig }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const names = differingSettings([base, config]).filter((name) => !APART.test(name));
  // What is folded is not there: nothing to be found that nobody sees.
  const shownNames = open ? names : [];
  if (names.length === 0) return null;
  const [preset, own] = [flatConfig(base), flatConfig(config)];
  const shown = (name: string, value: string | undefined): string =>
    value === undefined ? '–' : settingValue(t, format, name, value);
  return (
    <details className={styles['remark']} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('config.differences', { count: names.length })}</summary>
      <ul>
        {shownNames.map((name) => (
          <li key={name}>
            {t('config.difference', {
              name: settingName(t, name),
              value: shown(name, own.get(name)),
              preset: shown(name, preset.get(name)),
            })}
          </li>
        ))}
      </ul>
    </details>
  );
}
