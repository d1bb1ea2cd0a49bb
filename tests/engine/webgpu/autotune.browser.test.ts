/**
 * The autotuner on a real (software) adapter: what it finds, what it refuses, what it remembers. Order and
 * counts, never speed.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildModel } from '../../../src/core/model/architectures';
import type { TuningRecord } from '../../../src/core/bench/tuning';
import { autotune, budgetOf, NOTHING, type Budget, type Tuning } from '../../../src/engine/autotune/autotune';
import { problemsOf, type Problem } from '../../../src/engine/autotune/problems';
import { Stopwatch } from '../../../src/engine/autotune/stopwatch';
import { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { batchNormBackward } from '../../../src/engine/kernels/webgpu/batch-norm-backward';
import { convolutionForward } from '../../../src/engine/kernels/webgpu/convolution-forward';
import { kernels, switchKernel } from '../../../src/engine/kernels/webgpu/registry';
import { Stage } from '../../../src/engine/kernels/webgpu/trials/stage';
import { Network } from '../../../src/engine/network/network';
import * as tf from '../../../src/engine/tf';
import { bend } from './bend';
import { checked, webgpu } from './support';

/** A model in which every kernel with variants occurs, and the tiled ones have work. */
const SPEC = buildModel({
  architecture: 'vgg11-bn-multitask',
  inputSize: 32,
  width: 1 / 8,
  heads: [
    { task: 'a', classes: 4 },
    { task: 'b', classes: 10 },
  ],
});
const EXAMPLES = 4;
const PLENTY: Budget = { ms: 120_000, turns: 1, flops: Number.POSITIVE_INFINITY, bytes: 2 ** 30, share: 0 };

let software: Gpu;
/** A device of its own, so that no pipeline is compiled already; seen as a graphics card or as what it is. */
const fresh = (as: { software: boolean }): Gpu => new Gpu(software.backend, as.software);
beforeAll(async () => {
  software = await webgpu();
});
let undo: (() => void)[] = [];
beforeEach(() => {
  undo = [];
});
afterEach(() => {
  for (const back of undo) back();
  for (const { name } of kernels()) switchKernel(name, true);
});

const tuning = (change: Partial<Tuning> = {}): Tuning => ({
  adapter: 'an adapter',
  version: '1',
  records: [],
  budget: PLENTY,
  onProgress: () => undefined,
  ...change,
});
const keyOf = ({ kernel, shape }: { kernel: string; shape: string }): string => `${kernel} ${shape}`;
const only = (kernel: string, which: (problem: Problem) => boolean = () => true): readonly Problem[] =>
  problemsOf(SPEC, EXAMPLES)
    .filter((problem) => problem.timed.kernel === kernel && which(problem))
    .slice(0, 1);

describe('the problems of a model', () => {
  it('are those that its training step puts to the kernels, no more and no less', async () => {
    const asked = new Set<string>();
    const { choose } = convolutionForward;
    const prototype = Object.getPrototypeOf(convolutionForward) as { choose: typeof choose };
    const spy = vi.spyOn(prototype, 'choose').mockImplementation(function spied(
      this: typeof convolutionForward,
      problem,
      traits,
    ) {
      if (this.variants.length > 1) asked.add(`${this.name} ${this.shapeClass(problem)}`);
      return choose.call(this, problem, traits);
    });
    const network = Network.create(SPEC, 1);
    const pass = network.forward(new Uint8Array(EXAMPLES * 32 * 32), EXAMPLES, {
      training: true,
      dropout: (_layer, length) => new Uint8Array(length).fill(1),
    });
    network
      .backward(
        pass,
        SPEC.heads.map(({ classes }) => new Float32Array(EXAMPLES * classes).fill(0.1)),
      )
      .dispose();
    network.dispose();
    spy.mockRestore();
    expect(
      problemsOf(SPEC, EXAMPLES)
        .map(({ timed }) => keyOf(timed))
        .sort(),
    ).toEqual([...asked].sort());
  });

  it('begin with the most work', () => {
    const work = problemsOf(SPEC, EXAMPLES).map(({ flops }) => flops);
    expect(work).toEqual(work.toSorted((a, b) => b - a));
  });
});

describe('on an adapter that counts as a graphics card', () => {
  it('compares and times every variant, adopts the fastest, and measures nothing twice', async () => {
    const card = fresh({ software: false });
    const problems = [
      ...only('convolution', ({ timed }) => timed.variants(card.traits).length === 4),
      ...only('batch-norm-statistics'),
      ...only('batch-norm-relu-pool-backward'),
    ];
    expect(problems).toHaveLength(3);
    const told: (readonly [number, number, string])[] = [];
    const before = tf.memory().numTensors;
    const found = await checked(card, () =>
      autotune(card, problems, tuning({ onProgress: (...progress) => told.push(progress) })),
    );
    expect(tf.memory().numTensors).toBe(before);
    expect(found).toMatchObject({ known: 0, left: 0, wrong: [], replaced: [] });
    expect(told).toEqual(problems.map(({ timed }, i) => [i, 3, timed.kernel]));
    expect(found.measured.map(keyOf)).toEqual(problems.map(({ timed }) => keyOf(timed)));
    for (const [i, { variants, winner }] of found.measured.entries()) {
      expect(variants.map(({ name }) => name)).toEqual(
        problems[i]!.timed.variants(card.traits).map(({ name }) => name),
      );
      expect(variants.every(({ ms, verified }) => verified && ms! > 0)).toBe(true);
      expect(variants.find(({ name }) => name === winner)!.ms).toBe(
        Math.min(...variants.map(({ ms }) => ms!)),
      );
    }
    const status = kernels().find(({ name }) => name === 'convolution')!;
    expect(status.winners[found.measured[0]!.shape]).toBe(found.measured[0]!.winner);

    // As after a reload: another winner stands in the record, and it is taken from there.
    const stored: TuningRecord[] = found.measured.map((record) => ({
      ...record,
      winner: record.variants.at(-1)!.name,
    }));
    const again = await autotune(card, problems, tuning({ records: stored, budget: NOTHING }));
    expect(again).toMatchObject({ measured: [], known: 3, left: 0 });
    expect(kernels().find(({ name }) => name === 'convolution')!.winners[stored[0]!.shape]).toBe(
      stored[0]!.winner,
    );

    // Another version's kernels, or other variants, are measured anew.
    expect(
      await autotune(card, problems, tuning({ records: stored, version: '2', budget: NOTHING })),
    ).toMatchObject({ measured: [], known: 0, left: 3 });
    const fewer = stored.map((record) => ({ ...record, variants: record.variants.slice(1) }));
    expect(await autotune(card, problems, tuning({ records: fewer, budget: NOTHING }))).toMatchObject({
      known: 0,
      left: 3,
    });
  });

  it('never uses a variant that computes wrong numbers or does not compile', async () => {
    const card = fresh({ software: false });
    const problems = only('batch-norm-relu-pool-backward');
    undo.push(
      bend({
        label: /norm backward sums \S+ subgroups/,
        change: (code) => code.replace('subgroupAdd(value)', 'value'),
      }),
      bend({
        label: /norm backward sums \S+ workgroup/,
        change: (code) => code.replace('fn main', 'fn main('),
      }),
    );
    const {
      measured: [record],
      wrong,
      replaced,
    } = await checked(card, () => autotune(card, problems, tuning()));
    expect(record).toMatchObject({
      winner: 'serial',
      variants: [
        { name: 'subgroups', ms: null, verified: false },
        { name: 'workgroup', ms: null, verified: false },
        { name: 'serial', verified: true },
      ],
    });
    expect(wrong.map(({ variant }) => variant)).toEqual(['subgroups', 'workgroup']);
    expect(wrong[0]!.reason).toMatch(/ instead of /);
    expect(replaced).toEqual([]);
    // Not even where the winner cannot run; and it is known at the next start, in the same worker or another
    // one.
    const {
      timed: { shape },
    } = problems[0]!;
    const [, h, w, c, pool] = /^(\d+)x(\d+)x(\d+) pool (\d+)$/.exec(shape)!.map(Number);
    expect(
      batchNormBackward
        .candidates({ n: 1, h: h!, w: w!, c: c!, pool: pool! }, card.traits)
        .map(({ name }) => name),
    ).toEqual(['serial']);
    expect(await autotune(card, problems, tuning({ records: [record!], budget: NOTHING }))).toMatchObject({
      known: 1,
      left: 0,
    });
  });

  it('leaves a kernel to the stock ops where nothing of ours is right, also when it only read so', async () => {
    const card = fresh({ software: false });
    const problems = only('batch-norm-statistics');
    const back = bend({
      label: /^norm chunks/,
      change: (code) => code.replace('squares += d * d', 'squares += d'),
    });
    const { measured, replaced } = await autotune(card, problems, tuning());
    back();
    expect(measured[0]).toMatchObject({ winner: null });
    expect(replaced).toEqual(['batch-norm-statistics']);
    expect(kernels().find(({ name }) => name === 'batch-norm-statistics')!.on).toBe(false);
    switchKernel('batch-norm-statistics', true);
    expect((await autotune(card, problems, tuning({ records: measured, budget: NOTHING }))).replaced).toEqual(
      ['batch-norm-statistics'],
    );
    expect(kernels().find(({ name }) => name === 'batch-norm-statistics')!.on).toBe(false);
  });
});

describe('on a software adapter', () => {
  it('tries only variants made for it, where there is work to be saved, and no large problem', async () => {
    const problems = problemsOf(SPEC, EXAMPLES);
    const choices = problems.filter(
      ({ timed }) => timed.variants(software.traits).filter((variant) => variant.software).length > 1,
    );
    const work = choices.reduce((sum, { flops }) => sum + flops, 0);
    const share = 0.02;
    const flops = choices[1]!.flops; // the two largest have as many
    expect(choices[0]!.flops).toBe(flops);
    const { measured, left } = await autotune(
      software,
      problems,
      tuning({ budget: { ms: 120_000, turns: 1, flops: flops - 1, bytes: 2 ** 30, share } }),
    );
    expect(measured.length).toBeGreaterThan(0);
    for (const { variants } of measured)
      expect(variants.map(({ name }) => name)).toEqual(['registers-8x8', 'registers-8x4']);
    const worth = choices.filter((one) => one.flops >= share * work);
    expect(measured.map(keyOf)).toEqual(
      worth.filter((one) => one.flops < flops).map(({ timed }) => keyOf(timed)),
    );
    expect(left).toBe(worth.length - measured.length);
    expect(left).toBeGreaterThan(1);
    // A graphics card is worth more.
    expect(budgetOf(true).ms).toBeLessThan(budgetOf(false).ms);
  });

  it('begins no shape class when the time is up, and says how many are left', async () => {
    const problems = problemsOf(SPEC, EXAMPLES);
    const told: number[] = [];
    const { measured, left } = await autotune(
      software,
      problems,
      tuning({ budget: { ...PLENTY, ms: 1e-9 }, adapter: 'another', onProgress: (done) => told.push(done) }),
    );
    expect(told).toEqual([]);
    expect(measured).toEqual([]);
    expect(left).toBeGreaterThan(0);
  });
});

it('times with the device’s clock where it has one, else until the queue is done', async () => {
  expect(software.backend.device.features.has('timestamp-query')).toBe(true);
  const stage = new Stage(software);
  const [problem] = only('convolution');
  const { run } = problem!.timed.stage(stage);
  stage.reset();
  const has = software.backend.device.features.has.bind(software.backend.device.features);
  for (const stamps of [true, false]) {
    const spy = vi
      .spyOn(software.backend.device.features, 'has')
      .mockImplementation((feature) => (feature === 'timestamp-query' ? stamps : has(feature)));
    const stopwatch = new Stopwatch(software);
    spy.mockRestore();
    const between = vi.spyOn(software, 'between');
    expect(await checked(software, () => stopwatch.time(() => run('registers-8x4'), 30))).toBeGreaterThan(0);
    expect(between).toHaveBeenCalledTimes(stamps ? 1 : 0);
    between.mockRestore();
    stopwatch.dispose();
  }
  stage.dispose();
  expect([Stopwatch.repeats(0), Stopwatch.repeats(0.1), Stopwatch.repeats(30)]).toEqual([50, 10, 1]);
});
