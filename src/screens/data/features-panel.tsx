/**
 * Log-mel spectrograms of the whole corpus: progress with count, rate and time left, or the note that they
 * are cached.
 */
import { AudioWaveform, RefreshCw, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CorpusSummary } from '../../core/corpus/summary';
import type { CorpusManifest } from '../../core/corpus/types';
import { useCorpus } from '../../state/corpus/corpus';
import { useDraft } from '../../state/draft';
import { featureRequest, useFeatures } from '../../state/corpus/features';
import { Button, Hint } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { codeText } from '../../ui/text/errors';
import { lookup } from '../../ui/text/lookup';
import { featureText } from '../../ui/text/feature-text';
import { useFormat } from '../../ui/text/format';
import { Panel, ProgressBar } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { RateChoice } from './rate-choice';
import styles from './data-screen.module.css';

export function FeaturesPanel({
  manifest,
  rates,
}: {
  readonly manifest: CorpusManifest;
  readonly rates: CorpusSummary['rates'];
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const config = useDraft((s) => s.config);
  const { status, progress, ensure, recompute, cancel, ...last } = useFeatures();
  const connected = useCorpus((s) => s.connected);
  // What was said about another corpus or setting is no news about this one.
  const { summary, error } =
    last.about === featureRequest(config, manifest.fingerprint) ? last : { summary: null, error: null };
  const trouble = summary
    ? [
        ...summary.failures.map((one) => ({
          ...one,
          text: codeText(
            i18n,
            one.code,
            one.values ?? {},
            one.detail ?? String(one.values?.['message'] ?? one.code),
          ),
        })),
        ...summary.warnings.map((one) => ({
          ...one,
          text: lookup(i18n, `audioWarning.${one.code}`, {}, one.detail ?? one.code),
        })),
      ]
    : [];
  return (
    <Panel
      title={t('features.title')}
      note={featureText(t, format, config.features)}
      actions={
        status === 'running' ? (
          <Button tone="quiet" icon={<X />} onClick={cancel}>
            {t('common.cancel')}
          </Button>
        ) : (
          <>
            {connected && (
              <Hint text={t('features.recomputeNote')}>
                <Button tone="quiet" icon={<RefreshCw />} onClick={() => void recompute(config)}>
                  {t('features.recompute')}
                </Button>
              </Hint>
            )}
            <Button icon={<AudioWaveform />} onClick={() => void ensure(config, manifest.fingerprint)}>
              {t('features.prepare')}
            </Button>
          </>
        )
      }
    >
      <RateChoice rates={rates} />
      {status === 'running' && (
        <>
          <ProgressBar
            label={t('features.progress')}
            value={progress?.done ?? 0}
            max={progress?.total ?? 1}
          />
          <p className={styles['progressText']}>
            {progress
              ? t('data.progressOf', {
                  done: format.integer(progress.done),
                  total: format.integer(progress.total),
                })
              : t('features.checking')}
            {progress?.pace &&
              ` · ${t('features.pace', { rate: format.significant(progress.pace.perSecond, 2), eta: format.duration(progress.pace.etaSeconds) })}`}
            {progress !== null &&
              progress.cached > 0 &&
              ` · ${t('features.cachedOf', { count: format.integer(progress.cached) })}`}
          </p>
        </>
      )}
      {status !== 'running' && summary && (
        <p>
          {summary.cached
            ? t('features.cached', { count: summary.utterances, size: format.bytes(summary.bytes) })
            : t('features.done', {
                count: summary.computed,
                size: format.bytes(summary.bytes),
                time: format.duration(summary.ms / 1000),
              })}
          {summary.computed > 0 &&
            summary.computed < summary.utterances &&
            ` ${t('features.cachedOf', { count: format.integer(summary.utterances - summary.computed) })}`}
        </p>
      )}
      {status !== 'running' && !summary && !error && <p>{t('features.idle')}</p>}
      {error && <ErrorNote error={error} />}
      {trouble.length > 0 && (
        <details className={styles['trouble']}>
          <summary>{t('features.trouble', { count: trouble.length })}</summary>
          <ScrollBox className={styles['examples']} title={t('features.trouble', { count: trouble.length })}>
            <ul>
              {trouble.map((item) => (
                <li key={`${item.id} ${item.code}`}>
                  <code>{item.id}</code> <span>{item.text}</span>
                </li>
              ))}
            </ul>
          </ScrollBox>
        </details>
      )}
    </Panel>
  );
}
