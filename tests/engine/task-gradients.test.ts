/**
 * Each task's own gradient, taken at the shared representation, at the last shared layer and of everything
 * shared, against finite differences of the losses in every parameter; and training steps with every
 * strategy, in one piece and in parts.
 */
import { describe, expect, it } from 'vitest';
import type { ModelPlan } from '../../src/core/model/plan';
import { defaultOptions } from '../../src/core/weighting/options';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import {
  GRADIENT_LEVELS,
  type GradientLevel,
  type StrategyId,
  type StrategyOptions,
  type StrategyState,
} from '../../src/core/weighting/types';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { Gradients } from '../../src/engine/ops/gradients';
import { evaluate, logitGradients } from '../../src/engine/step/evaluation';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { TaskGradients } from '../../src/engine/step/task-gradients';
import * as tf from '../../src/engine/tf';
import type { Batch } from '../../src/engine/step/batch';
import { dropoutMask } from '../../src/engine/step/dropout-masks';
import type { Weighting } from '../../src/engine/step/step-work';
import { trainStep } from '../../src/engine/step/train-step';
import { planOf, type Layers } from '../support/sequential';
import { BACKENDS, expectClose, on } from './support';
import { adamWith } from '../support/adam';

const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 3 },
  { task: 'gender', classes: 2 },
];
const COUNT = 6;
const SEED = 5;

/** Batch norm, dropout in trunk and heads, a pooling: 8 x 8 pixels, 415 parameters. */
const LAYERS: Layers = {
  inputSize: 8,
  trunk: [
    { kind: 'conv', name: 'a', outChannels: 3, kernel: 3, stride: 1, padding: 1 },
    { kind: 'batchNorm', name: 'norm' },
    { kind: 'relu' },
    { kind: 'maxPool', kernel: 2, stride: 2 },
    { kind: 'flatten' },
    { kind: 'linear', name: 'l', outFeatures: 5 },
    { kind: 'dropout', name: 'l.dropped', rate: 0.25 },
    { kind: 'relu' },
  ],
  heads: HEADS.map((head) => ({
    ...head,
    layers: [
      { kind: 'dropout', name: `${head.task}.dropped`, rate: 0.25 },
      { kind: 'linear', name: `heads.${head.task}`, outFeatures: head.classes },
    ],
  })),
};
const SPEC = planOf(LAYERS);
/** The same without batch norm: parts of a batch then add up to the whole. */
const PLAIN = planOf({ ...LAYERS, trunk: LAYERS.trunk.filter(({ kind }) => kind !== 'batchNorm') });

const BATCH: Batch = {
  count: COUNT,
  images: Uint8Array.from({ length: COUNT * 64 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256),
  labels: HEADS.map(({ classes }, task) =>
    Uint16Array.from({ length: COUNT }, (_, i) => (i + task) % classes),
  ),
};
const PART = { first: 0, count: COUNT };
const isShared = (name: string): boolean => !name.startsWith('heads.');

/** Large enough that no gradient drowns in rounding, the same on every backend. */
function made(spec: ModelPlan): Network {
  const network = Network.create(spec, 3);
  for (const {
    spec: { name, role },
    value,
  } of network.parameters)
    if (role === 'weight' && isShared(name))
      network.write(
        name,
        Float32Array.from({ length: value.size }, (_, i) => Math.sin(i * 12.9898 + name.length) * 0.4),
      );
  network.write('l.bias', Float32Array.of(2, 2.5, 1.5, 2, 3)); // no feature is dead
  for (const { task } of HEADS) {
    const { value } = network.parameters.find(({ spec: { name } }) => name === `heads.${task}.weight`)!;
    network.write(
      `heads.${task}.weight`,
      Float32Array.from({ length: value.size }, (_, i) => Math.cos(i * 3.7 + task.length) * 0.5),
    );
  }
  return network;
}

const forward = (network: Network, momentum = 0, index = 1) =>
  network.forward(BATCH.images, COUNT, {
    training: true,
    momentum,
    dropout: (layer, length, rate) => dropoutMask(SEED, layer, index, length, rate),
  });

async function losses(network: Network): Promise<number[]> {
  const pass = forward(network);
  const scores = await evaluate(pass, BATCH, PART);
  pass.dispose();
  return scores.map(({ loss }) => loss);
}

/** Every task's gradient by parameter name, at a level; and their inner products. */
async function taskGradients(network: Network, level: GradientLevel) {
  const pass = forward(network);
  const scores = await evaluate(pass, BATCH, PART);
  const all = new TaskGradients(level, network);
  await all.look(pass, logitGradients(network, pass, BATCH, PART, scores));
  const gram = await all.gram();
  all.dispose();
  pass.dispose();
  return gram;
}

/**
 * What a step with these fixed weights gives Adam. @param index of the step, which names the dropout masks
 */
async function weightedGradient(
  network: Network,
  weights: readonly number[],
  heads?: readonly number[],
  index = 1,
): Promise<Map<string, Float32Array>> {
  const { backward } = await import('../../src/engine/step/evaluation');
  const pass = forward(network, 0, index);
  const scores = await evaluate(pass, BATCH, PART);
  const gradients = new Gradients();
  backward(
    network,
    pass,
    BATCH,
    PART,
    scores,
    { effective: weights, ...(heads ? { heads } : {}) },
    gradients,
  );
  const out = new Map(
    [...gradients].map(([name, gradient]) => [name, (gradient.dataSync() as Float32Array).slice()]),
  );
  gradients.dispose();
  return out;
}

/** d(loss_i)/d(parameter) of every task by central differences. */
async function differences(network: Network, name: string): Promise<number[][]> {
  const { value } = network.parameters.find(({ spec }) => spec.name === name)!;
  const start = (value.dataSync() as Float32Array).slice();
  const out: number[][] = HEADS.map(() => []);
  for (let k = 0; k < start.length; k++) {
    const at = async (shift: number): Promise<number[]> => {
      network.write(
        name,
        start.map((v, i) => (i === k ? v + shift : v)),
      );
      return losses(network);
    };
    const h = 3e-4;
    const [up, down] = [await at(h), await at(-h)];
    up.forEach((value_, task) => out[task]!.push((value_ - down[task]!) / (2 * h)));
  }
  network.write(name, start);
  return out;
}

const dotted = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('task gradients', () => {
  it('agree with finite differences of the losses, one by one and as inner products, at every level', async () => {
    await on('wasm', async () => {
      const network = made(PLAIN);
      const unit = (i: number): number[] => HEADS.map((_, j) => (i === j ? 1 : 0));
      const exact = [
        await weightedGradient(network, unit(0)),
        await weightedGradient(network, unit(1)),
        await weightedGradient(network, unit(2)),
      ];
      const weights = [0.7, -0.2, 1.4];
      const mixed = await weightedGradient(network, weights);
      for (const name of ['l.weight', 'l.bias', 'a.bias']) {
        const found = await differences(network, name);
        found.forEach((slope, task) => {
          expectClose(exact[task]!.get(name)!, slope, 2e-2, `${name}, task ${task}`);
        });
        expectClose(
          mixed.get(name)!,
          found[0]!.map((_, k) => weights.reduce((sum, weight, task) => sum + weight * found[task]![k]!, 0)),
          2e-2,
          name,
        );
      }
      const flat = (task: number, names: (name: string) => boolean) =>
        [...exact[task]!].filter(([name]) => names(name)).flatMap(([, values]) => [...values]);
      for (const [level, names] of [
        ['full', isShared],
        ['last-layer', (name: string) => name === 'l.weight'],
      ] as const) {
        const gram = await taskGradients(network, level);
        const expected = HEADS.flatMap((_, i) =>
          HEADS.map((_unused, j) => dotted(flat(i, names), flat(j, names))),
        );
        expectClose(gram.flat(), expected, 1e-5, level);
      }
      network.dispose();
    });
  });

  it('heads with factors of their own: those act inside the heads, the effective weights on everything shared', async () => {
    await on('wasm', async () => {
      const network = made(PLAIN);
      const [weights, heads] = [
        [0.7, -0.2, 1.4],
        [4, 0.25, 3],
      ];
      const [both, trunk, inHeads] = [
        await weightedGradient(network, weights, heads),
        await weightedGradient(network, weights),
        await weightedGradient(network, heads),
      ];
      for (const [name, gradient] of both)
        expectClose(gradient, (isShared(name) ? trunk : inHeads).get(name)!, 1e-5, name);
      network.dispose();
    });
  });

  it('a task of weight 0 whose head stands still as well gives nothing to what is shared, where another one is solved', async () => {
    await on('wasm', async () => {
      const network = made(PLAIN);
      // As MGDA has it: the first task's gradient is too long for any weight, the second's is zero, and its
      // head goes on.
      const [beside, alone] = [
        await weightedGradient(network, [0, 0, 1], [0, 1, 1]),
        await weightedGradient(network, [0, 0, 1]),
      ];
      for (const [name, gradient] of beside)
        if (isShared(name)) expectClose(gradient, alone.get(name)!, 1e-6, name);
      expect([...beside.values()].flatMap((gradient) => [...gradient]).every(Number.isFinite)).toBe(true);
      network.dispose();
    });
  });

  it('at the representation they are what the heads send down, and their weighted sum is the whole gradient', async () => {
    await on('wasm', async () => {
      const network = made(SPEC);
      const weights = [0.5, 2, -0.3];
      const together = await weightedGradient(network, weights, [1, 1, 1]);
      const apart = await Promise.all(
        [0, 1, 2].map((i) =>
          weightedGradient(
            network,
            HEADS.map((_, j) => (i === j ? 1 : 0)),
          ),
        ),
      );
      for (const [name, values] of together) {
        // Shared: weighted. Heads: as under the plain sum.
        const expected = values.map((_, k) =>
          apart.reduce((sum, one, i) => sum + (isShared(name) ? weights[i]! : 1) * one.get(name)![k]!, 0),
        );
        expectClose(values, expected, 1e-4, name);
      }
      // The inner products there, by hand: dz_i = dlogits_i · W_iᵀ through the heads' dropout, from the
      // linear layer's gradient rules.
      const gram = await taskGradients(network, 'representation');
      const pass = forward(network);
      const scores = await evaluate(pass, BATCH, PART);
      const z = scores.map(({ gradient }, i) => {
        const { task, classes } = HEADS[i]!;
        const w = network.parameters
          .find(({ spec }) => spec.name === `heads.${task}.weight`)!
          .value.dataSync();
        const kept = dropoutMask(SEED, `${task}.dropped`, 1, COUNT * 5, 0.25);
        return Float64Array.from({ length: COUNT * 5 }, (_, at) => {
          const [row, feature] = [Math.floor(at / 5), at % 5];
          let sum = 0;
          for (let k = 0; k < classes; k++) sum += gradient![row * classes + k]! * w[feature * classes + k]!;
          return (sum * kept[at]!) / 0.75;
        });
      });
      pass.dispose();
      expectClose(
        gram.flat(),
        z.flatMap((a) => z.map((b) => dotted(a, b))),
        1e-5,
      );
      network.dispose();
    });
  });

  it('effective weights are finite differences of the total, all the way into a parameter', async () => {
    await on('wasm', async () => {
      const network = made(PLAIN);
      for (const [id, options] of [
        ['weighted-average', { detached: false }],
        ['geometric', {}],
        ['log-sum', {}],
        ['kendall-uncertainty', {}],
      ] as const) {
        const chosen = strategy(id);
        const state = chosen.init(3, options);
        const total = async (): Promise<number> => chosen.weigh(await losses(network), options, state).total;
        const { effective } = chosen.weigh(await losses(network), options, state);
        const gradient = (await weightedGradient(network, effective)).get('l.bias')!;
        const start = (
          network.parameters.find(({ spec }) => spec.name === 'l.bias')!.value.dataSync() as Float32Array
        ).slice();
        const slopes: number[] = [];
        for (let k = 0; k < start.length; k++) {
          const at = async (shift: number): Promise<number> => {
            network.write(
              'l.bias',
              start.map((v, i) => (i === k ? v + shift : v)),
            );
            return total();
          };
          slopes.push(((await at(2e-3)) - (await at(-2e-3))) / 4e-3);
        }
        network.write('l.bias', start);
        expectClose(gradient, slopes, 2e-2, id);
      }
      network.dispose();
    });
  });
});

/** Moves every parameter by a hundredth of its gradient. */
const LINEAR = { learningRate: 100, beta1: 0, beta2: 0, epsilon: 10_000 };

async function step(
  spec: ModelPlan,
  id: StrategyId,
  over: Partial<Weighting> = {},
  microBatch = COUNT,
  steps = 1,
) {
  const before = tf.memory().numTensors;
  const network = made(spec);
  const optimizer = new Optimizer(adamWith(LINEAR), network);
  const chosen = strategy(id);
  const options: StrategyOptions = { ...defaultOptions(chosen, 3), ...over.options };
  let state: StrategyState = chosen.init(3, options);
  const old = new Map<string, Float32Array>();
  for await (const { name, data } of network.read()) old.set(name, data);
  const averages = new GradientAverages(network);
  const told = [];
  for (let k = 1; k <= steps; k++) {
    const result = await trainStep({
      network,
      optimizer,
      batch: BATCH,
      weighting: { strategy: chosen, ...over, options, state, averages },
      seed: SEED,
      step: k,
      microBatch,
    });
    state = chosen.update(result.losses, options, state, result.context);
    told.push(result);
  }
  const moved = new Map<string, Float32Array>();
  for await (const { name, data } of network.read())
    moved.set(
      name,
      data.map((value, i) => value - old.get(name)![i]!),
    );
  network.dispose();
  optimizer.dispose();
  averages.end();
  expect(tf.memory().numTensors).toBe(before);
  return { told, result: told[0]!, moved, state };
}

describe.each(BACKENDS)('a step on %s', (backend) => {
  it.each(STRATEGIES.map(({ id }) => id))(
    '%s: in parts as in one piece, at every level, and nothing is left behind',
    async (id) => {
      await on(backend, async () => {
        const { options } = strategy(id);
        const levels = Object.hasOwn(options, 'gradients')
          ? GRADIENT_LEVELS.map((gradients) => ({ options: { gradients } }))
          : [{}];
        for (const over of levels) {
          const [whole, parts] = [await step(PLAIN, id, over, COUNT, 2), await step(PLAIN, id, over, 4, 2)];
          whole.told.forEach(({ losses: all, weights }, k) => {
            expectClose(parts.told[k]!.losses, all, 1e-4);
            expectClose(
              parts.told[k]!.weights.effective,
              weights.effective,
              2e-3,
              `${id} ${JSON.stringify(over)}`,
            );
          });
          for (const [name, values] of whole.moved)
            expectClose(parts.moved.get(name)!, values, 5e-3, `${id} ${JSON.stringify(over)} ${name}`);
        }
      });
    },
  );

  it('from all shared gradients is the step of one backward pass with the same weights', async () => {
    await on(backend, async () => {
      for (const heads of ['weighted', 'unweighted'])
        for (const spec of [PLAIN, SPEC]) {
          const full = await step(spec, 'nash-mtl', { options: { gradients: 'full', heads } });
          const { effective } = full.result.weights;
          if (heads === 'unweighted') {
            expect(full.result.weights.heads).toEqual([1, 1, 1]);
            const representation = await step(spec, 'nash-mtl', {
              options: { gradients: 'representation', heads },
            });
            for (const { task } of HEADS)
              expectClose(
                full.moved.get(`heads.${task}.weight`)!,
                representation.moved.get(`heads.${task}.weight`)!,
                1e-4,
              );
            continue;
          }
          const same = await step(spec, 'static', { options: { weights: effective } });
          for (const [name, values] of same.moved)
            expectClose(full.moved.get(name)!, values, 1e-3, `${heads} ${name}`);
        }
    });
  });

  it('is not changed by the instruments, not by a bit, wherever they look', async () => {
    await on(backend, async () => {
      for (const [id, microBatch] of [
        ['weighted-average', COUNT],
        ['weighted-average', 4],
        ['mgda', COUNT],
        ['famo', 4],
        ['unweighted-sum', 2],
      ] as const) {
        const blind = await step(SPEC, id, {}, microBatch, 2);
        expect(blind.told.every(({ reading }) => reading === null)).toBe(true);
        for (const gradients of GRADIENT_LEVELS) {
          const seeing = await step(SPEC, id, { instruments: { every: 1, gradients } }, microBatch, 2);
          expect(seeing.moved).toEqual(blind.moved);
          for (const { reading, weights } of seeing.told) {
            expect(reading!.level).toBe(gradients);
            expect(
              reading!.norms.every((norm) => norm > 0),
              `${id} ${microBatch} ${gradients} ${JSON.stringify(reading)}`,
            ).toBe(true);
            expect(reading!.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
            expect(weights.effective).toHaveLength(3);
          }
        }
      }
    });
  });

  it('with averaged gradients it takes the published direction, from zero and from the step before', async () => {
    await on(backend, async () => {
      const [beta, spec] = [0.75, SPEC];
      const unit = (i: number): number[] => HEADS.map((_, j) => (i === j ? 1 : 0));
      /** m_i so far, by parameter. */
      let averages = HEADS.map(() => new Map<string, number[]>());
      const network = made(spec);
      const initial = new Map(
        network.parameters.map(({ spec: { name }, value }) => [
          name,
          (value.dataSync() as Float32Array).slice(),
        ]),
      );
      for (const k of [1, 2]) {
        const { told, moved } = await step(
          spec,
          'db-mtl',
          { options: { beta }, instruments: { every: 1, gradients: 'full' } },
          COUNT,
          k,
        );
        const { losses: now, reading, weights } = told.at(-1)!;
        // Each task's own gradient where the step begins, from ordinary backward passes.
        const own = await Promise.all(HEADS.map((_, i) => weightedGradient(network, unit(i), undefined, k)));
        averages = averages.map(
          (set, i) =>
            new Map(
              [...own[i]!]
                .filter(([name]) => isShared(name))
                .map(([name, g]) => [
                  name,
                  [...g].map(
                    (value, n) => beta * (set.get(name)?.[n] ?? 0) + ((1 - beta) * value) / (now[i]! + 1e-8),
                  ),
                ]),
            ),
        );
        const lengths = averages.map((set) => Math.hypot(...[...set.values()].flat()));
        const factors = lengths.map((length) => Math.max(...lengths) / length);
        expectClose(
          weights.effective,
          factors.map((factor, i) => factor / (now[i]! + 1e-8)),
          1e-4,
        );
        const start = new Map(
          network.parameters.map(({ spec: { name }, value }) => [
            name,
            (value.dataSync() as Float32Array).slice(),
          ]),
        );
        const after = new Map(
          [...moved].map(([name, by]) => [name, initial.get(name)!.map((value, n) => value + by[n]!)]),
        );
        for (const [name, gradient] of averages[0]!) {
          const direction = gradient.map((_, n) =>
            factors.reduce((sum, factor, i) => sum + factor * averages[i]!.get(name)![n]!, 0),
          );
          expectClose(
            start.get(name)!.map((value, n) => (value - after.get(name)![n]!) * 100),
            direction,
            5e-3,
            `${name}, step ${k}`,
          );
        }
        // The instruments show this batch's gradients, and the shares of what the averages make.
        expectClose(
          reading!.norms,
          own.map((one) =>
            Math.hypot(...[...one].filter(([name]) => isShared(name)).flatMap(([, g]) => [...g])),
          ),
          1e-4,
        );
        expect(reading!.shares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
        for (const {
          spec: { name },
        } of network.parameters)
          network.write(name, after.get(name)!);
      }
      network.dispose();
    });
  });

  it('measures every so many steps, beginning with the first', async () => {
    await on(backend, async () => {
      const { told } = await step(
        SPEC,
        'unweighted-sum',
        { instruments: { every: 3, gradients: 'representation' } },
        COUNT,
        5,
      );
      expect(told.map(({ reading }) => reading !== null)).toEqual([true, false, false, true, false]);
    });
  });

  it('scales the effective weights where they are to be renormalised', async () => {
    await on(backend, async () => {
      const [plain, even] = [await step(PLAIN, 'uw-so'), await step(PLAIN, 'uw-so', { renormalise: true })];
      expect(even.result.weights.effective.reduce((a, b) => a + b)).toBeCloseTo(3, 9);
      for (const [name, values] of plain.moved)
        expectClose(
          even.moved.get(name)!,
          values.map((v) => 3 * v),
          1e-2,
          name,
        );
    });
  });

  it('FAMO looks at the same batch again with the same masks and leaves the running statistics alone', async () => {
    await on(backend, async () => {
      const [once, twice] = [await step(SPEC, 'unweighted-sum'), await step(SPEC, 'famo')];
      for (const name of ['norm.running_mean', 'norm.running_var'])
        expect(twice.moved.get(name)).toEqual(once.moved.get(name));
      const { after } = twice.result.context;
      // What the new weights really give, masks of step 1 included.
      const network = made(SPEC);
      for (const {
        spec: { name },
        value,
      } of network.parameters)
        network.write(
          name,
          (value.dataSync() as Float32Array).map((v, i) => v + twice.moved.get(name)![i]!),
        );
      expectClose(after!, await losses(network), 1e-4);
      network.dispose();
      expect(twice.state['iterations']).toBe(1);
    });
  });
});

describe('one task', () => {
  it('trains under every strategy', async () => {
    await on('wasm', async () => {
      const spec = planOf({ ...LAYERS, heads: LAYERS.heads.slice(0, 1) });
      for (const chosen of STRATEGIES) {
        const before = tf.memory().numTensors;
        const network = Network.create(spec, 3);
        const optimizer = new Optimizer(adamWith(LINEAR), network);
        const options = defaultOptions(chosen, 1);
        const batch = { ...BATCH, labels: BATCH.labels.slice(0, 1) };
        const averages = new GradientAverages(network);
        const { weights, reading } = await trainStep({
          network,
          optimizer,
          batch,
          weighting: {
            strategy: chosen,
            averages,
            options,
            state: chosen.init(1, options),
            instruments: { every: 1, gradients: 'full' },
          },
          seed: SEED,
          step: 1,
        });
        expect(weights.effective).toHaveLength(1);
        expect(reading).toMatchObject({ cosines: [], shares: [expect.closeTo(1, 9) as number] });
        network.dispose();
        optimizer.dispose();
        averages.end();
        expect(tf.memory().numTensors).toBe(before);
      }
    });
  });
});
