/** What the setting costs for the open corpus, and what does not come out as one might think. */
import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorpusSummary } from '../../../core/corpus/summary';
import type { Utterance } from '../../../core/corpus/types';
import { REASONS } from '../../../core/errors/catalogue/reasons';
import { costOf, emptyBands, misfit } from '../../../core/spectrogram/fits';
import { useDraft } from '../../../state/draft';
import { Panel, Readout, Readouts } from '../../../ui/controls/panel';
import { useFormat } from '../../../ui/text/format';
import { settingName } from '../../../ui/text/setting-names';
import styles from './features-tab.module.css';

export function FeatureCost({
  used,
  rates,
}: {
  readonly used: readonly Pick<Utterance, 'sampleRate' | 'frames'>[];
  readonly rates: CorpusSummary['rates'];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const setting = useDraft((s) => s.config.features);
  const cost = useMemo(() => costOf(used, setting), [used, setting]);
  const remarks = useMemo(() => {
    const hertz = setting.sampleRate === null ? rates.map((one) => one.hertz) : [setting.sampleRate];
    const kHz = (rate: number): string => format.significant(rate / 1000, 6);
    const unfit = hertz.flatMap((rate) => {
      const found = misfit(setting, rate);
      if (!found) return [];
      const reason = t(`reasons.${found.why}` as 'reasons.halfRate', REASONS[found.why], {
        limit: found.limit,
      });
      return [
        t('featureEditor.misfit', {
          rate: kHz(rate),
          name: settingName(t, `features.${found.field}`),
          reason,
        }),
      ];
    });
    if (unfit.length > 0) return unfit;
    const empty = hertz.flatMap((rate) => {
      const count = emptyBands(rate, setting);
      return count === 0 ? [] : [t('featureEditor.empty', { count, bands: setting.nMels, rate: kHz(rate) })];
    });
    const gap = setting.hop - (setting.windowLength ?? setting.nFft);
    return gap > 0 ? [...empty, t('featureEditor.gaps', { count: gap })] : empty;
  }, [rates, setting, t, format]);
  return (
    <Panel title={t('featureEditor.cost')}>
      <Readouts label={t('featureEditor.cost')}>
        <Readout label={t('featureEditor.costFrames')} value={format.integer(cost.frames)} />
        <Readout label={t('featureEditor.costBands')} value={format.integer(setting.nMels)} />
        <Readout label={t('featureEditor.costDisk')} value={format.bytes(cost.bytes)} />
        <Readout label={t('featureEditor.costLargest')} value={format.bytes(cost.largest)} />
      </Readouts>
      {remarks.length > 0 && (
        <ul className={styles['remarks']}>
          {remarks.map((text) => (
            <li key={text}>
              <TriangleAlert aria-hidden="true" />
              {text}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
