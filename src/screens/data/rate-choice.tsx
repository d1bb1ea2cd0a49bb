/** The sample rate that recordings are brought to, how many that changes, and what it cannot mend. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CHANNELS } from '../../core/audio/wav';
import type { CorpusSummary } from '../../core/corpus/summary';
import { PRESETS } from '../../core/config/presets';
import { useDraft } from '../../state/draft';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import styles from './data-screen.module.css';

const RATES = [8000, 16000, 22050, 24000, 44100, 48000];

export function RateChoice({ rates }: { readonly rates: CorpusSummary['rates'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const features = useDraft((s) => s.config.features);
  const preset = useDraft((s) => s.preset);
  const set = useDraft((s) => s.set);
  const target = features.sampleRate;
  const kHz = (hertz: number): string => format.significant(hertz / 1000, 6);
  const choices = target === null || RATES.includes(target) ? RATES : [...RATES, target];
  const remarks =
    target === null
      ? rates.length < 2
        ? []
        : [
            {
              warning: true,
              text: t('features.ratesMixed', { rates: rates.map(({ hertz }) => kHz(hertz)).join(', ') }),
            },
          ]
      : rates.map(({ hertz, count }) => {
          const change =
            hertz === target
              ? t('features.sameRate', { count, rate: kHz(hertz) })
              : t('features.resampled', { count, rate: kHz(hertz), target: kHz(target) });
          return hertz < target
            ? { warning: true, text: `${change} ${t('features.lowRate', { limit: kHz(hertz / 2) })}` }
            : { warning: false, text: change };
        });
  /** One click mends a corpus of several rates: all come to the lowest, which no recording lacks. */
  const lowest = target === null && rates.length > 1 ? Math.min(...rates.map(({ hertz }) => hertz)) : null;
  return (
    <>
      <div className={styles['choice']}>
        <SelectField
          label={t('features.sampleRate')}
          changed={target !== PRESETS[preset].features.sampleRate}
          value={String(target ?? 'own')}
          onChange={(value) =>
            set({ features: { ...features, sampleRate: value === 'own' ? null : Number(value) } })
          }
          options={[
            { value: 'own', label: t('features.ownRate'), note: t('features.ownRateNote') },
            ...choices.map((hertz) => ({
              value: String(hertz),
              label: t('features.kHz', { rate: kHz(hertz) }),
              ...(hertz === 16000 ? { note: t('features.speechRate') } : {}),
            })),
          ]}
        />
        <SelectField
          label={t('features.channel')}
          changed={features.channel !== undefined}
          value={features.channel ?? 'mix'}
          onChange={(value) => {
            const { channel: _former, ...others } = features;
            set({ features: value === 'left' || value === 'right' ? { ...others, channel: value } : others });
          }}
          options={CHANNELS.map((channel) => ({ value: channel, label: t(`features.channels.${channel}`) }))}
        />
      </div>
      {remarks.length > 0 && (
        <ul className={`${styles['warnings']} ${styles['remarks']}`} aria-label={t('features.resampling')}>
          {remarks.map(({ warning, text }) => (
            <li key={text}>
              {warning && <TriangleAlert aria-hidden="true" />}
              {text}
            </li>
          ))}
        </ul>
      )}
      {lowest !== null && (
        <Button onClick={() => set({ features: { ...features, sampleRate: lowest } })}>
          {t('features.resampleAll', { rate: kHz(lowest) })}
        </Button>
      )}
    </>
  );
}
