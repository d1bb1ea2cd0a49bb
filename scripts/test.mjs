/**
 * `npm test`: everything that says whether the project is sound, from a fresh clone on.
 *   npm test                          all of it            npm test -- --lint | --unit | --e2e   only that
 *   npm test -- --unit log-mel     only tests whose file name matches
 * Installs what is missing (packages, a browser), runs every step even when an earlier one failed, shows each
 * step's own output, and ends with one line: `N passed, N failed`. Each check that is not a test suite counts
 * as one.
 */
import './require-node.mjs';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { NO_BROWSER, ensureBrowser } from './browser.mjs';
import { ROOT, bin, ensureBuild, ensurePackages, run } from './prepare.mjs';

const vitestCounts = (project) => `.cache/test/vitest-${project}.json`;
const PLAYWRIGHT_REPORT = '.cache/test/playwright.json';
const PROJECTS = ['core', 'workers', 'page', 'node'];

/** One finished step: how many of its parts passed and failed, what was skipped, and the failures by name. */
const outcome = (passed, failed, skipped = [], failures = []) => ({ passed, failed, skipped, failures });
const check = (exitCode) => (exitCode === 0 ? outcome(1, 0) : outcome(0, 1));

function readReport(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

/**
 * A suite's outcome from its own count. A crash, an empty run, a skip without a reason and an exit code that
 * contradicts the count are failures; an empty run is none when a filter was given, since the filter may be
 * meant for the other suite.
 */
function suite(counts, exitCode, filters) {
  if (counts === null) return outcome(0, 1);
  const { passed, failed, skipped, failures } = counts;
  const none = passed + failed === 0;
  const unexplained = skipped.filter(({ reason }) => !reason);
  for (const { name } of unexplained)
    console.error(`Skipped without a reason, which counts as a failure: ${name}`);
  if (none && filters.length > 0 && skipped.length === 0) return outcome(0, 0);
  if (none) console.error('No test was executed, which counts as a failure.');
  const hidden = failed === 0 && (none || exitCode !== 0) ? 1 : 0;
  return outcome(
    passed,
    failed + hidden + unexplained.length,
    skipped.filter(({ reason }) => reason),
    failures,
  );
}

async function unitProject(project, filters) {
  const counts = vitestCounts(project);
  rmSync(join(ROOT, counts), { force: true });
  const code = await bin(
    'vitest',
    [
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=./scripts/vitest-counts.mjs',
      ...(filters.length > 0 ? ['--passWithNoTests'] : []),
      ...filters,
    ],
    { env: { VITEST_COUNTS: join(ROOT, counts) } },
  );
  return suite(readReport(counts), code, filters);
}

/**
 * Node's tests and the browser's at the same time: the browser's run one page after the other and leave a core
 * free, and at the end of Node's a single long file would.
 */
async function unitTests(filters) {
  const results = await Promise.all(['node', 'browser'].map((project) => unitProject(project, filters)));
  const sum = (count) => results.reduce((total, result) => total + result[count], 0);
  return outcome(
    sum('passed'),
    sum('failed'),
    results.flatMap(({ skipped }) => skipped),
    results.flatMap(({ failures }) => failures),
  );
}

/** The tests of a Playwright report, whatever the depth of its suites. */
const testsOf = (suites) =>
  suites.flatMap((one) => [
    ...(one.specs ?? []).flatMap((spec) =>
      spec.tests.map((test) => ({ ...test, name: `${spec.file} › ${spec.title}` })),
    ),
    ...testsOf(one.suites ?? []),
  ]);

function playwrightCounts(report) {
  if (report === null) return null;
  const tests = testsOf(report.suites);
  const reason = ({ annotations }) =>
    annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? null;
  const broken = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky');
  return {
    passed: tests.filter(({ status }) => status === 'expected').length,
    failed: broken.length + report.errors.length,
    failures: [
      ...broken.map(({ name, results }) => ({
        name,
        error: results.map(({ error }) => error?.message).find((message) => message) ?? '',
      })),
      ...report.errors.map(({ message }) => ({ name: 'Playwright', error: message ?? '' })),
    ],
    skipped: tests
      .filter(({ status }) => status === 'skipped')
      .map((test) => ({ name: test.name, reason: reason(test) })),
  };
}

/** Most tests wait more than they compute: two at a time. What has to keep to a time runs alone. */
const JOURNEYS = { projects: ['chromium', 'webgpu'], workers: 2 };
const TIMED = { projects: ['timed'], workers: 1 };

const endToEndTests =
  ({ projects, workers }) =>
  async (filters) => {
    rmSync(join(ROOT, PLAYWRIGHT_REPORT), { force: true });
    const code = await bin(
      'playwright',
      [
        'test',
        '--reporter=list,json',
        `--workers=${workers}`,
        ...projects.map((project) => `--project=${project}`),
        ...(filters.length > 0 ? ['--pass-with-no-tests'] : []),
        ...filters,
      ],
      { env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(ROOT, PLAYWRIGHT_REPORT) } },
    );
    return suite(playwrightCounts(readReport(PLAYWRIGHT_REPORT)), code, filters);
  };

const LINT_STEPS = [
  {
    name: 'Lint and rooms (oxlint, type-aware)',
    work: async () => check(await bin('oxlint', ['--deny-warnings'])),
  },
  { name: 'Format (oxfmt)', work: async () => check(await bin('oxfmt', ['--check'])) },
  { name: 'Licences', work: async () => check(await run(process.execPath, ['scripts/licences.mjs'])) },
  {
    name: 'Unused files, exports and packages (knip)',
    work: async () => check(await bin('knip', ['--no-progress'])),
  },
  ...PROJECTS.map((project) => ({
    name: `Types: ${project}`,
    work: async () => check(await bin('typescript', ['-p', `tsconfig.${project}.json`])),
  })),
];

function readOptions() {
  try {
    const flag = { type: 'boolean', default: false };
    const { values, positionals } = parseArgs({
      options: { lint: flag, unit: flag, e2e: flag },
      allowPositionals: true,
    });
    const all = !values.lint && !values.unit && !values.e2e;
    return {
      lint: all ? positionals.length === 0 : values.lint,
      unit: all || values.unit,
      e2e: all || values.e2e,
      filters: positionals,
    };
  } catch (error) {
    console.error(`${error.message} Usage: npm test -- [--lint] [--unit] [--e2e] [filter ...]`);
    process.exit(1);
  }
}

const options = readOptions();
if (!(await ensurePackages())) {
  console.error('The packages could not be installed: see npm’s message above.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const steps = [...(options.lint ? LINT_STEPS : [])];
if (options.unit || options.e2e) {
  const browser = await ensureBrowser();
  if (browser === null) console.error(NO_BROWSER);
  else process.env.CHROMIUM_PATH = browser;
  const withBrowser = (tests) => async () => {
    if (browser !== null) return tests(options.filters);
    console.error(NO_BROWSER);
    return outcome(0, 1);
  };
  if (options.unit) steps.push({ name: 'Unit tests (vitest)', work: withBrowser(unitTests) });
  if (options.e2e) {
    steps.push({ name: 'Build', work: async () => check((await ensureBuild()) ? 0 : 1) });
    steps.push({ name: 'End-to-end tests (Playwright)', work: withBrowser(endToEndTests(JOURNEYS)) });
    steps.push({ name: 'End-to-end tests against the clock', work: withBrowser(endToEndTests(TIMED)) });
  }
}

const total = { passed: 0, failed: 0 };
/** @type {{ name: string, reason: string }[]} */
const skipped = [];
/** @type {{ name: string, error: string }[]} */
const failures = [];
const lines = [];
for (const { name, work } of steps) {
  console.log(`\n=== ${name}`);
  const began = performance.now();
  const result = await work();
  total.passed += result.passed;
  total.failed += result.failed;
  skipped.push(...result.skipped);
  failures.push(...result.failures);
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(6);
  lines.push(
    `${result.failed === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${name}: ${result.passed} passed, ${result.failed} failed`,
  );
}
if (total.passed + total.failed === 0) {
  console.error(`No test matches ${options.filters.join(' ')}.`);
  total.failed = 1;
}

console.log(`\n${lines.join('\n')}`);
/** What a test says is wrong, without its colours: the first two lines, on one. */
const brief = (error) =>
  stripVTControlCharacters(error)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, 2)
    .join(' ');
// By name, at the very end: a log is often kept from its end only.
for (const { name, error } of failures) console.log(`failed: ${name}: ${brief(error)}`);
for (const { name, reason } of skipped) console.log(`skipped: ${name} (${reason})`);
console.log(
  `${total.passed} passed, ${total.failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
