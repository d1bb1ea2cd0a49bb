/**
 * The configuration: of the next run, or, while one goes, of that run, locked but for what acts live.
 * Fields that depart from the preset are marked.
 */
import { metricsFor } from '../../../core/tasks/metrics/registry';
import { say } from '../../../ui/text/lookup';
import { Dices, FileDown, FileInput, Link2, RotateCcw, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { configFileText } from '../../../core/export/config-file';
import { isSingleTask } from '../../../core/model/architectures';
import { ARCHITECTURE_IDS } from '../../../core/model/architectures/registry';
import { toQuery } from '../../../core/config/link';
import { PRESETS, type PresetId } from '../../../core/config/presets';
import { parseRunConfig } from '../../../core/config/parse';
import { RANGES } from '../../../core/config/ranges';
import type { Monitor, RunConfig } from '../../../core/config/run-config';
import { isSameWork } from '../../../core/training/sweep';
import { offeredTasks } from '../../../core/tasks/constant-tasks';
import { useBackends } from '../../../state/machine/backends';
import { SOFTWARE_VERSION } from '../../../core/version';
import { useDraft } from '../../../state/draft';
import { useExchange } from '../../../state/runs/exchange';
import { useTaskColumns } from '../../../state/corpus/task-columns';
import { useRun } from '../../../state/run/run';
import { Button, IconButton } from '../../../ui/controls/button';
import { useCopyLink } from '../../../ui/controls/copy-link';
import { reportDetail } from '../../../ui/text/errors';
import { download } from '../../../ui/download';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { NumberField } from '../../../ui/options/number-field';
import { AugmentationFields } from './augmentation-fields';
import { CorpusFields } from './corpus-fields';
import { differsFrom } from './differs';
import { DifferenceList } from './difference-list';
import { ForecastNote } from './forecast-note';
import { InitialWeights } from './initial-weights';
import { MemoryPlanView } from './memory-plan';
import { MonitorNote } from './monitor-note';
import { OptimizerFields } from './optimizer-fields';
import { ParameterCount } from './parameter-count';
import { RangeTestButton } from './range-test';
import { StrategyFields } from '../transport/strategy-fields';
import { TaskEditor } from './task-editor';
import { TaskFields } from './task-fields';
import styles from './config-panel.module.css';
import { taskName } from '../../../ui/text/task-name';
import { monitorOf, monitorText } from '../../../core/config/monitor';

const PRESET_IDS = Object.keys(PRESETS) as PresetId[];
const WIDTHS = [1, 0.5, 0.25, 0.125];
const SIZES = [64, 96, 128, 224];
const MONITORS = ['sum-of-task-losses', 'strategy-total'] as const;
const BACKENDS = ['auto', 'webgpu', 'wasm', 'cpu'] as const;
/** Enough for a seed, and short enough to be written down. */
const SEED_LIMIT = 100_000;

const withCurrent = (choices: readonly number[], current: number): readonly number[] =>
  choices.includes(current) ? choices : [...choices, current];

export function ConfigPanel() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { copy, byHand } = useCopyLink(t('config.shareByHand'));
  const draft = useDraft((s) => s.config);
  const preset = useDraft((s) => s.preset);
  const set = useDraft((s) => s.set);
  const setPreset = useDraft((s) => s.usePreset);
  const runConfig = useRun((s) => s.view?.config ?? null);
  const live = useRun((s) => s.view?.live === true || s.starting !== null);
  const reports = useBackends((s) => s.reports);
  const config = live && runConfig ? runConfig : draft;
  const base = parseRunConfig(PRESETS[preset]);
  const differs = differsFrom(base, config);
  const columns = useTaskColumns(config);
  const offered = offeredTasks(config.tasks, base.tasks, columns);
  const departs = JSON.stringify({ ...draft, corpus: null }) !== JSON.stringify({ ...base, corpus: null });
  const differing = runConfig !== null && !live && !isSameWork(runConfig, draft);

  const setArchitecture = (architecture: RunConfig['architecture']): void => {
    const tasks = isSingleTask(architecture)
      ? draft.tasks.slice(0, 1)
      : offeredTasks(draft.tasks, base.tasks, columns);
    // Options with one number a task no longer fit another number of tasks.
    const strategy =
      tasks.length === draft.tasks.length ? draft.strategy : { id: draft.strategy.id, options: {} };
    set({ architecture, tasks, strategy });
  };
  const share = (): void => {
    const query = toQuery(config, preset);
    void copy(`#/train${query ? `?${query}` : ''}`, config.origin ? t('link.ofFork') : t('link.carries'));
  };

  return (
    <form
      className={styles['panel']}
      onSubmit={(event) => event.preventDefault()}
      aria-label={t('config.title')}
    >
      <header className={styles['head']}>
        <h2>{t('config.title')}</h2>
        <IconButton
          label={t('config.reset', { preset: t(`preset.${preset}.name`) })}
          icon={<Undo2 />}
          disabled={live || !departs}
          onClick={() => setPreset(preset)}
        />
        <IconButton
          label={t('exchange.importConfig')}
          icon={<FileInput />}
          disabled={live}
          onClick={() => useExchange.getState().show(true)}
        />
        <IconButton
          label={t('exchange.saveConfig')}
          icon={<FileDown />}
          onClick={() =>
            download(
              `equipoise-${config.strategy.id}-seed${config.seed}.json`,
              configFileText(config, SOFTWARE_VERSION),
              'application/json',
            )
          }
        />
        <IconButton label={t('config.share')} icon={<Link2 />} onClick={share} />
      </header>
      {byHand}
      <DifferenceList base={base} config={config} />
      {live && <p className={styles['note']}>{t('config.locked')}</p>}
      {differing && (
        <div className={styles['note']}>
          <p>{t('config.otherRun')}</p>
          <Button icon={<RotateCcw />} onClick={() => set(runConfig)}>
            {t('config.takeOver')}
          </Button>
        </div>
      )}
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.recipe')}</legend>
        <SelectField
          label={t('config.preset')}
          disabled={live}
          value={preset}
          onChange={setPreset}
          options={PRESET_IDS.map((value) => ({
            value,
            label: t(`preset.${value}.name`),
            note: t(`preset.${value}.note`),
          }))}
        />
        <CorpusFields config={config} disabled={live} base={base} differs={differs} />
        <TaskFields config={config} disabled={live} base={base} />
        <TaskEditor config={config} base={base} disabled={live} />
        <AugmentationFields config={config} disabled={live} differs={differs} />
      </fieldset>
      <StrategyFields config={config} live={live} base={base} differs={differs} />
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.model')}</legend>
        <SelectField
          label={t('config.architecture')}
          disabled={live}
          changed={differs('architecture') && (() => setArchitecture(base.architecture))}
          value={config.architecture}
          onChange={setArchitecture}
          options={ARCHITECTURE_IDS.map((value) => ({
            value,
            label: t(`architecture.${value}.name`),
            note: t(`architecture.${value}.note`),
          }))}
        />
        {isSingleTask(config.architecture) && (
          <SelectField
            label={t('config.task')}
            disabled={live}
            value={config.tasks[0]!.id}
            onChange={(task) => set({ tasks: offered.filter(({ id }) => id === task) })}
            options={offered.map(({ id }) => ({ value: id, label: taskName(t, id) }))}
          />
        )}
        <div className={styles['pair']}>
          <SelectField
            label={t('config.width')}
            disabled={live}
            changed={differs('width')}
            value={String(config.width)}
            onChange={(value) => set({ width: Number(value) })}
            options={withCurrent(WIDTHS, config.width).map((value) => ({
              value: String(value),
              label: format.significant(value),
            }))}
          />
          <SelectField
            label={t('config.inputSize')}
            disabled={live}
            changed={differs('inputSize')}
            value={String(config.inputSize)}
            onChange={(value) => set({ inputSize: Number(value) })}
            options={withCurrent(SIZES, config.inputSize).map((value) => ({
              value: String(value),
              label: `${value} × ${value}`,
            }))}
          />
        </div>
        <ParameterCount config={config} />
        <InitialWeights config={config} disabled={live} />
      </fieldset>
      <fieldset className={styles['group']} disabled={live}>
        <legend>{t('config.groups.training')}</legend>
        <div className={styles['pair']}>
          <NumberField
            label={t('config.learningRate')}
            disabled={live}
            changed={differs('optimizer.learningRate')}
            {...RANGES.learningRate}
            value={config.optimizer.learningRate}
            onChange={(learningRate) => set({ optimizer: { ...draft.optimizer, learningRate } })}
          />
          <NumberField
            label={t('config.batchSize')}
            disabled={live}
            changed={differs('batchSize')}
            {...RANGES.batchSize}
            step={1}
            value={config.batchSize}
            onChange={(batchSize) => set({ batchSize })}
          />
        </div>
        <RangeTestButton config={config} disabled={live} />
        <OptimizerFields config={config} base={base} disabled={live} />
        <ForecastNote config={config} />
        <MemoryPlanView config={config} disabled={live} changed={differs('microBatch')} />
        <div className={styles['pair']}>
          <NumberField
            label={t('config.epochs')}
            disabled={live}
            changed={differs('epochs')}
            {...RANGES.epochs}
            step={1}
            value={config.epochs}
            onChange={(epochs) => set({ epochs })}
          />
          <NumberField
            label={t('config.patience')}
            disabled={live}
            changed={differs('patience')}
            {...RANGES.patience}
            step={1}
            value={config.patience}
            onChange={(patience) => set({ patience })}
          />
        </div>
        <SelectField
          label={t('config.monitor')}
          disabled={live}
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
        <MonitorNote config={config} disabled={live} />
        <NumberField
          label={t('config.seed')}
          disabled={live}
          changed={differs('seed')}
          {...RANGES.seed}
          step={1}
          value={config.seed}
          onChange={(seed) => set({ seed })}
          after={
            <IconButton
              label={t('config.rollSeed')}
              icon={<Dices />}
              disabled={live}
              onClick={() => set({ seed: (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % SEED_LIMIT })}
            />
          }
        />
        <SelectField
          label={t('config.backend')}
          disabled={live}
          changed={differs('backend')}
          value={config.backend}
          onChange={(backend) => set({ backend })}
          options={BACKENDS.map((value) => {
            const report = reports.find(({ id }) => id === value);
            const software = report?.software ? ` (${t('backend.software')})` : '';
            return {
              value,
              label: `${t(`backend.short.${value}`)}${software}`,
              ...(report ? { note: reportDetail(i18n, report), disabled: !report.available } : {}),
            };
          })}
        />
      </fieldset>
    </form>
  );
}
