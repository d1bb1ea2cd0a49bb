/** Every setting of the next run's spectrogram, and how the model sees it, with what departs from the preset. */
import { useTranslation } from 'react-i18next';
import { PLACING, placedBy, placingOf } from '../../../core/augment/registry';
import { PRESETS } from '../../../core/config/presets';
import { RANGES } from '../../../core/config/ranges';
import type { CorpusSummary } from '../../../core/corpus/summary';
import type { Fields } from '../../../core/options/field';
import {
  FEATURE_FIELDS,
  featureOf,
  FFT_SIZES,
  withFeature,
  type FeatureKey,
} from '../../../core/spectrogram/fields';
import { fittingFields } from '../../../core/spectrogram/fits';
import type { FeatureSetting } from '../../../core/spectrogram/setting';
import { useDraft } from '../../../state/draft';
import { ErrorNote } from '../../../ui/controls/error-note';
import { SelectField } from '../../../ui/controls/fields';
import { Panel } from '../../../ui/controls/panel';
import { NumberField } from '../../../ui/options/number-field';
import { OptionFields } from '../../../ui/options/option-fields';
import { featureWords } from '../../../ui/options/option-words';
import { useFormat } from '../../../ui/text/format';
import styles from './features-tab.module.css';

const GROUPS = {
  transform: ['nFft', 'window', 'windowLength', 'hop', 'padMode'],
  bands: ['nMels', 'fMin', 'fMax', 'melScale'],
  level: ['topDb'],
} as const satisfies Readonly<Record<string, readonly FeatureKey[]>>;

const KEYS = Object.keys(FEATURE_FIELDS) as readonly FeatureKey[];
const valuesOf = (setting: FeatureSetting): Readonly<Record<string, unknown>> =>
  Object.fromEntries(KEYS.map((key) => [key, featureOf(setting, key)]));

export function FeatureSettings({ rates }: { readonly rates: CorpusSummary['rates'] }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const config = useDraft((s) => s.config);
  const base = useDraft((s) => PRESETS[s.preset]);
  const problems = useDraft((s) => s.problems);
  const set = useDraft((s) => s.set);
  const { features, augmentations, inputSize } = config;
  // Where recordings keep their rates, the lowest one leaves the least.
  const fields = fittingFields(features, Math.min(...rates.map(({ hertz }) => hertz)));
  const words = featureWords(i18n, (key) => {
    const field = fields[key];
    if (field?.kind !== 'number' && field?.kind !== 'open-number') return '';
    const { min, max, unit = 'samples' } = field;
    return unit === 'share'
      ? ''
      : t('featureEditor.rangeOf', {
          min: format.significant(min, 6),
          max: format.significant(max, 6),
          unit: t(`featureEditor.units.${unit}`),
        });
  });
  const placing = placingOf(augmentations);
  return (
    <Panel title={t('featureEditor.title')} note={t('featureEditor.note')}>
      {problems.map((problem) => (
        <ErrorNote
          key={JSON.stringify(problem)}
          error={problem}
          tone="warning"
          onDismiss={useDraft.getState().dismissProblems}
        />
      ))}
      {Object.entries(GROUPS).map(([group, keys]) => (
        <fieldset key={group} className={styles['group']}>
          <legend>{t(`featureEditor.${group as keyof typeof GROUPS}`)}</legend>
          <div className={styles['fields']}>
            <OptionFields
              fields={Object.fromEntries(keys.map((key) => [key, fields[key]])) as Fields}
              words={words}
              values={valuesOf(features)}
              base={valuesOf(base.features)}
              choices={{
                nFft: FFT_SIZES.filter((size) => size >= (features.windowLength ?? 0)).map((size) => ({
                  value: String(size),
                  label: t('featureEditor.samples', { count: size }),
                })),
              }}
              onChange={(key, value) => set({ features: withFeature(features, key as FeatureKey, value) })}
            />
          </div>
        </fieldset>
      ))}
      <fieldset className={styles['group']}>
        <legend>{t('featureEditor.input')}</legend>
        <div className={styles['fields']}>
          <SelectField
            label={t('featureEditor.placing')}
            changed={
              placing !== placingOf(base.augmentations) &&
              (() => set({ augmentations: placedBy(augmentations, placingOf(base.augmentations)) }))
            }
            value={placing ?? 'centre'}
            onChange={(id) => set({ augmentations: placedBy(augmentations, id === 'centre' ? null : id) })}
            options={(['centre', ...PLACING] as const).map((id) => ({
              value: id,
              label: t(`featureEditor.placings.${id as 'centre'}`),
            }))}
          />
          <NumberField
            label={t('featureEditor.inputSize')}
            hint={t('featureEditor.pixels', { size: inputSize })}
            changed={inputSize !== base.inputSize && (() => set({ inputSize: base.inputSize }))}
            {...RANGES.inputSize}
            step={1}
            value={inputSize}
            onChange={(size) => set({ inputSize: size })}
          />
        </div>
      </fieldset>
    </Panel>
  );
}
