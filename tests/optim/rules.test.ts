/** The rules on the host in float64 beside torch.optim in float64. The kernels: tests/engine/optimizers.test.ts. */
import { describe, expect, it } from 'vitest';
import { updateOnHost } from '../../src/core/optim/host';
import { optimizer, ruleOf, RULES, type OptimizerChoice } from '../../src/core/optim/registry';
import type { Rule } from '../../src/core/optim/rule';
import { RandomStream } from '../../src/core/random/streams';
import { guard, relativeError } from '../support/fidelity';
import { SMALL_RUNS, smallRun } from '../support/optimisers';

const zeros = (length: number): Float64Array => new Float64Array(length);

describe('the rules in float64', () => {
  it.each(SMALL_RUNS)('a hundred updates of PyTorch’s: %s', async (name) => {
    const { choice, clipNorm, steps, shapes, start, gradient, expected, seen } = await smallRun(name);
    const [chosen, rule] = [optimizer(choice.id), ruleOf(choice)];
    const arrays = Object.keys(shapes).map((array) => {
      const w = start(array);
      return { array, w, slots: rule.slots.map(() => zeros(w.length)) };
    });
    let worst = 0;
    const compare = (key: string, found: Float64Array): void => {
      worst = Math.max(worst, relativeError(found, expected(key)));
    };
    const norms = [];
    for (let step = 1; step <= steps; step++) {
      const gradients = arrays.map(({ array, w }) => gradient(array, w, step));
      const norm = Math.hypot(...gradients.flatMap((g) => [...g]));
      norms.push(norm);
      const factor = clipNorm === null ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
      for (const [i, { array, w, slots }] of arrays.entries()) {
        const decays = choice.decayScope === 'all' || shapes[array]!.length > 1;
        const options = decays ? choice : { ...choice, weightDecay: 0 };
        updateOnHost(
          rule,
          w,
          gradients[i]!.map((g) => g * factor),
          slots,
          chosen.constants(options, choice.learningRate, step),
        );
        if (seen.includes(step)) compare(`${step}/${array}`, w);
      }
    }
    for (const { array, slots } of arrays)
      rule.slots.forEach((slot, i) => compare(`${slot}/${array}`, slots[i]!));
    compare('norms', Float64Array.from(norms));
    guard({
      chapter: 'training',
      quantity: 'a hundred updates by every optimiser, on the host in float64',
      reference: 'torch',
      unit: 'relative',
      tolerance: 1e-12,
      worst,
      note: 'parameters after 1, 10 and 100 updates, all slots, norms of the gradients',
    });
  });

  it('rounds float32 once, where a result is stored', () => {
    const choice: OptimizerChoice = {
      id: 'adam',
      learningRate: 0.1,
      weightDecay: 0,
      decayScope: 'all',
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
    };
    const constants = optimizer('adam').constants(choice, choice.learningRate, 3);
    const given = [0.3, -0.7, 0.11, 0.05];
    const inDouble = given.map((value) => Float64Array.of(Math.fround(value)));
    const inSingle = given.map((value) => Float32Array.of(value));
    for (const [w, g, m, v] of [inDouble, inSingle] as const)
      updateOnHost(ruleOf(choice), w!, g!, [m!, v!], constants);
    expect(inSingle.map(([value]) => value)).toEqual(inDouble.map(([value]) => Math.fround(value!)));
  });

  it.each(RULES.filter(({ loop }) => loop).map((rule) => [rule.id, rule] as const))(
    'the loop of %s computes its bits',
    (_id, { loop: _loop, ...written }) => {
      const rule = RULES.find(({ id }) => id === written.id)!;
      const constants = Object.fromEntries(rule.constants.map((key, i) => [key, 0.1 + 0.15 * i]));
      for (const Numbers of [Float32Array, Float64Array]) {
        const made = () =>
          ['w', 'g', ...rule.slots].map((name) => {
            const stream = new RandomStream(3, name);
            const array = new Numbers(2051);
            for (let i = 0; i < array.length; i++) array[i] = stream.uniform();
            return array;
          });
        const [byLoop, asWritten] = [made(), made()];
        const run = (one: Rule, [w, g, ...slots]: ReturnType<typeof made>): void =>
          updateOnHost(one, w!, g!, slots, constants);
        run(rule, byLoop);
        run(written, asWritten);
        expect(byLoop).toEqual(asWritten);
        expect(byLoop).not.toEqual(made());
      }
    },
  );

  it('have names of their own, and use what they declare', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    for (const rule of RULES) {
      const read = new Set<string>();
      const watched = (names: readonly string[]) =>
        new Proxy(
          {},
          {
            get: (_target, key: string) => {
              expect(names).toContain(key);
              read.add(key);
              return 1;
            },
          },
        );
      const updated = rule.update<number>(
        {
          add: (a, b) => a + b,
          sub: (a, b) => a - b,
          mul: (a, b) => a * b,
          div: (a, b) => a / b,
          sqrt: Math.sqrt,
          keep: (a) => a,
        },
        { w: 1, g: 1, slots: watched(rule.slots), constants: watched(rule.constants) },
      );
      expect(Object.keys(updated.slots).sort()).toEqual([...rule.slots].sort());
      expect([...read].sort()).toEqual([...rule.slots, ...rule.constants].sort());
    }
  });
});
