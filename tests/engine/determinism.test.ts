/**
 * One configuration and seed, one result, to the last bit of every weight, running statistic and moment, on
 * the real wasm backend: twice, with images that come late and out of order, paused, moved to another
 * network, killed. The same with real workers in a browser: e2e/determinism.spec.ts.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/random/streams';
import { chooseBackend } from '../../src/engine/platform/backend';
import { Lookahead, type ImageSource } from '../../src/engine/step/lookahead';
import { guard } from '../support/fidelity';
import { CONFIG, images, makeRun, runAll, withoutTimes, type RunOptions, type Saved } from './runs';

const THREE = { ...CONFIG, epochs: 3 };
/** Two batches and one smaller one an epoch, two for validation; the loop lets others in after each. */
const MOMENTS = 3 * (3 + 2);

type Run = Awaited<ReturnType<typeof runAll>>;
let whole: Run;
beforeAll(async () => {
  await chooseBackend('wasm');
  whole = await runAll(THREE);
});

const words = ({ tensors }: Saved): readonly (readonly [string, Uint32Array])[] =>
  tensors.map(({ name, data }) => [name, new Uint32Array(data.buffer, data.byteOffset, data.length)]);

function bitsSet(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** Bits that differ between the last checkpoints of two runs; NaN where they do not hold the same arrays. */
function differingBits(actual: Run, expected: Run): number {
  const [ours, theirs] = [actual, expected].map(({ saved }) => words(saved.at(-1)!)) as [
    ReturnType<typeof words>,
    ReturnType<typeof words>,
  ];
  const shape = (arrays: typeof ours): string =>
    arrays.map(([name, { length }]) => `${name}:${length}`).join();
  if (shape(ours) !== shape(theirs)) return Number.NaN;
  return ours.reduce(
    (sum, [, a], i) => sum + a.reduce((bits, word, k) => bits + bitsSet(word ^ theirs[i]![1][k]!), 0),
    0,
  );
}

/** The steps and epochs that a run has told, the first `steps` of them before it was continued as `run`. */
function expectSameHistory(run: Run, steps: number): void {
  expect(withoutTimes(run.rows)).toEqual(withoutTimes(whole.rows.slice(steps)));
  const untimed = ({ epochs }: Run) =>
    epochs.filter(({ step }) => step > steps).map(({ seconds: _s, ...rest }) => rest);
  expect(untimed(run)).toEqual(untimed(whole));
  const { tally: _ours, ...state } = run.saved.at(-1)!.state;
  const { tally: _theirs, ...expected } = whole.saved.at(-1)!.state;
  expect(state).toEqual(expected);
}

/** Images from so many samplers, each of which takes its time. */
function samplers(count: number): ImageSource {
  const pace = new RandomStream(1, 'pace', count);
  const lanes = Array.from({ length: count }, () => Promise.resolve());
  let next = 0;
  return (ids, epoch) => {
    const lane = next++ % count;
    const made = lanes[lane]!.then(
      () =>
        new Promise<void>((resolve) => {
          setTimeout(resolve, pace.below(6));
        }),
    ).then(() => images(ids, epoch));
    lanes[lane] = made.then(() => undefined);
    return made;
  };
}

/** A run that is never heard of again after its `n`-th moment; what it had stored by then. */
async function killedAt(n: number): Promise<Saved | null> {
  let moment = 0;
  let die: (() => void) | null = null;
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  const breathe: RunOptions['breathe'] = () =>
    ++moment < n
      ? Promise.resolve()
      : new Promise<void>(() => {
          die!();
        });
  const run = makeRun(THREE, null, { breathe });
  void run.trainer.run();
  await dead;
  run.dispose();
  return run.told.saved.at(-1) ?? null;
}

const row = {
  chapter: 'determinism',
  reference: 'the undisturbed run on wasm',
  unit: 'bits that differ',
  tolerance: 0,
  note: 'all weights, running statistics and Adam moments after 3 epochs',
} as const;

describe('three epochs end in the same bits', () => {
  it('twice, and after the backend was chosen again', async () => {
    const again = await runAll(THREE);
    await chooseBackend('wasm');
    const chosenAgain = await runAll(THREE);
    for (const run of [again, chosenAgain]) expectSameHistory(run, 0);
    guard({
      ...row,
      quantity: 'the same configuration and seed twice',
      worst: Math.max(...[again, chosenAgain].map((run) => differingBits(run, whole))),
    });
  });

  it('but not with another seed', async () => {
    expect(differingBits(await runAll({ ...THREE, seed: 12 }), whole)).toBeGreaterThan(1000);
  });

  it('with any number of samplers, whichever answers first', async () => {
    const counts = [1, 2, 5];
    const runs: Run[] = [];
    for (const count of counts) runs.push(await runAll(THREE, null, { images: samplers(count) }));
    for (const run of runs) expectSameHistory(run, 0);
    guard({
      ...row,
      quantity: 'another number of samplers',
      worst: Math.max(...runs.map((run) => differingBits(run, whole))),
    });
  });

  it('paused after every step; saved after each and continued elsewhere', async () => {
    const run = makeRun(THREE, null, { paused: true });
    const over = run.trainer.run();
    for (let i = 1; i < 9; i++) await run.trainer.singleStep();
    run.trainer.play();
    const end = await over;
    run.dispose();
    const stepwise: Run = { end, ...run.told };
    expectSameHistory(stepwise, 0);
    const saved = [2, 4, 7].map((step) => stepwise.saved.find(({ state }) => state.step === step)!);
    const resumed: Run[] = [];
    for (const from of saved) resumed.push(await runAll(THREE, from));
    resumed.forEach((continued, i) => expectSameHistory(continued, saved[i]!.state.step));
    guard({
      ...row,
      quantity: 'paused and resumed, within and between epochs',
      worst: Math.max(...[stepwise, ...resumed].map((r) => differingBits(r, whole))),
    });
  });

  it('killed at any moment and continued from what was stored', async () => {
    const bits: number[] = [];
    for (let moment = 1; moment < MOMENTS; moment += 2) {
      const from = await killedAt(moment);
      const resumed = await runAll(THREE, from);
      expectSameHistory(resumed, from?.state.step ?? 0);
      bits.push(differingBits(resumed, whole));
    }
    guard({
      ...row,
      quantity: 'killed at any moment, continued from the last checkpoint',
      worst: Math.max(...bits),
    });
  });
});

describe('looking ahead', () => {
  it('gives every batch its own images at any depth, and asks for each once', async () => {
    const batches = (epoch: number) =>
      Array.from({ length: 3 }, (_, i) => [{ id: `${epoch}-${i}`, labels: [] }]);
    const made = async (depth: number) => {
      const asked: string[] = [];
      const lookahead = new Lookahead(
        async (ids, epoch) => {
          asked.push(`${epoch}: ${ids.join()}`);
          return Uint8Array.of(epoch!, Number(ids[0]!.split('-')[1]));
        },
        batches,
        depth,
        2,
      );
      const given: number[][] = [];
      for (const epoch of [1, 2])
        for (const i of [0, 1, 2]) given.push([...(await lookahead.take(epoch, i))]);
      return { asked, given };
    };
    const expected = {
      asked: ['1: 1-0', '1: 1-1', '1: 1-2', '2: 2-0', '2: 2-1', '2: 2-2'],
      given: [
        [1, 0],
        [1, 1],
        [1, 2],
        [2, 0],
        [2, 1],
        [2, 2],
      ],
    };
    for (const depth of [0, 1, 3, 9]) expect(await made(depth)).toEqual(expected);
  });
});
