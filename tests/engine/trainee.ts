/**
 * A model with its optimiser and one batch made up here, trained step by step on the current backend, in Node
 * as in a browser; and what the wasm backend holds of its heap meanwhile.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { ModelPlan } from '../../src/core/model/plan';
import { strategy } from '../../src/core/weighting/registry';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { GradientWatch } from '../../src/engine/step/gradient-watch';
import { Network } from '../../src/engine/network/network';
import type { Batch } from '../../src/engine/step/batch';
import { evaluateBatch } from '../../src/engine/step/evaluate-batch';
import type { Weighting } from '../../src/engine/step/step-work';
import { trainStep } from '../../src/engine/step/train-step';
import * as tf from '../../src/engine/tf';
import { adamWith } from '../support/adam';

interface Heap {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(address: number): void;
}

/** Counts what the wasm backend holds of its heap, from now on. */
export function watchHeap() {
  const heap = (tf.backend() as BackendWasm).wasm as unknown as Heap;
  const { _malloc, _free } = heap;
  const sizes = new Map<number, number>();
  const counts = { live: 0, peak: 0 };
  heap._malloc = (bytes) => {
    const address = _malloc(bytes) >>> 0;
    sizes.set(address, bytes);
    counts.live += bytes;
    counts.peak = Math.max(counts.peak, counts.live);
    return address;
  };
  heap._free = (address) => {
    counts.live -= sizes.get(address >>> 0) ?? 0;
    sizes.delete(address >>> 0);
    _free(address);
  };
  return {
    counts,
    size: () => heap.HEAPU8.length,
    stop: () => {
      Object.assign(heap, { _malloc, _free });
    },
  };
}

const AVERAGE: Weighting = {
  strategy: strategy('weighted-average'),
  options: { detached: false },
  state: {},
};

/** @param count examples of the batch */
export function trainee(spec: ModelPlan, count: number, learningRate = 1e-3, weighting = AVERAGE) {
  const network = Network.create(spec, 1);
  const optimizer = new Optimizer(adamWith({ learningRate }), network);
  const batch: Batch = {
    count,
    images: Uint8Array.from(
      { length: count * spec.inputSize ** 2 },
      (_, i) => (i * 7919 + (i >> 4) * 31) % 256,
    ),
    labels: spec.heads.map(({ classes }) => Uint16Array.from({ length: count }, (_, i) => i % classes)),
  };
  const watch = new GradientWatch();
  const averages = new GradientAverages(network);
  return {
    network,
    watch,
    step: (index: number, microBatch?: number) =>
      trainStep({
        network,
        optimizer,
        batch,
        weighting: { ...weighting, averages },
        seed: 1,
        step: index,
        microBatch: microBatch ?? count,
        watch,
      }),
    evaluate: () => evaluateBatch(network, batch),
    dispose: () => {
      averages.end();
      optimizer.dispose();
      network.dispose();
    },
  };
}
