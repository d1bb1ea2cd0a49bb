/**
 * How a run begins, and begins again: from nothing, from a checkpoint, from the other one where the wanted one
 * is damaged, from weights of a file, after a fault; and what it is refused with, with everything freed.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { BackendError, toWire } from '../../src/core/errors/errors';
import { chooseBackend, memory } from '../../src/engine/platform/backend';
import { beginRun, type RunRequest } from '../../src/engine/run/begin/begin';
import { expectedArrays } from '../../src/core/weights/match';
import { modelOf } from '../../src/engine/run/begin/material';
import { surroundings } from './begin-support';
import { withoutTimes } from './runs';

const config = parseRunConfig({
  ...PRESETS.compact,
  backend: 'wasm',
  inputSize: 32,
  width: 0.0625,
  batchSize: 8,
  epochs: 2,
  strategy: { id: 'revised-uncertainty', options: { learningRate: 0.01 } },
});
const start: RunRequest = {
  runId: 'r',
  config,
  packId: 'p',
  samplers: null,
  tune: false,
  paused: false,
  from: null,
  recovery: null,
};
const codes = (log: readonly { readonly code: string }[]): string[] => log.map(({ code }) => code);

beforeAll(() => chooseBackend('wasm'));

/** Stopped after `steps` steps, with a checkpoint there. */
async function stoppedAfter(steps: number, request: Partial<RunRequest> = {}) {
  const around = surroundings();
  const begun = await beginRun(around.ports, { ...start, ...request, paused: true });
  const over = begun.run();
  for (let i = 0; i < steps; i++) await begun.trainer.singleStep();
  await begun.trainer.stop();
  await over;
  return around;
}

describe('a run that begins', () => {
  it('says what it computes with and on, runs, and frees what it held', async () => {
    const before = memory().tensors;
    const { ports, stored, events, openSamplers } = surroundings();
    const { started, run } = await beginRun(ports, start);
    expect(openSamplers()).toBe(1);
    expect(started.backend.id).toBe('wasm');
    expect(started.data).toEqual({ train: 16, validation: 4, leftOut: [] });
    expect(started.classes.map((names) => names.length)).toEqual([4, 4, 2]);
    expect(await run()).toBe('finished');
    expect(stored.rows.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
    expect(stored.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect([...stored.checkpoints.keys()].sort()).toEqual(['best', 'last']);
    expect(events.map(({ kind }) => kind)).toContain('checked');
    expect(openSamplers()).toBe(0);
    expect(memory().tensors).toBe(before);
  });

  it.each([
    ['features that are gone', { packId: 'another' }, 'features-missing'],
    ['a fork without its checkpoint', { config: { ...config, origin: origin() } }, 'checkpoint-missing'],
    [
      'weights that are gone',
      { config: { ...config, initialWeights: { id: 'ab'.repeat(32), name: 'w' } } },
      'weights-missing',
    ],
  ])('is refused with %s, and holds nothing then', async (_what, change, code) => {
    const before = memory().tensors;
    const { ports, alive, openSamplers } = surroundings();
    await expect(beginRun(ports, { ...start, ...change })).rejects.toMatchObject({ code });
    expect(alive.at(-1)).toBeNull();
    expect([openSamplers(), memory().tensors]).toEqual([0, before]);
  });

  it('with weights from a file says which, and whose classes are others', async () => {
    const around = surroundings();
    const { classes } = (await beginRun(around.ports, start)).started;
    const model = modelOf(config, { classes });
    const shapes = expectedArrays(model);
    around.stored.weights.push({
      id: 'cd'.repeat(32),
      name: 'w.safetensors',
      classes: [['gender', ['male', 'female']]],
      shapes,
      arrays: async function* () {
        for (const { name, shape } of shapes)
          yield { name, shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.01) };
      },
    });
    const initialWeights = { id: 'cd'.repeat(32), name: 'w.safetensors' };
    const { trainer, run } = await beginRun(around.ports, {
      ...start,
      config: { ...config, initialWeights },
      paused: true,
    });
    const over = run();
    await trainer.stop();
    await over;
    const told = around.stored.log.filter(({ code }) => code.startsWith('initial'));
    expect(codes(told).slice(0, 2)).toEqual(['initial-weights', 'initial-classes']);
    expect(told[1]!.details).toMatchObject({ task: 'gender', theirs: 'male, female' });
  });
});

describe('a run that goes on', () => {
  it('ends in the bits of one that was never stopped', async () => {
    const whole = surroundings();
    await (await beginRun(whole.ports, start)).run();
    const cut = await stoppedAfter(3);
    expect(cut.stored.rows).toHaveLength(3);
    await (await beginRun(cut.ports, { ...start, from: 'last' })).run();
    expect(withoutTimes(cut.stored.rows)).toEqual(withoutTimes(whole.stored.rows));
    expect(cut.stored.checkpoints.get('last')!.arrays).toEqual(whole.stored.checkpoints.get('last')!.arrays);
  });

  it('from the other checkpoint where the wanted one is damaged, and says so', async () => {
    const { ports, stored } = await stoppedAfter(3);
    stored.damaged.add('last');
    await (await beginRun(ports, { ...start, from: 'last' })).run();
    expect(stored.log.find(({ code }) => code === 'checkpoint-fallback')!.details).toEqual({
      damaged: 'last',
      step: 2,
    });
    expect(stored.rows.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  });

  it('not at all where both are damaged', async () => {
    const { ports, stored } = await stoppedAfter(3);
    stored.damaged = new Set(['best', 'last']);
    await expect(beginRun(ports, { ...start, from: 'last' })).rejects.toMatchObject({
      code: 'weights-pickle',
    });
  });

  it('after a fault: the log names every fault and the try before anything else', async () => {
    const { ports, stored } = await stoppedAfter(3);
    const fault = toWire(new BackendError('device-lost'));
    const said = stored.log.length;
    const { run } = await beginRun(ports, {
      ...start,
      from: 'last',
      recovery: { attempt: 2, fault, unlogged: [fault] },
    });
    await run();
    expect(codes(stored.log.slice(said, said + 3))).toEqual(['run-resumed', 'fault', 'recovered']);
    expect(stored.log[said + 2]!.details).toMatchObject({ step: 3, attempt: 2 });
  });

  it('begins anew where it was interrupted before its first checkpoint', async () => {
    const { ports, stored } = surroundings();
    await (await beginRun(ports, { ...start, from: 'last' })).run();
    expect(codes(stored.log)[0]).toBe('run-started');
    expect(stored.rows).toHaveLength(4);
  });

  it('of another backend says that its numbers are that one’s from here on', async () => {
    const { ports, stored } = await stoppedAfter(3);
    const last = stored.checkpoints.get('last')!;
    stored.checkpoints.set('last', { ...last, state: { ...last.state, backend: 'webgpu' } });
    await (await beginRun(ports, { ...start, from: 'last' })).run();
    expect(stored.log.find(({ code }) => code === 'backend-changed')!.details).toEqual({
      from: 'webgpu',
      to: 'wasm',
    });
  });
});

function origin() {
  return { runId: 'parent', name: 'parent', which: 'last', step: 2, epoch: 2 } as const;
}
