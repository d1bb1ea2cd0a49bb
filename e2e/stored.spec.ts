/**
 * A browser that version 0.1.0 was used in: everything it stored is found, shown and forked, every paused run
 * goes on to the same bits as in 0.1.0 (where the strategy's formulas are the same), and every file that it
 * saved is taken. The fixtures, what they hold and what in them depends on the machine:
 * tests/fixtures/v0.1.0. What the development version after it wrote (tests/fixtures/v0.2.0-unversioned) goes
 * on to the same bits and is taken, too.
 */
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { STRATEGIES } from '../src/core/weighting/registry';
import {
  golden,
  putBack,
  storedFile,
  storedZip,
  type Golden,
  type GoldenRun,
  type StoredVersion,
} from './support/stored';
import { expect, test } from './support/test';
import { text, Workbench } from './support/workbench';
import { meantInVersion2, type Version1 } from '../tests/support/version-1';

const GOLDEN = golden();

/**
 * Strategies whose formulas have changed since (docs/decisions/0020-strategy-versions.md): an old run goes on
 * under today's. They agree to the last digits, but for the scale of Nash-MTL's weights.
 */
const CHANGED: ReadonlySet<string> = new Set(
  STRATEGIES.filter(({ version = 1 }) => version > 1).map(({ id }) => id),
);
const AGREES = 1e-6;

async function open(page: Page, baseURL: string | undefined, version?: StoredVersion): Promise<Workbench> {
  await putBack(page, baseURL!, version);
  const bench = new Workbench(page);
  await bench.open();
  return bench;
}

/** Of a weight file, without the header that names the software. */
function arraysOf(file: Uint8Array): string {
  const bytes = Buffer.from(file);
  return createHash('sha256')
    .update(bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))))
    .digest('hex');
}

/** What of a run must be as it was in 0.1.0. */
async function leftBy(
  bench: Workbench,
  id: string,
): Promise<
  Pick<GoldenRun, 'state' | 'step' | 'checksums' | 'strategyState' | 'weightsLast' | 'weightsBest'>
> {
  const found = await bench.page.evaluate(async (runId) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await done(indexedDB.open('equipoise'));
    const last = (await done(
      db.transaction('checkpoints').objectStore('checkpoints').get([runId, 'last']),
    )) as { step: number; checksums: string[]; state: { strategyState: unknown } };
    db.close();
    const { state } = (await window.equipoise.runs()).find((run) => run.id === runId)!;
    return {
      state,
      step: last.step,
      checksums: last.checksums,
      strategyState: JSON.parse(JSON.stringify(last.state.strategyState)) as unknown,
    };
  }, id);
  const files = await bench.exportRun(id);
  return {
    ...found,
    weightsLast: arraysOf(files['weights-last.safetensors']!),
    weightsBest: arraysOf(files['weights-best.safetensors']!),
  };
}

/** Continues or forks in the page. @returns the run's id, and its rows after step `from` */
const goOn = (page: Page, id: string, from: number, choice: object | null) =>
  page.evaluate(
    async ({ run, after, fork }) => {
      const summary = await (fork ? window.equipoise.fork(run, fork) : window.equipoise.resume(run));
      const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
      return {
        id: summary.id,
        steps: plain(summary.steps.filter(({ step }) => step > after)),
        epochs: plain(summary.epochs.filter(({ step }) => step > after)),
      };
    },
    { run: id, after: from, fork: choice },
  );

interface Weighed {
  readonly losses: readonly number[];
  readonly effective: readonly number[];
}

const furthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - b[i]!) / Math.abs(b[i]!)));

/** Of a strategy whose formula has changed: the checkpoint's own weights to the bit, then the same course. */
function expectNearly(strategy: string, steps: readonly Weighed[], expected: readonly Weighed[]): void {
  expect.soft(steps, strategy).toHaveLength(expected.length);
  expect.soft(steps[0]!.losses, strategy).toEqual(expected[0]!.losses);
  if (strategy === 'nash-mtl') {
    // One factor for all tasks: the root of G's length, with which 0.1.0 multiplied.
    const factors = steps[0]!.effective.map((weight, i) => weight / expected[0]!.effective[i]!);
    expect.soft(Math.abs(Math.log(factors[0]!))).toBeGreaterThan(1);
    expect
      .soft(
        furthest(
          factors,
          factors.map(() => factors[0]!),
        ),
      )
      .toBeLessThan(AGREES);
    return;
  }
  for (const [i, row] of steps.entries())
    for (const key of ['losses', 'effective'] as const)
      expect
        .soft(furthest(row[key], expected[i]![key]), `${strategy} ${key}, step ${i}`)
        .toBeLessThan(AGREES);
}

async function expectTheSame(
  bench: Workbench,
  name: string,
  expected: GoldenRun,
  choice: object | null,
  { made }: Pick<Golden, 'made'> = GOLDEN,
  changed: ReadonlySet<string> = CHANGED,
): Promise<void> {
  const { id, steps, epochs } = await goOn(bench.page, made[name]!, expected.from, choice);
  const { from: _from, steps: rows, epochs: records, ...end } = expected;
  const left = await leftBy(bench, id);
  const strategy = name.replace('paused ', '');
  if (changed.has(strategy)) {
    expect.soft([left.state, left.step], name).toEqual([end.state, end.step]);
    expectNearly(strategy, steps, rows as unknown as readonly Weighed[]);
    return;
  }
  // What a later version adds to a row may be there; what was there is the same.
  expect.soft(steps, name).toMatchObject(rows);
  expect.soft(epochs, name).toMatchObject(records);
  expect.soft(left, name).toEqual(end);
}

test('every run is listed as it was, opens with its charts, and is compared', async ({ page, baseURL }) => {
  const bench = await open(page, baseURL);
  const listed = await page.evaluate(async () =>
    (await window.equipoise.runs()).map(({ id, name, state }) => ({ id, name, state: state as string })),
  );
  // A run that was going when its page went away was interrupted; here all of them were paused.
  const byId = <T extends { readonly id: string }>(runs: readonly T[]): T[] =>
    runs.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(listed)).toEqual(byId(GOLDEN.runs));
  await bench.goTo('Runs');
  await expect(page.getByRole('row')).toHaveCount(1 + GOLDEN.runs.length);
  await page.getByRole('button', { name: 'Open a fork under DWA' }).click();
  await expect(bench.state).toHaveText('finished');
  await expect(
    page
      .getByRole('img', { name: /^Loss: emotion/ })
      .locator('path.trace')
      .first(),
  ).toBeVisible();
  await expect(page.getByRole('table', { name: /^Confusion: gender/ })).toBeVisible();
  await bench.goTo('Compare');
  await expect(page.getByRole('img', { name: /emotion/ }).first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await bench.goTo('Sweeps');
  await expect(page.getByRole('region', { name: 'Queue', exact: true }).getByRole('status')).toContainText(
    'Paused',
  );
  expect(
    await page.evaluate(async () =>
      (await window.equipoise.sweeps()).items.map(({ state }) => state).join(' '),
    ),
  ).toBe(GOLDEN.queued);
});

test('every paused run goes on to the same bits, whatever its strategy keeps', async ({ page, baseURL }) => {
  const bench = await open(page, baseURL);
  for (const [name, expected] of Object.entries(GOLDEN.continued))
    await test.step(name, () => expectTheSame(bench, name, expected, null));
});

test('forks of stored runs, and what waited in the queue, end in the same bits', async ({
  page,
  baseURL,
}) => {
  const bench = await open(page, baseURL);
  for (const [name, { choice, origin: _origin, ...expected }] of Object.entries(GOLDEN.forked))
    await test.step(name, () => expectTheSame(bench, name, expected, choice));
  await bench.goTo('Sweeps');
  await bench.button('Resume the queue').click();
  const items = () =>
    page.evaluate(async () =>
      (await window.equipoise.sweeps()).items.map(({ state, runId, error }) => ({
        state: state as string,
        runId,
        why: error?.message ?? '',
      })),
    );
  await expect
    .poll(async () => (await items()).filter(({ state }) => state === 'waiting' || state === 'running'))
    .toEqual([]);
  const made = await items();
  expect(
    made.map(({ state, why }, i) => (state === GOLDEN.queue[i]!.state ? state : `${state}: ${why}`)),
  ).toEqual(GOLDEN.queue.map(({ state }) => state));
  for (const [i, { runId }] of made.entries()) {
    const { checksums, strategy } = GOLDEN.queue[i]!;
    if (checksums && !CHANGED.has(strategy))
      expect.soft((await leftBy(bench, runId!)).checksums, strategy).toEqual(checksums);
  }
});

test('what was saved as files is taken: runs, configuration, weights, and the same weights are known again', async ({
  page,
  baseURL,
}) => {
  const bench = await open(page, baseURL);
  const take = (method: 'importFile' | 'importWeights', bytes: Uint8Array, name: string) =>
    page.evaluate(
      async ({ how, base64, as }) => {
        const file = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
        return JSON.parse(JSON.stringify(await window.equipoise[how](file, as))) as Record<string, unknown>;
      },
      { how: method, base64: Buffer.from(bytes).toString('base64'), as: name },
    );
  for (const [name, zip] of Object.entries(storedZip('exports.zip'))) {
    const imported = await take('importFile', zip, name);
    expect(imported).toMatchObject({ kind: 'run', unknown: [] });
    const [before, after] = [unzipSync(zip), await bench.exportRun(imported['id'] as string)];
    // Columns may have come since; what was told is told again, cell by cell.
    const table = (file: Uint8Array | undefined): string[][] =>
      text(file)
        .trimEnd()
        .split('\r\n')
        .map((line) => line.split(','));
    for (const file of [
      'metrics.csv',
      'steps.csv',
      'confusion.csv',
      'predictions-best.csv',
      'predictions-last.csv',
    ]) {
      const [old, now] = [table(before[file]), table(after[file])];
      const columns = old[0]!.map((column) => now[0]!.indexOf(column));
      expect
        .soft(
          now.map((row) => columns.map((column) => row[column])),
          `${name} ${file}`,
        )
        .toEqual(old);
    }
  }
  const config = JSON.parse(storedFile('config.json').toString('utf8')) as { config: Version1 };
  expect(await take('importFile', storedFile('config.json'), 'config.json')).toMatchObject({
    kind: 'configuration',
    config: meantInVersion2(config.config),
  });
  const [known] = await page.evaluate(() => window.equipoise.weights());
  expect(
    await take(
      'importWeights',
      storedZip('narrow.safetensors.zip')['narrow.safetensors']!,
      'again.safetensors',
    ),
  ).toMatchObject({ id: known!.id, name: 'again.safetensors', converted: 0 });
  expect(await page.evaluate(() => window.equipoise.weights())).toHaveLength(1);
});

test('what was stored before records had a version goes on to the same bits, and its exports are taken', async ({
  page,
  baseURL,
}) => {
  const version = 'v0.2.0-unversioned';
  const before = golden(version);
  const bench = await open(page, baseURL, version);
  const listed = await page.evaluate(async () =>
    (await window.equipoise.runs()).map(({ id, name, state }) => ({ id, name, state: state as string })),
  );
  expect(new Set(listed)).toEqual(new Set(before.runs));
  // No formula has changed since.
  const none: ReadonlySet<string> = new Set();
  for (const [name, { choice, origin: _origin, ...expected }] of Object.entries(before.forked))
    await test.step(`fork of ${name}`, () => expectTheSame(bench, name, expected, choice, before, none));
  for (const [name, expected] of Object.entries(before.continued))
    await test.step(name, () => expectTheSame(bench, name, expected, null, before, none));
  for (const [name, zip] of Object.entries(storedZip('exports.zip', version))) {
    const imported = await page.evaluate(
      async ({ base64, as }) => {
        const file = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
        return JSON.parse(JSON.stringify(await window.equipoise.importFile(file, as))) as { id: string };
      },
      { base64: Buffer.from(zip).toString('base64'), as: name },
    );
    expect(imported).toMatchObject({ kind: 'run', unknown: [], absent: [] });
    const [was, now] = [unzipSync(zip), await bench.exportRun(imported.id)];
    for (const file of Object.keys(was).filter((one) => one.endsWith('.csv') && one !== 'log.csv'))
      expect.soft(text(now[file]), `${name} ${file}`).toBe(text(was[file]));
  }
});
