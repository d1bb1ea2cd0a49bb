/** A model with its optimiser and one batch made up here, trained step by step on the current backend. In Node as in a browser. */
import type { ModelSpec } from '../../src/core/model/types';
import { strategy } from '../../src/core/weighting/registry';
import { Adam } from '../../src/engine/adam';
import { GradientWatch } from '../../src/engine/gradient-watch';
import { Network } from '../../src/engine/network';
import { evaluateBatch, trainStep, type Batch } from '../../src/engine/train-step';

/** @param count examples of the batch */
export function trainee(spec: ModelSpec, count: number, learningRate = 1e-3) {
  const network = Network.create(spec, 1);
  const adam = new Adam({ learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, network);
  const batch: Batch = {
    count, images: Uint8Array.from({ length: count * spec.inputSize ** 2 }, (_, i) => (i * 7919 + (i >> 4) * 31) % 256),
    labels: spec.heads.map(({ classes }) => Uint16Array.from({ length: count }, (_, i) => i % classes)),
  };
  const weighting = { strategy: strategy('weighted-average'), options: { detached: false }, state: {} };
  const watch = new GradientWatch();
  return {
    network, watch, step: (index: number, microBatch?: number) => trainStep(network, adam, batch, weighting, 1, index, microBatch, watch),
    evaluate: () => evaluateBatch(network, batch),
    dispose: () => {
      adam.dispose();
      network.dispose();
    },
  };
}
