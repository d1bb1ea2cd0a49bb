/**
 * Runs benchmarks: `npm run bench -- demo-learning emodb-results`; without names, all of them. Each prints JSON lines.
 * `--record` also puts them into docs/performance.json. TypeScript is loaded through Vite, so that a benchmark imports the app's own modules.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'bench');
const all = readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
const wanted = process.argv.slice(2).filter((word) => word !== '--record');
if (process.argv.includes('--record')) process.env.BENCH_RECORD = join(folder, '..', 'docs', 'performance.json');
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : all) await runnerImport(join(folder, `${name}.ts`), { root: join(folder, '..'), configFile: false });
