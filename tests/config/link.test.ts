/** Links carry a configuration there and back; what they get wrong is told and changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { PRESETS } from '../../src/core/config/presets';
import type { RunConfig } from '../../src/core/config/run-config';
import { OPTIMIZERS, SCHEDULES } from '../../src/core/optim/registry';
import type { Fields } from '../../src/core/options/field';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { parseRunConfig } from '../../src/core/config/parse';
import { RANGES } from '../../src/core/config/ranges';
import { version1 } from '../support/version-1';

const compact = parseRunConfig(PRESETS.compact);

describe('links', () => {
  it('write nothing for a preset as it is', () => {
    expect(toQuery(compact, 'compact')).toBe('');
    expect(toQuery(parseRunConfig(PRESETS.paper), 'paper')).toBe('preset=paper');
  });
  it('read the documented example', () => {
    const { config, problems } = fromQuery(
      'corpus=demo&preset=compact&strategy=weighted-average&seed=7&epochs=5&backend=wasm',
    );
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      strategy: { id: 'weighted-average', options: { detached: false } },
      seed: 7,
      epochs: 5,
      backend: 'wasm',
    });
  });
  it('carry the sample rate, and leave each file its own where nothing is said', () => {
    expect(fromQuery('rate=16000').config.features.sampleRate).toBe(16000);
    expect(fromQuery('batch=8').config.features.sampleRate).toBeNull();
    const config = parseRunConfig({ ...compact, features: { ...compact.features, sampleRate: 22050 } });
    expect(toQuery(config, 'compact')).toBe('rate=22050');
    expect(fromQuery('rate=22050&rate=own').config.features.sampleRate).toBeNull();
  });
  it('carry the channel, and none where all are mixed', () => {
    expect(fromQuery('channel=left').config.features.channel).toBe('left');
    expect('channel' in fromQuery('channel=left&channel=mix').config.features).toBe(false);
    expect(fromQuery('channel=middle').problems).toHaveLength(1);
    const config = parseRunConfig({ ...compact, features: { ...compact.features, channel: 'right' } });
    expect(toQuery(config, 'compact')).toBe('channel=right');
    expect(toQuery(compact, 'compact')).toBe('');
  });
  it('carry the sum of weights, the instruments and options by name', () => {
    const { config, problems } = fromQuery(
      'strategy=kendall-uncertainty&options=form:regression,initial:-0.5&renormalise=true&measure=5:full',
    );
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      strategy: { options: { form: 'regression', initial: -0.5 } },
      renormalise: true,
      instruments: { every: 5, gradients: 'full' },
    });
    expect(fromQuery('measure=0').config.instruments).toEqual({ every: 0, gradients: 'representation' });
    expect(
      toQuery(
        parseRunConfig({
          ...compact,
          renormalise: true,
          instruments: { every: 0, gradients: 'representation' },
        }),
        'compact',
      ),
    ).toBe('renormalise=true&measure=0%3Arepresentation');
  });
  it('carry optimiser, schedule and clipping with the options that depart from their defaults', () => {
    const query =
      'optimizer=sgd,momentum:0.8,nesterov:true&lr=0.02&schedule=cosine,warmupEpochs:3&clip=1&epochs=7';
    const { config, problems } = fromQuery(query);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      optimizer: { id: 'sgd', learningRate: 0.02, momentum: 0.8, nesterov: true, weightDecay: 0 },
      schedule: { id: 'cosine', warmupEpochs: 3, warmupStart: 0.1 },
      clipNorm: 1,
    });
    expect(fromQuery(toQuery(config, 'compact')).config).toEqual(config);
    // Another optimiser's default rate is not the preset's: the link's rate stays.
    expect(fromQuery('optimizer=sgd').config.optimizer.learningRate).toBe(compact.optimizer.learningRate);
    expect(fromQuery('clip=1&clip=off').config.clipNorm).toBeNull();
    for (const [wrong, field] of [
      ['optimizer=rmsprop', 'optimizer'],
      ['optimizer=sgd,beta1:0.5', 'optimizer'],
      ['schedule=cosine,warmupStart:2', 'schedule'],
      ['clip=no', 'clip'],
    ] as const) {
      const read = fromQuery(wrong);
      expect(read.config).toEqual(compact);
      expect(read.problems).toMatchObject([{ details: { key: field } }]);
    }
  });
  it.each([...OPTIMIZERS, ...SCHEDULES].map(({ id, fields }) => [id, fields as Fields] as const))(
    'carry every option of %s',
    (id, fields) => {
      const changed = Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [
          key,
          field.kind === 'boolean'
            ? !field.default
            : field.kind === 'choice'
              ? field.choices.find((one) => one !== field.default)
              : field.kind === 'number'
                ? field.max
                : null,
        ]),
      );
      const key = OPTIMIZERS.some((one) => one.id === id) ? 'optimizer' : 'schedule';
      const config = parseRunConfig({ ...compact, [key]: { ...changed, id } });
      expect(fromQuery(toQuery(config, 'compact'))).toMatchObject({ config, problems: [] });
    },
  );
  it('carry every strategy with every choice', () => {
    for (const { id, options } of STRATEGIES)
      for (const [key, spec] of Object.entries(options)) {
        const values =
          spec.kind === 'choice'
            ? spec.choices
            : spec.kind === 'task'
              ? [0, 1, 2]
              : spec.kind === 'boolean'
                ? [true, false]
                : spec.kind === 'number'
                  ? [spec.min, spec.max]
                  : spec.kind === 'perTask'
                    ? [[spec.min, spec.max, 1]]
                    : [];
        for (const value of values) {
          const config = parseRunConfig({ ...compact, strategy: { id, options: { [key]: value } } });
          const back = fromQuery(toQuery(config, 'compact'));
          expect(back).toMatchObject({ config, problems: [] });
        }
      }
  });
  it('go there and back', () => {
    const arbitrary: fc.Arbitrary<RunConfig> = fc
      .record({
        seed: fc.nat(),
        epochs: fc.integer({ min: 1, max: 999 }),
        batchSize: fc.integer({ min: 1, max: 64 }),
        strategy: fc.constantFrom<RunConfig['strategy']>(
          { id: 'unweighted-sum', options: {} },
          { id: 'static', options: { weights: [0.5, 1, 2] } },
          { id: 'static', options: {} },
          { id: 'weighted-average', options: { detached: true } },
          { id: 'weighted-average', options: {} },
          { id: 'revised-uncertainty', options: { learningRate: 0.01 } },
        ),
        split: fc.constantFrom<RunConfig['split']>(
          { kind: 'random', validationFraction: 0.3 },
          { kind: 'session', session: 5 },
        ),
        corpus: fc.constantFrom<RunConfig['corpus']>(
          { kind: 'demo', seed: 4, difficulty: 0.25 },
          { kind: 'demo', seed: 1, difficulty: 0.5 },
        ),
        initialWeights: fc.constantFrom<RunConfig['initialWeights']>(
          null,
          { id: 'a0'.repeat(32), name: 'веса, 1:2 & 100 %.safetensors' },
          { id: 'b1'.repeat(32), name: '' },
        ),
      })
      .map((patch) => parseRunConfig({ ...compact, ...patch }));
    fc.assert(
      fc.property(arbitrary, fc.constantFrom('compact', 'paper'), (config, preset) => {
        const back = fromQuery(toQuery(config, preset));
        expect(back.problems).toEqual([]);
        expect(back.config).toEqual(config);
      }),
    );
  });
  it.each([
    ['epochs=banana', 'epochs'],
    ['epochs=0', 'epochs'],
    ['strategy=magic', 'strategy'],
    ['preset=toString', 'preset'],
    ['options=weights:9;9;9&strategy=static', 'options'],
    ['seed=-1', 'seed'],
    ['split=random', 'split'],
    ['rate=0', 'rate'],
    ['rate=16000.5', 'rate'],
    ['rate=', 'rate'],
    ['lr=', 'lr'],
    ['backend=webgl', 'backend'],
    ['weights=magic', 'weights'],
    ['renormalise=maybe', 'renormalise'],
    ['measure=often', 'measure'],
    ['measure=5:everywhere', 'measure'],
    ['strategy=single-task&options=task:3', 'options'],
    ['strategy=kendall-uncertainty&options=form:magic', 'options'],
    ['strategy=mgda&options=gradients:1', 'options'],
    [`weights=${'A0'.repeat(32)}:x`, 'weights'],
    [`weights=${'a0'.repeat(32)}x`, 'weights'],
    ['seed=0x10', 'seed'],
    ['epochs=0b11', 'epochs'],
    ['lr=Infinity', 'lr'],
    ['split=session:5:7', 'split'],
    ['measure=10:full:1', 'measure'],
    ['measure=10:', 'measure'],
    ['strategy=static&options=weights:1;1;1:2', 'options'],
    ['corpus=', 'corpus'],
    ['corpus=abc&demoSeed=7', 'demoSeed'],
    ['corpus=abc&difficulty=0.5', 'difficulty'],
  ])('refuse %s, say so, and keep the rest', (query, key) => {
    const { config, problems } = fromQuery(`${query}&batch=16`);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'bad-link', details: { key } });
    expect(config.batchSize).toBe(16);
    expect(() => parseRunConfig(config)).not.toThrow();
  });
  it('that a page or a mail wrote with &amp; mean the same', () => {
    const { config, problems } = fromQuery('corpus=demo&amp;strategy=dwa&amp;seed=7&amp;amp;epochs=5');
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ strategy: { id: 'dwa' }, seed: 7, epochs: 5 });
  });
  it('that were encoded twice are decoded once more, where once gives nothing', () => {
    const twice = fromQuery('strategy=static&options=weights%253A1%253B0.5%253B2');
    expect(twice).toMatchObject({
      config: { strategy: { options: { weights: [1, 0.5, 2] } } },
      problems: [],
    });
    expect(fromQuery('strategy%3Ddwa%26seed%3D7')).toMatchObject({
      config: { strategy: { id: 'dwa' }, seed: 7 },
      problems: [],
    });
    // A file name in which a percent sign stands is none of that.
    expect(fromQuery(`weights=${'a0'.repeat(32)}:a%2520b`).config.initialWeights?.name).toBe('a%20b');
  });
  it('that are given twice are told, where the values differ; the last one counts', () => {
    const { config, problems } = fromQuery(
      'strategy=dwa&seed=7&strategy=mgda&seed=7&strategy=dwa&batch=8&batch=16',
    );
    expect(config).toMatchObject({ strategy: { id: 'dwa' }, seed: 7, batchSize: 16 });
    expect(problems).toMatchObject([
      { code: 'repeated-link-key', details: { key: 'strategy', value: 'dwa' } },
      { code: 'repeated-link-key', details: { key: 'batch', value: '16' } },
    ]);
  });
  it('tell of names that mean nothing, with the one that was meant; those of trackers are no matter', () => {
    const { config, problems } = fromQuery(
      'strategi=dwa&bogus=1&learningRate=0.1&utm_source=mail&utm_campaign=x&fbclid=1&gclid=2&yclid=3&seed=7',
      ['lang'],
    );
    expect(config).toMatchObject({ strategy: { id: 'unweighted-sum' }, seed: 7 });
    expect(problems.map(({ code, details }) => [code, details['key'], details['near']])).toEqual([
      ['unknown-link-key', 'strategi', 'strategy'],
      ['unknown-link-key', 'bogus', undefined],
      ['unknown-link-key', 'learningRate', 'lr'],
    ]);
    expect(problems[0]!.message).toBe(
      'The link’s “strategi” is not known here and was left out. Did it mean “strategy”?',
    );
    expect(fromQuery('lang=ru', ['lang']).problems).toEqual([]);
    expect(fromQuery('lamg=ru', ['lang']).problems).toMatchObject([{ details: { near: 'lang' } }]);
  });
  it.each([
    ['epochs=99999', 'range', 1, 10_000],
    ['lr=2', 'range', 1e-7, 1],
    ['size=16', 'range', 32, 512],
    ['measure=99999', 'range', 0, 10_000],
    ['difficulty=7', 'range', 0, 1],
    ['split=session:0', 'range', 1, 99],
    ['split=folds:5:9', 'range', 1, 5],
    ['split=session:5;test:group-folds:speaker:3:4', 'range', 1, 3],
    ['strategy=dwa&options=temperature:99', 'range', 0.1, 20],
    ['strategy=static&options=weights:9;1;1', 'range', 0, 5],
    ['strategy=single-task&options=task:3', 'range', 0, 2],
    ['epochs=2.5', 'whole'],
    ['epochs=banana', 'number'],
    ['backend=webgl', 'choice'],
    ['split=foo', 'choice'],
    ['strategy=dwb', 'nearChoice'],
    ['strategy=xyzzy', 'noChoice'],
    ['rate=1', 'least'],
    ['strategy=dwa&options=x:1', 'option'],
    ['options=x:1', 'noOptions'],
    ['strategy=static&options=weights:1;2', 'perTask'],
    ['tasks=emotion,emotion', 'once'],
    ['augment=paper-dice;mixup;gain;mixup,alpha:1', 'onceInList'],
    ['split=session:5;test:session:5', 'heldOutTwice'],
    ['split=published-folds:ravdess-emobox:7', 'range', 1, 6],
    ['split=published-folds:nobody:1', 'choice'],
  ])('say of %s why it does not fit: %s', (query, why, min?: number, max?: number) => {
    const { problems } = fromQuery(query);
    expect(problems).toMatchObject([
      { code: 'bad-link', details: { why, ...(min === undefined ? {} : { min, max }) } },
    ]);
    if (min !== undefined) expect(problems[0]!.message).toContain(`is out of range (${min}–${max})`);
  });
  it('never throw, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        parseRunConfig(fromQuery(query).config);
      }),
    );
  });
});

describe('configurations', () => {
  it('refuse what is outside a range, naming the field', () => {
    for (const [name, value] of [
      ['epochs', RANGES.epochs.max + 1],
      ['seed', 0.5],
      ['width', 0],
    ] as const)
      expect(() => parseRunConfig({ ...compact, [name]: value })).toThrow(new RegExp(name));
  });
  it('from before resampling leave every file its own rate', () => {
    const { sampleRate, ...features } = version1().features;
    expect(sampleRate).toBeNull();
    expect(parseRunConfig({ ...version1(), features })).toEqual(compact);
  });
  it('name the field that was probably meant', () => {
    const refused = (change: object): unknown => {
      try {
        return parseRunConfig({ ...compact, ...change });
      } catch (error) {
        return (error as { details: unknown }).details;
      }
    };
    const split = { kind: 'speaker', speaker: 'Ses01F', test: null };
    expect(refused({ split })).toMatchObject({ field: 'split.test', why: 'object' });
    expect(refused({ strategi: compact.strategy })).toMatchObject({
      field: 'strategi',
      why: 'nearKey',
      near: 'strategy',
    });
    expect(refused({ optimizer: { ...compact.optimizer, learnRate: 1 } })).toMatchObject({
      field: 'optimizer.learnRate',
      why: 'nearKey',
      near: 'learningRate',
    });
    expect(refused({ zzz: 1 })).toMatchObject({ field: 'zzz', why: 'key' });
    expect(refused({ epochs: undefined })).toMatchObject({ field: 'epochs', why: 'number' });
    expect(refused({ features: { ...compact.features, nFft: 3 } })).toMatchObject({
      field: 'features.nFft',
      why: 'choice',
      choices: '256, 512, 1024, 2048, 4096',
    });
    expect(refused({ optimizer: { ...compact.optimizer, beta1: 3 } })).toMatchObject({
      field: 'optimizer.beta1',
      why: 'most',
      limit: 0.9999,
    });
  });
  it('refuse unknown fields and several tasks for a single-task model', () => {
    expect(() => parseRunConfig({ ...compact, extra: 1 })).toThrow();
    expect(() => parseRunConfig({ ...compact, architecture: 'vgg11-single' })).toThrow(/one task/);
  });
  it('of before the weights could be renormalised and gradients measured do neither', () => {
    const { renormalise: _sum, instruments: _eyes, ...old } = version1();
    expect(parseRunConfig(JSON.parse(JSON.stringify(old)))).toEqual({
      ...compact,
      renormalise: false,
      instruments: { every: 0, gradients: 'representation' },
    });
  });
  it('of before weights could be imported start from new ones', () => {
    const { initialWeights: _absent, ...old } = version1();
    expect(parseRunConfig(JSON.parse(JSON.stringify(old)))).toEqual({ ...compact, initialWeights: null });
    expect(() => parseRunConfig({ ...compact, initialWeights: { id: '../../etc', name: 'x' } })).toThrow(
      /initialWeights/,
    );
  });
});
