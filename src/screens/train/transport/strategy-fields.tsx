/** The weighting strategy and its options; options marked live act on the run that goes. */
import { useTranslation } from 'react-i18next';
import { RANGES } from '../../../core/config/ranges';
import { strategy } from '../../../core/weighting/registry';
import { GRADIENT_LEVELS, type OptionValue, type StrategyId } from '../../../core/weighting/types';
import { useDraft } from '../../../state/draft';
import { useRun } from '../../../state/run/run';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { NumberField } from '../../../ui/options/number-field';
import { OptionFields } from '../../../ui/options/option-fields';
import { strategyWords } from '../../../ui/options/option-words';
import { strategySelectOptions } from '../../../ui/options/strategy-options';
import styles from '../config/config-panel.module.css';
import { optionsOf } from '../config/differs';
import type { SettingControlProps } from '../config/setting-controls';
import { taskIds } from '../../../core/tasks/types';

export function StrategyField({ config, disabled, base, differs }: SettingControlProps) {
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
    <>
      <SelectField
        label={t('config.strategy')}
        disabled={disabled}
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
        disabled={(field) => disabled && !(running && field.live)}
        onChange={change}
      />
    </>
  );
}

/** How often gradients are measured, and where. */
export function InstrumentFields({ config, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  return (
    <>
      <NumberField
        label={t('weighing.every')}
        hint={t('weighing.everyHint')}
        disabled={disabled}
        changed={differs('instruments.every')}
        {...RANGES.measureEvery}
        step={1}
        value={config.instruments.every}
        onChange={(every) => set({ instruments: { ...config.instruments, every } })}
      />
      <SelectField
        label={t('weighing.at')}
        disabled={disabled || config.instruments.every === 0}
        changed={differs('instruments.gradients')}
        value={config.instruments.gradients}
        onChange={(level) => set({ instruments: { ...config.instruments, gradients: level } })}
        options={GRADIENT_LEVELS.map((level) => ({
          value: level,
          label: t(`optionChoice.gradients.${level}`),
        }))}
      />
    </>
  );
}
