/** A spectrogram with axes in seconds and Hz; the bands are equally high, so that Hz stand where the mel scale has them. */
import { useTranslation } from 'react-i18next';
import type { FeaturePreview } from '../../../core/augment/preview';
import { heightOf } from '../../../core/spectrogram/fits';
import { hzToMel } from '../../../core/spectrogram/mel';
import type { FeatureSetting } from '../../../core/spectrogram/setting';
import { GreyPicture } from '../../../ui/controls/grey-picture';
import { linearAxis } from '../../../ui/charts/ticks';
import { useFormat } from '../../../ui/text/format';
import styles from './spectrogram-figure.module.css';

const HERTZ = [0, 100, 250, 500, 1000, 2000, 4000, 8000, 12000, 16000, 24000, 48000, 96000];
/** Of the height: labels nearer to each other would overlap. */
const APART = 0.09;

export function SpectrogramFigure({
  preview,
  setting,
  label,
  caption,
}: {
  readonly preview: FeaturePreview;
  readonly setting: FeatureSetting;
  readonly label: string;
  readonly caption: string;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { whole, frames, sampleRate, seconds } = preview;
  const fMax = setting.fMax ?? sampleRate / 2;
  const heights: { readonly hz: number; readonly at: number }[] = [];
  for (const hz of HERTZ) {
    const at = heightOf(hz, setting, fMax, (one) => hzToMel(one, setting.melScale));
    const below = heights.at(-1);
    if (hz >= setting.fMin && at >= 0 && at <= 1 && (!below || at - below.at >= APART))
      heights.push({ hz, at });
  }
  // Frame t is centred on sample t * hop, and a column is one frame wide.
  const columnOf = (second: number): number => ((second * sampleRate) / setting.hop + 0.5) / frames;
  const times = linearAxis(0, Math.max(seconds, 0.001), 5).ticks.filter((tick) => columnOf(tick) <= 1);
  return (
    <div className={styles['figure']}>
      <div className={styles['hertz']} aria-hidden="true">
        {heights.map(({ hz, at }) => (
          <span key={hz} style={{ bottom: `${100 * at}%` }}>
            {format.significant(hz, 5)}
          </span>
        ))}
        <span className={styles['unit']}>{t('featureEditor.hertz')}</span>
      </div>
      <div className={styles['picture']}>
        <GreyPicture label={`${label}. ${caption}`} caption="" picture={whole} />
      </div>
      <div className={styles['seconds']} aria-hidden="true">
        {times.map((tick) => (
          <span key={tick} style={{ left: `${100 * columnOf(tick)}%` }}>
            {format.significant(tick, 4)}
          </span>
        ))}
        <span className={styles['unit']}>{t('featureEditor.seconds')}</span>
      </div>
      <p className={styles['caption']}>{caption}</p>
    </div>
  );
}
