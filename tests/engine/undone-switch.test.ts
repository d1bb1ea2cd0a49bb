/**
 * A fault right after a switch, with the real trainer and the real owner of the run: the recovery goes back
 * before the switch, makes it again, and what was set by hand after it acts again. So it does with two.
 */
import { beforeAll, expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { toWire, WorkerError } from '../../src/core/errors/errors';
import type { Message } from '../../src/core/run/messages';
import { untouched } from '../../src/core/run/record';
import { reduce } from '../../src/core/run/reduce';
import { runOf, type Run } from '../../src/core/run/state';
import { emptyView } from '../../src/core/run/view';
import type { StrategyChoice } from '../../src/core/training/segments';
import { NOTHING_BY_HAND } from '../../src/core/training/adjustments';
import { chooseBackend } from '../../src/engine/platform/backend';
import { beginRun, type BegunRun, type RunRequest } from '../../src/engine/run/begin/begin';
import { surroundings } from './begin-support';

const config = parseRunConfig({
  ...PRESETS.compact,
  backend: 'wasm',
  inputSize: 32,
  width: 0.0625,
  batchSize: 8,
  epochs: 3,
  strategy: { id: 'static', options: { weights: [1, 1, 1] } },
});
const OTHER = { id: 'static', options: { weights: [2, 2, 2] } } as const;
const BY_HAND = { weights: [3, 0, 1] };
const fault = toWire(new WorkerError('worker-gone', { worker: 'trainer' }));
const request: RunRequest = {
  runId: 'r',
  config,
  packId: 'p',
  samplers: null,
  tune: false,
  paused: true,
  from: null,
  recovery: null,
};

beforeAll(() => chooseBackend('wasm'));

/** The page: tells the owner what the trainer says, and sends the options that it asks to be sent. */
function page() {
  const record = {
    ...untouched(config),
    id: 'r',
    name: 'r',
    config,
    corpusId: 'f',
    packId: 'p',
    classes: [],
    createdAt: 0,
    updatedAt: 0,
    state: 'preparing',
    backend: '',
    backendSoftware: false,
    softwareVersion: 't',
  } as const;
  const taken = { pack: 'p', wish: 'pause', byHand: NOTHING_BY_HAND, wanted: null, undone: [] } as const;
  let run: Run = runOf(record, { ...emptyView(record), live: true }, taken);
  const around = surroundings();
  let begun: BegunRun | null = null;
  const say = (message: Message): void => {
    const [next, effects] = reduce(run, message);
    run = next;
    for (const effect of effects)
      // As messages to the trainer: not in the middle of what it does.
      if (effect.kind === 'send-options')
        setImmediate(() => begun!.trainer.control.setOptions(effect.options, run.segments.length));
      else if (effect.kind === 'ask-next')
        setImmediate(() => begun!.trainer.control.switchStrategy(run.next.wanted));
  };
  const ports = {
    ...around.ports,
    emit: (event: Parameters<typeof around.ports.emit>[0]) => {
      say({ kind: 'event', event, now: 0, pace: null });
    },
  };
  return {
    stored: around.stored,
    say,
    run: () => run,
    begin: async (change: Partial<RunRequest>) => {
      begun = await beginRun(ports, { ...request, ...change });
      return { trainer: begun.trainer, started: begun.started, over: begun.run() };
    },
  };
}

it('is made again by the recovery, and what was set after it acts again', async () => {
  const { stored, say, run, begin } = page();
  const { trainer, over } = await begin({});
  await trainer.singleStep();
  say({ kind: 'next-wanted', strategy: OTHER });
  trainer.control.switchStrategy(OTHER);
  await trainer.singleStep(); // two steps an epoch
  const boundary = stored.checkpoints.get('last')!;
  await trainer.singleStep();
  expect(run().segments).toHaveLength(2);
  trainer.control.setOptions(BY_HAND, 2);
  say({ kind: 'options-taken', options: BY_HAND, segment: 2 });
  // The trainer dies with what it did since the boundary.
  trainer.breakDown(new Error('gone'));
  await trainer.stop();
  await over;
  stored.checkpoints.set('last', boundary);
  say({ kind: 'down', error: fault });
  say({ kind: 'recovery-due', turn: 0 });
  const again = await begin({
    from: 'last',
    paused: false,
    recovery: { attempt: 1, fault, unlogged: [] },
    byHand: run().byHand,
    next: run().next.sent,
  });
  await again.over;
  const weights = stored.rows.map(({ effective }) => effective);
  expect(weights).toHaveLength(6);
  expect(weights.slice(0, 2)).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ]);
  expect(weights.at(-1)).toEqual(BY_HAND.weights);
  expect(run().segments.map(({ step }) => step)).toEqual([0, 2]);
  expect(run().adjustments.at(-1)).toMatchObject({ strategy: 'static', changed: BY_HAND });
});

it('is made again with the one after it, each at the epoch that it was made at', async () => {
  const THIRD = { id: 'static', options: { weights: [4, 4, 4] } } as const;
  const { stored, say, run, begin } = page();
  const long = { ...config, epochs: 6 };
  const { trainer, over } = await begin({ config: long });
  await trainer.singleStep();
  await trainer.singleStep(); // two steps an epoch
  // Nobody has asked for anything yet.
  const boundary = stored.checkpoints.get('last')!;
  const ask = (strategy: StrategyChoice): void => {
    say({ kind: 'next-wanted', strategy });
    trainer.control.switchStrategy(strategy);
  };
  await trainer.singleStep();
  ask(OTHER);
  for (let step = 4; step <= 5; step++) await trainer.singleStep();
  ask(THIRD);
  for (let step = 6; step <= 7; step++) await trainer.singleStep();
  expect(run().segments.map(({ epoch }) => epoch)).toEqual([1, 3, 4]);
  trainer.breakDown(new Error('gone'));
  await trainer.stop();
  await over;
  stored.checkpoints.set('last', boundary);
  say({ kind: 'down', error: fault });
  say({ kind: 'recovery-due', turn: 0 });
  const again = await begin({
    config: long,
    from: 'last',
    paused: true,
    recovery: { attempt: 1, fault, unlogged: [] },
    byHand: run().byHand,
    next: run().next.sent,
  });
  say({ kind: 'recovered', turn: 0, from: again.started });
  // A step of a real model takes long enough for the page to hear of the one before.
  for (let step = 3; step <= 12; step++) {
    await again.trainer.singleStep();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await again.over;
  const weights = stored.rows.map(({ effective }) => effective[0]);
  expect(weights).toEqual([1, 1, 1, 1, 2, 2, 4, 4, 4, 4, 4, 4]);
  expect(run().segments.map(({ epoch }) => epoch)).toEqual([1, 3, 4]);
  expect(run().undone).toEqual([]);
});
