/**
 * `npm run fidelity`: runs the unit tests and writes docs/fidelity.md from what they measured against the
 * references. Nothing is written when a test fails. `-- weighting/exact`: only tests whose name contains
 * that, in Node; rows of other tests stay as they are.
 */
import './require-node.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ROOT, bin } from './prepare.mjs';

const RESULT = join(ROOT, '.cache/test/fidelity.json');
const TITLES = {
  spectrogram: 'Spectrogram',
  image: 'Image',
  resampling: 'Resampling',
  splits: 'Splits',
  model: 'Model',
  weighting: 'Weighting',
  training: 'Training',
  'full size': 'The paper’s model at full size',
  metrics: 'Metrics',
  statistics: 'Statistics',
  weights: 'Weights',
  determinism: 'Determinism',
};

const filters = process.argv.slice(2);
if (filters.length === 0) process.env.CHROMIUM_PATH = (await ensureBrowser()) ?? '';
await bin(
  'vitest',
  [
    'run',
    ...(filters.length > 0 ? ['--project', 'node', ...filters] : []),
    '--reporter=dot',
    '--reporter=./scripts/vitest-fidelity.mjs',
  ],
  { env: { FIDELITY: RESULT } },
);
const { failed, rows } = JSON.parse(readFileSync(RESULT, 'utf8'));
if (failed > 0 || rows.length === 0) {
  console.error(`${failed} tests failed, ${rows.length} measurements: docs/fidelity.md stays as it was.`);
  process.exit(1);
}
const versions = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/versions.json'), 'utf8'));

/**
 * @type {Map<string, { chapter: string, quantity: string, reference: string, unit: string, tolerance: number,
 * worst: number, note?: string, test: string, cases: number }>}
 */
const table = new Map();
for (const row of rows) {
  const key = `${row.chapter}/${row.quantity}/${row.test}`;
  const known = table.get(key);
  if (!known) table.set(key, { ...row, cases: 1 });
  else
    Object.assign(known, {
      cases: known.cases + 1,
      worst: Math.max(known.worst, row.worst),
      tolerance: Math.max(known.tolerance, row.tolerance),
    });
}

const short = (value) =>
  value === 0
    ? '0'
    : Math.abs(value) >= 0.001 && Math.abs(value) < 1000
      ? String(Number(value.toPrecision(2)))
      : value.toExponential(1);
const reference = (name) => (versions[name] ? `${name} ${versions[name]}` : name);
const cell = (text) => text.replaceAll('|', '\\|');
const FILE = join(ROOT, 'docs/fidelity.md');
/** Rows of a chapter that stand in the file already, of tests that were not run now. */
const measured = new Set(rows.map(({ test }) => test));
const before = filters.length > 0 ? readFileSync(FILE, 'utf8') : '';
const kept = (title) =>
  (before.split(`## ${title}\n`)[1] ?? '')
    .split('\n## ')[0]
    .split('\n')
    .filter((line) => {
      const test = /`(tests\/[^`]+)` \|$/.exec(line)?.[1];
      return test && !measured.has(test);
    });
/** Rows that stay were measured where they were. */
function measuredOn(known) {
  const here = `${cpus()[0].model.trim()}, Node ${process.versions.node}`;
  if (!known) return `Measured on ${here}; webgpu is SwiftShader, which computes on the processor.`;
  return known.includes(here) ? known : known.replace(';', ` and ${here};`);
}
const lines = [
  '# Fidelity: the same numbers as the references',
  '',
  'Written by `npm run fidelity` from the tests themselves; not edited by hand. Each row is the worst error over all its cases, and the',
  'test named in it fails when the tolerance is exceeded. The golden values come from `reference/` ([how](../reference/README.md)).',
  measuredOn(before.split('\n').find((line) => line.startsWith('Measured on'))),
  '',
  '“relative” is the largest difference in an array divided by the largest magnitude in it, unless the quantity says otherwise.',
  '',
];
for (const [chapter, title] of Object.entries(TITLES)) {
  const entries = [...table.values()]
    .filter((row) => row.chapter === chapter)
    .sort((a, b) => a.quantity.localeCompare(b.quantity, 'en'));
  const others = kept(title);
  if (entries.length + others.length === 0) continue;
  lines.push(
    `## ${title}`,
    '',
    '| quantity | reference | cases | tolerance | worst | guarded by |',
    '|---|---|---|---|---|---|',
  );
  const fresh = entries.map((row) => {
    const note = row.note ? ` <br>${row.note}` : '';
    return `| ${cell(row.quantity + note)} | ${reference(row.reference)} | ${row.cases} | ${short(row.tolerance)} ${row.unit} | ${short(row.worst)} | \`${row.test}\` |`;
  });
  lines.push(...[...fresh, ...others].sort((a, b) => a.localeCompare(b, 'en')));
  lines.push('');
}
writeFileSync(FILE, lines.join('\n'));
console.log(`docs/fidelity.md: ${table.size} rows from ${rows.length} measurements.`);
