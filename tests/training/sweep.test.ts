/**
 * Sweeps as data: seeds as people write them, the list of runs, what counts as the same work, and estimates.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import {
  beginningNow,
  estimateAll,
  estimatedSeconds,
  isSameWork,
  parseSeeds,
  sweepConfigs,
  sweepsOf,
  workKey,
  type QueueItem,
} from '../../src/core/training/sweep';

const base = parseRunConfig(PRESETS.compact);
const SUM = { id: 'unweighted-sum', options: {} } as const;
const AVERAGE = { id: 'weighted-average', options: {} } as const;
const DETACHED = { id: 'weighted-average', options: { detached: true } } as const;

describe('seeds', () => {
  it('are read as lists, ranges and both', () => {
    expect(parseSeeds('1-3, 7')).toEqual([1, 2, 3, 7]);
    expect(parseSeeds(' 5;5 4..6 ')).toEqual([5, 4, 6]);
    expect(parseSeeds('9007199254740991')).toEqual([Number.MAX_SAFE_INTEGER]);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 }), (seeds) => {
        expect(parseSeeds(seeds.join(', '))).toEqual(seeds);
      }),
    );
  });
  it('are refused with the part that is none', () => {
    for (const [text, part] of [
      ['', ''],
      ['1, x', 'x'],
      ['3-1', '3-1'],
      ['-1', '-1'],
      ['1.5', '1.5'],
      ['9007199254740992', '9007199254740992'],
    ] as const)
      expect(() => parseSeeds(text)).toThrow(
        expect.objectContaining({ code: 'bad-seeds', details: { part } }) as Error,
      );
    expect(() => parseSeeds('1-5000')).toThrow(/1 to 1000/);
  });
});

describe('the sweeps of a queue', () => {
  it('have their runs, each once, and how much of them is over', () => {
    const item = (
      sweepId: string,
      sweep: string,
      state: QueueItem['state'],
      runId: string | null,
    ): QueueItem => ({
      id: `${sweepId} ${runId} ${state}`,
      sweepId,
      sweep,
      order: 1,
      config: base,
      state,
      runId,
      error: null,
      tries: 0,
    });
    expect(
      sweepsOf([
        item('s', 'First', 'done', 'a'),
        item('s', 'First', 'skipped', 'b'),
        item('t', 'Second', 'running', 'c'),
        item('s', 'First', 'failed', 'd'),
        item('s', 'First', 'skipped', 'b'),
        item('t', 'Second', 'waiting', null),
      ]),
    ).toEqual([
      { id: 's', name: 'First', runIds: ['a', 'b', 'd'], over: 3, total: 4 },
      { id: 't', name: 'Second', runIds: ['c'], over: 0, total: 2 },
    ]);
    expect(sweepsOf([])).toEqual([]);
  });
});

describe('a sweep', () => {
  it('has every strategy with every seed, seed by seed', () => {
    const configs = sweepConfigs({
      base: { ...base, epochs: 3 },
      strategies: [SUM, AVERAGE, DETACHED],
      seeds: [4, 5],
    });
    expect(
      configs.map(({ seed, strategy }) => [seed, strategy.id, strategy.options['detached'] ?? null]),
    ).toEqual(
      [4, 5].flatMap((seed) => [
        [seed, 'unweighted-sum', null],
        [seed, 'weighted-average', false],
        [seed, 'weighted-average', true],
      ]),
    );
    expect(configs.every(({ epochs, origin }) => epochs === 3 && origin === null)).toBe(true);
  });
  it('has every fold of a split with every strategy and seed', () => {
    const fold = (n: number) => ({ kind: 'folds', folds: 3, fold: n }) as const;
    const configs = sweepConfigs({
      base: { ...base, split: fold(2) },
      strategies: [SUM, AVERAGE],
      seeds: [4, 5],
      splits: [fold(1), fold(2), fold(3)],
    });
    expect(configs.map(({ seed, split, strategy }) => [seed, split, strategy.id])).toEqual(
      [4, 5].flatMap((seed) =>
        [1, 2, 3].flatMap((n) => [
          [seed, fold(n), 'unweighted-sum'],
          [seed, fold(n), 'weighted-average'],
        ]),
      ),
    );
    expect(() =>
      sweepConfigs({
        base,
        strategies: [SUM],
        seeds: Array.from({ length: 501 }, (_, i) => i),
        splits: [fold(1), fold(2)],
      }),
    ).toThrow(expect.objectContaining({ code: 'sweep-size' }) as Error);
  });
  it('lists equal runs once and is neither empty nor boundless', () => {
    expect(
      sweepConfigs({
        base,
        strategies: [AVERAGE, { id: 'weighted-average', options: { detached: false } }],
        seeds: [1],
      }),
    ).toHaveLength(1);
    for (const strategies of [[], [SUM]])
      expect(() =>
        sweepConfigs({
          base,
          strategies,
          seeds: strategies.length > 0 ? Array.from({ length: 1001 }, (_, i) => i) : [1],
        }),
      ).toThrow(/1 to 1000/);
    expect(() =>
      sweepConfigs({ base, strategies: [{ id: 'static', options: { weights: [1, 99, 1] } }], seeds: [1] }),
    ).toThrow(/weights/);
  });
});

describe('the same work', () => {
  it('is told from the configuration, whatever the order of its keys and the names in it', () => {
    const reversed = Object.fromEntries(Object.entries(base).reverse()) as unknown as typeof base;
    expect(workKey(reversed)).toBe(workKey(base));
    const folder = (name: string) => workKey({ ...base, corpus: { kind: 'folder', id: 'f', name } });
    expect(folder('a')).toBe(folder('b'));
  });
  it('is not when anything that changes a number differs', () => {
    const changes = [
      { seed: 2 },
      { epochs: 41 },
      { patience: 3 },
      { backend: 'wasm' },
      { microBatch: 4 },
      { strategy: AVERAGE },
      { corpus: { kind: 'demo', seed: 1, difficulty: 0.6 } },
      { initialWeights: { id: 'ab'.repeat(32), name: '' } },
      { origin: { runId: 'x', name: '', which: 'last', step: 1, epoch: 1 } },
    ];
    const keys = [base, ...changes.map((change) => parseRunConfig({ ...base, ...change }))].map(workKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('an estimate', () => {
  const run = (change: object) => parseRunConfig({ ...base, ...change });
  it('takes runs of the same size with the same strategy, else with any, else none', () => {
    const measured = [
      { config: run({ seed: 9 }), secondsPerEpoch: 2 },
      { config: run({ seed: 8, epochs: 3 }), secondsPerEpoch: 4 },
      { config: run({ strategy: AVERAGE }), secondsPerEpoch: 10 },
    ];
    expect(estimatedSeconds(run({ epochs: 10 }), measured)).toBe(30);
    expect(estimatedSeconds(run({ epochs: 10, strategy: DETACHED }), measured)).toBe(100);
    expect(
      estimatedSeconds(run({ epochs: 3, strategy: { id: 'static', options: {} } }), measured),
    ).toBeCloseTo(16, 12);
    expect(estimatedSeconds(run({ width: 0.5 }), measured)).toBeNull();
    expect(estimateAll([run({ epochs: 10 }), run({ width: 0.5 })], measured)).toEqual({
      seconds: 30,
      unknown: 1,
    });
  });
});

it('a run is that of the configuration it began with, whatever its strategy’s version and wherever it was forked from', () => {
  const nash = parseRunConfig({ ...PRESETS.compact, strategy: { id: 'nash-mtl', options: {} } });
  expect(isSameWork(beginningNow(nash), nash)).toBe(true);
  expect(
    isSameWork(
      { ...nash, origin: { runId: 'a', which: 'last', name: 'a', step: 3, epoch: 1 } as never },
      nash,
    ),
  ).toBe(true);
  expect(isSameWork({ ...nash, seed: 2 }, nash)).toBe(false);
});
