/** Slow motion with a clock of our own: how long it waits, and that a wait can be cut short. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pacer } from '../../src/engine/run/pacer';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Turns that pass within `ms`, each after `work` milliseconds. */
async function turnsWithin(pacer: Pacer, ms: number, work: number): Promise<number> {
  let count = 0;
  const state = { over: false };
  const loop = (async () => {
    while (!state.over) {
      await new Promise((resolve) => {
        setTimeout(resolve, work);
      });
      await pacer.turn();
      if (!state.over) count++;
    }
  })();
  await vi.advanceTimersByTimeAsync(ms);
  state.over = true;
  pacer.set(null);
  await vi.advanceTimersByTimeAsync(work + 1);
  await loop;
  return count;
}

it('lets as many turns pass as the pace says, whatever the work takes, and no more than the work allows', async () => {
  const clock = (): number => Date.now();
  for (const [pace, work, expected] of [
    [0.5, 20, 4],
    [2, 20, 19],
    [5, 100, 49],
    [2, 1000, 9],
    [null, 100, 99],
  ] as const) {
    const pacer = new Pacer(clock);
    pacer.set(pace);
    expect(pacer.full).toBe(pace === null);
    expect(await turnsWithin(pacer, 9990, work), `${pace} a second, ${work} ms of work`).toBe(expected);
  }
});

it('ends a wait when it is skipped or the pace changes', async () => {
  const pacer = new Pacer(() => Date.now());
  pacer.set(0.5);
  for (const cut of [() => pacer.skip(), () => pacer.set(5), () => pacer.set(null)]) {
    let passed = false;
    pacer.set(0.5);
    const turn = (async () => {
      await pacer.turn();
      passed = true;
    })();
    await vi.advanceTimersByTimeAsync(100);
    expect(passed).toBe(false);
    cut();
    await vi.advanceTimersByTimeAsync(0);
    expect(passed).toBe(true);
    await turn;
  }
});
