/**
 * Whole runs of the training loop in Node: a small configuration, images made up here, and a host that keeps
 * in memory what a worker would store. Tests of the loop are in trainer.test.ts and determinism.test.ts.
 */
import { buildModel } from '../../src/core/model/architectures';
import { RandomStream } from '../../src/core/random/streams';
import { headOf } from '../../src/core/tasks/head';
import type { Dataset } from '../../src/core/training/dataset';
import type { EpochRecord, LogEntry, StepRow, TrainerEvent } from '../../src/core/training/events';
import type { MemoryLimits } from '../../src/core/training/memory/memory-plan';
import { PRESETS } from '../../src/core/config/presets';
import type { RunConfig } from '../../src/core/config/run-config';
import { parseRunConfig } from '../../src/core/config/parse';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { memory } from '../../src/engine/platform/backend';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { runTensors, restoreRun, type RunArrays } from '../../src/engine/run/run-checkpoint';
import { Trainer } from '../../src/engine/run/trainer';
import type { TrainerState } from '../../src/core/run/checkpoint';
import type { TrainerHost } from '../../src/engine/run/trainer-host';
import type { NamedTensor } from '../../src/storage/chunks';

const SIZE = 32;
export const CONFIG = parseRunConfig({
  ...PRESETS.compact,
  inputSize: SIZE,
  width: 0.0625,
  batchSize: 8,
  epochs: 4,
  seed: 11,
  strategy: { id: 'revised-uncertainty', options: { learningRate: 0.01 } },
});
export const example = (i: number) => ({ id: `u${i}`, labels: [i % 4, i % 3, i % 2] });
export const DATASET: Dataset = {
  classes: [
    ['angry', 'happy', 'neutral', 'sad'],
    ['a', 'b', 'c'],
    ['female', 'male'],
  ],
  train: Array.from({ length: 20 }, (_, i) => example(i)),
  validation: Array.from({ length: 10 }, (_, i) => example(100 + i)),
};

/** A pattern of the labels under noise that changes with the epoch, as the sampler's crops do. */
export async function images(ids: readonly string[], epoch: number | null): Promise<Uint8Array> {
  const out = new Uint8Array(ids.length * SIZE * SIZE);
  ids.forEach((id, row) => {
    const i = Number(id.slice(1));
    const noise = new RandomStream(3, 'image', id, epoch ?? 'validation');
    for (let p = 0; p < SIZE * SIZE; p++)
      out[row * SIZE * SIZE + p] =
        (((p >> 3) % 4 === i % 4 ? 90 : 0) +
          ((p >> 7) % 3 === i % 3 ? 60 : 0) +
          (i % 2) * 40 +
          noise.below(60)) &
        255;
  });
  return out;
}

export interface Saved {
  readonly state: TrainerState;
  readonly tensors: readonly NamedTensor[];
  readonly which: readonly string[];
}

export interface RunOptions extends Partial<Pick<TrainerHost, 'images' | 'breathe'>> {
  readonly paused?: boolean;
  /** Other labels, or other tasks. */
  readonly dataset?: Dataset;
  /** What the backend allows. */
  readonly limits?: MemoryLimits;
  /** May throw as a full disk would. */
  readonly onCheckpoint?: (n: number) => void | Promise<void>;
}

/** A run with a host that keeps everything in memory. */
export function makeRun(config: RunConfig, from: Saved | null, options: RunOptions = {}) {
  const spec = buildModel({
    architecture: config.architecture,
    width: config.width,
    inputSize: SIZE,
    heads: config.tasks.map(({ id }, i) => headOf(id, (options.dataset ?? DATASET).classes[i]!)),
  });
  const network = Network.create(spec, config.seed);
  const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
  const arrays: RunArrays = { network, optimizer, averages: new GradientAverages(network) };
  const told = {
    events: [] as TrainerEvent[],
    rows: [] as StepRow[],
    epochs: [] as EpochRecord[],
    log: [] as LogEntry[],
    saved: [] as Saved[],
    alive: [] as (number | null)[],
  };
  let checkpoints = 0;
  const host: TrainerHost = {
    runId: 'r',
    backend: {
      id: 'wasm',
      available: true,
      software: false,
      detail: '',
      ...(options.limits ? { limits: options.limits } : {}),
    },
    softwareVersion: 'test',
    images: options.images ?? images,
    alive: (ms) => {
      told.alive.push(ms);
    },
    memory,
    firstLogSeq: 0,
    notes: [],
    emit: (event) => {
      told.events.push(event);
    },
    saveHistory: async (rows, epochs) => {
      told.rows.push(...rows);
      told.epochs.push(...epochs);
    },
    restoreBest: async () => {
      const best = told.saved.findLast(({ which }) => which.includes('best'));
      const record = best && told.epochs.find(({ step }) => step === best.state.step);
      if (!record) return null;
      await restoreRun(
        arrays,
        best.tensors.map(({ name, shape, data }) => ({ name, shape, pieces: [data] })),
        best.state,
      );
      return record;
    },
    saveLog: async (entries) => {
      told.log.push(...entries);
    },
    saveCheckpoint: async (state, which) => {
      await options.onCheckpoint?.(++checkpoints);
      const tensors: NamedTensor[] = [];
      for (const { name, shape, pieces } of runTensors(arrays, state.step)) {
        const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
        let at = 0;
        for await (const piece of pieces) {
          data.set(piece, at);
          at += piece.length;
        }
        tensors.push({ name, shape, data });
      }
      told.saved.push({ state: JSON.parse(JSON.stringify(state)) as TrainerState, tensors, which });
      return 1;
    },
    breathe:
      options.breathe ??
      (() =>
        new Promise((resolve) => {
          setImmediate(resolve);
        })),
  };
  const ready = from
    ? restoreRun(
        arrays,
        from.tensors.map(({ name, shape, data }) => ({ name, shape, pieces: [data] })),
        from.state,
      )
    : Promise.resolve();
  const trainer = new Trainer(
    config,
    options.dataset ?? DATASET,
    arrays,
    host,
    from?.state ?? null,
    options.paused ?? false,
  );
  return {
    trainer,
    network,
    told,
    ready,
    dispose: () => {
      arrays.averages.end();
      optimizer.dispose();
      network.dispose();
    },
  };
}

export async function runAll(config: RunConfig, from: Saved | null = null, options: RunOptions = {}) {
  const run = makeRun(config, from, options);
  await run.ready;
  const end = await run.trainer.run();
  run.dispose();
  return { end, ...run.told };
}

export const withoutTimes = (rows: readonly StepRow[]) =>
  rows.map(({ ms: _ms, waitMs: _wait, extraMs: _extra, ...row }) => row);
