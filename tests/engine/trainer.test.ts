/**
 * The training loop on the real wasm backend, with images made up here: what is saved, resumed, paused,
 * stopped early, and that a resumed run ends bit for bit where an undisturbed one does.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { StorageError } from '../../src/core/errors/errors';
import { parseRunConfig } from '../../src/core/config/parse';
import { defaultOptions } from '../../src/core/weighting/options';
import { strategy } from '../../src/core/weighting/registry';
import { chooseBackend, memory } from '../../src/engine/platform/backend';
import { firstStepMs, Liveness } from '../../src/engine/run/liveness';
import { CONFIG, images, makeRun, runAll, withoutTimes, type Saved } from './runs';

const bits = (saved: Saved): Record<string, string> =>
  Object.fromEntries(
    saved.tensors.map(({ name, data }) => [
      name,
      Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    ]),
  );

beforeAll(() => chooseBackend('wasm'));

describe('a run', () => {
  it('takes every batch of every epoch, learns, and tells of it', async () => {
    const { end, rows, epochs, log, saved, events } = await runAll(CONFIG);
    expect(end).toBe('finished');
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 3],
      [2, 6],
      [3, 9],
      [4, 12],
    ]);
    expect(epochs[3]!.train.tasks[2]!.loss).toBeLessThan(epochs[0]!.train.tasks[2]!.loss);
    for (const { train, validation } of epochs) {
      expect(train.tasks[0]!.confusion.flat().reduce((a, b) => a + b)).toBe(20);
      expect(validation.tasks[1]!.confusion.flat().reduce((a, b) => a + b)).toBe(10);
    }
    expect(log.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['run-started', 'epoch-best', 'finished']),
    );
    expect(saved.at(-1)!.state).toMatchObject({
      step: 12,
      epoch: 5,
      batch: 0,
      ended: 'finished',
      adamIterations: 12,
    });
    expect(
      events
        .filter(({ kind }) => kind === 'steps')
        .flatMap((event) => (event.kind === 'steps' ? event.rows : [])),
    ).toEqual(rows);
  });

  it('is the same twice, and ends in the same bits when it is saved after two epochs and resumed elsewhere', async () => {
    const whole = await runAll(CONFIG);
    const again = await runAll(CONFIG);
    expect(withoutTimes(again.rows)).toEqual(withoutTimes(whole.rows));
    const half = whole.saved.find(({ state }) => state.step === 6)!;
    const resumed = await runAll(CONFIG, half);
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    expect(withoutTimes([...whole.rows.slice(0, 6), ...resumed.rows])).toEqual(withoutTimes(whole.rows));
    expect(resumed.epochs.map(({ seconds: _s, ...rest }) => rest)).toEqual(
      whole.epochs.slice(2).map(({ seconds: _s, ...rest }) => rest),
    );
  });

  it('pauses in the middle of an epoch, steps once, and resumes from there with the same bits', async () => {
    const whole = await runAll(CONFIG);
    const run = makeRun(CONFIG, null, { paused: true });
    const ended = run.trainer.run();
    for (let i = 0; i < 4; i++) await run.trainer.singleStep();
    expect(run.told.saved.at(-1)!.state).toMatchObject({ step: 4, epoch: 2, batch: 1 });
    await run.trainer.stop();
    expect(await ended).toBe('stopped');
    run.dispose();
    const resumed = await runAll(CONFIG, run.told.saved.at(-1));
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
    expect(resumed.epochs.at(-1)!.validation).toEqual(whole.epochs.at(-1)!.validation);
    expect(resumed.epochs[0]!.train).toEqual(whole.epochs[1]!.train);
  });

  it('computes the same numbers in slow motion, and a pause ends the wait between two steps', async () => {
    const [fast, slow] = [await runAll({ ...CONFIG, epochs: 1 }), makeRun({ ...CONFIG, epochs: 1 }, null)];
    slow.trainer.setPace(1e-6); // the next step would be due in days
    const end = slow.trainer.run();
    await expect.poll(() => slow.told.events.some(({ kind }) => kind === 'steps')).toBe(true);
    await slow.trainer.pause();
    expect(slow.told.rows).toHaveLength(1);
    slow.trainer.setPace(1000);
    slow.trainer.play();
    expect(await end).toBe('finished');
    slow.dispose();
    expect(withoutTimes(slow.told.rows)).toEqual(withoutTimes(fast.rows));
    expect(slow.told.saved.at(-1)!.tensors).toEqual(fast.saved.at(-1)!.tensors);
  });
  it('stops early and remembers which epoch was best', async () => {
    const { epochs, log, saved } = await runAll({
      ...CONFIG,
      optimizer: { ...CONFIG.optimizer, learningRate: 0.5 },
      epochs: 50,
      patience: 2,
    });
    expect(epochs.length).toBeLessThan(50);
    const best = epochs.findLast((epoch) => epoch.best)!;
    expect(best.monitored).toBe(Math.min(...epochs.map(({ monitored }) => monitored)));
    expect(epochs.length - best.epoch).toBe(2);
    expect(log.at(-2)).toMatchObject({ code: 'early-stopped', details: { bestEpoch: best.epoch } });
    expect(saved.findLast(({ which }) => which.includes('best'))!.state.step).toBe(best.step);
  });

  it('asks for three batches ahead, across the end of an epoch: the samplers work while a step is computed', async () => {
    let asked = 0;
    const run = makeRun(CONFIG, null, {
      paused: true,
      images: (ids, epoch) => {
        if (epoch !== null) asked++;
        return images(ids, epoch);
      },
    });
    const ended = run.trainer.run();
    const steps = 12;
    for (let step = 1; step < steps; step++) {
      await run.trainer.singleStep();
      expect(asked).toBe(Math.min(steps, step + 3));
    }
    await run.trainer.stop();
    await ended;
    run.dispose();
  });

  it('takes new static weights with the next step', async () => {
    const run = makeRun({ ...CONFIG, strategy: { id: 'static', options: { weights: [1, 1, 1] } } }, null, {
      paused: true,
    });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.control.setOptions({ weights: [0, 2, 0.5] });
    await run.trainer.singleStep();
    expect(run.told.rows.map(({ effective }) => effective)).toEqual([
      [1, 1, 1],
      [0, 2, 0.5],
    ]);
    expect(() => run.trainer.control.setOptions({ weights: [99, 0, 0] })).toThrow(/weights/);
    await run.trainer.stop();
    await ended;
    run.dispose();
  });

  it('leaves the options of a switched strategy alone when those of the segment before come late', async () => {
    const run = makeRun({ ...CONFIG, strategy: { id: 'static', options: { weights: [1, 1, 1] } } }, null, {
      paused: true,
    });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    run.trainer.control.switchStrategy({ id: 'static', options: { weights: [3, 3, 3] } });
    for (let step = 2; step <= 4; step++) await run.trainer.singleStep(); // three steps an epoch
    expect(run.trainer.control.setOptions({ weights: [0, 2, 0.5] }, 1)).toBe(false);
    run.trainer.control.setByHand({
      instruments: null,
      options: [{ strategy: 'static', segment: 1, values: { weights: [0, 1, 1] } }],
    });
    await run.trainer.singleStep();
    expect(run.trainer.control.setOptions({ weights: [0, 2, 0.5] }, 2)).toBe(true);
    await run.trainer.singleStep();
    expect(run.told.rows.slice(2).map(({ effective }) => effective)).toEqual([
      [1, 1, 1],
      [3, 3, 3],
      [3, 3, 3],
      [0, 2, 0.5],
    ]);
    await run.trainer.stop();
    await ended;
    run.dispose();
  });

  it('refuses options that the strategy does not have, and those that cannot change during an epoch', async () => {
    const run = makeRun(parseRunConfig({ ...CONFIG, strategy: { id: 'nash-mtl', options: {} } }), null, {
      paused: true,
    });
    const ended = run.trainer.run();
    expect(() => run.trainer.control.setOptions({ nope: 1 })).toThrow(
      expect.objectContaining({
        code: 'unknown-option',
        details: expect.objectContaining({
          key: 'nope',
          strategy: 'nash-mtl',
          known: Object.keys(strategy('nash-mtl').options).join(', '),
        }),
      }) as Error,
    );
    expect(() => run.trainer.control.setOptions({ gradients: 'last-layer' })).toThrow(
      expect.objectContaining({ code: 'option-not-live' }) as Error,
    );
    run.trainer.control.setOptions(defaultOptions(strategy('nash-mtl'), 3)); // as they are
    expect(run.told.log.map(({ code }) => code)).not.toContain('strategy-changed');
    await run.trainer.stop();
    await ended;
    run.dispose();
  });

  it('takes a pause and a stop back that have not come about: the run ends as if nobody had asked', async () => {
    const run = makeRun(CONFIG, null, { paused: false });
    const ended = run.trainer.run();
    const asked = [run.trainer.pause(), run.trainer.stop()];
    run.trainer.play();
    await Promise.all(asked); // whoever asked does not wait for ever
    expect(await ended).toBe('finished');
    run.dispose();
    const whole = await runAll(CONFIG);
    expect(withoutTimes(run.told.rows)).toEqual(withoutTimes(whole.rows));
  });
});

describe('how long a step may take before it counts as hung', () => {
  it('is never less than what a slow machine needs for it', () => {
    const paper = 1.46e12; // operations of a step of the paper preset
    expect(firstStepMs(1e9, 'wasm')).toBe(900_000);
    expect(firstStepMs(paper, 'wasm')).toBeGreaterThan(10 * 60_000);
    expect(firstStepMs(paper, 'cpu')).toBeGreaterThan(5 * 3_600_000);
    const told: (number | null)[] = [];
    const liveness = new Liveness((ms) => told.push(ms), 1e6);
    liveness.announce();
    liveness.took(3 * 3_600_000);
    liveness.rest();
    liveness.announce();
    expect(told[0]).toBe(1e6);
    // one step of three hours, and the next one may take twice as long
    expect(told.at(-1)).toBeGreaterThan(2 * 3 * 3_600_000);
  });
});

describe('strategies with a memory', () => {
  it.each([
    ['famo', {}],
    ['dwa', {}],
    ['random', {}],
    ['grad-norm', { learningRate: 0.1 }],
    ['smooth-tchebycheff', { warmUp: 1 }],
    ['imtl-l', { learningRate: 0.05 }],
    ['pcgrad', {}],
    ['nash-mtl', { gradients: 'full' }],
  ] as const)(
    '%s: goes on from a checkpoint in the middle of an epoch as if nothing had been',
    async (id, options) => {
      const config = parseRunConfig({
        ...CONFIG,
        epochs: 3,
        strategy: { id, options },
        instruments: { every: 2, gradients: 'last-layer' },
      });
      const whole = await runAll(config);
      expect(whole.end).toBe('finished');
      const run = makeRun(config, null, { paused: true });
      const ended = run.trainer.run();
      for (let k = 0; k < 4; k++) await run.trainer.singleStep();
      await run.trainer.stop();
      await ended;
      run.dispose();
      const rest = await runAll(config, run.told.saved.at(-1));
      expect(withoutTimes([...run.told.rows, ...rest.rows])).toEqual(withoutTimes(whole.rows));
      expect(rest.epochs.at(-1)!.validation).toEqual(whole.epochs.at(-1)!.validation);
      expect(whole.rows.filter(({ gradients }) => gradients).map(({ step }) => step)).toEqual([
        1, 3, 5, 7, 9,
      ]);
    },
  );

  it('what is made up is told once an epoch, counted at its end, and the count survives a checkpoint', async () => {
    const config = {
      ...CONFIG,
      epochs: 1,
      strategy: { id: 'static' as const, options: { weights: [0, 0, 0] } },
      renormalise: true,
    };
    const run = makeRun(config, null, { paused: true });
    const ended = run.trainer.run();
    await run.trainer.singleStep();
    await run.trainer.stop();
    await ended;
    run.dispose();
    expect(run.told.log.map(({ code }) => code)).toContain('fallback-no-weight');
    expect(run.told.rows[0]).toMatchObject({ fallback: 'no-weight', effective: [0, 0, 0] });
    const rest = await runAll(config, run.told.saved.at(-1));
    expect(rest.log.filter(({ code }) => code.startsWith('fallback'))).toMatchObject([
      { code: 'fallbacks-no-weight', level: 'warning', details: { count: 3, epoch: 1 } },
    ]);
  });
});

describe('a run that starts from weights of a file', () => {
  const initialWeights = { id: 'ab'.repeat(32), name: 'w.safetensors' };

  it('first tells what they score, exactly as the epoch that made them was scored', async () => {
    const first = await runAll({ ...CONFIG, epochs: 2 });
    const best = first.epochs.at(-1)!;
    const weights = first.saved
      .at(-1)!
      .tensors.filter(({ name }) => name.startsWith('parameter/'))
      .map((tensor) => ({ ...tensor, name: tensor.name.slice('parameter/'.length) }));
    const run = makeRun({ ...CONFIG, seed: 99, epochs: 1, initialWeights }, null);
    for (const { name, data } of weights) expect(run.network.write(name, data)).toBe(true);
    expect(await run.trainer.run()).toBe('finished');
    run.dispose();
    const told = run.told.log.filter(({ code }) => code === 'initial-validation');
    expect(told.map(({ step, details }) => ({ step, ...details }))).toEqual(
      best.validation.tasks.map(({ loss, uar }, i) => ({ step: 0, task: CONFIG.tasks[i]!.id, loss, uar })),
    );
  });

  it('does not tell it again when it is resumed', async () => {
    const config = { ...CONFIG, epochs: 2, initialWeights };
    const whole = await runAll(config);
    const resumed = await runAll(config, whole.saved[0]);
    expect(whole.log.filter(({ code }) => code === 'initial-validation')).toHaveLength(3);
    expect(resumed.log.filter(({ code }) => code === 'initial-validation')).toEqual([]);
    expect(bits(resumed.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
  });
});

describe('trouble', () => {
  it('writes again what was deleted under it: also the best weights, as long as it waits where they are', async () => {
    const run = makeRun(CONFIG, null, { paused: true });
    const ended = run.trainer.run();
    const emptied = async (): Promise<object> => {
      await run.trainer.rewrite(run.told.rows, async () => undefined);
      return {
        which: [...run.told.saved.at(-1)!.which].sort(),
        step: run.told.saved.at(-1)!.state.step,
        code: run.told.log.findLast(({ code }) => code.startsWith('storage'))!.code,
      };
    };
    for (let i = 0; i < 3; i++) await run.trainer.singleStep();
    expect(run.told.epochs.at(-1)!.best).toBe(true);
    expect(await emptied()).toEqual({ which: ['best', 'last'], step: 3, code: 'storage-emptied' });
    await run.trainer.singleStep();
    expect(await emptied()).toEqual({ which: ['last'], step: 4, code: 'storage-emptied-best' });
    // A busy page has not heard of the last steps, over several savings, when it tells what it knows.
    let kept: readonly number[] = [];
    await run.trainer.rewrite(run.told.rows.slice(0, 1), async (rows) => {
      kept = rows.map(({ step }) => step);
    });
    expect(kept).toEqual([1, 2, 3, 4]);
    await run.trainer.stop();
    expect(await ended).toBe('stopped');
    run.dispose();
  });

  it('a full disk pauses the run, loses nothing, and Play tries again', async () => {
    const run = makeRun(CONFIG, null, {
      onCheckpoint: (n) => {
        if (n === 1) throw new StorageError('quota');
      },
    });
    const ended = run.trainer.run();
    for (;;) {
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
      const last = run.told.events.findLast(({ kind }) => kind === 'state');
      if (last?.kind === 'state' && last.state === 'paused') {
        expect(last.error).toMatchObject({ code: 'quota' });
        break;
      }
    }
    run.trainer.play();
    expect(await ended).toBe('finished');
    expect(run.told.rows.map(({ step }) => step)).toEqual(Array.from({ length: 12 }, (_, i) => i + 1));
    expect(run.told.log.map(({ code }) => code)).toContain('checkpoint-failed');
    run.dispose();
  });

  it('says one thing about a full disk: a pause that could not save is no saved one, a stop becomes a pause first, and a second stop ends it', async () => {
    let full = false;
    let steps = 0;
    const stops: Promise<void>[] = [];
    const run = makeRun(CONFIG, null, {
      paused: true,
      onCheckpoint: () => {
        if (full) throw new StorageError('quota');
      },
      breathe: async () => {
        if (++steps !== 4) return; // in the validation that follows the third step
        full = true;
        stops.push(run.trainer.stop());
      },
    });
    const codes = (): string[] => run.told.log.map(({ code }) => code);
    const ended = run.trainer.run();
    await expect.poll(() => codes()).toContain('paused-at-start');
    await run.trainer.singleStep();
    expect(codes().at(-1)).toBe('paused');
    full = true;
    await run.trainer.singleStep();
    expect(run.told.log.slice(-2)).toMatchObject([
      { code: 'checkpoint-failed' },
      { code: 'paused-unsaved', level: 'warning', details: { step: 1, lost: 1 } },
    ]);
    full = false;
    run.trainer.play();
    await expect.poll(() => stops).toHaveLength(1);
    await stops[0];
    expect(run.told.log.slice(-2)).toMatchObject([
      { code: 'checkpoint-failed' },
      { code: 'paused-unsaved', details: { step: 2, lost: 1 } },
    ]);
    expect(run.told.events.findLast((event) => event.kind === 'state')).toMatchObject({
      state: 'paused',
      error: { code: 'quota' },
    });
    await run.trainer.stop();
    expect(await ended).toBe('stopped');
    expect(run.told.log.at(-1)).toMatchObject({ code: 'stopped-unsaved', details: { step: 2, lost: 1 } });
    expect(codes()).not.toContain('stopped');
    run.dispose();
  });

  it('a full disk at the very end keeps the run from being finished until its last and best are saved', async () => {
    const whole = await runAll(CONFIG);
    const attempts = whole.saved.length;
    // The fourth epoch's checkpoint, a try after Play, and the one with which the run would end.
    const fails = new Set([attempts - 1, attempts, attempts + 2]);
    const run = makeRun(CONFIG, null, {
      onCheckpoint: (n) => {
        if (fails.has(n)) throw new StorageError('quota');
      },
    });
    const ended = run.trainer.run();
    let pauses = 0;
    const over = ended.then(() => true);
    while (
      !(await Promise.race([
        over,
        new Promise<boolean>((resolve) => {
          setTimeout(() => resolve(false), 5);
        }),
      ]))
    ) {
      const states = run.told.events.filter(({ kind }) => kind === 'state');
      const last = states.at(-1);
      if (
        last?.kind !== 'state' ||
        last.state !== 'paused' ||
        states.filter((event) => event.kind === 'state' && event.state === 'paused').length === pauses
      )
        continue;
      pauses++;
      expect(last.error).toMatchObject({ code: 'quota' });
      expect(run.told.rows.at(-1)!.step).toBe(12);
      run.trainer.play();
    }
    run.dispose();
    expect([await ended, pauses]).toEqual(['finished', 3]);
    const best = whole.saved.findLast(({ which }) => which.includes('best'))!;
    expect(run.told.saved.findLast(({ which }) => which.includes('best'))!.state.step).toBe(best.state.step);
    expect(run.told.saved.at(-1)!.state).toMatchObject({ step: 12, ended: 'finished' });
    expect(bits(run.told.saved.at(-1)!)).toEqual(bits(whole.saved.at(-1)!));
  });

  it('a loss that is no number ends this worker’s part with a fault and leaves the last checkpoint', async () => {
    const {
      saved: [good],
    } = await runAll({ ...CONFIG, epochs: 1 });
    const poisoned = {
      ...good!,
      tensors: good!.tensors.map((tensor) =>
        tensor.name === 'parameter/heads.emotion.2.bias'
          ? { ...tensor, data: tensor.data.map(() => Number.NaN) }
          : tensor,
      ),
    };
    const { end, events, saved } = await runAll(CONFIG, poisoned);
    expect(end).toBe('failed');
    expect(events.at(-1)).toMatchObject({
      kind: 'fault',
      error: { code: 'not-finite', details: { step: 4 } },
    });
    expect(saved).toEqual([]);
  });

  it('a stop that comes while the checkpoint of a pause is written is heard', async () => {
    let writing: (() => void) | null = null;
    const written = new Promise<void>((resolve) => {
      writing = resolve;
    });
    let began: (() => void) | null = null;
    const begun = new Promise<void>((resolve) => {
      began = resolve;
    });
    const run = makeRun(CONFIG, null, {
      paused: true,
      onCheckpoint: (n) => {
        if (n > 1) return undefined;
        began?.();
        return written;
      },
    });
    const ended = run.trainer.run();
    void run.trainer.singleStep();
    await begun;
    void run.trainer.stop();
    writing!();
    expect(await ended).toBe('stopped');
    run.dispose();
  });

  it('leaks no tensor', async () => {
    await runAll({ ...CONFIG, epochs: 1 });
    const before = memory().tensors;
    await runAll({ ...CONFIG, epochs: 2 });
    expect(memory().tensors).toBe(before);
  });
});
