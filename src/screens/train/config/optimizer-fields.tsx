/** The optimiser, the schedule of its learning rate and clipping, with the options that their entries declare. */
import { useTranslation } from 'react-i18next';
import { RANGES } from '../../../core/config/ranges';
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
import { SelectField, SwitchField } from '../../../ui/controls/fields';
import { say } from '../../../ui/text/lookup';
import { NumberField } from '../../../ui/options/number-field';
import { OptionFields } from '../../../ui/options/option-fields';
import { entryWords } from '../../../ui/options/option-words';

interface Props {
  readonly config: RunConfig;
  /** The preset, completed. */
  readonly base: RunConfig;
  readonly disabled: boolean;
}

/** Where clipping begins when it is switched on. */
const CLIP_NORM = 1;

/** What two entries call the same stays as it was set. */
const keep = (fields: Fields, from: object): object =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key in fields && key !== 'learningRate'));

export function OptimizerFields({ config, base, disabled }: Props) {
  const { t, i18n } = useTranslation();
  const set = useDraft((s) => s.set);
  const chosen = optimizer(config.optimizer.id);
  const rates = schedule(config.schedule.id);
  const same = <C extends { readonly id: string }>(one: C, other: C): C | undefined =>
    one.id === other.id ? other : undefined;
  const take = (id: OptimizerId): void =>
    set({
      optimizer: {
        ...defaultsOf(optimizer(id).fields),
        ...keep({ decayScope: chosen.fields.decayScope }, config.optimizer),
        id,
      } as RunConfig['optimizer'],
    });
  const takeSchedule = (id: ScheduleId): void =>
    set({ schedule: { ...defaultsOf(schedule(id).fields), id } as RunConfig['schedule'] });
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
        // Has a place of its own, beside the batch size.
        apart={['learningRate']}
        onChange={(key, value) => set({ optimizer: { ...config.optimizer, [key]: value } })}
      />
      <SelectField
        label={t('optim.schedule')}
        hint={say(t, `scheduleNotes.${config.schedule.id}`, '')}
        disabled={disabled}
        changed={config.schedule.id !== base.schedule.id}
        value={config.schedule.id}
        onChange={takeSchedule}
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
      <SwitchField
        label={t('optim.clip')}
        hint={t('optim.clipNote')}
        disabled={disabled}
        changed={config.clipNorm !== base.clipNorm}
        checked={config.clipNorm !== null}
        onChange={(on) => set({ clipNorm: on ? CLIP_NORM : null })}
      />
      {config.clipNorm !== null && (
        <NumberField
          label={t('optim.clipNorm')}
          disabled={disabled}
          {...RANGES.clipNorm}
          value={config.clipNorm}
          onChange={(clipNorm) => set({ clipNorm })}
        />
      )}
    </>
  );
}
