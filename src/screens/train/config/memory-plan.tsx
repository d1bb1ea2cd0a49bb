/**
 * What a training step takes of memory, before it is begun: bytes by purpose beside what the backend allows,
 * how many examples go through the model at a time, and what that means for batch norm. The plan is the
 * trainer's own (core/training/memory/memory-plan.ts).
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { buildModel } from '../../../core/model/architectures';
import type { ModelPlan } from '../../../core/model/plan';
import { memoryPlan, type MemoryLimits, type MemoryPlan } from '../../../core/training/memory/memory-plan';
import { extraWork, stepNeeds } from '../../../core/training/memory/strategy-cost';
import { modelChoice } from '../../../core/config/model-choice';
import type { RunConfig } from '../../../core/config/run-config';
import { strategy } from '../../../core/weighting/registry';
import { useBackends } from '../../../state/machine/backends';
import { useCorpus } from '../../../state/corpus/corpus';
import { useDraft } from '../../../state/draft';
import { BOUNDLESS } from '../../../state/machine/memory-plan';
import { SelectField, type FieldProps } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import styles from './memory-plan.module.css';

const PARTS = ['parameters', 'optimiser', 'gradients', 'averages', 'threads', 'activations'] as const;
/** These are there always; the others only where they take something. */
const ALWAYS: readonly string[] = ['parameters', 'optimiser', 'gradients', 'activations'];
const partsOf = (plan: MemoryPlan) => PARTS.filter((part) => plan[part] > 0 || ALWAYS.includes(part));

/** Whether the weights are known without a forward pass of their own. */
const looksOnce = ({ strategy: { id, options } }: RunConfig): boolean =>
  strategy(id).lossFree || strategy(id).needs(options) === 'full';

function useSpec(config: RunConfig): ModelPlan | null {
  const manifest = useCorpus((s) => s.manifest);
  return useMemo(() => {
    try {
      return buildModel(modelChoice(config, manifest));
    } catch {
      return null; // why not is said beside the number of parameters
    }
  }, [config, manifest]);
}

export function MemoryPlanView({
  config,
  disabled,
  changed,
}: {
  readonly config: RunConfig;
  readonly disabled: boolean;
  readonly changed: FieldProps['changed'];
}) {
  const { batchSize, microBatch, backend } = config;
  const spec = useSpec(config);
  const report =
    useBackends((s) => (backend === 'auto' ? s.automatic : s.reports.find(({ id }) => id === backend))) ??
    null;
  const limits = report?.limits ?? BOUNDLESS;
  const {
    apart: { own, aside, averages = false },
    threads,
  } = stepNeeds(config, report);
  const of = useMemo(
    () => ({ batchSize, apart: { own, aside, averages }, threads }),
    [batchSize, own, aside, averages, threads],
  );
  const plan = useMemo(
    () => spec && memoryPlan(spec, { ...of, microBatch }, limits),
    [spec, of, microBatch, limits],
  );
  const automatic = useMemo(
    () => spec && memoryPlan(spec, { ...of, microBatch: null }, limits),
    [spec, of, limits],
  );
  if (!spec || !plan || !automatic) return null;
  return (
    <div className={styles['plan']}>
      <MicroBatch config={config} automatic={automatic} disabled={disabled} changed={changed} />
      <Treatment spec={spec} plan={plan} lossFree={looksOnce(config)} />
      <StrategyCost spec={spec} config={config} plan={plan} threads={threads} />
      <Bytes plan={plan} limits={limits} />
      {!plan.fits && <TooLarge plan={plan} automatic={automatic} limits={limits} />}
    </div>
  );
}

/** What strategy and instruments add to a step, estimated before the run. */
function StrategyCost({
  spec,
  config,
  plan,
  threads,
}: {
  readonly spec: ModelPlan;
  readonly config: RunConfig;
  readonly plan: MemoryPlan;
  readonly threads: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const extra = extraWork(spec, config, plan.parts);
  const plain = useMemo(
    () => memoryPlan(spec, { batchSize: config.batchSize, microBatch: plan.microBatch, threads }, BOUNDLESS),
    [spec, config.batchSize, plan.microBatch, threads],
  );
  const bytes = plan.peak - plain.peak;
  const needs = strategy(config.strategy.id).needs(config.strategy.options);
  return (
    <p className={styles['note']} data-testid="strategy-cost">
      {t(`weighing.needs.${needs}`)}{' '}
      {extra === 0
        ? t('weighing.plainCost')
        : t('weighing.cost', {
            share: format.percent(extra, extra < 0.1 ? 1 : 0),
            memory: bytes > 0 ? t('weighing.costMemory', { bytes: format.bytes(bytes) }) : '',
          })}
    </p>
  );
}

const AUTOMATIC = 'auto';

function MicroBatch({
  config: { batchSize, microBatch },
  automatic,
  disabled,
  changed,
}: {
  readonly config: RunConfig;
  readonly automatic: MemoryPlan;
  readonly disabled: boolean;
  readonly changed: FieldProps['changed'];
}) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const sizes = new Set([
    batchSize,
    ...[1, 2, 4, 8, 16, 32, 64, 128].filter((size) => size < batchSize),
    ...(microBatch === null ? [] : [microBatch]),
  ]);
  const note = (size: number): string =>
    size >= batchSize ? t('memory.whole') : t('memory.parts', { count: Math.ceil(batchSize / size) });
  return (
    <SelectField
      label={t('memory.atOnce')}
      disabled={disabled}
      changed={changed}
      value={microBatch === null ? AUTOMATIC : String(microBatch)}
      onChange={(value) => set({ microBatch: value === AUTOMATIC ? null : Number(value) })}
      options={[
        {
          value: AUTOMATIC,
          label: t('memory.automatic', { count: automatic.microBatch }),
          note: note(automatic.microBatch),
        },
        ...[...sizes]
          .toSorted((a, b) => b - a)
          .map((size) => ({ value: String(size), label: String(size), note: note(size) })),
      ]}
    />
  );
}

/** How batch-norm statistics are treated with these parts, and what else they cost. */
function Treatment({
  spec,
  plan: { parts, microBatch },
  lossFree,
}: {
  readonly spec: ModelPlan;
  readonly plan: MemoryPlan;
  readonly lossFree: boolean;
}) {
  const { t } = useTranslation();
  const norm = spec.parameters.some(({ trainable }) => !trainable);
  const key = parts === 1 ? (norm ? 'normWhole' : 'plainWhole') : norm ? 'normParts' : 'plainParts';
  return (
    <p className={styles['note']} data-testid="norm-note">
      {t(`memory.${key}`, { parts, size: microBatch })}
      {parts > 1 && !lossFree && ` ${t('memory.lossesFirst')}`}
    </p>
  );
}

function Bytes({ plan, limits }: { readonly plan: MemoryPlan; readonly limits: MemoryLimits }) {
  const { t } = useTranslation();
  const format = useFormat();
  const scale = Math.max(plan.peak, Number.isFinite(limits.bytes) ? limits.bytes : 0);
  const bounded = Number.isFinite(limits.bytes);
  const parts = partsOf(plan);
  const starts = parts.map((_, i) => parts.slice(0, i).reduce((sum, part) => sum + plan[part], 0));
  return (
    <>
      <svg
        className={styles['bar']}
        role="img"
        aria-label={t('memory.bar', {
          peak: format.bytes(plan.peak),
          share: bounded ? format.percent(plan.peak / limits.bytes) : '–',
        })}
      >
        {parts.map((part, i) => (
          <rect
            key={part}
            data-part={part}
            x={share(starts[i]!, scale)}
            width={share(plan[part], scale)}
            y="2"
            height="8"
          />
        ))}
        {bounded && (
          <line
            data-over={!plan.fits}
            x1={share(limits.bytes, scale)}
            x2={share(limits.bytes, scale)}
            y1="0"
            y2="12"
          />
        )}
      </svg>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('memory.title')}</caption>
        <tbody>
          {parts.map((part) => (
            <tr key={part}>
              <th scope="row">
                <span className={styles['key']} data-part={part} />
                {t(`memory.${part}`)}
              </th>
              <td>{format.bytes(plan[part])}</td>
            </tr>
          ))}
          <tr className={styles['sum']}>
            <th scope="row">{t('memory.peak')}</th>
            <td>{format.bytes(plan.peak)}</td>
          </tr>
          {bounded && (
            <tr>
              <th scope="row">
                <span className={styles['limit']} />
                {t('memory.limit')}
              </th>
              <td>{format.bytes(limits.bytes)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </>
  );
}

const share = (bytes: number, scale: number): string => `${(100 * bytes) / scale}%`;

function TooLarge({
  plan,
  automatic,
  limits,
}: {
  readonly plan: MemoryPlan;
  readonly automatic: MemoryPlan;
  readonly limits: MemoryLimits;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const what =
    plan.largest > limits.largest
      ? t('memory.arrayTooLarge', { bytes: format.bytes(plan.largest), limit: format.bytes(limits.largest) })
      : t('memory.peakTooLarge', { bytes: format.bytes(plan.peak), limit: format.bytes(limits.bytes) });
  return (
    <p className={styles['warning']} role="alert">
      {what} {automatic.fits ? t('memory.fewer', { count: automatic.microBatch }) : t('memory.nothingFits')}
    </p>
  );
}
