/** Starts shipped-side.ts in a worker thread: TypeScript is loaded through Vite, as in scripts/bench.mjs. */
import { join } from 'node:path';
import { runnerImport } from 'vite';

await runnerImport(join(process.cwd(), 'bench/support/shipped-side.ts'), {
  root: process.cwd(),
  configFile: false,
});
