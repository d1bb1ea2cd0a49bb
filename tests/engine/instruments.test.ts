/**
 * The instruments of a running run on the real wasm backend: set anew between two steps, they change no bit
 * of it, and what is saved goes on as set.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Adjustment } from '../../src/core/training/adjustments';
import { parseRunConfig } from '../../src/core/config/parse';
import { chooseBackend } from '../../src/engine/platform/backend';
import { Weighing } from '../../src/engine/step/weighing';
import { CONFIG, makeRun, runAll, withoutTimes } from './runs';

beforeAll(() => chooseBackend('wasm'));

const PLAIN = parseRunConfig({
  ...CONFIG,
  epochs: 2,
  instruments: { every: 0, gradients: 'representation' },
});
const withoutGradients = (rows: Parameters<typeof withoutTimes>[0]) =>
  withoutTimes(rows).map(({ gradients: _g, ...row }) => row);
const untimed = (list: readonly Adjustment[] | undefined) => list?.map(({ at: _at, ...rest }) => rest);

describe('instruments set while a run goes', () => {
  it('measure from the next step on, at the new place, tell of it, and leave every bit of the run as it is', async () => {
    const undisturbed = await runAll(PLAIN);
    const run = makeRun(PLAIN, null, { paused: true });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.control.setInstruments({ every: 2, gradients: 'full' });
    for (let i = 0; i < 2; i++) await run.trainer.singleStep();
    run.trainer.control.setInstruments({ every: 1, gradients: 'last-layer' });
    run.trainer.control.setInstruments({ every: 1, gradients: 'last-layer' }); // nothing new: nothing is told
    await run.trainer.singleStep();
    run.trainer.control.setInstruments({ every: 0, gradients: 'last-layer' });
    run.trainer.play();
    expect(await ended).toBe('finished');
    run.dispose();
    const { rows, log, saved, events } = run.told;
    expect(rows.map(({ step, gradients }) => [step, gradients?.level])).toEqual([
      [1, undefined],
      [2, undefined],
      [3, 'full'],
      [4, 'last-layer'],
      [5, undefined],
      [6, undefined],
    ]);
    expect(withoutGradients(rows)).toEqual(withoutTimes(undisturbed.rows));
    expect(saved.at(-1)!.tensors).toEqual(undisturbed.saved.at(-1)!.tensors);
    expect(
      log
        .filter(({ code }) => code.startsWith('instruments'))
        .map(({ code, step, details }) => [code, step, details]),
    ).toEqual([
      ['instruments-changed', 1, { every: 2, gradients: 'full' }],
      ['instruments-changed', 3, { every: 1, gradients: 'last-layer' }],
      ['instruments-off', 4, { every: 0, gradients: 'last-layer' }],
    ]);
    expect(untimed(saved.at(-1)!.state.adjustments)).toEqual([
      { kind: 'instruments', instruments: { every: 2, gradients: 'full' }, step: 1, epoch: 1 },
      { kind: 'instruments', instruments: { every: 1, gradients: 'last-layer' }, step: 3, epoch: 2 },
      { kind: 'instruments', instruments: { every: 0, gradients: 'last-layer' }, step: 4, epoch: 2 },
    ]);
    expect(events.findLast((event) => event.kind === 'strategy')).toMatchObject({
      instruments: { every: 0, gradients: 'last-layer' },
    });
    // What strategy and instruments take is measured in every step, and nothing is taken where nothing is
    // measured.
    for (const { extraMs, gradients } of rows) expect(extraMs! > 0).toBe(gradients !== undefined);
  });

  it('are part of the checkpoint, and what was set after it acts from the first step of the resumed run', async () => {
    const run = makeRun(PLAIN, null, { paused: true });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.control.setInstruments({ every: 1, gradients: 'representation' });
    await run.trainer.singleStep();
    await run.trainer.stop();
    await ended;
    run.dispose();
    const saved = run.told.saved.at(-1)!;
    const levels = (rows: Awaited<ReturnType<typeof runAll>>['rows']) =>
      rows.map(({ gradients }) => gradients?.level);
    expect(levels((await runAll(PLAIN, saved)).rows)).toEqual([
      'representation',
      'representation',
      'representation',
      'representation',
    ]);

    const again = makeRun(PLAIN, saved);
    await again.ready;
    again.trainer.control.setByHand({
      instruments: { every: 3, gradients: 'last-layer' },
      options: [{ strategy: 'static', segment: null, values: { weights: [9, 9, 9] } }],
    });
    expect(await again.trainer.run()).toBe('finished');
    again.dispose();
    expect(levels(again.told.rows)).toEqual([undefined, 'last-layer', undefined, undefined]);
    // Options of a strategy that is not in force are not its own.
    expect(again.told.saved.at(-1)!.state).toMatchObject({
      strategyOptions: { learningRate: 0.01 },
      adjustments: [{ step: 1 }, { kind: 'instruments', step: 2 }],
    });
  });

  it('are refused where they do not fit', async () => {
    const run = makeRun(PLAIN, null, { paused: true });
    const ended = run.trainer.run();
    expect(() => run.trainer.control.setInstruments({ every: -1, gradients: 'full' })).toThrow(
      /instruments.every/,
    );
    await run.trainer.stop();
    await ended;
    run.dispose();
    expect(run.told.log.some(({ code }) => code.startsWith('instruments'))).toBe(false);
  });
});

it('an option that is set while a step is under way acts on the one after it, and is told so; the step’s own update keeps the old one', () => {
  const weighing = new Weighing(
    parseRunConfig({ ...CONFIG, strategy: { id: 'static', options: { weights: [1, 1, 1] } } }),
    null,
  );
  const fourth = weighing.forStep(4, 1);
  expect(weighing.setOptions({ weights: [2, 1, 0] }, 1)).toBe(true);
  expect(weighing.setOptions({ weights: [2, 1, 0] }, 1)).toBe(false);
  expect(fourth.options).toEqual({ weights: [1, 1, 1] });
  expect(weighing.told.adjustments).toMatchObject([
    { kind: 'options', strategy: 'static', changed: { weights: [2, 1, 0] }, step: 4 },
  ]);
  expect(weighing.forStep(5, 1).options).toEqual({ weights: [2, 1, 0] });
});
