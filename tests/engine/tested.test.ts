/**
 * The test part of a run whose page went away while it was scored, or whose images could not be read then: the
 * run is finished, and continued it takes no step and scores the part, once, with the numbers it would have had.
 * What is stored of it says what its scores say.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { StorageError } from '../../src/core/errors/errors';
import { testedOf, testIsDue } from '../../src/core/training/monitor/tested';
import { chooseBackend } from '../../src/engine/platform/backend';
import { beginRun, type RunRequest } from '../../src/engine/run/begin/begin';
import { forkState } from '../../src/engine/run/fork';
import { surroundings } from './begin-support';
import { images, withoutTimes } from './runs';

const config = parseRunConfig({
  ...PRESETS.compact,
  backend: 'wasm',
  inputSize: 32,
  width: 0.0625,
  batchSize: 8,
  epochs: 9,
  // It stops early: continued, it must not take the steps of the epochs that are left.
  patience: 1,
  optimizer: { ...PRESETS.compact.optimizer, learningRate: 0.05 },
  split: { kind: 'random', validationFraction: 0.2, test: { kind: 'random', validationFraction: 0.2 } },
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
const resume: RunRequest = { ...start, from: 'last' };

beforeAll(() => chooseBackend('wasm'));

/** A run that ended undisturbed. */
async function whole() {
  const around = surroundings();
  const { started, run } = await beginRun(around.ports, start);
  expect(await run()).toBe('finished');
  return { ...around, data: started.data };
}

/** One that was finished when the images of its test part could not be read. */
async function untested() {
  const around = surroundings();
  let calls = 0;
  const fails: typeof around.ports.openSamplers = async (request) => {
    const { close } = await around.ports.openSamplers(request);
    // Validation has one batch, whose images are kept: what is drawn without an epoch after it is the test part.
    const sample: typeof images = async (ids, epoch) => {
      if (epoch === null && ++calls > 1) throw new StorageError('features-missing');
      return images(ids, epoch);
    };
    return { sample, close };
  };
  const { run } = await beginRun({ ...around.ports, openSamplers: fails }, start);
  expect(await run()).toBe('finished');
  return around;
}

describe('a test part', () => {
  it('is stored with what was predicted of it, from which its scores follow', async () => {
    const { stored, data } = await whole();
    expect(stored.epochs.length).toBeLessThan(config.epochs);
    const { test } = testedOf(stored.epochs)!;
    const { ids, truth, predicted } = stored.checkpoints.get('best')!.state.tested!;
    expect(ids).toHaveLength(data.test!);
    for (const [task, { confusion }] of test.tasks.entries()) {
      const counted = confusion.map((row) => row.map(() => 0));
      truth[task]!.forEach((target, i) => counted[target!]![predicted[task]![i]!]!++);
      expect(counted).toEqual(confusion);
    }
    expect(stored.checkpoints.get('last')!.state.tested).toBeNull();
  });

  it('that was not scored is due, and scored when the run is continued, without another step', async () => {
    const [undisturbed, { stored, ports }] = [await whole(), await untested()];
    expect(stored.log.at(-1)!.code).toBe('test-failed');
    expect(testIsDue('finished', undisturbed.data, stored.epochs)).toBe(true);
    expect(testIsDue('stopped', undisturbed.data, stored.epochs)).toBe(false);
    expect(testIsDue('finished', null, stored.epochs)).toBe(false);
    const { trainer, run } = await beginRun(ports, resume);
    expect(await run()).toBe('finished');
    expect(trainer.runId).toBe('r');
    expect(withoutTimes(stored.rows)).toEqual(withoutTimes(undisturbed.stored.rows));
    expect(testedOf(stored.epochs)).toEqual(testedOf(undisturbed.stored.epochs));
    expect(stored.checkpoints.get('best')!.state.tested).toEqual(
      undisturbed.stored.checkpoints.get('best')!.state.tested,
    );
    expect(stored.checkpoints.get('last')!.arrays).toEqual(
      undisturbed.stored.checkpoints.get('last')!.arrays,
    );
    expect(testIsDue('finished', undisturbed.data, stored.epochs)).toBe(false);
  });

  it('is scored once, however often the run is continued', async () => {
    const { stored, ports } = await whole();
    await (await beginRun(ports, resume)).run();
    expect(stored.log.filter(({ code }) => code === 'tested')).toHaveLength(1);
  });

  it('is not a fork’s: that goes on, and has its own at its end', async () => {
    const { stored } = await whole();
    for (const { state } of stored.checkpoints.values())
      expect(forkState(state, config)).toMatchObject({ tested: null, ended: null });
  });
});
