/**
 * Votes as targets: cross-entropy of distributions against PyTorch's (reference/fixtures/soft_losses.py), whole, in
 * parts and mixed; and shares of votes worked out by hand.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { sharesOf } from '../../src/core/corpus/votes';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { fromQuery, toQuery } from '../../src/core/config/link';
import { loss } from '../../src/core/tasks/losses/registry';
import { PAPER_TASKS } from '../../src/core/tasks/presets';
import type { TaskLoss } from '../../src/core/tasks/losses/types';
import type { Batch } from '../../src/engine/step/batch';
import { evaluateLogits, presentTasks } from '../../src/engine/step/evaluation';
import { asBatch } from '../../src/engine/step/validation';
import { guard, relativeError } from '../support/fidelity';
import { fixture } from '../support/fixture';

interface Case {
  readonly classes: number;
  readonly count: number;
  readonly counts: readonly number[];
  readonly weighted: boolean;
  readonly smoothing: number;
  readonly mixing: number;
  readonly partners: readonly number[];
  readonly value: number;
}

interface Known extends Case {
  readonly logits: Float32Array;
  readonly batch: Batch;
  readonly gradient: Float64Array;
}

const of = (one: Pick<Case, 'counts' | 'weighted' | 'smoothing'>): TaskLoss =>
  loss('cross-entropy').prepare(
    { classWeights: one.weighted ? 'balanced' : 'none', labelSmoothing: one.smoothing },
    { counts: one.counts, mean: Number.NaN, deviation: Number.NaN, distributions: true },
  );

let cases: readonly Known[];
beforeAll(async () => {
  const { index, f32, f64 } = await fixture<{ cases: readonly Case[] }>('soft_losses');
  let [at, row] = [0, 0];
  cases = index.cases.map((one) => {
    const part = <T extends Float32Array | Float64Array>(all: T): T =>
      all.subarray(at, at + one.count * one.classes) as T;
    const votes = part(f64('votes'));
    const targets = f64('targets').subarray(row, row + one.count);
    const names = Array.from({ length: one.classes }, (_, k) => String(k));
    const examples = Array.from(targets, (target, i) => {
      const counts = Object.fromEntries(names.map((name, k) => [name, votes[i * one.classes + k]!]));
      const { shares } = sharesOf({ counts }, names, (name) => name);
      return { id: String(i), labels: [target < 0 ? Number.NaN : target], shares: [shares] };
    });
    const mixing = one.mixing < 1 ? { lambda: one.mixing, partners: one.partners } : null;
    const dataset = { classes: [names], train: [], validation: [] };
    const known = {
      ...one,
      logits: part(f32('logits')),
      gradient: part(f64('gradient')),
      batch: asBatch(dataset, examples, new Uint8Array(one.count), [of(one)], mixing),
    };
    at += one.count * one.classes;
    row += one.count;
    return known;
  });
  expect([at, row]).toEqual([f32('logits').length, f64('targets').length]);
});

describe('cross-entropy of distributions', () => {
  it('equals PyTorch’s: weights of classes, smoothing, missing targets, mixed examples', () => {
    expect(cases.length).toBe(36);
    let [value, gradient] = [0, 0];
    for (const one of cases) {
      const [found] = evaluateLogits([one.logits], one.batch, { first: 0, count: one.count });
      value = Math.max(value, Math.abs(found!.loss - one.value) / one.value);
      gradient = Math.max(gradient, relativeError(found!.gradient, one.gradient));
    }
    const reference = 'torch';
    guard({
      chapter: 'training',
      quantity: 'loss of a task: cross-entropy of votes',
      reference,
      unit: 'relative',
      tolerance: 1e-12,
      worst: value,
    });
    guard({
      chapter: 'training',
      quantity: 'gradient of a task’s loss: cross-entropy of votes',
      reference,
      unit: 'relative',
      tolerance: 2e-7,
      worst: gradient,
      note: 'stored as float32',
    });
  });

  it('is the same of a batch in parts', () => {
    for (const one of cases) {
      const [whole] = evaluateLogits([one.logits], one.batch, { first: 0, count: one.count });
      const parts = [0, 5].map((first) => {
        const count = first === 0 ? 5 : one.count - 5;
        const logits = one.logits.subarray(first * one.classes, (first + count) * one.classes);
        return evaluateLogits([logits], one.batch, { first, count })[0]!;
      });
      expect(parts[0]!.loss + parts[1]!.loss).toBeCloseTo(whole!.loss, 12);
      expect([...parts[0]!.gradient, ...parts[1]!.gradient]).toEqual([...whole!.gradient]);
    }
  });

  it('is the label’s own where all listeners agree, unless classes have weights', () => {
    const logits = [2, 1, 0, -1, 0.5, 3];
    const input = { outputs: logits, targets: [0, 2], width: 3, weight: 2 };
    const distributions = Float64Array.from([1, 0, 0, 0, 0, 1]);
    const hard = { counts: [4, 2, 1], mean: Number.NaN, deviation: Number.NaN };
    for (const labelSmoothing of [0, 0.1]) {
      const soft = loss('cross-entropy').prepare({ labelSmoothing }, { ...hard, distributions: true });
      const plain = loss('cross-entropy').prepare({ labelSmoothing }, hard);
      expect(soft.evaluate({ ...input, distributions }).loss).toBeCloseTo(plain.evaluate(input).loss, 14);
    }
    const weighted = of({ counts: [4, 2, 1], weighted: true, smoothing: 0 });
    // PyTorch: the mean over the examples, not over their weights.
    expect([weighted.weight([0, 2]), weighted.weight([0, Number.NaN])]).toEqual([2, 1]);
    expect(weighted.plainCrossEntropy).toBe(false);
  });

  it('counts for nothing where nobody is labelled', () => {
    const batch = asBatch(
      { classes: [['a', 'b']], train: [], validation: [] },
      [{ id: 'x', labels: [Number.NaN], shares: [[0.5, 0.5]] }],
      new Uint8Array(1),
      [of({ counts: [1, 1], weighted: false, smoothing: 0 })],
    );
    expect(presentTasks(batch)).toEqual([false]);
    const [found] = evaluateLogits([Float32Array.of(1, -1)], batch, { first: 0, count: 1 });
    expect([found!.loss, ...found!.gradient]).toEqual([0, 0, 0]);
  });
});

describe('shares of votes', () => {
  const merged: Readonly<Record<string, string>> = {
    ang: 'angry',
    hap: 'happy',
    exc: 'happy',
    neu: 'neutral',
  };
  const shares = (counts: Readonly<Record<string, number>>) =>
    sharesOf({ counts }, ['angry', 'happy', 'neutral'], (value) => merged[value]);

  it('merge as the scheme merges, leave out what is no class, and add up to 1', () => {
    expect(shares({ hap: 1, exc: 1, ang: 1, fru: 1 })).toEqual({ shares: [1 / 3, 2 / 3, 0], outside: 1 });
    expect(shares({ neu: 3 })).toEqual({ shares: [0, 0, 1], outside: 0 });
    expect(shares({ fru: 2, oth: 1 })).toEqual({ shares: null, outside: 3 });
    expect(shares({})).toEqual({ shares: null, outside: 0 });
  });
});

describe('a task whose targets are votes', () => {
  const compact = parseRunConfig(PRESETS.compact);
  const byVotes = { ...PAPER_TASKS[0]!, targets: 'votes' as const };

  it('says so in a configuration and in a link, and no other does', () => {
    const config = parseRunConfig({ ...compact, tasks: [byVotes, PAPER_TASKS[2]!] });
    expect(config.tasks.map((task) => task.targets)).toEqual(['votes', undefined]);
    expect(Object.hasOwn(config.tasks[1]!, 'targets')).toBe(false);
    expect(fromQuery(toQuery(config, 'compact'))).toMatchObject({ config, problems: [] });
  });

  it('is refused with a loss that is not defined for them, in words', () => {
    for (const task of [
      { ...byVotes, loss: { id: 'focal' } },
      { ...byVotes, kind: 'number', loss: { id: 'ccc' } },
    ])
      expect(() => parseRunConfig({ ...compact, tasks: [task] })).toThrow(
        'this loss is not defined for votes as targets, cross-entropy is',
      );
  });
});
