/**
 * `npm run sweep`: trains what is missing of the sweep over the demo corpus (bench/sweep/plan.ts), as many
 * runs at a time as there are cores, then writes its data and report (docs/demo-sweep.json, docs/results.md).
 * Interrupted, it goes on where it was; a run whose work is what is committed already (the same recipe, seed
 * and version of the strategy's formulas) is not made again.
 * `--again`: makes all of them anew. `--only TEXT`: only runs whose label and seed contain it (`IMTL-G 3`),
 * anew. `--document`: nothing is trained, the report is written anew from the data.
 * `--vad`: the sweep with and without valence, activation and dominance instead (bench/vad/plan.ts,
 * docs/vad-weights.json).
 * `--emodb FOLDER`: the study on Berlin EmoDB instead (bench/emodb/plan.ts, docs/emodb-study.json), about an hour
 * on two cores; FOLDER has its WAV files. With `--document` the folder may be left out.
 */
import './require-node.mjs';
import { existsSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT, run } from './prepare.mjs';

const load = async (file) =>
  (await runnerImport(join(ROOT, 'bench', study, file), { root: ROOT, configFile: false })).module;
const given = process.argv.slice(2);
const at = given.indexOf('--only');
const [, only = null] = at < 0 ? [] : given.splice(at, 2);
// A study is a folder of bench with the same files; the runs of each are kept apart.
const emodb = given.indexOf('--emodb');
const [, corpus = process.env['CORPUS'] ?? ''] =
  emodb < 0 ? [] : given.splice(emodb, given[emodb + 1]?.startsWith('--') === false ? 2 : 1);
const study = emodb >= 0 ? 'emodb' : given.includes('--vad') ? 'vad' : 'sweep';
const KEPT = join(ROOT, '.cache', study);
const flags = new Set(given);
const unknown = [...flags].filter((flag) => !['--again', '--document', '--run', '--vad'].includes(flag));
if (unknown.length > 0) {
  console.error(
    `Unknown: ${unknown.join(', ')}. There are: --vad, --emodb FOLDER, --again, --only TEXT, --document.`,
  );
  process.exit(2);
}
if (study === 'emodb' && !flags.has('--document') && !existsSync(corpus)) {
  console.error('--emodb needs the folder of EmoDB’s WAV files.');
  process.exit(2);
}

/** Each in a process of its own; one that fails stops no other. @returns how many failed */
async function trainAll(waiting) {
  let failed = 0;
  const one = async () => {
    for (let key = waiting.shift(); key; key = waiting.shift()) {
      const code = await run(
        process.execPath,
        [join(ROOT, 'scripts/sweep.mjs'), '--run', ...(study === 'sweep' ? [] : [`--${study}`])],
        {
          env: { RUN: key, SWEEP_KEPT: KEPT, CORPUS: corpus },
        },
      );
      if (code !== 0) {
        failed++;
        console.error(`${key}: failed (${code})`);
      }
    }
  };
  await Promise.all(cpus().map(one));
  return failed;
}

if (flags.has('--run')) {
  await load('run.ts');
} else {
  if (flags.has('--again')) rmSync(KEPT, { recursive: true, force: true });
  if (!flags.has('--document')) {
    const { plannedRuns } = await load('plan.ts');
    const { committedKeys } = await load('write.ts');
    const known = flags.has('--again') ? new Set() : committedKeys();
    const wanted = plannedRuns().filter(
      ({ label, config, protocol, fold }) =>
        only === null || [label, protocol, fold ?? config.seed].filter(Boolean).join(' ').includes(only),
    );
    const missing = wanted
      .map(({ key }) => key)
      .filter((key) => !existsSync(join(KEPT, `${key}.json`)) && (only !== null || !known.has(key)));
    console.error(`${missing.length} runs to make`);
    const failed = await trainAll(missing);
    if (failed > 0) {
      console.error(`${failed} runs failed; the report stays as it was.`);
      process.exit(1);
    }
  }
  const { writeReport } = await load('write.ts');
  try {
    console.error(`Written: ${(await writeReport(flags.has('--document') ? null : KEPT)).join(', ')}`);
  } catch (error) {
    // Some runs alone may be made before the others are there.
    if (only === null) throw error;
    console.error(`${error.message} The report stays as it was.`);
  }
}
