/** Which corpus, which labels, which split: their controls on Train. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ALL_SCHEMES, descriptionOf } from '../../../core/corpus/adapters/registry';
import type { CorpusChoice } from '../../../core/config/run-config';
import { offerOf, usualOffer } from '../../../core/splits/report';
import { useCorpus } from '../../../state/corpus/corpus';
import { useDraft } from '../../../state/draft';
import { SelectField, SliderField } from '../../../ui/controls/fields';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { useFormat } from '../../../ui/text/format';
import { SplitFields } from '../../../ui/options/split-fields';
import { PreflightNote } from './preflight-note';
import type { SettingControlProps } from './setting-controls';
import styles from './config-panel.module.css';

/** Which corpus; another folder is opened on the Start screen. */
export function CorpusField({ config: { corpus }, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const set = useDraft((s) => s.set);
  const folders = useCorpus((s) => s.folders);
  const open = useCorpus((s) => s.choice);
  const known = useMemo(() => {
    const list: Extract<CorpusChoice, { kind: 'folder' }>[] = folders.map(({ id, name }) => ({
      kind: 'folder',
      id,
      name,
    }));
    for (const extra of [open, corpus])
      if (extra?.kind === 'folder' && !list.some(({ id }) => id === extra.id)) list.push(extra);
    return list;
  }, [folders, open, corpus]);
  return (
    <>
      <SelectField
        label={t('config.corpus')}
        disabled={disabled}
        value={corpus.kind === 'demo' ? 'demo' : corpus.id}
        onChange={(id) =>
          set({
            corpus: known.find((folder) => folder.id === id) ?? { kind: 'demo', seed: 1, difficulty: 0.5 },
          })
        }
        options={[
          { value: 'demo', label: t('corpus.demo'), note: t('corpus.demoNote') },
          ...known.map(({ id, name }) => ({ value: id, label: name || id.slice(0, 12) })),
        ]}
      />
      {corpus.kind === 'demo' && (
        <>
          <SliderField
            label={t('start.difficulty')}
            disabled={disabled}
            changed={differs('corpus')}
            min={0}
            max={1}
            step={0.05}
            value={corpus.difficulty}
            display={format.percent(corpus.difficulty)}
            onChange={(difficulty) => set({ corpus: { ...corpus, difficulty } })}
          />
          <p className={styles['remark']}>{t('start.synthetic')}</p>
        </>
      )}
      <p className={styles['corpusLine']}>
        <Link to="/">{t('config.otherFolder')}</Link>
        <Link to="/data">{t('config.lookAtData')}</Link>
      </p>
    </>
  );
}

export function SchemeField({ config: { labelScheme }, disabled, differs }: SettingControlProps) {
  const { t } = useTranslation();
  const set = useDraft((s) => s.set);
  const manifest = useCorpus((s) => s.manifest);
  const words = useCorpusWords();
  const schemes = useMemo(() => {
    const own = manifest ? descriptionOf(manifest).schemes : ALL_SCHEMES;
    // One of another corpus stays in sight while that corpus is not open.
    return own.some(({ id }) => id === labelScheme) ? own : [...own, { id: labelScheme }];
  }, [manifest, labelScheme]);
  return (
    <SelectField
      label={t('config.labelScheme')}
      disabled={disabled}
      changed={differs('labelScheme')}
      value={labelScheme}
      onChange={(scheme) => set({ labelScheme: scheme })}
      options={schemes.map((scheme) => ({ value: scheme.id, ...words.scheme(scheme) }))}
    />
  );
}

export function SplitField({ config: { split, labelScheme }, disabled, base }: SettingControlProps) {
  const set = useDraft((s) => s.set);
  const manifest = useCorpus((s) => s.manifest);
  const offer = useMemo(
    () => (manifest ? offerOf(manifest) : usualOffer(labelScheme)),
    [manifest, labelScheme],
  );
  return (
    <>
      <SplitFields
        split={split}
        offer={offer}
        disabled={disabled}
        base={base.split}
        onChange={(next) => set({ split: next })}
      />
      {!disabled && <PreflightNote />}
    </>
  );
}
