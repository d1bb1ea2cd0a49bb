/** Which adapter read the folder, what speaks for it and for the others, and the choice of another one. */
import { useTranslation } from 'react-i18next';
import { ADAPTERS, adapterOf } from '../../core/corpus/adapters/registry';
import type { CorpusManifest, Detection } from '../../core/corpus/types';
import { useCorpus } from '../../state/corpus/corpus';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { SelectField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './data-screen.module.css';

const AUTOMATIC = 'automatic';

export function AdapterPanel({ manifest }: { readonly manifest: CorpusManifest }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const connected = useCorpus((s) => s.connected);
  const { adapter, byHand, detected = [] } = manifest;
  /** Of the many corpora, those whose names it has. */
  const speaks = ({ adapter: id, score }: Detection): boolean => score > 0 || id === adapter;
  const name = (id: string): string => ADAPTERS.find((one) => one.id === id)?.name ?? id;
  return (
    <Panel
      title={t('adapter.title')}
      note={t(byHand ? 'adapter.byHand' : 'adapter.readAs', { name: adapterOf(manifest).name })}
    >
      <div className={styles['choice']}>
        <SelectField
          label={t('adapter.choose')}
          disabled={!connected}
          value={byHand ? adapter : AUTOMATIC}
          onChange={(id) => void useCorpus.getState().readAs(id === AUTOMATIC ? null : id)}
          options={[
            { value: AUTOMATIC, label: t('adapter.automatic'), note: t('adapter.automaticNote') },
            ...ADAPTERS.filter(({ builtIn, id }) => !builtIn || id === adapter).map((one) => ({
              value: one.id,
              label: one.name,
            })),
          ]}
        />
      </div>
      {detected.length > 0 && (
        <ScrollBox className={styles['tableBox']} title={t('adapter.caption')}>
          <table className={styles['table']}>
            <caption className="visually-hidden">{t('adapter.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('adapter.corpus')}</th>
                <th scope="col">{t('adapter.score')}</th>
                <th scope="col" data-text>
                  {t('adapter.evidence')}
                </th>
              </tr>
            </thead>
            <tbody>
              {detected.filter(speaks).map((one) => (
                <tr key={one.adapter} data-out={one.adapter !== adapter}>
                  <th scope="row">{name(one.adapter)}</th>
                  <td>{format.percent(one.score)}</td>
                  <td data-text className={styles['prose']}>
                    {one.evidence.length === 0
                      ? t('adapter.nothing')
                      : one.evidence.map((item) => words.evidence(item)).join('; ')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Panel>
  );
}
