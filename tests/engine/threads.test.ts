/**
 * Threads of the wasm engine, as worker threads of Node: the same bits however many compute, nothing left
 * behind, and members that fail. In the built page: e2e/threads.spec.ts.
 */
import { failureText } from '../../src/core/errors/sentences';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { isCurable } from '../../src/core/training/recovery';
import { threadMemory } from '../../src/core/training/memory/thread-memory';
import { chooseBackend } from '../../src/engine/platform/backend';
import { kernelTable } from '../../src/engine/backends/kernels/current';
import { assemble } from '../../src/engine/kernels/wasm/assembler';
import { PROGRAMS } from '../../src/engine/kernels/wasm/programs';
import { PAGES, type MemberData } from '../../src/engine/kernels/wasm/ring';
import { machineOf, type Machine } from '../../src/engine/kernels/wasm/simd';
import { Team } from '../../src/engine/kernels/wasm/team';
import { fewestThatPay } from '../../src/engine/kernels/wasm/threads';
import { CHECK_SPEC } from '../../src/engine/platform/self-check';
import * as tf from '../../src/engine/tf';
import { setThreadSource } from '../../src/engine/platform/wasm-threads';
import { CONFIG, makeRun, runAll } from './runs';
import { randomTensor, take } from './support';
import { trainee, watchHeap } from './trainee';

const members: Worker[] = [];
let ended = 0;
const starting =
  (file: string, more: object = {}) =>
  (data: MemberData) => {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: { ...data, ...more } });
    members.push(worker);
    return {
      terminate: () => {
        ended++;
        return worker.terminate();
      },
    };
  };
const start = starting('thread-member.mjs');

let machine: Machine;
let worthSharing = { operations: 0, perByte: 0 };
beforeAll(async () => {
  await chooseBackend('wasm');
  machine = machineOf(tf.backend() as BackendWasm)!;
  ({ worthSharing } = machine);
  setThreadSource({ most: 2, start, within: 60_000 });
});
beforeEach(() => {
  ended = 0;
  members.length = 0;
  machine.worthSharing = { operations: 0, perByte: 0 };
});
afterAll(async () => {
  setThreadSource(null);
  await chooseBackend('wasm', 1);
  machine.worthSharing = worthSharing;
});

/** From now on so many threads compute, whatever the size of the product. */
async function computeWith(threads: number): Promise<void> {
  const report = await chooseBackend('wasm', threads);
  expect(report.threads).toMatchObject({ used: threads, reason: 'pinned' });
  expect(machine.team?.threads ?? 1).toBe(threads);
}

const bits = (values: Float32Array): number[] => Array.from(new Int32Array(values.slice().buffer));

describe('the number of threads', () => {
  const channels = fc.constantFrom(1, 3, 4, 6, 8, 12, 16, 20, 28, 32, 64);
  const geometries = fc.array(
    fc
      .record({
        n: fc.integer({ min: 1, max: 4 }),
        h: fc.integer({ min: 1, max: 36 }),
        w: fc.integer({ min: 1, max: 36 }),
        i: channels,
        o: channels,
        kernel: fc.constantFrom(1, 3, 4, 5, 11),
        stride: fc.integer({ min: 1, max: 4 }),
        padding: fc.integer({ min: 0, max: 2 }),
      })
      .filter(({ h, w, kernel, padding }) => padding < kernel && Math.min(h, w) + 2 * padding >= kernel),
    { minLength: 40, maxLength: 40 },
  );

  it('changes no bit of a product: convolution, both gradients, fully connected layers', async () => {
    const [cases] = fc.sample(geometries, { numRuns: 1, seed: 5 });
    const results = async (threads: number) => {
      await computeWith(threads);
      return cases!.map((g) => {
        const { n, h, w, i, o, kernel, stride, padding } = g;
        const [rows, columns] = [h, w].map(
          (size) => Math.floor((size + 2 * padding - kernel) / stride) + 1,
        ) as [number, number];
        const [x, f, b, dy] = [
          randomTensor([n, h, w, i], 'x'),
          randomTensor([kernel, kernel, i, o], 'f'),
          randomTensor([o], 'b'),
          randomTensor([n, rows, columns, o], 'dy'),
        ];
        const [a, m, d] = [
          randomTensor([n * h, i * 4], 'a'),
          randomTensor([i * 4, o], 'm'),
          randomTensor([n * h, o], 'd'),
        ];
        const made = [
          kernelTable().convolution(x, f, b, g, true),
          kernelTable().convolutionInputGradient(dy, f, x.shape, g),
          kernelTable().convolutionFilterGradient(x, dy, f.shape, g),
          kernelTable().linear(a, m, b),
          kernelTable().linearInputGradient(d, m),
          kernelTable().linearWeightGradient(a, d),
        ];
        tf.dispose([x, f, b, dy, a, m, d]);
        return made.map((t) => bits(take(t)));
      });
    };
    const one = await results(1);
    for (const threads of [2, 3]) {
      const several = await results(threads);
      several.forEach((products, k) =>
        products.forEach((product, which) =>
          expect(product, `${threads} threads, ${which}: ${JSON.stringify(cases![k])}`).toEqual(
            one[k]![which],
          ),
        ),
      );
    }
  });

  it('changes no bit of a run', async () => {
    const weights = async (threads: number) => {
      await computeWith(threads);
      const { end, rows, saved } = await runAll({ ...CONFIG, epochs: 1, width: 0.125 });
      expect(end).toBe('finished');
      return {
        losses: rows.map(({ losses }) => losses),
        tensors: saved.at(-1)!.tensors.map(({ name, data }) => [name, bits(data)]),
      };
    };
    const one = await weights(1);
    expect(await weights(2)).toEqual(one);
    expect(one.tensors.length).toBeGreaterThan(20);
  });

  it('leaves nothing behind: tensors and heap are as before, cycle after cycle', async () => {
    await computeWith(1);
    ended = 0;
    const heap = watchHeap();
    try {
      const seen = new Set<string>();
      const before = tf.memory().numTensors;
      for (const threads of [1, 2, 1, 3, 1]) {
        await computeWith(threads);
        for (let cycle = 0; cycle < 3; cycle++) {
          const { step, evaluate, dispose } = trainee(CHECK_SPEC, 4);
          for (let index = 1; index <= 3; index++) await step(index, index === 3 ? 2 : 4);
          await evaluate();
          dispose();
          seen.add(`${tf.memory().numTensors - before} tensors, ${heap.counts.live} bytes`);
        }
      }
      expect([...seen]).toEqual(['0 tensors, 0 bytes']);
      expect(ended).toBe(3); // one of two, two of three
    } finally {
      heap.stop();
    }
  });
});

describe('the memory that threads share', () => {
  const model = (width: number, inputSize: number) =>
    buildModel({
      architecture: 'vgg11-bn-multitask',
      width,
      inputSize,
      heads: [
        { task: 'emotion', classes: 4 },
        { task: 'speaker', classes: 10 },
      ],
    });

  it.each([
    [0.25, 64, 32, 2],
    [0.25, 64, 32, 3],
    [0.125, 64, 7, 2],
    [0.25, 96, 5, 3],
  ])(
    'is what is planned: width %d, %d pixels, %i examples, %i threads',
    async (width, inputSize, examples, threads) => {
      machine.worthSharing = worthSharing;
      const spec = model(width, inputSize);
      await computeWith(1); // a new team has a new memory
      await computeWith(threads);
      const { step, dispose } = trainee(spec, examples);
      await step(1, examples);
      dispose();
      expect(machine.team!.floats().byteLength).toBe(threadMemory(spec, examples, threads));
      await computeWith(1);
    },
  );
});

describe('how many threads pay', () => {
  it.each([
    [{ 1: 10, 2: 5.5 }, 2, 2, 10 / 5.5],
    [{ 1: 10, 2: 9 }, 1, 2, 10 / 9],
    [{ 1: 10, 2: 12 }, 1, 2, 10 / 12],
    [{ 1: 10, 2: 6, 3: 4.1, 4: 4 }, 3, 3, 10 / 4.1],
    [{ 1: 10, 2: 6, 4: 3, 8: 7 }, 4, 4, 10 / 3],
  ])('%j: %i', (times, used, threads, gain) => {
    expect(fewestThatPay(new Map(Object.entries(times).map(([count, ms]) => [Number(count), ms])))).toEqual({
      used,
      best: { threads, gain },
    });
  });

  it('is measured, told and acted on', async () => {
    setThreadSource({ most: 2, start, within: 60_000 });
    const before = tf.memory().numTensors;
    expect((await chooseBackend('auto', 1)).detail).toBe('WebAssembly, one thread');
    const { id, threads, detail } = await chooseBackend('auto');
    expect(id).toBe('wasm');
    expect(threads!.measured!.threads).toBe(2);
    const { gain } = threads!.measured!;
    expect(threads).toMatchObject(
      gain >= 1.15 ? { used: 2, reason: 'faster' } : { used: 1, reason: 'no-gain' },
    );
    expect(detail).toContain(gain.toFixed(2));
    expect(machine.team === null).toBe(threads!.used === 1);
    expect(members).toHaveLength(1);
    expect(ended).toBe(2 - threads!.used);
    // Once is enough.
    expect((await chooseBackend('wasm')).threads).toBe(threads);
    expect(members).toHaveLength(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [
      'do not start',
      () => ({
        terminate: () => {
          ended++;
        },
      }),
      /did not start within/,
    ],
    [
      'cannot be started',
      () => {
        throw new Error('refused');
      },
      /refused/,
    ],
    ['compute something else', starting('faulty-member.mjs', { fault: 'skips' }), /other numbers/],
  ])('is one where the others %s', async (what, faulty, message) => {
    // Threads that an earlier test found to pay would be ended here, and counted.
    await computeWith(1);
    ended = 0;
    setThreadSource({ most: 2, start: faulty, within: what === 'do not start' ? 50 : 60_000 });
    const { threads, detail } = await chooseBackend('wasm');
    expect(threads).toMatchObject({ used: 1, reason: 'failed' });
    expect(failureText(threads!.failure!)).toMatch(message);
    expect(detail).toContain(failureText(threads!.failure!));
    expect(machine.team).toBeNull();
    expect(ended).toBe(what === 'cannot be started' ? 0 : 1);
    setThreadSource({ most: 2, start, within: 60_000 });
  });

  it('is one where nobody gives any, or memory may not be shared', async () => {
    setThreadSource(null);
    expect((await chooseBackend('wasm')).threads).toEqual({ used: 1, reason: 'impossible' });
    setThreadSource({ most: 2, start, within: 60_000 });
    Object.assign(globalThis, { crossOriginIsolated: false });
    expect((await chooseBackend('wasm')).threads).toEqual({ used: 1, reason: 'impossible' });
    Reflect.deleteProperty(globalThis, 'crossOriginIsolated');
    expect(members).toHaveLength(0);
  });
});

describe('a member that hangs in the middle of a call', () => {
  const PATIENCE = 500;

  async function hangingTeam(): Promise<Team> {
    const team = new Team(
      new WebAssembly.Module(assemble(PROGRAMS, PAGES)),
      1,
      starting('faulty-member.mjs', { fault: 'hangs' }),
      PATIENCE,
    );
    await expect.poll(() => team.ready).toBe(1);
    team.threads = 2;
    machine.team = team;
    return team;
  }

  it('is given up, and one thread computes what it should have', async () => {
    const [x, f, b] = [
      randomTensor([2, 8, 8, 8], 'x'),
      randomTensor([3, 3, 8, 8], 'f'),
      randomTensor([8], 'b'),
    ];
    const compute = (): Float32Array =>
      take(kernelTable().convolution(x, f, b, { stride: 1, padding: 1 }, false));
    machine.team = null;
    const expected = compute();
    const before = tf.memory().numTensors;
    const team = await hangingTeam();
    expect(compute).toThrow(expect.objectContaining({ name: 'BackendError', code: 'backend-crashed' }));
    expect(ended).toBe(1);
    expect(team.threads).toBe(1);
    machine.team = null;
    expect(compute()).toEqual(expected);
    tf.dispose([x, f, b]);
    expect(tf.memory().numTensors).toBeLessThanOrEqual(before);
  });

  it('ends a run with a fault that another trainer gets over', async () => {
    await hangingTeam();
    const run = makeRun(CONFIG, null);
    expect(await run.trainer.run()).toBe('failed');
    const fault = run.told.events.find((event) => event.kind === 'fault');
    expect(fault?.error).toMatchObject({
      name: 'BackendError',
      code: 'backend-crashed',
      details: { backend: 'wasm', thread: 1 },
    });
    expect(isCurable(fault!.error)).toBe(true);
    run.dispose();
    machine.team = null;
  });
});
