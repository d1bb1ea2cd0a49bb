/**
 * One side of a benchmark in the browser, in a page of its own: loaded by pages.ts, which asks it to run. One
 * thread: the page is not isolated.
 */
import { caseById, type BenchCase } from '../../src/core/bench/cases';
import type { BackendId } from '../../src/core/config/run-config';
import { timeOf, type Ready } from '../../src/engine/bench/side';

export interface SideChoice {
  readonly side: 'ours' | 'shipped';
  readonly backend: BackendId;
}

let prepareSide: (one: BenchCase) => Ready;
let ready: Ready | null = null;

/** Starts the backend. */
async function open({ side, backend }: SideChoice): Promise<void> {
  const { WASM_FILES } = await import('../../src/engine/platform/wasm-files');
  if (side === 'ours') {
    const { chooseBackend, setWasmFiles } = await import('../../src/engine/platform/backend');
    setWasmFiles(WASM_FILES);
    await chooseBackend(backend);
    ({ prepareOurs: prepareSide } = await import('../../src/engine/bench/ours'));
  } else {
    await import('../../src/engine/bench/shipped-gradients');
    const { prepareShipped, startShipped } = await import('../../src/engine/bench/shipped');
    await startShipped(backend, WASM_FILES);
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
