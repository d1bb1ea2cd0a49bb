/**
 * What the run starts from: new weights, or imported ones. A file is checked and kept first; whether it fits
 * the model that is set here is said beside it, with one press to set the model it belongs to.
 */
import { FileUp, Trash2 } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { weightsMissing } from '../../../core/weights/state-dict';
import { expectedArrays, fits } from '../../../core/weights/match';
import { toWire } from '../../../core/errors/errors';
import { buildModel, type ModelChoice } from '../../../core/model/architectures';
import type { WeightsSummary } from '../../../core/protocol/contracts/weights';
import { modelChoice } from '../../../core/config/model-choice';
import type { RunConfig } from '../../../core/config/run-config';
import { useCorpus } from '../../../state/corpus/corpus';
import { useDraft } from '../../../state/draft';
import { useWeights } from '../../../state/runs/weights';
import { Button, IconButton } from '../../../ui/controls/button';
import { ErrorNote } from '../../../ui/controls/error-note';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { ProgressBar } from '../../../ui/controls/panel';
import styles from './config-panel.module.css';
import { taskName } from '../../../ui/text/task-name';
import { presetTask } from '../../../core/tasks/presets';

const NEW = 'new';

export function InitialWeights({
  config,
  disabled,
}: {
  readonly config: RunConfig;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const { loaded, importing, progress, entries, error, refresh, importFile, remove, dismissError } =
    useWeights();
  const set = useDraft((s) => s.set);
  const describe = useModelText();
  const format = useFormat();
  useEffect(() => void refresh(), [refresh]);
  const { initialWeights } = config;
  const chosen = entries.find(({ id }) => id === initialWeights?.id);
  const choose = ({ id, name }: WeightsSummary): void => set({ initialWeights: { id, name } });
  const take = async (file: File): Promise<void> => {
    const summary = await importFile(file, file.name);
    if (summary) choose(summary);
  };
  const options = [
    { value: NEW, label: t('weightsFile.new'), note: t('weightsFile.newNote') },
    ...entries.map(({ id, name, bytes, model }) => ({
      value: id,
      label: name,
      note: `${describe(model)} · ${format.bytes(bytes)} · ${id.slice(0, 8)}`,
    })),
    ...(initialWeights && !chosen
      ? [
          {
            value: initialWeights.id,
            label: initialWeights.name || initialWeights.id.slice(0, 8),
            note: t('weightsFile.absent'),
          },
        ]
      : []),
  ];
  return (
    <>
      <div className={styles['weights']}>
        <SelectField
          label={t('weightsFile.startFrom')}
          disabled={disabled}
          changed={initialWeights !== null}
          value={initialWeights?.id ?? NEW}
          options={options}
          onChange={(value) => {
            const entry = entries.find(({ id }) => id === value);
            if (entry) choose(entry);
            else if (value === NEW) set({ initialWeights: null });
          }}
        />
        {chosen && (
          <IconButton
            label={t('weightsFile.remove', { name: chosen.name })}
            icon={<Trash2 />}
            disabled={disabled}
            onClick={() => void remove(chosen.id)}
          />
        )}
      </div>
      {chosen && <About weights={chosen} />}
      {chosen && !disabled && <Fit weights={chosen} config={config} />}
      {!disabled && !importing && (
        <label className={styles['file']}>
          <FileUp aria-hidden="true" />
          {t('weightsFile.import')}
          <input
            type="file"
            accept=".safetensors"
            aria-label={t('weightsFile.input')}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) void take(file);
            }}
          />
        </label>
      )}
      {importing && (
        <ProgressBar
          label={t('weightsFile.importing')}
          value={progress?.done ?? 0}
          max={progress?.total ?? 1}
        />
      )}
      {error && <ErrorNote error={error} onDismiss={dismissError} />}
      {loaded && !importing && initialWeights && !chosen && !disabled && (
        <ErrorNote error={toWire(weightsMissing(initialWeights))} tone="warning" />
      )}
    </>
  );
}

/** What was done to the file on the way in. */
function About({ weights: { converted, prefix, arrays } }: { readonly weights: WeightsSummary }) {
  const { t } = useTranslation();
  const remarks = [
    ...(converted > 0 ? [t('weightsFile.converted', { count: converted, total: arrays })] : []),
    ...(prefix === '' ? [] : [t('weightsFile.prefixed', { prefix })]),
  ];
  return remarks.length > 0 ? <p className={styles['remark']}>{remarks.join(' ')}</p> : null;
}

function Fit({
  weights: { model },
  config,
}: {
  readonly weights: WeightsSummary;
  readonly config: RunConfig;
}) {
  const { t } = useTranslation();
  const manifest = useCorpus((s) => s.manifest);
  const set = useDraft((s) => s.set);
  const describe = useModelText();
  const arrays = expectedArrays(buildModel(model));
  const suits = (candidate: RunConfig): boolean => {
    try {
      return fits(buildModel(modelChoice(candidate, manifest)), arrays);
    } catch {
      return false; // a model that cannot be built: the count above says why
    }
  };
  if (suits(config))
    return (
      <p className={styles['remark']} role="status">
        {t('weightsFile.fits')}
      </p>
    );
  // The file names tasks; how they are trained is the configuration's, or else the preset's.
  const tasks = model.heads.flatMap(
    ({ task }) => config.tasks.find(({ id }) => id === task) ?? presetTask(task) ?? [],
  );
  // Options with one number a task no longer fit another number of tasks.
  const strategy =
    tasks.length === config.tasks.length ? config.strategy : { id: config.strategy.id, options: {} };
  const patch = {
    architecture: model.architecture,
    width: model.width,
    inputSize: model.inputSize,
    tasks,
    strategy,
  };
  const here = modelChoice({ ...config, ...patch }, manifest);
  return (
    <div className={styles['note']} role="status">
      <p>{t('weightsFile.other', { model: describe(model) })}</p>
      {suits({ ...config, ...patch }) ? (
        <Button onClick={() => set(patch)}>{t('weightsFile.adopt')}</Button>
      ) : (
        <p>{t('weightsFile.otherClasses', { theirs: describe.heads(model), ours: describe.heads(here) })}</p>
      )}
    </div>
  );
}

/** A model in one line: architecture, width, input, classes by task. */
function useModelText() {
  const { t } = useTranslation();
  const format = useFormat();
  const heads = (model: ModelChoice): string =>
    model.heads.map(({ task, classes }) => `${taskName(t, task)} ${format.integer(classes)}`).join(', ');
  const describe = (model: ModelChoice): string =>
    [
      t(`architecture.${model.architecture}.name`),
      `${t('config.width')} ${format.significant(model.width, 4)}`,
      `${model.inputSize} × ${model.inputSize}`,
      heads(model),
    ].join(' · ');
  return Object.assign(describe, { heads });
}
