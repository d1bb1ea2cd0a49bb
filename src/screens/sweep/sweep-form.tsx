/**
 * Planning a sweep: which strategies with which options, which seeds; how many runs that are and how long
 * they take.
 */
import { ListPlus, Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { toWire, type WireError } from '../../core/errors/errors';
import type { RunConfig } from '../../core/config/run-config';
import {
  estimateAll,
  parseSeeds,
  sweepConfigs,
  workKey,
  type SweepEstimate,
} from '../../core/training/sweep';
import { STRATEGIES, strategy } from '../../core/weighting/registry';
import type { StrategyId, StrategyOptions } from '../../core/weighting/types';
import { useDraft } from '../../state/draft';
import { useLibrary } from '../../state/runs/library';
import { useTurns } from '../../state/corpus/turns';
import { useQueue } from '../../state/queue/queue';
import { workDone } from '../../state/queue/queue-item';
import { Button, IconButton } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { SwitchField, TextField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { plainChoice } from '../../ui/options/strategy-choice';
import { GROUPED_STRATEGIES } from '../../ui/text/strategy-groups';
import { OptionFields } from '../../ui/options/option-fields';
import { strategyWords } from '../../ui/options/option-words';
import { toast } from '../../ui/controls/toast';
import { measuredOf } from './measured';
import styles from './sweep-screen.module.css';
import { taskIds } from '../../core/tasks/types';

/** Settings by strategy; a strategy that is not chosen is not there. */
type Chosen = Readonly<Partial<Record<StrategyId, readonly StrategyOptions[]>>>;

interface Planned {
  readonly configs: readonly RunConfig[];
  readonly error: WireError | null;
}

export function SweepForm() {
  const { t } = useTranslation();
  const base = useDraft((s) => s.config);
  const entries = useLibrary((s) => s.entries);
  const [chosen, setChosen] = useState<Chosen>({});
  const [seeds, setSeeds] = useState('1-3');
  const [name, setName] = useState('');
  const [all, setAll] = useState(false);
  const turns = useTurns(base);
  const splits = all && turns.length > 1 ? turns : undefined;

  const { configs, error } = useMemo((): Planned => {
    try {
      const strategies = STRATEGIES.flatMap(({ id }) =>
        (chosen[id] ?? []).map((options) => ({ id, options })),
      );
      return {
        configs:
          strategies.length > 0
            ? sweepConfigs({ base, strategies, seeds: parseSeeds(seeds), ...(splits ? { splits } : {}) })
            : [],
        error: null,
      };
    } catch (thrown) {
      return { configs: [], error: toWire(thrown) };
    }
  }, [base, chosen, seeds, splits]);
  const estimate = useMemo(() => estimateAll(configs, measuredOf(entries)), [configs, entries]);
  const already = useMemo(() => {
    const done = new Set(entries.map(workDone));
    return configs.filter((config) => done.has(workKey(config))).length;
  }, [configs, entries]);
  const names = STRATEGIES.filter(({ id }) => chosen[id]).map(({ id }) => t(`strategy.${id}.name`));
  // Two are named, more are counted.
  const suggested = t('sweep.namePlaceholder', {
    strategies:
      names.length > 0 && names.length <= 2
        ? names.join(', ')
        : t('sweep.strategyCount', { count: names.length }),
    seeds,
  });

  const toggle = (id: StrategyId, on: boolean): void => {
    const { [id]: _gone, ...rest } = chosen;
    setChosen(on ? { ...chosen, [id]: [plainChoice(id, base.tasks.length).options] } : rest);
  };
  const add = (): void => {
    void useQueue
      .getState()
      .add(configs, name.trim() || suggested)
      .then(() => toast(t('sweep.added', { count: configs.length })));
    setChosen({});
    setName('');
  };

  return (
    <Panel title={t('sweep.plan')}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (configs.length > 0) add();
        }}
      >
        <Base config={base} />
        <fieldset className={styles['strategies']}>
          <legend>{t('sweep.strategies')}</legend>
          <p className={styles['hint']}>{t('sweep.strategiesNote')}</p>
          {GROUPED_STRATEGIES.map(({ group, strategies }) => (
            <div key={group} role="group" aria-label={t(`strategyGroups.${group}.name`)}>
              <p className={styles['groupName']} aria-hidden="true">
                {t(`strategyGroups.${group}.name`)}
              </p>
              <div className={styles['choices']}>
                {strategies.map(({ id }) => (
                  <div key={id} className={styles['choice']} data-chosen={chosen[id] !== undefined}>
                    <div className={styles['check']}>
                      <input
                        type="checkbox"
                        id={`sweep-${id}`}
                        aria-describedby={`sweep-${id}-note`}
                        checked={chosen[id] !== undefined}
                        onChange={(event) => toggle(id, event.target.checked)}
                      />
                      <span>
                        <label htmlFor={`sweep-${id}`}>{t(`strategy.${id}.name`)}</label>
                        <span id={`sweep-${id}-note`} className={styles['hint']}>
                          {t(`strategy.${id}.note`)}
                        </span>
                      </span>
                    </div>
                  </div>
                ))}
              </div>
              {/* Below their group, not inside their own tile: options of one would leave a hole beside the others. */}
              {strategies
                .filter(({ id, options }) => chosen[id] && Object.keys(options).length > 0)
                .map(({ id }) => (
                  <Variants
                    key={id}
                    id={id}
                    config={base}
                    variants={chosen[id]!}
                    onChange={(variants) => setChosen({ ...chosen, [id]: variants })}
                  />
                ))}
            </div>
          ))}
        </fieldset>
        <div className={styles['pair']}>
          <TextField
            label={t('sweep.seeds')}
            hint={t('sweep.seedsHint')}
            maxLength={500}
            value={seeds}
            onChange={setSeeds}
          />
          <TextField
            label={t('sweep.name')}
            maxLength={120}
            value={name}
            placeholder={suggested}
            onChange={setName}
          />
        </div>
        {turns.length > 1 && (
          <SwitchField
            label={t('sweep.allFolds', { count: turns.length })}
            hint={t('sweep.allFoldsHint')}
            checked={all}
            onChange={setAll}
          />
        )}
        {error && <ErrorNote error={error} tone="warning" />}
        <div className={styles['foot']}>
          <p role="status">
            <b>{t('sweep.runs', { count: configs.length })}</b>{' '}
            {already > 0 && t('sweep.already', { count: already })}{' '}
            {configs.length > 0 && <Duration estimate={estimate} of={configs.length} />}
          </p>
          <Button type="submit" tone="primary" icon={<ListPlus />} disabled={configs.length === 0}>
            {t('sweep.add')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Duration({ estimate, of }: { readonly estimate: SweepEstimate; readonly of: number }): string {
  const { t } = useTranslation();
  const format = useFormat();
  if (estimate.unknown === of) return t('sweep.unmeasured');
  const time = format.duration(estimate.seconds);
  return estimate.unknown > 0
    ? t('sweep.partly', { time, count: estimate.unknown })
    : `${t('sweep.atMost', { time })} ${t('sweep.mixed')}`;
}

/** What all runs have in common, in a line. */
function Base({ config }: { readonly config: RunConfig }) {
  const { t } = useTranslation();
  const format = useFormat();
  const corpus =
    config.corpus.kind === 'demo'
      ? t('corpus.demoShort', { difficulty: format.percent(config.corpus.difficulty) })
      : config.corpus.name;
  const facts = [
    corpus,
    t(`architecture.${config.architecture}.name`),
    `${t('config.width')} ${format.significant(config.width)}`,
    `${config.inputSize} × ${config.inputSize}`,
    `${t('config.epochs')} ${format.integer(config.epochs)}`,
    `${t('config.batchSize')} ${format.integer(config.batchSize)}`,
    config.backend === 'auto' ? t('facets.backendAuto') : t(`backend.short.${config.backend}`),
  ];
  return (
    <p className={styles['base']}>
      {t('sweep.base')}: {facts.join(' · ')}.{' '}
      {t(config.renormalise ? 'sweep.renormalised' : 'sweep.notRenormalised')}{' '}
      <Link to="/train">{t('nav.train')}</Link>
    </p>
  );
}

interface VariantsProps {
  readonly id: StrategyId;
  readonly config: RunConfig;
  readonly variants: readonly StrategyOptions[];
  readonly onChange: (variants: readonly StrategyOptions[]) => void;
}

function Variants({ id, config, variants, onChange }: VariantsProps) {
  const { t, i18n } = useTranslation();
  const name = t(`strategy.${id}.name`);
  // What a setting is known by while others come and go.
  const [keys, setKeys] = useState(() => variants.map((_, i) => i));
  return (
    <div className={styles['variants']} role="group" aria-label={t('sweep.variants', { strategy: name })}>
      <p className={styles['variantsName']} aria-hidden="true">
        {t('sweep.variants', { strategy: name })}
      </p>
      <div className={styles['variantList']}>
        {variants.map((options, i) => (
          <div key={keys[i]} className={styles['variant']}>
            {variants.length > 1 && (
              <p className={styles['variantHead']}>
                {t('sweep.variant', { n: i + 1 })}
                <IconButton
                  label={t('sweep.removeVariant', { n: i + 1, strategy: name })}
                  icon={<X />}
                  onClick={() => {
                    setKeys(keys.toSpliced(i, 1));
                    onChange(variants.toSpliced(i, 1));
                  }}
                />
              </p>
            )}
            <OptionFields
              fields={strategy(id).options}
              words={strategyWords(i18n, id)}
              tasks={taskIds(config)}
              values={options}
              base={null}
              onChange={(key, value) => onChange(variants.with(i, { ...options, [key]: value }))}
            />
          </div>
        ))}
      </div>
      <Button
        icon={<Plus />}
        onClick={() => {
          setKeys([...keys, Math.max(...keys) + 1]);
          onChange([...variants, variants.at(-1) ?? {}]);
        }}
      >
        {t('sweep.addVariant')}
      </Button>
    </div>
  );
}
