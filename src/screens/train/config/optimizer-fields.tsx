/** The optimiser and the schedule of its learning rate, with the options that their entries declare. */
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../../core/config/run-config';
import { defaultsOf, type Fields } from '../../../core/options/field';
import {
  OPTIMIZERS,
  SCHEDULES,
  optimizer,
  schedule,
  type OptimizerId,
  type ScheduleId,
} from '../../../core/optim/registry';
import { useDraft } from '../../../state/draft';
import { SelectField } from '../../../ui/controls/fields';
import { say } from '../../../ui/text/lookup';
import { OptionFields } from '../../../ui/options/option-fields';
import { entryWords } from '../../../ui/options/option-words';
import type { SettingControlProps } from './setting-controls';

/** What two entries call the same stays as it was set. */
const keep = (fields: Fields, from: object): object =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key in fields && key !== 'learningRate'));

/** The preset's options count only for the entry that it has chosen. */
const same = <C extends { readonly id: string }>(one: C, other: C): C | undefined =>
  one.id === other.id ? other : undefined;

export function OptimizerField({ config, base, disabled }: SettingControlProps) {
  const { t, i18n } = useTranslation();
  const set = useDraft((s) => s.set);
  const chosen = optimizer(config.optimizer.id);
  const take = (id: OptimizerId): void =>
    set({
      optimizer: {
        ...defaultsOf(optimizer(id).fields),
        ...keep({ decayScope: chosen.fields.decayScope }, config.optimizer),
        id,
      } as RunConfig['optimizer'],
    });
  return (
    <>
      <SelectField
        label={t('optim.optimizer')}
        hint={say(t, `optimizerNotes.${config.optimizer.id}`, '')}
        disabled={disabled}
        changed={config.optimizer.id !== base.optimizer.id}
        value={config.optimizer.id}
        onChange={take}
        options={OPTIMIZERS.map(({ id }) => ({ value: id, label: say(t, `optimizers.${id}`, id) }))}
      />
      <OptionFields
        fields={chosen.fields}
        words={entryWords(i18n, chosen.id)}
        values={config.optimizer}
        base={same(config.optimizer, base.optimizer)}
        disabled={disabled}
        // Is a setting of its own.
        apart={['learningRate']}
        onChange={(key, value) => set({ optimizer: { ...config.optimizer, [key]: value } })}
      />
    </>
  );
}

export function ScheduleField({ config, base, disabled }: SettingControlProps) {
  const { t, i18n } = useTranslation();
  const set = useDraft((s) => s.set);
  const rates = schedule(config.schedule.id);
  const take = (id: ScheduleId): void =>
    set({ schedule: { ...defaultsOf(schedule(id).fields), id } as RunConfig['schedule'] });
  return (
    <>
      <SelectField
        label={t('optim.schedule')}
        hint={say(t, `scheduleNotes.${config.schedule.id}`, '')}
        disabled={disabled}
        changed={config.schedule.id !== base.schedule.id}
        value={config.schedule.id}
        onChange={take}
        options={SCHEDULES.map(({ id }) => ({ value: id, label: say(t, `schedules.${id}`, id) }))}
      />
      <OptionFields
        fields={rates.fields}
        words={entryWords(i18n, rates.id)}
        values={config.schedule}
        base={same(config.schedule, base.schedule)}
        disabled={disabled}
        onChange={(key, value) => set({ schedule: { ...config.schedule, [key]: value } })}
      />
    </>
  );
}
