/**
 * The formula with a step's numbers in it: what stands left of the total, computed again from the text alone,
 * is the total. Numbers have four digits there, so the sums agree to about three.
 */
import { describe, expect, it } from 'vitest';
import { defaultOptions } from '../../src/core/weighting/options';
import { withRenormalised } from '../../src/core/weighting/notation';
import { STRATEGIES, strategy } from '../../src/core/weighting/registry';
import { renormalised } from '../../src/core/weighting/renormalise';
import type { StepContext, StrategyOptions, StrategyState } from '../../src/core/weighting/types';

/** Computes a line of the formula panel: sums, products, quotients, powers, ln, e. */
class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  static value(text: string): number {
    const reader = new Reader(
      text.replaceAll(/\s/g, '').replaceAll('−', '-').replaceAll('·', '*').replaceAll('²', '^2'),
    );
    const value = reader.sum();
    if (reader.at !== reader.text.length) throw new Error(`Not read: ${reader.text.slice(reader.at)}`);
    return value;
  }
  private take(sign: string): boolean {
    const found = this.text.startsWith(sign, this.at);
    if (found) this.at += sign.length;
    return found;
  }
  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.take('+')) value += this.product();
      else if (this.take('-')) value -= this.product();
      else return value;
    }
  }
  private product(): number {
    let value = this.power();
    for (;;) {
      if (this.take('*')) value *= this.power();
      else if (this.take('/')) value /= this.power();
      else return value;
    }
  }
  private power(): number {
    const base = this.atom();
    return this.take('^') ? base ** this.atom() : base;
  }
  private atom(): number {
    if (this.take('-')) return -this.power();
    if (this.take('ln')) return Math.log(this.power());
    if (this.take('(')) {
      const value = this.sum();
      if (!this.take(')')) throw new Error(`No end: ${this.text}`);
      return value;
    }
    const number = /^\d+(\.\d+)?(e-?\d+)?/.exec(this.text.slice(this.at))?.[0];
    if (number) {
      this.at += number.length;
      return Number(number);
    }
    if (this.take('e')) return Math.E;
    throw new Error(`No number: ${this.text.slice(this.at)}`);
  }
}

const LOSSES = [1.2, 2.1, 0.6];
const GRAM = [
  [6, -1.5, -3.5],
  [-1.5, 5.25, 0.25],
  [-3.5, 0.25, 10.3125],
];
const AFTER = [1.1, 2, 0.55];

it('the reader computes', () => {
  expect(Reader.value('3·0.5·ln(e^(−0.2/0.5) + e^(1)) − (−2)')).toBeCloseTo(
    1.5 * Math.log(Math.exp(-0.4) + Math.E) + 2,
    12,
  );
  expect(Reader.value('1.2/(2·0.5²) + ln(1+0.5²)')).toBeCloseTo(2.4 + Math.log(1.25), 12);
  expect(() => Reader.value('w·2')).toThrow('No number');
});

describe('the numbers make the total', () => {
  it.each(STRATEGIES.map((s) => [s.id, s] as const))('%s', (_id, s) => {
    const choices = Object.entries(s.options).flatMap(([key, spec]): StrategyOptions[] =>
      spec.kind === 'choice'
        ? spec.choices.map((one) => ({ [key]: one }))
        : spec.kind === 'boolean'
          ? [{ [key]: true }, { [key]: false }]
          : [],
    );
    for (const change of [{}, ...choices])
      for (const n of [1, 3]) {
        const options = {
          ...defaultOptions(s, n),
          ...(s.id === 'smooth-tchebycheff' ? { warmUp: 1, mu: 0.5 } : {}),
          ...change,
        };
        let state: StrategyState = s.init(n, options);
        for (const step of [1, 2, 3]) {
          const context: StepContext = {
            seed: 2,
            step,
            epoch: step,
            gram: GRAM.slice(0, n).map((row) => row.slice(0, n)),
            after: AFTER.slice(0, n),
          };
          const losses = LOSSES.slice(0, n).map((loss, i) => loss * (1 - 0.1 * step * i));
          const done = s.weigh(losses, options, state, context);
          const line = s.formulaWithNumbers(losses, done, options);
          const [left, right] = line.split(/;\s+/)[0]!.replace(/^L = /, '').split(' = ');
          expect(right, line).toBeDefined();
          expect(Reader.value(right!)).toBeCloseTo(done.total, 2);
          expect(Math.abs(Reader.value(left!) - done.total), line).toBeLessThan(
            2e-3 * Math.max(1, Math.abs(done.total)),
          );
          expect(left, line).toMatch(/\d/);
          state = s.update(losses, options, state, context);
        }
      }
  });
});

it('renormalised weights are told as such, not as a derivative of the total', () => {
  const average = strategy('weighted-average');
  const step = average.weigh([1.4, 2.3, 0.1], {}, {});
  const line = withRenormalised(
    average.formulaWithNumbers([1.4, 2.3, 0.1], step, {}),
    renormalised(step).effective,
  );
  // (0.2340720, 0.7077562, −0.4501385) over the sum of their sizes, 1.3919667, times three.
  expect(line).toBe(
    `${average.formulaWithNumbers([1.4, 2.3, 0.1], step, {}).split(';')[0]};  T·∂L/∂Lᵢ / Σⱼ|∂L/∂Lⱼ| = (0.5045, 1.525, −0.9701)`,
  );
  expect(withRenormalised('L = 1·2 + 1·3 = 5', [1, 1])).toBe(
    'L = 1·2 + 1·3 = 5;  T·∂L/∂Lᵢ / Σⱼ|∂L/∂Lⱼ| = (1, 1)',
  );
});
