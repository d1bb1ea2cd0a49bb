/**
 * The paper's tables 3, 4 and 5 with the user's own runs of the same kind beside them, and what those runs do
 * differently.
 */
import { ListPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { kindOf, paperConfig, PAPER_MODELS, type PaperModelId } from '../../core/paper/paper-models';
import type { PresetId } from '../../core/config/presets';
import { useDraft } from '../../state/draft';
import { useLibrary } from '../../state/runs/library';
import { useQueue } from '../../state/queue/queue';
import type { LibraryEntry } from '../../state/types';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { Segments, SelectField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { Deviations } from './deviations';
import { Table3, Table4, Table5 } from './tables';
import styles from './paper-screen.module.css';

/** Runs of a kind that have something to show, the newest first. */
const ofKind = (entries: readonly LibraryEntry[], kind: PaperModelId): readonly LibraryEntry[] =>
  entries
    .filter(({ best, config }) => best !== null && kindOf(config) === kind)
    .toSorted((a, b) => b.createdAt - a.createdAt);

export function PaperScreen() {
  const { t } = useTranslation();
  const { entries, error, refresh } = useLibrary();
  const [picked, setPicked] = useState<Partial<Record<PaperModelId, string>>>({});
  useEffect(() => void refresh(), [refresh]);
  const found = Object.fromEntries(PAPER_MODELS.map((kind) => [kind, ofKind(entries, kind)])) as Record<
    PaperModelId,
    readonly LibraryEntry[]
  >;
  const shown = Object.fromEntries(
    PAPER_MODELS.map((kind) => [
      kind,
      found[kind].find(({ id }) => id === picked[kind]) ?? found[kind][0] ?? null,
    ]),
  ) as Record<PaperModelId, LibraryEntry | null>;
  return (
    <div className={styles['screen']}>
      <header>
        <h1>{t('paper.title')}</h1>
        <p className={styles['note']}>{t('paper.note')}</p>
        <cite className={styles['cite']}>{t('paper.cite')}</cite>
      </header>
      {error && <ErrorNote error={error} />}
      <section className={styles['runs']} aria-label={t('paper.yourRuns')}>
        {PAPER_MODELS.map((kind) => (
          <Chosen
            key={kind}
            kind={kind}
            runs={found[kind]}
            run={shown[kind]}
            onPick={(id) => setPicked({ ...picked, [kind]: id })}
          />
        ))}
      </section>
      <Missing missing={PAPER_MODELS.filter((kind) => found[kind].length === 0)} />
      <Table3 run={shown.proposed} />
      <Table4 run={shown.proposed} />
      <Table5 runs={shown} />
    </div>
  );
}

interface ChosenProps {
  readonly kind: PaperModelId;
  readonly runs: readonly LibraryEntry[];
  readonly run: LibraryEntry | null;
  readonly onPick: (id: string) => void;
}

function Chosen({ kind, runs, run, onPick }: ChosenProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <article className={styles['chosen']} aria-label={t(`paper.models.${kind}.name`)}>
      <h2>{t(`paper.models.${kind}.name`)}</h2>
      <p className={styles['small']}>{t(`paper.models.${kind}.note`)}</p>
      {run ? (
        <>
          {runs.length > 1 && (
            <SelectField
              label={t('paper.run')}
              value={run.id}
              onChange={onPick}
              options={runs.map(({ id, name, createdAt }) => ({
                value: id,
                label: name,
                note: format.date(createdAt),
              }))}
            />
          )}
          {runs.length === 1 && (
            <p>
              <b>{run.name}</b>, {format.date(run.createdAt)}
            </p>
          )}
          <Deviations
            config={run.config}
            epochsDone={run.state === 'finished' ? run.config.epochs : run.epochsDone}
          />
        </>
      ) : (
        <p className={styles['none']}>{t('paper.noRun')}</p>
      )}
    </article>
  );
}

function Missing({ missing }: { readonly missing: readonly PaperModelId[] }) {
  const { t } = useTranslation();
  const corpus = useDraft((s) => s.config.corpus);
  const seed = useDraft((s) => s.config.seed);
  const waiting = useQueue(
    (s) => s.items.filter(({ state }) => state === 'waiting' || state === 'running').length,
  );
  const [size, setSize] = useState<PresetId>('compact');
  if (waiting > 0)
    return (
      <p role="status" className={styles['queue']}>
        {t('paper.working', { count: waiting })} <Link to="/sweep">{t('nav.sweep')}</Link>
      </p>
    );
  if (missing.length === 0) return <p className={styles['queue']}>{t('paper.nothingMissing')}</p>;
  const names = missing.map((kind) => t(`paper.models.${kind}.name`)).join(', ');
  return (
    <div className={styles['queue']}>
      <p>{t('paper.missing', { names, corpus: corpus.kind === 'demo' ? t('corpus.demo') : corpus.name })}</p>
      <div className={styles['queueRow']}>
        <Segments
          label={t('paper.size')}
          value={size}
          onChange={setSize}
          options={(['compact', 'paper'] as const).map((value) => ({
            value,
            label: t(`preset.${value}.name`),
          }))}
        />
        <Button
          icon={<ListPlus />}
          onClick={() =>
            void useQueue.getState().add(
              missing.map((kind) => paperConfig(kind, size, corpus, seed)),
              t('paper.title'),
            )
          }
        >
          {t('paper.queue', { count: missing.length })}
        </Button>
        <span className={styles['small']}>{t(`preset.${size}.note`)}</span>
      </div>
    </div>
  );
}
