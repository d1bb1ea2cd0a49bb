/**
 * The configuration of the last visit: as it was left, or without what does not fit any more, which is named.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftText, readDraft } from '../../src/core/config/kept-draft';
import { PRESETS, type PresetId } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { STRATEGIES } from '../../src/core/weighting/registry';
import { version1 } from '../support/version-1';
import { tasksOf } from '../support/tasks';

const compact = parseRunConfig(PRESETS.compact);
const keptWith = (change: object, preset = 'compact'): string =>
  JSON.stringify({ version: 1, preset, config: { ...compact, ...change } });

describe('a draft', () => {
  it('comes back as it was left', () => {
    const any = fc
      .record({
        seed: fc.nat(),
        epochs: fc.integer({ min: 1, max: 10_000 }),
        split: fc.constantFrom(
          { kind: 'session', session: 5 } as const,
          { kind: 'random', validationFraction: 0.3 } as const,
        ),
        strategy: fc.constantFrom(...STRATEGIES.map(({ id }) => ({ id, options: {} }))),
        corpus: fc.constantFrom(
          { kind: 'folder', id: 'a'.repeat(64), name: 'IEMOCAP, часть' } as const,
          compact.corpus,
        ),
      })
      .map((change) => parseRunConfig({ ...compact, ...change }));
    fc.assert(
      fc.property(any, fc.constantFrom<PresetId>('compact', 'paper'), (config, preset) => {
        expect(readDraft(draftText({ config, preset }))).toEqual({ config, preset, problems: [] });
      }),
    );
  });
  it('of session 5 and 3 epochs is that after a reload', () => {
    const config = parseRunConfig({ ...compact, split: { kind: 'session', session: 5 }, epochs: 3 });
    expect(readDraft(draftText({ config, preset: 'compact' }))?.config).toMatchObject({
      split: { kind: 'session', session: 5 },
      epochs: 3,
    });
  });
  it('loses what does not fit, tells it, and keeps the rest', () => {
    const read = readDraft(keptWith({ epochs: 0, seed: 9, monitor: 'magic', later: 1, batchSize: 64 }));
    expect(read?.config).toEqual({ ...compact, seed: 9, batchSize: 64 });
    expect(read?.problems).toMatchObject([
      { code: 'draft-incomplete', details: { fields: 'epochs, monitor, later' } },
    ]);
  });
  it('keeps a single task with its architecture, also where something else is dropped', () => {
    const read = readDraft(
      keptWith({
        architecture: 'vgg11-single',
        tasks: tasksOf('gender'),
        strategy: { id: 'static', options: { weights: [2] } },
        patience: -1,
      }),
    );
    expect(read?.config).toEqual({
      ...compact,
      architecture: 'vgg11-single',
      tasks: tasksOf('gender'),
      strategy: { id: 'static', options: { weights: [2] } },
    });
    expect(read?.problems).toMatchObject([{ details: { fields: 'patience' } }]);
  });
  it('drops a strategy that there is no more, not the model beside it', () => {
    const read = readDraft(
      keptWith(
        { architecture: 'alexnet-single', tasks: tasksOf('speaker'), strategy: { id: 'gone', options: {} } },
        'paper',
      ),
    );
    expect(read).toMatchObject({
      preset: 'paper',
      config: {
        architecture: 'alexnet-single',
        tasks: tasksOf('speaker'),
        strategy: { id: 'weighted-average' },
      },
      problems: [{ details: { fields: 'strategy' } }],
    });
  });
  it('of before a field was known is completed without a word', () => {
    const { renormalise: _renormalise, initialWeights: _weights, ...old } = version1();
    expect(readDraft(JSON.stringify({ version: 1, preset: 'compact', config: old }))).toEqual({
      config: compact,
      preset: 'compact',
      problems: [],
    });
  });
  it('whose preset is an object that cannot be made text is read with the compact preset', () => {
    const kept = { version: 1, preset: { toString: false }, config: compact };
    expect(readDraft(JSON.stringify(kept))).toEqual({ config: compact, preset: 'compact', problems: [] });
  });
  it('is always a valid configuration, whatever was kept', () => {
    for (const text of [
      `{"config":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}`,
      `{"config":{"seed":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
    ])
      expect(readDraft(text)).toBeNull();
    for (const text of ['', 'x', 'null', '[]', '{}', '{"config":[]}']) expect(readDraft(text)).toBeNull();
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(compact), '__proto__', 'x'), fc.jsonValue()),
        fc.jsonValue(),
        (change, preset) => {
          const read = readDraft(JSON.stringify({ version: 1, preset, config: { ...compact, ...change } }));
          expect(parseRunConfig(read?.config)).toEqual(read?.config);
        },
      ),
    );
  });
});
