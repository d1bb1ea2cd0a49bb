/** The work and memory that strategies are said to cost, against counts by hand. */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { modelFlops } from '../../src/core/model/flops';
import { sizeOf } from '../../src/core/model/graph';
import { memoryPlan } from '../../src/core/training/memory/memory-plan';
import { PRESETS } from '../../src/core/config/presets';
import { extraWork, taskPasses } from '../../src/core/training/memory/strategy-cost';
import type { StrategyId, StrategyOptions } from '../../src/core/weighting/types';
import { planOf } from '../support/sequential';

const SPEC = planOf({
  inputSize: 4,
  trunk: [
    { kind: 'conv', name: 'a', outChannels: 2, kernel: 3, stride: 1, padding: 1 },
    { kind: 'relu' },
    { kind: 'flatten' },
    { kind: 'linear', name: 'l', outFeatures: 8 },
    { kind: 'relu' },
  ],
  heads: ['x', 'y', 'z'].map((task) => ({
    task,
    classes: 5,
    layers: [{ kind: 'linear', name: `heads.${task}`, outFeatures: 5 }],
  })),
});
/** Operations forward: 2·16·9·2 of the convolution, 2·32·8, and 2·8·5 a head. */
const [CONV, LINEAR, HEADS] = [576, 512, 240];
const STEP = 3 * (CONV + LINEAR + HEADS) - CONV;
const with_ = (
  id: StrategyId,
  options: StrategyOptions = {},
  every = 0,
  gradients: 'representation' | 'last-layer' | 'full' = 'representation',
) => ({ tasks: PRESETS.compact.tasks, strategy: { id, options }, instruments: { every, gradients } });

describe('what a strategy costs', () => {
  it.each([
    ['nothing', with_('unweighted-sum'), 1, 0],
    ['nothing in parts either', with_('dwa'), 4, 0],
    ['a forward pass, where the losses come first', with_('weighted-average'), 2, CONV + LINEAR + HEADS],
    ['a forward pass to look again', with_('famo'), 1, CONV + LINEAR + HEADS],
    ['the heads’ backward pass', with_('mgda'), 1, 2 * HEADS],
    ['the last layer of each task', with_('grad-norm'), 1, 2 * HEADS + 3 * LINEAR],
    [
      'two more backward passes of the trunk',
      with_('mgda', { gradients: 'full' }),
      1,
      2 * (2 * (CONV + LINEAR) - CONV),
    ],
    ['a tenth of a measurement', with_('unweighted-sum', {}, 10), 1, (2 * HEADS) / 10],
    ['nothing for a measurement that the strategy makes anyhow', with_('mgda', {}, 10), 1, 2 * HEADS],
    [
      'a measurement of everything',
      with_('unweighted-sum', {}, 1, 'full'),
      1,
      2 * HEADS + 3 * (2 * (CONV + LINEAR) - CONV),
    ],
  ])('%s', (_what, config, parts, operations) => {
    expect(modelFlops(SPEC, 1).step).toBe(STEP);
    expect(extraWork(SPEC, config, parts)).toBeCloseTo(operations / STEP, 12);
  });

  it('in memory: a copy of the shared gradients for each task', () => {
    expect(
      [
        with_('mgda', {}, 5),
        with_('mgda', { gradients: 'full' }),
        with_('static', {}, 5, 'full'),
        with_('mgda', { gradients: 'full' }, 5, 'full'),
      ].map(taskPasses),
    ).toEqual(
      [
        [false, false],
        [true, false],
        [false, true],
        [true, false],
      ].map(([own, aside]) => ({ own, aside, averages: false })),
    );
    const limits = { bytes: Infinity, largest: Infinity };
    const compact = buildModel({
      architecture: 'vgg11-bn-multitask',
      width: 0.25,
      inputSize: 64,
      heads: [
        { task: 'emotion', classes: 4 },
        { task: 'speaker', classes: 10 },
        { task: 'gender', classes: 2 },
      ],
    });
    const plan = (own: boolean, aside: boolean, averages = false) =>
      memoryPlan(compact, { batchSize: 8, microBatch: null, apart: { own, aside, averages } }, limits).peak;
    // Three tasks: two copies more than the gradients of any step, 840,864 shared parameters each.
    const shared = compact.trunk.parameters.reduce(
      (sum, { trainable, shape }) => sum + (trainable ? sizeOf(shape) : 0),
      0,
    );
    expect(shared).toBe(840_864);
    for (const more of [plan(true, false), plan(false, true)])
      expect(more - plan(false, false)).toBeGreaterThanOrEqual(2 * 4 * shared);
    // Averages are kept beside all that.
    expect(
      [with_('db-mtl'), with_('db-mtl', { beta: 0.5 }), with_('db-mtl', { beta: 0 })].map(
        (config) => taskPasses(config).averages,
      ),
    ).toEqual([false, true, false]);
    expect(plan(true, false, true) - plan(true, false)).toBe(3 * 4 * shared);
  });

  it('at the shared representation of the paper’s model: under a hundredth', () => {
    const paper = buildModel({
      architecture: 'vgg11-bn-multitask',
      width: 1,
      inputSize: 224,
      heads: [
        { task: 'emotion', classes: 4 },
        { task: 'speaker', classes: 10 },
        { task: 'gender', classes: 2 },
      ],
    });
    expect(extraWork(paper, with_('nash-mtl'), 1)).toBeLessThan(0.001);
    expect(extraWork(paper, with_('nash-mtl', { gradients: 'full' }), 1)).toBeGreaterThan(1.2);
  });
});
