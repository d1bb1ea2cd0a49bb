/** What is cached of features, of whichever corpus and setting, with its size, and a way to be rid of it. */
import { Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCaches } from '../../../state/corpus/caches';
import { useFeatures } from '../../../state/corpus/features';
import { Button, IconButton } from '../../../ui/controls/button';
import { ErrorNote } from '../../../ui/controls/error-note';
import { Confirm } from '../../../ui/controls/overlay';
import { Panel } from '../../../ui/controls/panel';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { featureText } from '../../../ui/text/feature-text';
import { useFormat } from '../../../ui/text/format';
import table from '../../../ui/controls/table.module.css';
import styles from './features-tab.module.css';

export function CachePanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const { list, usage, error, refresh, remove } = useCaches();
  const computed = useFeatures((s) => s.status);
  /** What is to be deleted, while one is asked. */
  const [asking, setAsking] = useState<readonly string[]>([]);
  useEffect(() => {
    if (computed !== 'running') void refresh();
  }, [computed, refresh]);
  const total = (list ?? []).reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <Panel
      title={t('caches.title')}
      note={t('caches.note')}
      actions={
        list && list.length > 0 ? (
          <Button onClick={() => setAsking(list.map(({ packId }) => packId))}>{t('caches.deleteAll')}</Button>
        ) : null
      }
    >
      {error && <ErrorNote error={error} />}
      {list?.length === 0 && <p>{t('caches.none')}</p>}
      {list && list.length > 0 && (
        <ScrollBox className={styles['caches']} title={t('caches.title')}>
          <table className={table['table']}>
            <thead>
              <tr>
                {(['corpus', 'setting', 'utterances', 'size', 'when'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`caches.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('caches.delete')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {list.map(({ packId, corpus, setting, utterances, bytes, cut, createdAt }) => {
                const name = corpus ?? t('caches.unknown');
                const words = featureText(t, format, setting);
                return (
                  <tr key={packId}>
                    <th scope="row">{name}</th>
                    <td>
                      {words}
                      {cut && ` · ${t('caches.cut')}`}
                    </td>
                    <td>{format.integer(utterances)}</td>
                    <td>{format.bytes(bytes)}</td>
                    <td>{format.date(createdAt)}</td>
                    <td>
                      <IconButton
                        icon={<Trash2 />}
                        label={t('caches.deleteOne', { name, setting: words })}
                        onClick={() => setAsking([packId])}
                      />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {list && list.length > 0 && (
        <p>
          {t('caches.total', { size: format.bytes(total) })}
          {usage &&
            ` ${t('runs.usage', { used: format.bytes(usage.used), quota: format.bytes(usage.quota) })}`}
        </p>
      )}
      <Confirm
        open={asking.length > 0}
        title={t('caches.ask', { count: asking.length })}
        text={t('runs.deleteCachesText')}
        confirm={t('runs.deleteCachesConfirm')}
        onConfirm={() => void remove(asking)}
        onClose={() => setAsking([])}
      />
    </Panel>
  );
}
