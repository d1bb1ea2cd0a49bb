/**
 * An option that an entry of a registry declares is in the configuration, on screen with a way back to the
 * preset, in the link and in the list of what differs, without a change anywhere else.
 */
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { en } from '../../src/app/i18n/en/index';
import { differingSettings, flatConfig } from '../../src/core/compare/differences';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { taskDifferences } from '../../src/core/config/task-differences';
import {
  booleanField,
  choiceField,
  numberField,
  openNumberField,
  perTaskField,
  taskField,
  textField,
  type Fields,
} from '../../src/core/options/field';
import { OptionFields } from '../../src/ui/options/option-fields';
import { entryWords } from '../../src/ui/options/option-words';

/** A value that is not the default, of every option of {@link toy}. */
const CHANGED = {
  toyNumber: 7,
  toyOpen: 2,
  toySwitch: true,
  toyChoice: 'blue',
  toyText: 'a:1, b;2',
} as const;

vi.mock('../../src/core/optim/optimizers/sgd', async (actual) => {
  const { sgd } = await actual<typeof import('../../src/core/optim/optimizers/sgd')>();
  const { defineOptimizer } = await import('../../src/core/optim/optimizer');
  return { sgd: defineOptimizer({ ...sgd, fields: { ...sgd.fields, ...(await toy()) } }) };
});
vi.mock('../../src/core/augment/gain', async (actual) => {
  const { gain } = await actual<typeof import('../../src/core/augment/gain')>();
  const { pictureAugmentation } = await import('../../src/core/augment/types');
  const { perTaskField: perTask } = await import('../../src/core/options/field');
  const fields = { ...gain.fields, ...(await toy()), toyTasks: perTask({ default: 1, min: 0, max: 2 }) };
  return { gain: pictureAugmentation({ ...gain, fields }) };
});
vi.mock('../../src/core/splits/kinds/random', async (actual) => {
  const module = await actual<typeof import('../../src/core/splits/kinds/random')>();
  const { defineSplit } = await import('../../src/core/splits/types');
  const fields = { ...module.random.fields, ...(await toy()) };
  return { ...module, random: defineSplit({ ...module.random, fields }) };
});
vi.mock('../../src/core/tasks/losses/focal', async (actual) => {
  const module = await actual<typeof import('../../src/core/tasks/losses/focal')>();
  return { ...module, focal: { ...module.focal, fields: { ...module.focal.fields, ...(await toy()) } } };
});
vi.mock('../../src/core/weighting/strategies/dwa', async (actual) => {
  const { dwa } = await actual<typeof import('../../src/core/weighting/strategies/dwa')>();
  return { dwa: { ...dwa, options: { ...dwa.options, ...(await toy()) } } };
});

/** One option of every kind that any entry may have. */
async function toy(): Promise<Fields> {
  const field = await import('../../src/core/options/field');
  return {
    toyNumber: field.numberField({ default: 1, min: 0, max: 9, integer: true }),
    toyOpen: field.openNumberField({ default: null, none: 'off', min: 1, max: 5 }),
    toySwitch: field.booleanField({ default: false }),
    toyChoice: field.choiceField({ choices: ['red', 'blue'], default: 'red' }),
    toyText: field.textField({ default: 'x', maxLength: 16 }),
  };
}

const compact = parseRunConfig(PRESETS.compact);
const focal = (options: object) => [{ ...compact.tasks[0]!, loss: { id: 'focal', ...options } }];
/** Where the options of an entry stand, and a configuration that has chosen it with some of them. */
const FAMILIES: readonly (readonly [string, string, (options: object) => object])[] = [
  ['optimiser', 'optimizer', (options) => ({ optimizer: { id: 'sgd', ...options } })],
  ['augmentation', 'augmentations', (options) => ({ augmentations: [{ id: 'gain', ...options }] })],
  ['split', 'split', (options) => ({ split: { kind: 'random', validationFraction: 0.2, ...options } })],
  ['loss', 'tasks', (options) => ({ tasks: focal(options) })],
  ['strategy', 'strategy.options', (options) => ({ strategy: { id: 'dwa', options } })],
];

describe.each(FAMILIES)('an option of a %s', (family, path, choose) => {
  const plain = parseRunConfig({ ...compact, ...choose({}) });
  const changed = parseRunConfig({ ...compact, ...choose(CHANGED) });

  it('has its default where nothing is said, and is refused out of its range', () => {
    expect(JSON.stringify(plain)).toContain('"toyNumber":1,"toyOpen":null,"toySwitch":false');
    expect(JSON.stringify(changed)).toContain('"toyNumber":7,"toyOpen":2,"toySwitch":true');
    expect(() => parseRunConfig({ ...compact, ...choose({ toyNumber: 10 }) })).toThrow(/toyNumber/);
    expect(() => parseRunConfig({ ...compact, ...choose({ toyChoice: 'green' }) })).toThrow(/toyChoice/);
  });

  it('goes through a link', () => {
    for (const config of [plain, changed])
      expect(fromQuery(toQuery(config, 'compact'))).toMatchObject({ config, problems: [] });
  });

  it('is named among what differs', () => {
    const keys = Object.keys(CHANGED);
    if (family === 'loss')
      expect(taskDifferences(plain, changed).map(({ field }) => field)).toEqual(
        keys.map((key) => `loss.${key}`),
      );
    else if (family === 'augmentation')
      for (const key of keys) expect(flatConfig(changed).get('augmentations')).toContain(`${key}:`);
    else expect(differingSettings([plain, changed])).toEqual(keys.map((key) => `${path}.${key}`));
  });
});

describe('one number per task of an augmentation', () => {
  const gain = (more: object): object => ({
    ...compact,
    augmentations: [{ id: 'gain', ...more }, { id: 'noise' }],
  });
  it('is its default for every task where it is left out, and refused where it is of other tasks', () => {
    expect(parseRunConfig(gain({})).augmentations[0]).toMatchObject({ toyTasks: [1, 1, 1] });
    expect(() => parseRunConfig(gain({ toyTasks: [1, 0.5] }))).toThrow(/toyTasks/);
  });
  it('goes through a link, beside an augmentation that comes after it', () => {
    const config = parseRunConfig(gain({ toyTasks: [1, 0.5, 2], toyText: 'a;b' }));
    const query = toQuery(config, 'compact');
    expect(new URLSearchParams(query).get('augment')).toBe('gain,toyText:a%3Bb,toyTasks:1;0.5;2;noise');
    expect(fromQuery(query)).toMatchObject({ config, problems: [] });
    expect(toQuery(parseRunConfig(gain({})), 'compact')).toContain('augment=gain%3Bnoise');
  });
});

describe('a declared option on screen', () => {
  const i18n = i18next.createInstance();
  beforeAll(() => i18n.init({ lng: 'en', resources: { en: { translation: en } } }));
  const fields: Fields = {
    number: numberField({ default: 1, min: 0, max: 9 }),
    open: openNumberField({ default: null, none: 'off', min: 1, max: 5 }),
    flag: booleanField({ default: false }),
    choice: choiceField({ choices: ['red', 'blue'], default: 'red' }),
    text: textField({ default: 'x', maxLength: 9 }),
    task: taskField({ default: 0 }),
    perTask: perTaskField({ default: 1, min: 0, max: 5, step: 0.5 }),
  };
  const shown = (values: Readonly<Record<string, unknown>>): string =>
    renderToStaticMarkup(
      createElement(
        I18nextProvider,
        { i18n },
        createElement(OptionFields, {
          fields,
          values,
          words: entryWords(i18n, 'toy'),
          tasks: ['emotion', 'gender'],
          onChange: () => undefined,
        }),
      ),
    );
  const at = { number: 1, open: null, flag: false, choice: 'red', text: 'x', task: 0, perTask: [1, 1] };
  const back = 'back to the preset’s value';

  it('has a control whatever its kind, and no mark at its default', () => {
    const html = shown(at);
    for (const key of Object.keys(fields).filter((name) => name !== 'perTask'))
      expect(html).toContain(`>${key}<`);
    expect(html).toContain('Weight, emotion');
    expect(html).toContain('Weight, gender');
    expect(html).not.toContain(back);
  });

  it.each([
    ['number', 3],
    ['open', 2],
    ['flag', true],
    ['choice', 'blue'],
    ['text', 'y'],
    ['task', 1],
  ])('%s has a way back where it departs', (key, value) => {
    expect(shown({ ...at, [key]: value })).toContain(`${key}: ${back}`);
  });

  it('goes back task by task', () => {
    const html = shown({ ...at, perTask: [1, 2] });
    expect(html).toContain(`Weight, gender: ${back}`);
    expect(html).not.toContain(`Weight, emotion: ${back}`);
  });
});
