/**
 * Reading a run's arrays for a checkpoint: a value that is no finite number is found in every kind of array,
 * first piece or last, and named.
 */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { PRESETS } from '../../src/core/config/presets';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { runTensors } from '../../src/engine/run/run-checkpoint';
import { on } from './support';

const spec = buildModel({
  architecture: 'vgg11-bn-multitask',
  width: 0.0625,
  inputSize: 32,
  heads: [
    { task: 'emotion', classes: 4 },
    { task: 'gender', classes: 2 },
  ],
});

describe('arrays of a run', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is refused by the name of its array',
    async (bad) => {
      await on('wasm', async () => {
        const network = Network.create(spec, 1);
        const run = {
          network,
          optimizer: new Optimizer(PRESETS.compact.optimizer, network),
          averages: new GradientAverages(network),
        };
        const read = async (): Promise<number> => {
          let count = 0;
          for (const { pieces } of runTensors(run, 7))
            for await (const piece of pieces) count += piece.length;
          return count;
        };
        expect(await read()).toBeGreaterThan(1000);
        for (const {
          spec: { name },
          value,
        } of [network.parameters[0]!, network.parameters.at(-1)!]) {
          const good = (value.dataSync() as Float32Array).slice();
          network.write(name, good.with(good.length - 1, bad));
          await expect(read()).rejects.toMatchObject({
            name: 'DivergenceError',
            code: 'not-finite',
            message: expect.stringContaining(`parameter/${name}`) as string,
            details: { step: 7 },
          });
          network.write(name, good);
        }
        // The largest float32 is a number.
        const {
          spec: { name },
          value,
        } = network.parameters[0]!;
        network.write(name, new Float32Array(value.size).fill(3.4028234663852886e38));
        expect(await read()).toBeGreaterThan(1000);
        run.optimizer.dispose?.();
        network.dispose();
      });
    },
  );
});
