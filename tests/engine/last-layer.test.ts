/**
 * The last shared layer is the last one with weights, whatever lies behind it: in a ResNet, batch norm, a sum and a
 * pooling. Its inner products beside those of the weights' gradients from whole backward passes.
 */
import { describe, expect, it } from 'vitest';
import { buildModel, minimumInputSize } from '../../src/core/model/architectures';
import { ARCHITECTURES } from '../../src/core/model/architectures/registry';
import { Gradients } from '../../src/engine/ops/gradients';
import { Network } from '../../src/engine/network/network';
import type { Batch } from '../../src/engine/step/batch';
import { backward, evaluate, logitGradients } from '../../src/engine/step/evaluation';
import { TaskGradients } from '../../src/engine/step/task-gradients';
import { expectClose, on } from './support';

const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'gender', classes: 2 },
];
const COUNT = 3;
const PART = { first: 0, count: COUNT };
const dotted = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

const MULTITASK = ARCHITECTURES.map(({ id }) => id).filter((id) => id.endsWith('multitask'));

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  it.each(MULTITASK)('%s', async (architecture) => {
    await on(backend, async () => {
      const spec = buildModel({
        architecture,
        width: 1 / 8,
        inputSize: minimumInputSize(architecture) + 8,
        heads: HEADS,
      });
      const network = Network.create(spec, 3);
      const batch: Batch = {
        count: COUNT,
        images: Uint8Array.from({ length: COUNT * spec.inputSize ** 2 }, (_, i) => (i * 7919) % 251),
        labels: HEADS.map(({ classes }) => Uint16Array.from({ length: COUNT }, (_, i) => i % classes)),
      };
      const forward = () =>
        network.forward(batch.images, COUNT, {
          training: true,
          momentum: 0,
          dropout: (_layer, length) => new Uint8Array(length).fill(1),
        });
      const names = spec.trunk.nodes
        .findLast(({ parameters }) => parameters.some(({ role }) => role === 'weight'))!
        .parameters.filter(({ role }) => role === 'weight')
        .map(({ name }) => name);
      const own: number[][] = [];
      for (const task of HEADS.keys()) {
        const pass = forward();
        const scores = await evaluate(pass, batch, PART);
        const gradients = new Gradients();
        const effective = HEADS.map((_, i) => (i === task ? 1 : 0));
        backward(network, pass, batch, PART, scores, { effective }, gradients);
        own.push(names.flatMap((name) => [...(gradients.get(name)!.dataSync() as Float32Array)]));
        gradients.dispose();
      }
      const pass = forward();
      const scores = await evaluate(pass, batch, PART);
      const last = new TaskGradients('last-layer', network);
      await last.look(pass, logitGradients(network, pass, batch, PART, scores));
      const gram = await last.close();
      pass.dispose();
      expect(own.every((gradient) => gradient.some((value) => value !== 0))).toBe(true);
      expectClose(
        gram.flat(),
        own.flatMap((a) => own.map((b) => dotted(a, b))),
        1e-4,
      );
      network.dispose();
    });
  });
});
