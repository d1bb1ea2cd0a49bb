/** Whose predictions stand beside the utterances, of which epoch, and what to do where they cannot be shown. */
import { FolderOpen, X } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CorpusManifest } from '../../../core/corpus/types';
import { DEFAULT_LIST } from '../../../core/compare/utterance-link';
import { isOpen } from '../../../state/corpus/open-corpus';
import { useCorpus } from '../../../state/corpus/corpus';
import { useDraft } from '../../../state/draft';
import { isOf, useUtterances } from '../../../state/corpus/utterances';
import { Button } from '../../../ui/controls/button';
import { useFormat } from '../../../ui/text/format';
import { say } from '../../../ui/text/lookup';
import styles from './utterances.module.css';

export function RunNote({ manifest }: { readonly manifest: CorpusManifest | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { choice, run, choose } = useUtterances();
  if (!choice.run || run === null) return null;
  const leave = (
    <Button tone="quiet" icon={<X />} onClick={() => choose(DEFAULT_LIST)}>
      {t('utterances.run.leave')}
    </Button>
  );
  if (run === 'missing')
    return (
      <div className={styles['note']} role="status">
        <p>{t('utterances.run.missing')}</p>
        {leave}
      </div>
    );
  const { record, predictions } = run;
  if (!manifest || !isOf(record, manifest))
    return (
      <div className={styles['note']} role="status">
        <p>
          {t('utterances.run.elsewhere', { name: record.name, corpus: corpusOf(t, record.config.corpus) })}
        </p>
        <OpenCorpus corpus={record.config.corpus} />
        {leave}
      </div>
    );
  const { of, epoch } = choice.run;
  return (
    <div className={styles['note']} role="status" data-quiet={predictions !== null}>
      <p>
        {predictions
          ? say(t, `utterances.run.${of}`, '', {
              name: record.name,
              epoch: format.integer(predictions.epoch),
            })
          : t('utterances.run.nothing', { name: record.name })}{' '}
        {predictions &&
          epoch !== null &&
          epoch !== predictions.epoch &&
          t('utterances.run.otherEpoch', {
            epoch: format.integer(epoch),
            now: format.integer(predictions.epoch),
          })}
      </p>
      {leave}
    </div>
  );
}

/** While no corpus is open: which one the run that is asked for needs. */
export function RunWithoutCorpus() {
  const { i18n } = useTranslation();
  const config = useDraft((s) => s.config);
  const { choice, list } = useUtterances();
  useEffect(() => void list(null, config, i18n.language), [list, config, i18n.language, choice.run]);
  return <RunNote manifest={null} />;
}

type RunCorpus = Parameters<typeof isOpen>[0];

const corpusOf = (t: TFunction, corpus: RunCorpus): string =>
  corpus.kind === 'demo' ? t('corpus.demo') : corpus.name;

/** One press where the browser lets it: the demo is made, a folder that is remembered asked for. */
function OpenCorpus({ corpus }: { readonly corpus: RunCorpus }) {
  const { t } = useTranslation();
  const { folders, openDemo, reconnect } = useCorpus();
  const name = corpusOf(t, corpus);
  if (corpus.kind === 'demo')
    return (
      <Button tone="primary" icon={<FolderOpen />} onClick={() => void openDemo(corpus)}>
        {t('utterances.run.open', { name })}
      </Button>
    );
  const folder = folders.find(({ id, sizesId }) => id === corpus.id || sizesId === corpus.id);
  return folder?.handle ? (
    <Button tone="primary" icon={<FolderOpen />} onClick={() => void reconnect(folder.id)}>
      {t('utterances.run.open', { name })}
    </Button>
  ) : (
    <Link to="/">{t('data.toStart')}</Link>
  );
}
