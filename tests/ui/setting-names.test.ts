/** No field of a configuration is shown by its key, in either language. */
import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { ru } from '../../src/app/i18n/ru/index';
import { flatConfig } from '../../src/core/compare/differences';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { defaultsOf } from '../../src/core/options/field';
import { SPLITS } from '../../src/core/splits/registry';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { formatFor } from '../../src/ui/text/format';
import { settingName, settingValue, within } from '../../src/ui/text/setting-names';

const i18n = i18next.createInstance();
void i18n.init({
  lng: 'en',
  resources: { en: { translation: en }, ru: { translation: ru } },
  interpolation: { escapeValue: false },
});
const compact = parseRunConfig(PRESETS.compact);
const configs = [
  compact,
  parseRunConfig(PRESETS.paper),
  ...STRATEGIES.map(({ id }) => parseRunConfig({ ...compact, strategy: { id, options: {} } })),
  ...SPLITS.map(({ id, fields }) =>
    parseRunConfig({ ...compact, split: { kind: id, ...defaultsOf(fields) } }),
  ),
  parseRunConfig({
    ...compact,
    corpus: { kind: 'folder', id: 'abc', name: 'IEMOCAP' },
    split: { kind: 'session', session: 5 },
    features: { ...compact.features, sampleRate: 16_000 },
    initialWeights: { id: 'a'.repeat(64), name: 'w' },
    origin: { runId: 'r', name: 'n', which: 'best', step: 1, epoch: 1 },
  }),
];

describe.each(['en', 'ru'] as const)('in %s', (language) => {
  const [t, format] = [i18n.getFixedT(language), formatFor(language)];
  it('every field has a name', () => {
    const names = [...new Set(configs.flatMap((config) => [...flatConfig(config).keys()]))];
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => settingName(t, name) === name)).toEqual([]);
  });
  it('the options of an augmentation are words, and only those that were changed', () => {
    const { augmentations } = parseRunConfig({
      ...compact,
      augmentations: [{ id: 'spec-augment', timeMasks: 3, fill: 'minimum' }, { id: 'gain' }],
    });
    const value = flatConfig({ ...compact, augmentations }).get('augmentations')!;
    const text = settingValue(t, format, 'augmentations', value);
    expect(text).not.toMatch(/[{}":]\w|spec-augment|timeMasks|minimum/);
    expect(text).toContain(`${t('fields.timeMasks')} 3, ${t('fields.fill')} `);
    expect(text.endsWith(`; ${t('augmentations.gain')}`)).toBe(true);
    expect(settingValue(t, format, 'augmentations', 'none')).toBe(t('settings.values.none'));
  });
  it('no value is a key', () => {
    const shown = configs.flatMap((config) =>
      [...flatConfig(config)]
        .filter(([name]) => !/(^|\.)(id|name|runId)$/.test(name) || name === 'strategy.id')
        .map(([name, value]) => settingValue(t, format, name, value)),
    );
    expect(
      shown.filter((text) =>
        /^(sum-of-task-losses|strategy-total|unweighted-sum|vgg11|iemocap-4|true|false|null|representation)/.test(
          text,
        ),
      ),
    ).toEqual([]);
  });
});

it('says it as a reader would', () => {
  const [english, russian] = [i18n.getFixedT('en'), i18n.getFixedT('ru')];
  expect(settingName(english, 'inputSize')).toBe('Input, pixels');
  expect(settingName(english, 'strategy.options.detached')).toBe('Detach the shares');
  expect(settingName(russian, 'patience')).toBe('Эпох без улучшения до остановки');
  expect(settingValue(english, formatFor('en'), 'monitor', 'sum-of-task-losses')).toBe('Sum of task losses');
  expect(settingValue(russian, formatFor('ru'), 'optimizer.learningRate', '0.001')).toBe('0,001');
  expect(settingValue(english, formatFor('en'), 'strategy.options.weights', '1, 0.5, 2')).toBe('1; 0.5; 2');
  expect(settingValue(english, formatFor('en'), 'features.sampleRate', 'null')).toBe('own');
  // Names of speakers and sentences that look like numbers are names.
  for (const name of ['split.speaker', 'split.value', 'split.test.speaker'])
    for (const value of ['03', '10000', '1e3'])
      expect(settingValue(english, formatFor('en'), name, value)).toBe(value);
  expect(settingValue(english, formatFor('en'), 'split.validationFraction', '0.20')).toBe('0.2');
  expect(settingValue(english, formatFor('en'), 'exclude', '1234!0f3a')).toBe('1,234 utterances (0f3a)');
  expect(settingValue(english, formatFor('en'), 'seed', '12345')).toBe('12345');
  expect(settingValue(english, formatFor('en'), 'corpus.name', 'true')).toBe('true');
  expect([within('Epochs at most'), within('FFT size'), within('Эпох, не больше')]).toEqual([
    'epochs at most',
    'FFT size',
    'эпох, не больше',
  ]);
});
