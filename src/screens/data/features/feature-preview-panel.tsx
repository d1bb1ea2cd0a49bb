/** What the settings make of one utterance, beside what the model sees of it; follows while one drags. */
import { Dices } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorpusManifest } from '../../../core/corpus/types';
import { useCorpus } from '../../../state/corpus/corpus';
import { useFeaturePreview } from '../../../state/corpus/feature-preview';
import { useDraft } from '../../../state/draft';
import { Button } from '../../../ui/controls/button';
import { ErrorNote } from '../../../ui/controls/error-note';
import { GreyPicture } from '../../../ui/controls/grey-picture';
import { Panel } from '../../../ui/controls/panel';
import { useFormat } from '../../../ui/text/format';
import { UtteranceField } from '../utterance-field';
import { SpectrogramFigure } from './spectrogram-figure';
import styles from './features-tab.module.css';

export function FeaturePreviewPanel({
  manifest,
  used,
}: {
  readonly manifest: CorpusManifest;
  /** The utterances that the label scheme leaves. */
  readonly used: readonly { readonly id: string }[];
}) {
  const { t } = useTranslation();
  const { features, augmentations, seed, inputSize } = useDraft((s) => s.config);
  const corpusName = useCorpus((s) => s.name);
  const { busy, error, show } = useFeaturePreview();
  const ids = useMemo(() => used.map(({ id }) => id), [used]);
  const [chosen, setChosen] = useState(ids[0] ?? '');
  const [draw, setDraw] = useState(1);
  const utteranceId = ids.includes(chosen) ? chosen : (ids[0] ?? '');
  useEffect(() => {
    if (utteranceId === '') return;
    void show({
      corpusId: manifest.fingerprint,
      corpusName,
      setting: features,
      utteranceId,
      augmentations,
      seed,
      draw,
      inputSize,
    });
  }, [show, manifest, corpusName, features, utteranceId, augmentations, seed, draw, inputSize]);
  return (
    <Panel
      title={t('featureEditor.preview')}
      note={t('featureEditor.previewNote')}
      actions={
        <Button icon={<Dices />} disabled={utteranceId === ''} onClick={() => setDraw(draw + 1)}>
          {t('featureEditor.again')}
        </Button>
      }
    >
      <UtteranceField ids={ids} value={utteranceId} onChange={setChosen} />
      {error ? <ErrorNote error={error} /> : <Shown busy={busy} />}
    </Panel>
  );
}

function Shown({ busy }: { readonly busy: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = useFeaturePreview((s) => s.shown);
  if (!shown) return null;
  const { preview, of } = shown;
  const { frames, image, sampleRate, seconds, least, most } = preview;
  const caption = t('featureEditor.wholeCaption', {
    count: frames,
    bands: of.setting.nMels,
    seconds: format.fixed(seconds, 2),
    rate: format.significant(sampleRate / 1000, 5),
    least: format.fixed(least, 1),
    most: format.fixed(most, 1),
  });
  return (
    <div className={styles['pictures']} aria-busy={busy}>
      <SpectrogramFigure
        preview={preview}
        setting={of.setting}
        label={t('featureEditor.whole', { id: of.utteranceId })}
        caption={caption}
      />
      <div className={styles['model']}>
        <GreyPicture
          label={t('featureEditor.image', { id: of.utteranceId })}
          caption={t('featureEditor.imageCaption', { size: image.nMels })}
          picture={image}
        />
      </div>
    </div>
  );
}
