/** One side of the webgpu benchmark, in a page of its own in the browser: loaded by bench/webgpu.ts, which asks it to run. */
import { caseById, type BenchCase } from '../../src/core/bench/cases';
import { timeOf, type Ready } from '../../src/engine/bench/side';

let prepareSide: (one: BenchCase) => Ready;
let ready: Ready | null = null;

/** Starts the backend. */
async function open(side: 'ours' | 'shipped'): Promise<void> {
  if (side === 'ours') {
    const { chooseBackend } = await import('../../src/engine/backend');
    await chooseBackend('webgpu');
    ({ prepareOurs: prepareSide } = await import('../../src/engine/bench/ours'));
  } else {
    await import('../../src/engine/bench/shipped-gradients');
    const { prepareShipped, startShipped } = await import('../../src/engine/bench/shipped');
    await startShipped('webgpu', null);
    prepareSide = prepareShipped;
  }
}

/** Makes a case ready in the place of the one before. */
function prepare(id: string): void {
  ready?.dispose();
  ready = null;
  const one = caseById(id);
  if (!one) throw new RangeError(`No case ${id}.`);
  ready = prepareSide(one);
}

/** Milliseconds of `count` runs. */
const time = (count: number): Promise<number> => timeOf(ready!, count);

const half = { open, prepare, time };
export type PageSide = typeof half;
Object.assign(globalThis, { benchSide: half });
