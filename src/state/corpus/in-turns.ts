/** Long work on the page's thread, in turns so short that it goes on drawing and listening meanwhile. */
import type { Slices } from '../../core/corpus/browse/columns';

/** Milliseconds: a frame has 16, and the page needs some of them. */
const TURN = 8;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** What waits - input, a frame - comes first; without a timer's 4 ms. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });

/** @param wanted asked between turns: where it is not, the work is left @returns null where it was left */
export async function inTurns<T>(work: Slices<T>, wanted: () => boolean): Promise<T | null> {
  for (;;) {
    const end = performance.now() + TURN;
    do {
      const { done, value } = work.next();
      if (done) return value;
    } while (performance.now() < end);
    await pause();
    if (!wanted()) return null;
  }
}
