/**
 * The settings of one group of the form, in the order of their declarations (core/config/settings): each with its
 * own control (setting-controls.tsx), or with the one that its declaration asks for.
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { plainField, type PlainSetting, type SettingGroup } from '../../../core/config/plain-settings';
import { withValue } from '../../../core/config/path';
import { SETTINGS, type SettingId } from '../../../core/config/settings/registry';
import { plainValue, type Setting } from '../../../core/config/settings/setting';
import { taskIds } from '../../../core/tasks/types';
import { useDraft } from '../../../state/draft';
import { FieldControl } from '../../../ui/options/field-control';
import { settingWords } from '../../../ui/options/option-words';
import { CONTROLS, type SettingControlProps } from './setting-controls';
import styles from './config-panel.module.css';

const ALL: readonly Setting[] = SETTINGS;

export function GroupFields({ group, ...props }: SettingControlProps & { readonly group: SettingGroup }) {
  const ids = ALL.filter((setting) => setting.group === group).map(({ id }) => id as SettingId);
  return inPairs(ids).map((row) => {
    const shown = row.map((id): ReactNode => {
      const Control = CONTROLS[id];
      return Control ? (
        <Control key={id} {...props} />
      ) : (
        <Plain key={id} id={id as PlainSetting} {...props} />
      );
    });
    return row.length === 1 ? (
      shown
    ) : (
      <div key={row.join()} className={styles['pair']}>
        {shown}
      </div>
    );
  });
}

/** Two plain numbers that follow each other share a row. */
function inPairs(ids: readonly SettingId[]): readonly (readonly SettingId[])[] {
  const rows: SettingId[][] = [];
  for (const id of ids) {
    const last = rows.at(-1);
    if (last?.length === 1 && isShort(last[0]!) && isShort(id)) last.push(id);
    else rows.push([id]);
  }
  return rows;
}
const isShort = (id: SettingId): boolean => !CONTROLS[id] && plainField(id)?.kind === 'number';

function Plain({ id, config, base, disabled }: SettingControlProps & { readonly id: PlainSetting }) {
  const { i18n } = useTranslation();
  const set = useDraft((s) => s.set);
  const field = plainField(id)!;
  const words = settingWords(i18n);
  const value = plainValue(config, id);
  const offers = field.kind === 'number' ? field.offers : undefined;
  const choices = offers && [...new Set([...offers, value as number])];
  return (
    <FieldControl
      name={id}
      field={field}
      words={words}
      value={value}
      preset={plainValue(base, id)}
      disabled={disabled}
      tasks={taskIds(config)}
      choices={choices?.map((one) => ({ value: String(one), label: words.choice(id, String(one)) }))}
      onChange={(next) => set(withValue(config, id, next))}
    />
  );
}
