/**
 * How long a run will take, from counted operations; the expected values are worked out by hand from the
 * paper's model and the measurements in docs/performance.md.
 */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import type { EpochRecord } from '../../src/core/training/events';
import { forecast, isImpractical, measuredWork, workOf } from '../../src/core/training/memory/forecast';
import { modelChoice } from '../../src/core/config/model-choice';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';

const [paper, compact] = [parseRunConfig(PRESETS.paper), parseRunConfig(PRESETS.compact)];
const [paperModel, compactModel] = [
  buildModel(modelChoice(paper, null)),
  buildModel(modelChoice(compact, null)),
];
const IEMOCAP = { train: 4425, validation: 1106 };

describe('the forecast', () => {
  it('of the paper preset without a GPU: about a minute a step and weeks in all', () => {
    const work = workOf(paperModel, paper, 1, IEMOCAP);
    // VGG-11 at 224 x 224 takes 7.6 billion multiply-adds an image (torchvision); forward and two gradients,
    // two operations each.
    const images = paper.batchSize;
    expect(work.step / images / 1e9).toBeGreaterThan(2 * 3 * 7.5 * 0.97);
    expect(work.step / images / 1e9).toBeLessThan(2 * 3 * 7.7);
    const told = forecast(work, paper.epochs, 'wasm', [], 32e9)!;
    expect(told.from).toBe('processor');
    expect(told.secondsPerStep).toBeCloseTo(work.step / 24e9, 6); // three quarters of the peak
    expect(told.seconds! / paper.epochs).toBeCloseTo(
      (IEMOCAP.train * (work.step / images) + IEMOCAP.validation * (work.step / images / 3)) / 24e9,
      -2,
    );
    expect(isImpractical(told)).toBe(true);
    expect(
      isImpractical(
        forecast(
          workOf(compactModel, compact, 1, { train: 96, validation: 24 }),
          compact.epochs,
          'wasm',
          [],
          32e9,
        )!,
      ),
    ).toBe(false);
  });

  it('goes by a run that was measured here, where its steps are of the same order, and only on the same backend', () => {
    const matrix = [
      [300, 52],
      [0, 0],
    ];
    const epoch = {
      epoch: 2,
      seconds: 4,
      train: { tasks: [{ confusion: matrix }] },
      validation: { tasks: [{ confusion: [[88]] }] },
    } as unknown as EpochRecord;
    const run = measuredWork(compactModel, compact, 'wasm', epoch)!;
    const work = workOf(compactModel, compact, 1, { train: 352, validation: 88 });
    expect(run.perSecond).toBeCloseTo(work.epoch / 4, 3);
    const same = forecast(work, 10, 'wasm', [run], 32e9)!;
    expect(same).toMatchObject({ from: 'run' });
    expect(same.seconds).toBeCloseTo(40, 6);
    expect(forecast(work, 10, 'cpu', [run], 32e9)!.from).toBe('processor');
    expect(forecast(workOf(paperModel, paper, 1, IEMOCAP), 10, 'wasm', [run], 32e9)!.from).toBe('processor');
    expect(measuredWork(compactModel, compact, 'wasm', { ...epoch, epoch: 1 })).toBeNull();
    const small = { ...run, step: run.step / 5, perSecond: run.perSecond / 20 };
    expect(forecast(work, 10, 'wasm', [small], 32e9)!.from).toBe('processor');
    const residual = { ...work, architecture: 'resnet18-multitask' };
    expect(forecast(residual, 10, 'wasm', [run], 32e9)!.from).toBe('processor');
    expect(forecast({ ...work, epoch: null }, 10, 'wasm', [run], null)).toMatchObject({ seconds: null });
  });

  it('says nothing where nothing is known: of a graphics card, before a run has been measured', () => {
    const work = { architecture: paper.architecture, step: 1e12, epoch: 1e14 };
    expect(forecast(work, 300, 'webgpu', [], 32e9)).toBeNull();
    expect(forecast(work, 300, 'wasm', [], null)).toBeNull();
    expect(
      measuredWork(compactModel, compact, 'wasm', {
        epoch: 2,
        seconds: 0,
        train: { tasks: [] },
        validation: { tasks: [] },
      } as unknown as EpochRecord),
    ).toBeNull();
  });
});
