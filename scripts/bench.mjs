/**
 * Runs benchmarks: `npm run bench -- wasm webgpu`; without names, all of them. Each prints JSON lines and has
 * a process of its own, because each changes what TensorFlow.js computes with. TypeScript is loaded through
 * Vite: a benchmark imports the app's own modules.
 * `--write`: afterwards docs/performance.{json,md} and the plot are what was measured; with names, only their
 * cases change.
 * `--document`: nothing is measured, the documents are written anew from docs/performance.json.
 */
import './require-node.mjs';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT, ensureBuild, run } from './prepare.mjs';

const FOLDER = join(ROOT, 'bench');
const RECORD = join(ROOT, 'docs/performance.json');
/** What is measured is kept here until all of it is there. */
const UNDER_WAY = join(ROOT, '.cache/bench/lines.json');
/** These drive the built page. */
const NEED_BUILD = ['page', 'charts', 'checkpoints', 'listing', 'corpus'];
/** The order of the documents. */
const ORDER = [
  'wasm',
  'gradient-strategies',
  'webgpu',
  'page',
  'charts',
  'checkpoints',
  'listing',
  'corpus',
  'demo-learning',
  'architecture-learning',
];
const LOADED = { root: ROOT, configFile: false };

const all = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -3))
  .sort((a, b) => (ORDER.indexOf(a) + 1 || ORDER.length + 1) - (ORDER.indexOf(b) + 1 || ORDER.length + 1));
const words = process.argv.slice(2);
const flags = new Set(words.filter((word) => word.startsWith('--')));
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = [
  ...wanted.filter((name) => !all.includes(name)),
  ...[...flags].filter((flag) => !['--write', '--document', '--here'].includes(flag)),
];
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}; --write, --document.`);
  process.exit(2);
}

const writeDocuments = async () => {
  const { module } = await runnerImport(join(FOLDER, 'support/document-files.ts'), LOADED);
  console.error(`Written: ${module.writeDocuments().join(', ')}`);
};

/** One benchmark in a process of its own. Resolves with whether it came to its end. */
async function measure(name) {
  const began = performance.now();
  if (NEED_BUILD.includes(name) && !(await ensureBuild())) return false;
  const code = await run(process.execPath, [join(ROOT, 'scripts/bench.mjs'), '--here', name], {
    env: flags.has('--write') ? { BENCH_RECORD: UNDER_WAY } : {},
  });
  console.error(
    `${name}: ${code === 0 ? '' : `failed (${code}) after `}${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
  return code === 0;
}

if (flags.has('--here')) {
  await runnerImport(join(FOLDER, `${wanted[0]}.ts`), LOADED);
} else if (flags.has('--document')) {
  await writeDocuments();
} else {
  mkdirSync(join(ROOT, '.cache/bench'), { recursive: true });
  rmSync(UNDER_WAY, { force: true });
  if (wanted.length > 0 && existsSync(RECORD)) copyFileSync(RECORD, UNDER_WAY);
  const failed = [];
  for (const name of wanted.length > 0 ? wanted : all) if (!(await measure(name))) failed.push(name);
  if (failed.length > 0) {
    console.error(
      `Failed: ${failed.join(', ')}.${flags.has('--write') ? ' The documents stay as they were.' : ''}`,
    );
    process.exitCode = 1;
  } else if (flags.has('--write')) {
    renameSync(UNDER_WAY, RECORD);
    await writeDocuments();
  }
}
