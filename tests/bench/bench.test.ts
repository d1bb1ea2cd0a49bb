/**
 * The pure half of the benchmarks: what is measured, taking turns, and the lines. No clock but the test's
 * own.
 */
import { describe, expect, it } from 'vitest';
import { alternate, type Limits } from '../../src/core/bench/alternate';
import { caseById, caseFlops, casesFor, shippedCan } from '../../src/core/bench/cases';
import { median } from '../../src/core/bench/median';
import { sameVariants, winnerOf } from '../../src/core/bench/tuning';
import { recorded, toJsonLines, toMarkdown, type Line, type Machine } from '../../src/core/bench/line';

/** Two sides that take the given milliseconds a run, on a clock that only they move. */
function race(ours: readonly number[], theirs: readonly number[] | null) {
  let time = 0;
  const order: string[] = [];
  const side = (name: string, times: readonly number[]) => {
    let turn = 0;
    return async (count: number): Promise<number> => {
      const ms = times[Math.min(turn++, times.length - 1)]! * count;
      order.push(`${name}${count}`);
      time += ms;
      return ms;
    };
  };
  return {
    order,
    run: (limits: Limits) =>
      alternate(
        side('o', ours),
        theirs && side('t', theirs),
        limits,
        () => time,
        () => undefined,
      ),
  };
}

describe('taking turns', () => {
  it('alternates, leaves the first turn out and gives the median', async () => {
    const { order, run } = race([500, 30, 50, 40], [900, 100, 120, 110]);
    const { ours, theirs } = await run({ budget: 1000, turns: 3 });
    expect(order).toEqual(['o1', 't1', 'o1', 't1', 'o1', 't1', 'o1', 't1']);
    expect(ours).toEqual({ median: 40, fastest: 30, slowest: 50, turns: 3, cold: false });
    expect(theirs).toEqual({ median: 110, fastest: 100, slowest: 120, turns: 3, cold: false });
  });

  it('runs what is fast so often that a coarse clock can tell', async () => {
    const { order, run } = race([2], null);
    expect((await run({ budget: 1000, turns: 2 })).ours.median).toBe(2);
    expect(order).toEqual(['o1', 'o10', 'o10']);
  });

  it('gives each side its time, and one counted turn at least', async () => {
    const { order, run } = race([60], [300]);
    const { ours, theirs } = await run({ budget: 250, turns: 100 });
    expect([ours.turns, theirs!.turns, theirs!.cold]).toEqual([4, 1, false]);
    expect(order).toEqual(['o1', 't1', 'o1', 't1', 'o1', 'o1', 'o1']);
  });

  it('does not run a side again whose first turn was far too slow, and goes on with the other', async () => {
    const { order, run } = race([100], [5000]);
    const { ours, theirs } = await run({ budget: 1000, turns: 4 });
    expect(theirs).toEqual({ median: 5000, fastest: 5000, slowest: 5000, turns: 1, cold: true });
    expect(ours).toMatchObject({ turns: 4, cold: false });
    expect(order).toEqual(['o1', 't1', 'o1', 'o1', 'o1', 'o1']);
  });

  it('runs a side again that prepares for long, where it is given that time', async () => {
    const { order, run } = race([100], [5000, 900]);
    const { theirs } = await run({ budget: 1000, turns: 2, patience: 5000 });
    expect(theirs).toEqual({ median: 900, fastest: 900, slowest: 900, turns: 1, cold: false });
    expect(order).toEqual(['o1', 't1', 'o1', 't1', 'o1']);
  });

  it('passes on why a measurement was ended', async () => {
    const end = new Error('cancelled');
    await expect(
      alternate(
        async () => 1,
        null,
        { budget: 1, turns: 1 },
        () => 0,
        () => {
          throw end;
        },
      ),
    ).rejects.toBe(end);
  });
});

describe('cases', () => {
  it('count work as written in their names', () => {
    expect(caseFlops(caseById('conv-forward-4x56x56x128-256')!)).toBe(2 * 4 * 56 * 56 * 9 * 128 * 256);
    expect(caseFlops(caseById('matmul-512x512x512')!)).toBe(2 * 512 ** 3);
    // Three passes of VGG-11 at 64 x 64 and an eighth of the width, eight examples: convolutions 8 to 64
    // channels, then 256 -> 256 -> 64.
    const sides = [64, 32, 16, 16, 8, 8, 4, 4];
    const channels = [1, 8, 16, 32, 32, 64, 64, 64, 64];
    const convolutions = sides.map((side, i) => side ** 2 * 9 * channels[i]! * channels[i + 1]!);
    const linear = 64 * 4 * 256 + 3 * 256 * 64 + 64 * (4 + 10 + 2);
    expect(caseFlops(caseById('step-tiny')!)).toBe(
      2 * 8 * (3 * (convolutions.reduce((a, b) => a + b) + linear) - convolutions[0]!),
    );
  });

  it('are found again by their ids, each once, and small on an adapter in software', () => {
    for (const preset of ['quick', 'full'] as const)
      for (const [backend, software] of [
        ['webgpu', false],
        ['webgpu', true],
        ['wasm', false],
        ['cpu', false],
      ] as const) {
        const cases = casesFor(preset, backend, software);
        expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
        for (const one of cases) expect(caseById(one.id)).toEqual(one);
        if (software || backend === 'cpu') expect(Math.max(...cases.map(caseFlops))).toBeLessThan(1e9);
      }
  });

  it('know what shipped TensorFlow.js lacks on wasm', () => {
    expect(
      casesFor('quick', 'wasm', false)
        .filter((one) => !shippedCan(one, 'wasm'))
        .map(({ id }) => id),
    ).toEqual(['step-tiny', 'conv-filter-gradient-8x28x28x128-128']);
    expect(casesFor('full', 'webgpu', false).every((one) => shippedCan(one, 'webgpu'))).toBe(true);
  });
});

describe('lines', () => {
  const machine: Machine = { cpu: 'A | B', cores: 8, runtime: 'Chromium 156', adapter: 'a card' };
  const line: Line = {
    case: 'c',
    backend: 'wasm',
    ours: 12.34567,
    theirs: 100,
    against: 'tfjs',
    unit: 'ms',
    of: 'theirs/ours',
    threads: 1,
  };

  it('carry the ratio the way round that they say, and whether it reaches its target', () => {
    expect(recorded(line, machine)).toMatchObject({
      ours: 12.35,
      theirs: 100,
      ratio: 8.1,
      met: null,
      machine,
    });
    expect(
      recorded({ ...line, of: 'ours/theirs', target: { at: 'most', value: 0.1 } }, machine),
    ).toMatchObject({ ratio: 0.1235, met: false });
    expect(recorded({ ...line, target: { at: 'least', value: 8 } }, machine)).toMatchObject({ met: true });
    expect(recorded({ ...line, theirs: null, target: { at: 'least', value: 8 } }, machine)).toMatchObject({
      ratio: null,
      met: null,
    });
    // A limit that is just kept is kept; what was counted is not rounded.
    expect(
      recorded(
        { ...line, ours: 300, theirs: 100, of: 'ours/theirs', target: { at: 'most', value: 3 } },
        machine,
      ).met,
    ).toBe(true);
    expect(recorded({ ...line, ours: 12_000_123_457, theirs: 91_660_000_001 }, machine)).toMatchObject({
      ours: 12_000_123_457,
      theirs: 91_660_000_001,
      ratio: 7.638,
    });
  });

  it('are one JSON object a line, and a table that no bar in a name breaks', () => {
    const lines = [
      recorded(line, machine),
      recorded({ ...line, case: 'd', theirs: null, note: 'x|y' }, machine),
    ];
    expect(
      toJsonLines(lines)
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual(lines);
    expect(toMarkdown(lines)).toBe(
      [
        'Machine: A | B, 8 cores, Chromium 156, a card',
        '',
        '| case | backend | ours | theirs | unit | ratio | against | note |',
        '| --- | --- | --- | --- | --- | --- | --- | --- |',
        '| c | wasm | 12.35 | 100 | ms | 8.1 | tfjs |  |',
        '| d | wasm | 12.35 | – | ms | – | tfjs | x\\|y |',
        '',
      ].join('\n'),
    );
  });
});

describe('the winner among a kernel’s variants', () => {
  const variant = (name: string, ms: number | null, verified: boolean) => ({ name, ms, verified });
  it('is the fastest that is right; there is none where all are wrong or did not run', () => {
    expect(
      winnerOf([
        variant('a', 3, true),
        variant('b', 1, false),
        variant('c', 2, true),
        variant('d', null, true),
      ]),
    ).toBe('c');
    expect(winnerOf([variant('a', 3, false), variant('b', null, false)])).toBeNull();
    expect(winnerOf([])).toBeNull();
  });

  it('takes a record for one of the variants at hand only where they are the same', () => {
    const record = { variants: [variant('a', 3, true), variant('b', null, false)] };
    expect(sameVariants(record, ['b', 'a'])).toBe(true);
    expect(sameVariants(record, ['a'])).toBe(false);
    expect(sameVariants(record, ['a', 'c'])).toBe(false);
    expect(sameVariants(record, ['a', 'b', 'c'])).toBe(false);
  });
});

describe('the median', () => {
  it('is the middle value, in any order, or between the two', () => {
    expect(median([9, 1, 4])).toBe(4);
    expect(median([9, 1, 4, 5])).toBe(4.5);
    expect(median([])).toBeNaN();
  });
});
