/** A feature setting in words: the usual ones, and every other that departs from the paper's. */
import type { TFunction } from 'i18next';
import { FEATURE_FIELDS, featureOf, type FeatureKey } from '../../core/spectrogram/fields';
import type { FeatureSetting } from '../../core/spectrogram/setting';
import type { Format } from './format';
import { settingName, settingValue, within } from './setting-names';

/** Those that `features.setting` names already. */
const NAMED: ReadonlySet<string> = new Set<FeatureKey>(['nMels', 'melScale', 'nFft', 'hop', 'padMode']);

export function featureText(t: TFunction, format: Format, setting: FeatureSetting): string {
  const { nMels, melScale, nFft, hop, padMode } = setting;
  const others = (Object.keys(FEATURE_FIELDS) as FeatureKey[]).flatMap((key) => {
    const value = featureOf(setting, key);
    if (NAMED.has(key) || value === FEATURE_FIELDS[key].default) return [];
    const name = `features.${key}`;
    return [`${within(settingName(t, name))} ${settingValue(t, format, name, String(value))}`];
  });
  return [t('features.setting', { nMels, melScale, nFft, hop, padMode }), ...others].join(', ');
}
