/** The weighting strategy and its options; options marked live act on the run that goes. */
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../../core/config/run-config';
import { RANGES } from '../../../core/config/ranges';
import { strategy } from '../../../core/weighting/registry';
import { GRADIENT_LEVELS, type OptionValue, type StrategyId } from '../../../core/weighting/types';
import { useDraft } from '../../../state/draft';
import { useRun } from '../../../state/run/run';
import { SelectField, SwitchField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { NumberField } from '../../../ui/options/number-field';
import { OptionFields } from '../../../ui/options/option-fields';
import { strategyWords } from '../../../ui/options/option-words';
import { strategySelectOptions } from '../../../ui/options/strategy-options';
import { StrategySwitch } from './strategy-switch';
import styles from '../config/config-panel.module.css';
import { optionsOf, type Differs } from '../config/differs';
import { taskIds } from '../../../core/tasks/types';

export interface StrategyFieldsProps {
  readonly config: RunConfig;
  readonly live: boolean;
  readonly base: RunConfig;
  readonly differs: Differs;
}

export function StrategyFields({ config, live, base, differs }: StrategyFieldsProps) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const set = useDraft((s) => s.set);
  const running = useRun((s) => s.view?.live === true);
  const liveOptions = useRun((s) => s.view?.liveOptions);
  const moveOption = useRun((s) => s.moveOption);
  const { id } = config.strategy;
  const chosen = strategy(id);
  const options = (running && liveOptions) || config.strategy.options;
  const change = (key: string, value: OptionValue): void => {
    if (running) moveOption({ [key]: value });
    else set({ strategy: { id, options: { ...options, [key]: value } } });
  };
  return (
    <fieldset className={styles['group']}>
      <legend>{t('config.groups.weighting')}</legend>
      <SelectField
        label={t('config.strategy')}
        disabled={live}
        changed={differs('strategy.id', 'strategy')}
        value={id}
        onChange={(next: StrategyId) => set({ strategy: { id: next, options: {} } })}
        options={strategySelectOptions(t)}
      />
      <p className={styles['formula']}>{format.formula(chosen.formula(options))}</p>
      {running && Object.values(chosen.options).some((field) => field.live) && (
        <p className={styles['liveMark']}>{t('config.actsLive')}</p>
      )}
      <OptionFields
        fields={chosen.options}
        words={strategyWords(i18n, id)}
        tasks={taskIds(config)}
        values={options}
        base={optionsOf(base, config.strategy)}
        disabled={(field) => live && !(running && field.live)}
        onChange={change}
      />
      <SwitchField
        label={t('weighing.renormalise')}
        hint={t('weighing.renormaliseHint')}
        disabled={live}
        changed={differs('renormalise')}
        checked={config.renormalise}
        onChange={(renormalise) => set({ renormalise })}
      />
      <NumberField
        label={t('weighing.every')}
        hint={t('weighing.everyHint')}
        disabled={live}
        changed={differs('instruments.every')}
        {...RANGES.measureEvery}
        step={1}
        value={config.instruments.every}
        onChange={(every) => set({ instruments: { ...config.instruments, every } })}
      />
      <SelectField
        label={t('weighing.at')}
        disabled={live || config.instruments.every === 0}
        changed={differs('instruments.gradients')}
        value={config.instruments.gradients}
        onChange={(level) => set({ instruments: { ...config.instruments, gradients: level } })}
        options={GRADIENT_LEVELS.map((level) => ({
          value: level,
          label: t(`optionChoice.gradients.${level}`),
        }))}
      />
      {running && <StrategySwitch />}
    </fieldset>
  );
}
