/**
 * The owner of a run, told of what happens in every order that it can: starts, steps, switches, options,
 * faults, recoveries and stops. In a browser, with a real trainer: e2e/lifecycle, recovery, trouble.
 */
import { describe, expect, it } from 'vitest';
import { ConfigError, toWire, WorkerError } from '../../src/core/errors/errors';
import type { Effect, Message, RunStarted } from '../../src/core/run/messages';
import { reduce } from '../../src/core/run/reduce';
import { isRecovering, recordOf, runOf, viewOf, type Run } from '../../src/core/run/state';
import { untouched, type RunRecord } from '../../src/core/run/record';
import { NOTHING_BY_HAND } from '../../src/core/training/adjustments';
import { emptyView } from '../../src/core/run/view';
import type { StepRow, TrainerEvent } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { StrategyChoice, StrategySegment } from '../../src/core/training/segments';
import { defaultOptions } from '../../src/core/weighting/options';
import { strategy as strategyOf } from '../../src/core/weighting/registry';

const STATIC: StrategyChoice = { id: 'static', options: { weights: [1, 1, 1] } };
const OTHER: StrategyChoice = { id: 'static', options: { weights: [3, 3, 3] } };
const FAMO: StrategyChoice = { id: 'famo', options: defaultOptions(strategyOf('famo'), 3) };
const SUM: StrategyChoice = { id: 'unweighted-sum', options: {} };
const CONFIG = parseRunConfig({ ...PRESETS.compact, strategy: STATIC });
const RECORD: RunRecord = {
  ...untouched(CONFIG),
  id: 'r',
  name: 'static · 1',
  config: CONFIG,
  corpusId: 'c',
  packId: 'p',
  classes: [],
  createdAt: 1,
  updatedAt: 1,
  state: 'preparing',
  backend: '',
  backendSoftware: false,
  softwareVersion: 'test',
};
const FRESH = runOf(
  RECORD,
  { ...emptyView(RECORD), live: true },
  { pack: 'p', wish: 'run', byHand: NOTHING_BY_HAND, wanted: null, undone: [] },
);
const STARTED: RunStarted = {
  backend: { id: 'wasm', available: true, software: false, detail: '' },
  classes: [['a', 'b'], ['c'], ['d']],
  data: {} as RunStarted['data'],
};
const GONE = toWire(new WorkerError('worker-gone', { worker: 'trainer' }));

/** A run told of messages, with all effects that were asked for meanwhile. */
class Told {
  readonly effects: Effect[] = [];
  constructor(public run: Run = FRESH) {}
  say(...messages: readonly Message[]): this {
    for (const message of messages) {
      const [next, effects] = reduce(this.run, message);
      this.run = next;
      this.effects.push(...effects);
    }
    return this;
  }
  hear(...events: readonly TrainerEvent[]): this {
    return this.say(...events.map((event) => ({ kind: 'event', event, now: 5, pace: null }) as const));
  }
  get kinds(): readonly string[] {
    return this.effects.splice(0).map(({ kind }) => kind);
  }
}
const state = (now: Run['state']): TrainerEvent => ({
  kind: 'state',
  runId: 'r',
  state: now,
  backend: null,
  error: null,
});
/** Taken over after so many steps. */
const switchAt = (strategy: StrategyChoice, i: number): StrategySegment => ({
  step: i * 10,
  epoch: i + 1,
  why: i === 0 ? 'start' : 'switch',
  strategy,
});
const inForce = (
  strategy: StrategyChoice,
  segments: number,
  next: StrategyChoice | null = null,
): TrainerEvent => ({
  kind: 'strategy',
  runId: 'r',
  strategy,
  next,
  instruments: CONFIG.instruments,
  adjustments: [],
  segments: Array.from({ length: segments }, (_, i) => switchAt(i === 0 ? STATIC : strategy, i)),
});
const rowsAt = (step: number): TrainerEvent => ({
  kind: 'steps',
  runId: 'r',
  stepsPerEpoch: 10,
  rows: [{ step, epoch: 1, ms: 10, losses: [1, 1, 1] } as unknown as StepRow],
});
const saved = (step: number): TrainerEvent => ({
  kind: 'checkpoint',
  runId: 'r',
  which: 'last',
  step,
  epoch: 1,
  bytes: 1,
});
const going = (): Told =>
  new Told()
    .say({ kind: 'started', from: STARTED })
    .hear(state('running'), inForce(STATIC, 1), rowsAt(7), saved(5));

describe('a run', () => {
  it('goes, pauses and ends as its trainer says; its record says so, its view shows it', () => {
    const told = going();
    expect(told.kinds).toEqual(['save', 'save', 'save']);
    expect(viewOf(told.run)).toMatchObject({ state: 'running', live: true, lastStep: { step: 7 } });
    told.say({ kind: 'ask', what: 'pause' });
    expect(viewOf(told.run).asked).toBe('pause');
    told.hear(state('paused'));
    expect(viewOf(told.run)).toMatchObject({ state: 'paused', asked: null });
    told.say({ kind: 'ask', what: 'stop' }).hear(state('stopped'));
    expect(viewOf(told.run)).toMatchObject({ state: 'stopped', live: false, etaSeconds: null });
    expect(recordOf(told.run, 9)).toMatchObject({
      id: 'r',
      updatedAt: 9,
      state: 'stopped',
      backend: 'wasm',
      config: CONFIG,
      byHand: NOTHING_BY_HAND,
      nextStrategy: null,
    });
  });

  it('is the same run after its record was stored and read', () => {
    const told = going()
      .say({ kind: 'options-taken', options: { weights: [0, 1, 1] }, segment: 1 })
      .say({ kind: 'next-wanted', strategy: SUM });
    const record = JSON.parse(JSON.stringify(recordOf(told.run, 2))) as RunRecord;
    const again = runOf(record, emptyView(record), {
      pack: 'p',
      wish: 'run',
      byHand: record.byHand,
      wanted: record.nextStrategy ?? null,
      undone: record.undone,
    });
    expect(recordOf(again, 2)).toEqual({ ...record, state: 'running' });
    expect(again.next.wanted).toEqual(SUM);
  });

  it('hears nothing of other runs', () => {
    const told = going();
    const before = told.run;
    told.hear({ ...state('failed'), runId: 'other' } as TrainerEvent);
    expect(told.run).toBe(before);
  });
});

describe('faults', () => {
  const recover = (told: Told): Told => {
    const { turn } = told.run.recovery;
    return told.say({ kind: 'recovery-due', turn }, { kind: 'recovered', turn, from: STARTED });
  };

  it('end the worker, wait, go on from the checkpoint, and count', () => {
    const told = going();
    told.effects.length = 0;
    told.say({ kind: 'down', error: GONE });
    expect(told.effects.splice(0)).toEqual([{ kind: 'end-worker' }, { kind: 'wait', ms: 1000, turn: 0 }]);
    expect(viewOf(told.run)).toMatchObject({ state: 'preparing', recovering: 1, live: true });
    told.say({ kind: 'down', error: GONE }); // of the worker that is being ended
    expect(told.kinds).toEqual([]);
    told.say({ kind: 'recovery-due', turn: 0 });
    expect(told.effects.splice(0)).toEqual([
      { kind: 'resume', turn: 0, note: { attempt: 1, fault: GONE, unlogged: [GONE] } },
    ]);
    told.say({ kind: 'recovered', turn: 0, from: STARTED });
    expect(viewOf(told.run)).toMatchObject({ recovering: null, recoveries: 1 });
    expect(told.run.recovery.unlogged).toEqual([]);
  });

  it('are got over twice in a row, and again after a checkpoint; then the run has failed', () => {
    const told = going();
    for (let i = 0; i < 3; i++) {
      recover(told.say({ kind: 'down', error: GONE }));
      told.hear(saved(6 + i));
    }
    recover(recover(told.say({ kind: 'down', error: GONE })).say({ kind: 'down', error: GONE }));
    told.effects.length = 0;
    told.say({ kind: 'down', error: GONE });
    expect(viewOf(told.run)).toMatchObject({ state: 'failed', live: false, error: { code: 'gave-up' } });
    expect(told.kinds).toEqual(['end-worker', 'save', 'note']);
  });

  it('of a try that fails are the next try’s, and the log tells both', () => {
    const told = going().say({ kind: 'down', error: GONE }, { kind: 'recovery-due', turn: 0 });
    told.effects.length = 0;
    told.say({ kind: 'recovery-failed', turn: 0, error: GONE });
    expect(told.effects.splice(0)).toEqual([{ kind: 'end-worker' }, { kind: 'wait', ms: 2000, turn: 0 }]);
    told.say({ kind: 'recovery-due', turn: 0 });
    expect(told.effects).toMatchObject([{ note: { attempt: 2, unlogged: [GONE, GONE] } }]);
  });

  it('that no other worker cures end the run', () => {
    const told = going();
    told.hear({
      kind: 'fault',
      runId: 'r',
      error: toWire(new ConfigError('bad-config', { field: 'seed', why: 'whole' })),
    });
    expect(viewOf(told.run)).toMatchObject({ state: 'failed', error: { code: 'bad-config' } });
  });

  it('after Stop end it as stopped, and say what was lost', () => {
    const told = going().say({ kind: 'ask', what: 'stop' });
    told.effects.length = 0;
    told.say({ kind: 'down', error: GONE });
    expect(viewOf(told.run)).toMatchObject({ state: 'stopped', live: false, error: null });
    expect(told.effects.map(({ kind }) => kind)).toEqual(['end-worker', 'save', 'note', 'show-stored']);
    expect(told.effects).toContainEqual({
      kind: 'note',
      step: 7,
      entries: [
        expect.objectContaining({ code: 'fault' }),
        { level: 'info', code: 'stopped-at-once', details: { step: 5, lost: 2 } },
      ],
    });
    told.say({ kind: 'down', error: GONE }); // of the worker that was ended
    expect(viewOf(told.run).state).toBe('stopped');
  });

  it('are not got over any more once the user wants the end: what is under way comes to nothing', () => {
    for (const late of [
      { kind: 'recovery-due', turn: 0 },
      { kind: 'recovered', turn: 0, from: STARTED },
      { kind: 'recovery-failed', turn: 0, error: GONE },
    ] as const) {
      const told = going().say({ kind: 'down', error: GONE });
      if (late.kind !== 'recovery-due') told.say({ kind: 'recovery-due', turn: 0 });
      told.say({ kind: 'end-now' });
      expect(isRecovering(told.run)).toBe(false);
      told.effects.length = 0;
      const ended = told.run;
      told.say(late);
      expect(told.run, late.kind).toBe(ended);
      expect(told.kinds).toEqual([]);
      expect(viewOf(told.run)).toMatchObject({ state: 'stopped', recovering: null, recoveries: 0 });
    }
  });

  it('keep the wish: a run that was to pause is resumed paused', () => {
    const told = going().say({ kind: 'ask', what: 'pause' }, { kind: 'down', error: GONE });
    expect(told.run.wish).toBe('pause');
    told.say({ kind: 'ask', what: 'stop' });
    expect(viewOf(told.run).asked).toBe('pause'); // there is no step under way that Stop would wait for
  });
});

describe('the strategy', () => {
  it('that is wanted next is told to a trainer that goes on, and again where it changed meanwhile', () => {
    const told = going().say({ kind: 'next-wanted', strategy: SUM }, { kind: 'down', error: GONE });
    told.say({ kind: 'recovery-due', turn: 0 });
    expect(told.run.next.sent).toEqual(SUM);
    told.say({ kind: 'next-wanted', strategy: OTHER });
    told.effects.length = 0;
    told.say({ kind: 'recovered', turn: 0, from: STARTED });
    expect(told.kinds).toEqual(['save', 'ask-next']);
    expect(recordOf(told.run, 1).nextStrategy).toEqual(OTHER);
  });

  it('that took over is wanted no more, and the options of the other one are not set again', () => {
    const told = going().say(
      { kind: 'options-taken', options: { weights: [0, 1, 1] }, segment: 1 },
      { kind: 'instruments-taken', instruments: { every: 2, gradients: 'full' } },
      { kind: 'next-wanted', strategy: OTHER },
    );
    expect(told.run.byHand.options).toEqual([
      { strategy: 'static', segment: 1, values: { weights: [0, 1, 1] } },
    ]);
    told.effects.length = 0;
    told.hear(inForce(OTHER, 2));
    expect(told.kinds).toEqual(['save']);
    expect(told.run.next.wanted).toBeNull();
    // They stay the first segment's, to which a recovery may go back.
    expect(told.run.byHand).toEqual({
      options: [{ strategy: 'static', segment: 1, values: { weights: [0, 1, 1] } }],
      instruments: { every: 2, gradients: 'full' },
    });
    expect(viewOf(told.run).config.strategy).toEqual(OTHER);
    // What the trainer took for the earlier segment and answers late is not the later one's.
    const { byHand } = told.run;
    told.say({ kind: 'options-taken', options: { weights: [0, 0, 1] }, segment: 1 });
    expect(told.run.byHand).toBe(byHand);
  });

  /** Static, switched to FAMO, whose rate was set by hand; all of it after the last checkpoint. */
  const switched = (): Told =>
    going()
      .say({ kind: 'next-wanted', strategy: FAMO })
      .hear(inForce(STATIC, 1, FAMO), inForce(FAMO, 2))
      .say({ kind: 'options-taken', options: { learningRate: 0.03 }, segment: 2 })
      .say({ kind: 'down', error: GONE }, { kind: 'recovery-due', turn: 0 });

  it('is set again as it was by hand where a recovery goes back before the switch', () => {
    const told = switched().hear(inForce(STATIC, 1, FAMO));
    told.say({ kind: 'recovered', turn: 0, from: STARTED });
    told.say({ kind: 'options-taken', options: { weights: [0, 1, 1] }, segment: 1 });
    told.effects.length = 0;
    told.hear(inForce(FAMO, 2));
    expect(told.effects).toEqual([
      { kind: 'save' },
      { kind: 'send-options', options: { learningRate: 0.03 } },
    ]);
    // Once, and not in a segment after it.
    told.effects.length = 0;
    told.hear(inForce(FAMO, 2), inForce(FAMO, 3));
    expect(told.kinds).toEqual(['save', 'save']);
  });

  it('is wanted again where the checkpoint that is left is from before anybody asked for it', () => {
    const told = switched().hear(inForce(STATIC, 1));
    told.effects.length = 0;
    told.say({ kind: 'recovered', turn: 0, from: STARTED });
    expect(told.kinds).toEqual(['save', 'ask-next']);
    expect(told.run.next.wanted).toEqual(FAMO);
    told.hear(inForce(STATIC, 1, FAMO), inForce(FAMO, 2));
    expect(told.run.next.wanted).toBeNull();
    expect(told.effects.at(-1)).toEqual({ kind: 'send-options', options: { learningRate: 0.03 } });
  });

  /** Static, then other weights, then FAMO, each from an epoch's beginning on, with options set by hand in both. */
  const twice = (): Told =>
    going()
      .say({ kind: 'next-wanted', strategy: OTHER })
      .hear(inForce(OTHER, 2))
      .say({ kind: 'options-taken', options: { weights: [9, 9, 9] }, segment: 2 })
      .say({ kind: 'next-wanted', strategy: FAMO })
      .hear({ ...inForce(FAMO, 3), segments: [STATIC, OTHER, FAMO].map(switchAt) } as TrainerEvent)
      .say({ kind: 'options-taken', options: { learningRate: 0.03 }, segment: 3 });
  const gone = (told: Told): Told =>
    told
      .say({ kind: 'down', error: GONE }, { kind: 'recovery-due', turn: 0 })
      .hear(inForce(STATIC, 1))
      .say({ kind: 'recovered', turn: 0, from: STARTED });

  it('is made again, and the next one after it, in order, with what was set in each', () => {
    const told = gone(twice());
    expect(told.run.next.wanted).toEqual(OTHER);
    expect(told.run.undone).toEqual([{ strategy: FAMO, epoch: 3 }]);
    expect(told.effects.at(-1)).toEqual({ kind: 'ask-next' });
    told.effects.length = 0;
    told.hear(inForce(STATIC, 1, OTHER), inForce(OTHER, 2));
    // The second epoch is under way: FAMO took over at its end.
    expect(told.effects).toEqual([
      { kind: 'save' },
      { kind: 'save' },
      { kind: 'send-options', options: { weights: [9, 9, 9] } },
      { kind: 'ask-next' },
    ]);
    expect(told.run.next.wanted).toEqual(FAMO);
    told.effects.length = 0;
    told.hear({ ...inForce(FAMO, 3), segments: [STATIC, OTHER, FAMO].map(switchAt) } as TrainerEvent);
    expect(told.effects).toEqual([
      { kind: 'save' },
      { kind: 'send-options', options: { learningRate: 0.03 } },
    ]);
    expect([told.run.next.wanted, told.run.undone]).toEqual([null, []]);
  });

  it('waits for the epoch before its own, and what was wanted next comes after it', () => {
    const late = (strategy: StrategyChoice, epoch: number): StrategySegment => ({
      ...switchAt(strategy, 1),
      epoch,
      step: 10 * (epoch - 1),
    });
    const at4 = { ...inForce(OTHER, 2), segments: [switchAt(STATIC, 0), late(OTHER, 4)] } as TrainerEvent;
    const stepIn = (epoch: number): TrainerEvent => ({
      ...(rowsAt(10 * epoch - 5) as TrainerEvent & { kind: 'steps' }),
      rows: [{ step: 10 * epoch - 5, epoch, ms: 10, losses: [1, 1, 1] } as unknown as StepRow],
    });
    const told = gone(
      going()
        .say({ kind: 'next-wanted', strategy: OTHER })
        .hear(at4, stepIn(5))
        .say({ kind: 'next-wanted', strategy: FAMO }),
    );
    expect(told.run.next.wanted).toBeNull();
    expect(told.run.undone).toEqual([
      { strategy: OTHER, epoch: 4 },
      { strategy: FAMO, epoch: 6 },
    ]);
    // What the new trainer was told at its beginning is taken back.
    expect(told.effects.at(-1)).toEqual({ kind: 'ask-next' });
    told.effects.length = 0;
    told.hear(stepIn(2));
    expect(told.kinds).toEqual([]);
    told.hear(stepIn(3));
    expect(told.kinds).toEqual(['ask-next', 'save']);
    expect(told.run.next.wanted).toEqual(OTHER);
    told.hear(at4);
    expect(told.run.next.wanted).toBeNull();
    told.hear(stepIn(5));
    expect(told.run.next.wanted).toEqual(FAMO);
    expect(told.run.undone).toEqual([]);
  });

  it('waits in the record, and gives way to what the user wants instead', () => {
    const told = gone(twice());
    const record = JSON.parse(JSON.stringify(recordOf(told.run, 1))) as RunRecord;
    expect(record).toMatchObject({ nextStrategy: OTHER, undone: [{ strategy: FAMO, epoch: 3 }] });
    told.say({ kind: 'next-wanted', strategy: SUM });
    expect(told.run.undone).toEqual([]);
    expect(told.run.next.wanted).toEqual(SUM);
  });

  it('that the user wants anew is not set as the one was that a recovery undid', () => {
    const told = switched().hear(inForce(STATIC, 1, FAMO));
    told.say({ kind: 'recovered', turn: 0, from: STARTED }, { kind: 'next-wanted', strategy: FAMO });
    told.effects.length = 0;
    told.hear(inForce(FAMO, 2));
    expect(told.kinds).toEqual(['save']);
  });

  it('is not wanted again where the user goes back to an earlier checkpoint', () => {
    const told = going().say({ kind: 'next-wanted', strategy: FAMO }).hear(inForce(FAMO, 2));
    told.hear(inForce(STATIC, 1));
    expect(told.run.next.wanted).toBeNull();
  });

  it('is known when it takes over, though it was asked for without the options that it has by default', () => {
    const told = going().say({ kind: 'next-wanted', strategy: { id: 'famo', options: {} } });
    told.hear(inForce(FAMO, 2));
    expect(told.run.next.wanted).toBeNull();
    expect(recordOf(told.run, 1).nextStrategy).toBeNull();
  });

  it('that was asked for without options and refused is wanted no more', () => {
    const bare = { id: 'famo', options: {} } as const;
    const told = going().say(
      { kind: 'next-wanted', strategy: bare },
      { kind: 'next-refused', strategy: bare },
    );
    expect(told.run.next.wanted).toBeNull();
  });

  it('that the trainer refuses is not asked for again', () => {
    const told = going().say({ kind: 'next-wanted', strategy: SUM }, { kind: 'next-refused', strategy: SUM });
    expect(told.run.next.wanted).toBeNull();
    expect(recordOf(told.run, 1).nextStrategy).toBeNull();
  });
});

describe('live options', () => {
  it('are shown at once, sent together, and give way to what acts', () => {
    const told = going();
    told.effects.length = 0;
    told.say({ kind: 'option-set', changed: { weights: [0, 1, 1] } });
    expect(viewOf(told.run).liveOptions).toEqual({ weights: [0, 1, 1] });
    told.say({ kind: 'options-due' });
    expect(told.effects).toEqual([
      { kind: 'send-soon' },
      { kind: 'send-options', options: { weights: [0, 1, 1] } },
    ]);
    told.say({ kind: 'options-answered' });
    expect(viewOf(told.run).liveOptions).toEqual(STATIC.options);
  });

  it('that were being set when another strategy took over are neither shown nor sent', () => {
    const told = going().say({ kind: 'option-set', changed: { weights: [0, 1, 1] } });
    told.hear(inForce(OTHER, 2));
    expect(viewOf(told.run).liveOptions).toEqual(OTHER.options);
    told.effects.length = 0;
    told.say({ kind: 'options-due' });
    expect(told.kinds).toEqual([]);
  });
});
