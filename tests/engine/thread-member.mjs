/** A member of the wasm engine's team in Node: TypeScript is loaded through Vite, as in scripts/bench.mjs. */
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { runnerImport } from 'vite';

const { module } = await runnerImport(join(import.meta.dirname, '../../src/engine/kernels/wasm/ring.ts'), {
  configFile: false,
});
module.serveMember(workerData);
