/** Lists of augmentations as links carry them. */
import { expect, it } from 'vitest';
import {
  defaultAugmentation,
  PAPER_AUGMENTATIONS,
  type AugmentationChoice,
} from '../../src/core/augment/registry';
import { parseRunConfig } from '../../src/core/config/parse';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { PRESETS } from '../../src/core/config/presets';

const LISTS: readonly (readonly [string, readonly AugmentationChoice[]])[] = [
  ['none', []],
  ['gain', [defaultAugmentation('gain')]],
  [
    'paper-dice;spec-augment,timeMasks:3,fill:minimum;gain,decibels:12.5;gain',
    [
      ...PAPER_AUGMENTATIONS,
      { ...defaultAugmentation('spec-augment'), timeMasks: 3, fill: 'minimum' } as AugmentationChoice,
      { id: 'gain', decibels: 12.5 },
      defaultAugmentation('gain'),
    ],
  ],
  ['paper-dice;noise,snrLow:-5', [...PAPER_AUGMENTATIONS, { id: 'noise', snrLow: -5, snrHigh: 30 }]],
];

it.each(LISTS)('%s', (text, augmentations) => {
  const config = parseRunConfig({ ...PRESETS.compact, augmentations });
  const query = toQuery(config, 'compact');
  expect(new URLSearchParams(query).get('augment')).toBe(text);
  expect(fromQuery(query).config.augmentations).toEqual(augmentations);
});

it('the paper’s list is not written', () => {
  expect(toQuery(parseRunConfig(PRESETS.compact), 'compact')).not.toContain('augment');
});

it.each(['dice', 'gain,decibels:90', 'gain,decibel:3', 'spec-augment,timeMasks:1.5', 'gain,decibels:', ''])(
  'refuses %j and keeps the preset’s list',
  (text) => {
    const { config, problems } = fromQuery(`preset=compact&augment=${text}`);
    expect(config.augmentations).toEqual(PAPER_AUGMENTATIONS);
    expect(problems).toHaveLength(1);
  },
);
