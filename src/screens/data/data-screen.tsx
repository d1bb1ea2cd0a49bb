/** The corpus at hand: its figures, and a tab for each view of it (tabs.ts). */
import { PlugZap, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { summarise } from '../../core/corpus/summary';
import type { CorpusManifest } from '../../core/corpus/types';
import { useCorpus } from '../../state/corpus/corpus';
import { useDraft } from '../../state/draft';
import { Button } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { useFormat } from '../../ui/text/format';
import { Panel, ProgressBar, Readout, Readouts } from '../../ui/controls/panel';
import { ProblemsPanel } from './problems-panel';
import { SampleNote, SamplePanel } from './sample-panel';
import { TabBar } from './tab-bar';
import { TABS } from './tabs';
import { RunWithoutCorpus } from './utterances/run-note';
import styles from './data-screen.module.css';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { say } from '../../ui/text/lookup';

export function DataScreen() {
  const { t } = useTranslation();
  const manifest = useCorpus((s) => s.manifest);
  const error = useCorpus((s) => s.error);
  const dismissError = useCorpus((s) => s.dismissError);
  const openName = useCorpus((s) => (s.choice?.kind === 'demo' ? t('corpus.demo') : s.name));
  return (
    <div className={styles['screen']}>
      {error && (
        <ErrorNote
          error={error}
          {...(manifest ? { onDismiss: dismissError } : {})}
          actions={
            <>
              {manifest && <p>{t('data.stays', { name: openName })}</p>}
              <Link to="/">{t('data.toStart')}</Link>
            </>
          }
        />
      )}
      {error?.skipped && <ProblemsPanel problems={error.skipped} />}
      <Reading />
      <SamplePanel />
      {manifest ? <Corpus manifest={manifest} /> : <NoCorpus />}
    </div>
  );
}

function NoCorpus() {
  const { t } = useTranslation();
  const status = useCorpus((s) => s.status);
  const asked = useCorpus((s) => s.large !== null);
  const { tab } = useParams();
  if (asked || status === 'making' || status === 'scanning') return null;
  return (
    <div className={styles['empty']}>
      <h1>{t('data.emptyTitle')}</h1>
      {tab === 'utterances' && <RunWithoutCorpus />}
      <p>{t('data.emptyText')}</p>
      <p className={styles['emptyActions']}>
        <Button
          tone="primary"
          onClick={() => void useCorpus.getState().openDemo({ seed: 1, difficulty: 0.5 })}
        >
          {t('data.openDemo')}
        </Button>
        <Link to="/">{t('data.toStart')}</Link>
      </p>
    </div>
  );
}

/** Progress of synthesis or scan. */
function Reading() {
  const { t } = useTranslation();
  const format = useFormat();
  const { status, reading, progress, cancel } = useCorpus();
  if (status !== 'making' && status !== 'scanning') return null;
  return (
    <Panel
      title={
        status === 'making'
          ? t('data.making')
          : t('data.scanning', { name: reading === 'demo' ? t('corpus.demo') : reading })
      }
      actions={
        <Button tone="quiet" icon={<X />} onClick={cancel}>
          {t('common.cancel')}
        </Button>
      }
    >
      <ProgressBar label={t('data.scanProgress')} value={progress?.done ?? 0} max={progress?.total ?? 1} />
      <p className={styles['progressText']}>
        {progress
          ? progress.total === 0
            ? t('data.listed', { count: progress.done, done: format.integer(progress.done) })
            : t('data.progressOf', {
                done: format.integer(progress.done),
                total: format.integer(progress.total),
              })
          : t('common.loading')}
        {progress && <span className={styles['current']}>{progress.current}</span>}
      </p>
    </Panel>
  );
}

function Corpus({ manifest }: { readonly manifest: CorpusManifest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useCorpus((s) => s.name);
  const choice = useCorpus((s) => s.choice);
  const connected = useCorpus((s) => s.connected);
  const reconnect = useCorpus((s) => s.reconnect);
  const config = useDraft((s) => s.config);
  const words = useCorpusWords();
  const { labelScheme, exclude } = config;
  const summary = useMemo(
    () => summarise(manifest, { labelScheme, exclude }),
    [manifest, labelScheme, exclude],
  );
  const changed = useCorpus((s) => s.changed);
  const demo = choice?.kind === 'demo';
  const { tab } = useParams();
  const shown = TABS.find(({ id }) => id === (tab ?? TABS[0].id));
  // an address of a tab that there is not
  if (!shown) return <Navigate to="/data" replace />;
  return (
    <>
      <header className={styles['head']}>
        <div className={styles['title']}>
          <h1>{demo ? t('corpus.demo') : name}</h1>
          {demo && <p>{t('start.synthetic')}</p>}
        </div>
        <Readouts label={t('data.figures')}>
          <Readout
            label={t('data.used')}
            value={format.integer(summary.utterances)}
            unit={t('data.ofLabelled', {
              count: summary.labelledUtterances,
              total: format.integer(summary.labelledUtterances),
            })}
          />
          {summary.groups.toReversed().map((id) => (
            <Readout
              key={id}
              label={say(t, `data.numberOf.${id}`, words.column(id))}
              value={format.integer(new Set(summary.rows.map((row) => row.groups[id])).size)}
            />
          ))}
          <Readout label={t('data.duration')} value={format.duration(summary.seconds)} />
          <Readout
            label={t('data.sampleRate')}
            value={summary.sampleRates.map((rate) => format.significant(rate / 1000, 5)).join(', ')}
            unit={t('units.kHz')}
          />
        </Readouts>
      </header>
      {!connected && choice?.kind === 'folder' && (
        <div className={styles['reconnect']}>
          <p>{t('data.notConnected')}</p>
          <Button tone="primary" icon={<PlugZap />} onClick={() => void reconnect(choice.id)}>
            {t('start.reconnect')}
          </Button>
        </div>
      )}
      {manifest.sample && <SampleNote sample={manifest.sample} connected={connected} />}
      {changed && (
        <p className={styles['reconnect']} role="status">
          {t(`data.changed.${changed}`)}
        </p>
      )}
      <TabBar />
      <shown.Tab manifest={manifest} />
    </>
  );
}
