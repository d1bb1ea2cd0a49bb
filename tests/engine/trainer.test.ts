/**
 * The training loop on the real wasm backend, with images made up here: what is saved, resumed, paused, stopped early,
 * and that a resumed run ends bit for bit where an undisturbed one does.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/core/errors/errors';
import { buildModel } from '../../src/core/model/architectures';
import { RandomStream } from '../../src/core/random/streams';
import type { Dataset } from '../../src/core/training/dataset';
import type { EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/training/presets';
import type { RunConfig } from '../../src/core/training/run-config';
import { parseRunConfig } from '../../src/core/training/run-config-schema';
import { Adam } from '../../src/engine/adam';
import { chooseBackend, memory } from '../../src/engine/backend';
import { Network } from '../../src/engine/network';
import { readRun, writeRun } from '../../src/engine/run-checkpoint';
import { Trainer, type TrainerHost, type TrainerState } from '../../src/engine/trainer';
import type { NamedTensor } from '../../src/storage/checkpoints';

const SIZE = 32;
const CONFIG = parseRunConfig({
  ...PRESETS.compact, inputSize: SIZE, width: 0.0625, batchSize: 8, epochs: 4, seed: 11,
  strategy: { id: 'revised-uncertainty', options: { learningRate: 0.01 } },
});
const example = (i: number) => ({ id: `u${i}`, labels: [i % 4, i % 3, i % 2] });
const DATASET: Dataset = {
  classes: [['angry', 'happy', 'neutral', 'sad'], ['a', 'b', 'c'], ['female', 'male']],
  train: Array.from({ length: 20 }, (_, i) => example(i)), validation: Array.from({ length: 10 }, (_, i) => example(100 + i)),
};

/** A pattern of the labels under noise that changes with the epoch, as the sampler's crops do. */
async function images(ids: readonly string[], epoch: number | null): Promise<Uint8Array> {
  const out = new Uint8Array(ids.length * SIZE * SIZE);
  ids.forEach((id, row) => {
    const i = Number(id.slice(1));
    const noise = new RandomStream(3, 'image', id, epoch ?? 'validation');
    for (let p = 0; p < SIZE * SIZE; p++) out[row * SIZE * SIZE + p] = (((p >> 3) % 4 === i % 4 ? 90 : 0) + ((p >> 7) % 3 === i % 3 ? 60 : 0) + (i % 2) * 40 + noise.below(60)) & 255;
  });
  return out;
}

interface Saved { readonly state: TrainerState; readonly tensors: readonly NamedTensor[]; readonly which: readonly string[] }

/** A host that keeps everything in memory; `onCheckpoint` may throw as a full disk would. */
function makeRun(config: RunConfig, from: Saved | null, options: { paused?: boolean; onCheckpoint?: (n: number) => void | Promise<void> } = {}) {
  const spec = buildModel({ architecture: config.architecture, width: config.width, inputSize: SIZE, heads: config.tasks.map((task, i) => ({ task, classes: DATASET.classes[i]!.length })) });
  const network = Network.create(spec, config.seed);
  const adam = new Adam(config.adam, network);
  const told = { events: [] as TrainerEvent[], rows: [] as StepRow[], epochs: [] as EpochRecord[], log: [] as LogEntry[], saved: [] as Saved[] };
  let checkpoints = 0;
  const host: TrainerHost = {
    runId: 'r', backend: { id: 'wasm', available: true, software: false, detail: '' }, softwareVersion: 'test', images, memory, firstLogSeq: 0, notes: [],
    emit: (event) => { told.events.push(event); },
    saveHistory: async (rows, epochs) => { told.rows.push(...rows); told.epochs.push(...epochs); },
    saveLog: async (entries) => { told.log.push(...entries); },
    saveCheckpoint: async (state, which) => {
      await options.onCheckpoint?.(++checkpoints);
      const tensors: NamedTensor[] = [];
      for await (const tensor of readRun(network, adam)) tensors.push({ ...tensor, data: tensor.data.slice() });
      told.saved.push({ state: JSON.parse(JSON.stringify(state)) as TrainerState, tensors, which });
      return 1;
    },
    breathe: () => new Promise((resolve) => { setImmediate(resolve); }),
  };
  const ready = from ? writeRun(network, adam, (async function* all() { yield* from.tensors; })(), from.state.adamIterations) : Promise.resolve();
  const trainer = new Trainer(config, DATASET, network, adam, host, from?.state ?? null, options.paused ?? false);
  return { trainer, told, ready, dispose: () => { adam.dispose(); network.dispose(); } };
}

async function runAll(config: RunConfig, from: Saved | null = null) {
  const run = makeRun(config, from);
  await run.ready;
  const end = await run.trainer.run();
  run.dispose();
  return { end, ...run.told };
}

const bits = (saved: Saved): Record<string, string> =>
  Object.fromEntries(saved.tensors.map(({ name, data }) => [name, Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64')]));
const withoutTimes = (rows: readonly StepRow[]) => rows.map(({ ms: _ms, waitMs: _wait, ...row }) => row);

beforeAll(() => chooseBackend('wasm'));

describe('a run', () => {
  it('takes every batch of every epoch, learns, and tells of it', async () => {
    const { end, rows, epochs, log, saved, events } = await runAll(CONFIG);
    expect(end).toBe('finished');
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([[1, 3], [2, 6], [3, 9], [4, 12]]);
    expect(epochs[3]!.train.tasks[2]!.loss).toBeLessThan(epochs[0]!.train.tasks[2]!.loss);
    for (const { train, validation } of epochs) {
      expect(train.tasks[0]!.confusion.flat().reduce((a, b) => a + b)).toBe(20);
      expect(validation.tasks[1]!.confusion.flat().reduce((a, b) => a + b)).toBe(10);
    }
    expect(log.map(({ code }) => code)).toEqual(expect.arrayContaining(['run-started', 'epoch-best', 'finished']));
    expect(saved.at(-1)!.state).toMatchObject({ step: 12, epoch: 5, batch: 0, ended: 'finished', adamIterations: 12 });
    expect(events.filter(({ kind }) => kind === 'steps').flatMap((event) => (event.kind === 'steps' ? event.rows : []))).toEqual(rows);
  });

  it('is the same twice, and ends in the same bits when it is saved after two epochs and resumed elsewhere', async () => {
    const whole = await runAll(CONFIG);
    const again = await runAll(CONFIG);
    expect(withoutTimes(again.rows)).toEqual(withoutTimes(whole.rows));
    const half = whole.saved.find(({ state }) => state.step === 6)!;
    const resumed = await runAll(CONFIG, half);
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    expect(withoutTimes([...whole.rows.slice(0, 6), ...resumed.rows])).toEqual(withoutTimes(whole.rows));
    expect(resumed.epochs.map(({ seconds: _s, ...rest }) => rest)).toEqual(whole.epochs.slice(2).map(({ seconds: _s, ...rest }) => rest));
  });

  it('pauses in the middle of an epoch, steps once, and resumes from there with the same bits', async () => {
    const whole = await runAll(CONFIG);
    const run = makeRun(CONFIG, null, { paused: true });
    const ended = run.trainer.run();
    for (let i = 0; i < 4; i++) await run.trainer.singleStep();
    expect(run.told.saved.at(-1)!.state).toMatchObject({ step: 4, epoch: 2, batch: 1 });
    await run.trainer.stop();
    expect(await ended).toBe('stopped');
    run.dispose();
    const resumed = await runAll(CONFIG, run.told.saved.at(-1));
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    expect(resumed.epochs.at(-1)!.validation).toEqual(whole.epochs.at(-1)!.validation);
    expect(resumed.epochs[0]!.train).toEqual(whole.epochs[1]!.train);
  });

  it('stops early and remembers which epoch was best', async () => {
    const { epochs, log, saved } = await runAll({ ...CONFIG, adam: { ...CONFIG.adam, learningRate: 0.5 }, epochs: 50, patience: 2 });
    expect(epochs.length).toBeLessThan(50);
    const best = epochs.findLast((epoch) => epoch.best)!;
    expect(best.monitored).toBe(Math.min(...epochs.map(({ monitored }) => monitored)));
    expect(epochs.length - best.epoch).toBe(2);
    expect(log.at(-2)).toMatchObject({ code: 'early-stopped', details: { bestEpoch: best.epoch } });
    expect(saved.findLast(({ which }) => which.includes('best'))!.state.step).toBe(best.step);
  });

  it('takes new static weights with the next step', async () => {
    const run = makeRun({ ...CONFIG, strategy: { id: 'static', options: { weights: [1, 1, 1] } } }, null, { paused: true });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.setStrategyOptions({ weights: [0, 2, 0.5] });
    await run.trainer.singleStep();
    expect(run.told.rows.map(({ effective }) => effective)).toEqual([[1, 1, 1], [0, 2, 0.5]]);
    expect(() => run.trainer.setStrategyOptions({ weights: [99, 0, 0] })).toThrow(/weights/);
    await run.trainer.stop();
    await ended;
    run.dispose();
  });
});

describe('trouble', () => {
  it('a full disk pauses the run, loses nothing, and Play tries again', async () => {
    const run = makeRun(CONFIG, null, { onCheckpoint: (n) => { if (n === 1) throw new StorageError('quota', 'full', 'delete something'); } });
    const ended = run.trainer.run();
    for (;;) {
      await new Promise((resolve) => { setTimeout(resolve, 5); });
      const last = run.told.events.findLast(({ kind }) => kind === 'state');
      if (last?.kind === 'state' && last.state === 'paused') {
        expect(last.error).toMatchObject({ code: 'quota' });
        break;
      }
    }
    run.trainer.play();
    expect(await ended).toBe('finished');
    expect(run.told.rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(run.told.log.map(({ code }) => code)).toContain('checkpoint-failed');
    run.dispose();
  });

  it('a loss that is no number ends the run with a plain error and leaves the last checkpoint', async () => {
    const { saved: [good] } = await runAll({ ...CONFIG, epochs: 1 });
    const poisoned = { ...good!, tensors: good!.tensors.map((tensor) =>
      (tensor.name === 'parameter/heads.emotion.2.bias' ? { ...tensor, data: tensor.data.map(() => Number.NaN) } : tensor)) };
    const { end, events, saved } = await runAll(CONFIG, poisoned);
    expect(end).toBe('failed');
    expect(events.at(-1)).toMatchObject({ kind: 'state', state: 'failed', error: { code: 'not-finite' } });
    expect(saved).toEqual([]);
  });

  it('a stop that comes while the checkpoint of a pause is written is heard', async () => {
    let writing: (() => void) | null = null;
    const written = new Promise<void>((resolve) => { writing = resolve; });
    let began: (() => void) | null = null;
    const begun = new Promise<void>((resolve) => { began = resolve; });
    const run = makeRun(CONFIG, null, { paused: true, onCheckpoint: (n) => { if (n > 1) return undefined; began?.(); return written; } });
    const ended = run.trainer.run();
    void run.trainer.singleStep();
    await begun;
    void run.trainer.stop();
    writing!();
    expect(await ended).toBe('stopped');
    run.dispose();
  });

  it('leaks no tensor', async () => {
    await runAll({ ...CONFIG, epochs: 1 });
    const before = memory().tensors;
    await runAll({ ...CONFIG, epochs: 2 });
    expect(memory().tensors).toBe(before);
  });
});
