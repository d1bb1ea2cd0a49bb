/** The weighting strategy and its options; options marked live act on the run that goes. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunConfig } from '../../core/training/run-config';
import type { TaskId } from '../../core/training/tasks';
import { STRATEGIES, strategy } from '../../core/weighting/registry';
import type { OptionSpec, StrategyId, StrategyOptions } from '../../core/weighting/types';
import { useDraft } from '../../state/draft';
import { useRun } from '../../state/run';
import { lookup } from '../../ui/errors';
import { NumberField, SelectField, SliderField, SwitchField } from '../../ui/fields';
import { TaskGlyph } from '../../ui/task-glyph';
import styles from './config-panel.module.css';

/** A dragged slider reports far more often than a run needs to hear. */
const SEND_EVERY_MS = 120;

/** The live run's options: shown at once, sent at most every 120 ms, the last value always. */
function useLiveOptions(config: RunConfig): readonly [StrategyOptions, (options: StrategyOptions) => void] {
  const runId = useRun((s) => s.view?.id ?? null);
  const [state, setState] = useState({ runId, options: config.strategy.options });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const pending = useRef<StrategyOptions | null>(null);
  const flush = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (pending.current) void useRun.getState().setStrategyOptions(pending.current);
    pending.current = null;
  };
  useEffect(() => flush, []);
  const options = state.runId === runId ? state.options : config.strategy.options;
  const send = (next: StrategyOptions): void => {
    setState({ runId, options: next });
    pending.current = next;
    timer.current ??= setTimeout(flush, SEND_EVERY_MS);
  };
  return [options, send];
}

export interface StrategyFieldsProps {
  readonly config: RunConfig;
  readonly live: boolean;
  readonly changed: boolean;
}

export function StrategyFields({ config, live, changed }: StrategyFieldsProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const [liveOptions, sendLive] = useLiveOptions(config);
  const running = useRun((s) => s.view?.live === true);
  const { id } = config.strategy;
  const chosen = strategy(id);
  const options = running ? liveOptions : config.strategy.options;
  const change = (key: string, value: number | boolean | readonly number[]): void => {
    const next = { ...options, [key]: value };
    if (running) sendLive(next);
    else set({ strategy: { id, options: next } });
  };
  return (
    <fieldset className={styles['group']}>
      <legend>{t('config.groups.weighting')}</legend>
      <SelectField
        label={t('config.strategy')} disabled={live} changed={changed} value={id} onChange={(next: StrategyId) => set({ strategy: { id: next, options: {} } })}
        options={STRATEGIES.map((candidate) => ({ value: candidate.id, label: t(`strategy.${candidate.id}.name`), note: t(`strategy.${candidate.id}.note`) }))}
      />
      <p className={styles['formula']}>{chosen.formula(options)}</p>
      {running && chosen.options.some((option) => option.live) && <p className={styles['liveMark']}>{t('config.actsLive')}</p>}
      {chosen.options.map((spec) => (
        <StrategyOption key={spec.key} strategyId={id} spec={spec} tasks={config.tasks} value={options[spec.key]} disabled={live && !(running && spec.live)} onChange={(value) => change(spec.key, value)} />
      ))}
    </fieldset>
  );
}

export interface StrategyOptionProps {
  readonly strategyId: StrategyId;
  readonly spec: OptionSpec;
  readonly tasks: readonly TaskId[];
  readonly value: number | boolean | readonly number[] | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: number | boolean | readonly number[]) => void;
}

/** The control of one option, named and explained by the translations. */
export function StrategyOption({ strategyId, spec, tasks, value, disabled, onChange }: StrategyOptionProps) {
  const { t, i18n } = useTranslation();
  const label = lookup(i18n, `strategy.${strategyId}.options.${spec.key}`, {}, spec.key);
  const hint = lookup(i18n, `strategy.${strategyId}.options.${spec.key}Hint`, {}, '');
  if (spec.kind === 'boolean') return <SwitchField label={label} hint={hint} disabled={disabled} checked={value === true} onChange={onChange} />;
  if (spec.kind === 'number') return <NumberField label={label} hint={hint} disabled={disabled} min={spec.min} max={spec.max} step={spec.step} value={typeof value === 'number' ? value : spec.default} onChange={onChange} />;
  const values = tasks.map((_, i) => (Array.isArray(value) ? (value as readonly number[])[i] : undefined) ?? spec.default);
  return tasks.map((task, i) => (
    <SliderField
      key={task} label={t('config.weightOf', { task: t(`tasks.${task}`) })} lead={<TaskGlyph task={task} width={24} />} disabled={disabled} min={spec.min} max={spec.max} step={spec.step}
      value={values[i] ?? spec.default} onChange={(next) => onChange(values.map((old, j) => (j === i ? next : old)))}
    />
  ));
}
