/** Controls of the training group that are more than their declarations say. */
import { Dices } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { monitorOf, monitorText } from '../../../core/config/monitor';
import { PLAIN_SETTINGS } from '../../../core/config/plain-settings';
import { RANGES } from '../../../core/config/ranges';
import type { Monitor } from '../../../core/config/run-config';
import { metricsFor } from '../../../core/tasks/metrics/registry';
import { useDraft } from '../../../state/draft';
import { useBackends } from '../../../state/machine/backends';
import { IconButton } from '../../../ui/controls/button';
import { SelectField } from '../../../ui/controls/fields';
import { NumberField } from '../../../ui/options/number-field';
import { reportDetail } from '../../../ui/text/errors';
import { say } from '../../../ui/text/lookup';
import { taskName } from '../../../ui/text/task-name';
import { ForecastNote } from './forecast-note';
import { MemoryPlanView } from './memory-plan';
import { MonitorNote } from './monitor-note';
import { RangeTestButton } from './range-test';
import type { SettingControlProps } from './setting-controls';

const MONITORS = ['sum-of-task-losses', 'strategy-total'] as const;
/** Enough for a seed, and short enough to be written down. */
const SEED_LIMIT = 100_000;

export function RateField({ config, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  return (
    <>
      <NumberField
        label={t('config.learningRate')}
        disabled={disabled}
        changed={differs('optimizer.learningRate')}
        {...RANGES.learningRate}
        value={config.optimizer.learningRate}
        onChange={(learningRate) => set({ optimizer: { ...config.optimizer, learningRate } })}
      />
      <RangeTestButton config={config} disabled={disabled} />
    </>
  );
}

/** How a batch is divided, beside the time and the memory that a step takes. */
export function MemoryField({ config, disabled, differs }: SettingControlProps) {
  return (
    <>
      <ForecastNote config={config} />
      <MemoryPlanView config={config} disabled={disabled} changed={differs('microBatch')} />
    </>
  );
}

export function MonitorField({ config, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  return (
    <>
      <SelectField
        label={t('config.monitor')}
        disabled={disabled}
        changed={differs('monitor')}
        value={monitorText(config.monitor)}
        onChange={(text) => set({ monitor: monitorOf(text) as Monitor })}
        options={[
          ...MONITORS.map((value) => ({ value: value as string, label: t(`monitor.${value}`) })),
          ...config.tasks.flatMap(({ id, kind }) =>
            metricsFor(kind)
              .slice(0, 2)
              .map(({ id: metric }) => ({
                value: monitorText({ of: 'task', task: id, metric }),
                label: `${taskName(t, id)}: ${say(t, `facets.monitor.metrics.${metric}`, metric)}`,
              })),
          ),
        ]}
      />
      <MonitorNote config={config} disabled={disabled} />
    </>
  );
}

export function SeedField({ config, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  return (
    <NumberField
      label={t('config.seed')}
      disabled={disabled}
      changed={differs('seed')}
      {...RANGES.seed}
      step={1}
      value={config.seed}
      onChange={(seed) => set({ seed })}
      after={
        <IconButton
          label={t('config.rollSeed')}
          icon={<Dices />}
          disabled={disabled}
          onClick={() => set({ seed: (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % SEED_LIMIT })}
        />
      }
    />
  );
}

/** What this machine has, and why it has not the others. */
export function BackendField({ config, disabled, differs }: SettingControlProps) {
  const { t, i18n } = useTranslation();
  const set = useDraft((s) => s.set);
  const reports = useBackends((s) => s.reports);
  return (
    <SelectField
      label={t('config.backend')}
      disabled={disabled}
      changed={differs('backend')}
      value={config.backend}
      onChange={(backend) => set({ backend })}
      options={PLAIN_SETTINGS.backend.choices.map((value) => {
        const report = reports.find(({ id }) => id === value);
        const software = report?.software ? ` (${t('backend.software')})` : '';
        return {
          value,
          label: `${t(`backend.short.${value}`)}${software}`,
          ...(report ? { note: reportDetail(i18n, report), disabled: !report.available } : {}),
        };
      })}
    />
  );
}
