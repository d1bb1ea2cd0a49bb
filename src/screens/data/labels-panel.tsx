/** Label scheme: which labels of the corpus become which class, and how many stay outside. */
import { useTranslation } from 'react-i18next';
import { descriptionOf } from '../../core/corpus/adapters/registry';
import { schemeOf } from '../../core/corpus/label-schemes';
import type { CorpusSummary } from '../../core/corpus/summary';
import type { CorpusManifest } from '../../core/corpus/types';
import { useDraft } from '../../state/draft';
import { SelectField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { useClassName } from '../../ui/class-names';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { Panel } from '../../ui/controls/panel';
import styles from './data-screen.module.css';

export interface LabelsPanelProps {
  readonly manifest: CorpusManifest;
  readonly summary: CorpusSummary;
}

export function LabelsPanel({ manifest, summary }: LabelsPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const words = useCorpusWords();
  const wanted = useDraft((s) => s.config.labelScheme);
  const set = useDraft((s) => s.set);
  const described = descriptionOf(manifest);
  const { id: scheme, classOf } = schemeOf(described, wanted);
  return (
    <Panel title={t('data.labels')}>
      <div className={styles['choice']}>
        <SelectField
          label={t('config.labelScheme')}
          value={scheme}
          onChange={(labelScheme) => set({ labelScheme })}
          options={described.schemes.map((one) => ({ value: one.id, ...words.scheme(one) }))}
        />
      </div>
      <div className={styles['tableBox']}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('data.labelsCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('data.label')}</th>
              <th scope="col" data-text>
                {t('data.becomes')}
              </th>
              <th scope="col">{t('data.utterances')}</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(summary.byLabel).map(([label, count]) => {
              const becomes = classOf[label];
              return (
                <tr key={label} data-out={becomes === undefined}>
                  <th scope="row">
                    <code>{label}</code>
                  </th>
                  <td data-text>{becomes === undefined ? t('data.leftOut') : className(becomes)}</td>
                  <td>{format.integer(count)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
