/**
 * What augmentations do to an utterance: the list of the next run, or any one of them with options of its
 * own, drawn again as often as one likes; before and after side by side.
 */
import { Dices } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AUGMENTATIONS, defaultAugmentation, type AugmentationChoice } from '../../core/augment/registry';
import { applyScheme } from '../../core/corpus/label-schemes';
import type { CorpusManifest } from '../../core/corpus/types';
import { useAugmentations } from '../../state/corpus/augmentations';
import { useCorpus } from '../../state/corpus/corpus';
import { useDraft } from '../../state/draft';
import { Button } from '../../ui/controls/button';
import { OptionFields } from '../../ui/options/option-fields';
import { entryWords } from '../../ui/options/option-words';
import { ErrorNote } from '../../ui/controls/error-note';
import { SelectField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { GreyPicture } from '../../ui/controls/grey-picture';
import { lookup } from '../../ui/text/lookup';
import { Panel } from '../../ui/controls/panel';
import { UtteranceField } from './utterance-field';
import styles from './augment-panel.module.css';

/** The choice of the next run's whole list. */
const LIST = 'list';

export function AugmentPanel({
  manifest,
  only,
}: {
  readonly manifest: CorpusManifest;
  /** The utterance it is about; absent: one is chosen here. */
  readonly only?: string;
}) {
  const { t, i18n } = useTranslation();
  const config = useDraft((s) => s.config);
  const corpusName = useCorpus((s) => s.name);
  const { busy, preview, error, show } = useAugmentations();
  const { labelScheme, exclude } = config;
  const ids = useMemo(
    () => applyScheme(manifest, { labelScheme, exclude }).items.map(({ id }) => id),
    [manifest, labelScheme, exclude],
  );
  const [utterance, setUtterance] = useState(ids[0] ?? '');
  const [chosen, setChosen] = useState<string>(LIST);
  const [own, setOwn] = useState<AugmentationChoice>(defaultAugmentation(AUGMENTATIONS[0].id));
  /** 0: nothing has been asked for yet. */
  const [draw, setDraw] = useState(0);
  const entry = AUGMENTATIONS.find(({ id }) => id === chosen);
  const { features, seed } = config;
  const augmentations = useMemo(
    () => (entry ? [own] : config.augmentations),
    [entry, own, config.augmentations],
  );
  const utteranceId = only ?? (ids.includes(utterance) ? utterance : (ids[0] ?? ''));

  useEffect(() => {
    if (draw === 0 || utteranceId === '') return;
    void show({
      corpusId: manifest.fingerprint,
      corpusName,
      setting: features,
      utteranceId,
      others: ids.filter((id) => id !== utteranceId),
      augmentations,
      seed,
      draw,
    });
  }, [show, manifest, corpusName, features, ids, utteranceId, augmentations, seed, draw]);

  return (
    <Panel
      title={t('augment.title')}
      note={t('augment.note')}
      actions={
        <Button icon={<Dices />} disabled={utteranceId === ''} onClick={() => setDraw(draw + 1)}>
          {draw === 0 ? t('augment.show') : t('augment.again')}
        </Button>
      }
    >
      <div className={styles['controls']}>
        {only === undefined && <UtteranceField ids={ids} value={utteranceId} onChange={setUtterance} />}
        <SelectField
          label={t('augment.which')}
          value={chosen}
          onChange={(id) => {
            setChosen(id);
            const picked = AUGMENTATIONS.find((one) => one.id === id);
            if (picked) setOwn(defaultAugmentation(picked.id));
          }}
          options={[
            { value: LIST, label: t('augment.list'), note: t('augment.listNote') },
            ...AUGMENTATIONS.map(({ id }) => ({
              value: id,
              label: lookup(i18n, `augmentations.${id}`, {}, id),
            })),
          ]}
        />
        {entry && (
          <OptionFields
            fields={entry.fields}
            words={entryWords(i18n, entry.id)}
            values={own}
            onChange={(key, value) => setOwn({ ...own, [key]: value })}
          />
        )}
      </div>
      <p className={styles['about']}>
        {entry
          ? lookup(i18n, `augmentNotes.${entry.id}`, {}, '')
          : config.augmentations.map(({ id }) => lookup(i18n, `augmentations.${id}`, {}, id)).join(' → ') ||
            t('augment.none')}
      </p>
      {error && <ErrorNote error={error} />}
      {preview && <BeforeAfter busy={busy} />}
    </Panel>
  );
}

function BeforeAfter({ busy }: { readonly busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const preview = useAugmentations((s) => s.preview);
  if (!preview) return null;
  const { before, after, lambda, utteranceId, partnerId } = preview;
  const size = ({ frames, nMels }: typeof before): string =>
    t('augment.size', { count: frames, bands: nMels });
  return (
    <div className={styles['pictures']} role="group" aria-label={t('augment.pictures')} aria-busy={busy}>
      <GreyPicture
        label={t('augment.beforeOf', { id: utteranceId })}
        caption={`${t('augment.before')} · ${size(before)}`}
        picture={before}
      />
      <GreyPicture
        label={t('augment.afterOf', { id: utteranceId })}
        caption={`${t('augment.after')} · ${size(after)}`}
        picture={after}
      />
      {lambda !== null && (
        <p className={styles['mixed']}>
          {t('augment.mixed', {
            own: format.percent(lambda),
            other: format.percent(1 - lambda),
            id: partnerId,
          })}
        </p>
      )}
    </div>
  );
}
