/** Bad input and bad luck: each gives a plain message with a next step, and loses nothing. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test, type Profile } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-trouble-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

test('an empty folder, and one that is no corpus', async ({ page }) => {
  const empty = join(folders, 'empty'),
    other = join(folders, 'holiday');
  mkdirSync(empty);
  mkdirSync(join(other, 'pictures'), { recursive: true });
  writeFileSync(join(other, 'pictures', 'a.txt'), 'not a corpus');
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), empty);
  await expect(page.getByRole('alert')).toContainText('The folder is empty.');
  await expect(page.getByRole('alert')).toContainText('symbolic links');
  await bench.goTo('Start');
  await dropFolder(page, page.getByRole('main'), other);
  await expect(page.getByRole('alert')).toContainText('No known corpus was found');
  // Nothing is lost: the demo still opens.
  await bench.goTo('Data');
  await bench.button('Open the demo corpus').click();
  await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
});

test('a link with bad values: told one by one, the rest is taken over', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink('epochs=banana&strategy=magic&seed=42');
  await expect(page.getByRole('alert')).toHaveCount(2);
  await expect(page.getByRole('alert').filter({ hasText: 'banana' })).toHaveCount(1);
  await expect(page.getByRole('spinbutton', { name: /^Seed/ })).toHaveValue('42');
});

test('WebGPU wanted where there is none: says so, and another backend works', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&${TINY.replace('wasm', 'webgpu')}`);
  await bench.press('Play');
  await expect(page.getByRole('alert')).toContainText('webgpu cannot be used here');
  await expect(page.getByRole('alert')).toContainText('another backend');
  const summary = await page.evaluate(() => window.equipoise.run({ epochs: 1, backend: 'wasm' }));
  expect(summary).toMatchObject({ state: 'finished', backend: 'wasm' });
});

test('a folder that is gone by the time its audio is read', async ({ page }) => {
  const path = join(folders, 'moved');
  writeDemoFolder(path, { seed: 2, difficulty: 0.5, dirty: false });
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&${TINY}`);
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
  renameSync(path, `${path}-away`);
  await bench.goTo('Train');
  await bench.press('Play');
  await expect(page.getByRole('alert')).toBeVisible();
  renameSync(`${path}-away`, path);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
});

test('a folder whose permission ended with the browser: told what to do; what is cached trains without it', async ({
  openProfile,
}) => {
  const path = join(folders, 'revoked');
  writeDemoFolder(path, { seed: 2, difficulty: 0.5 });
  const open = async (folder?: string): Promise<{ profile: Profile; page: Page; bench: Workbench }> => {
    const profile = await openProfile(folder === undefined ? {} : { folder });
    const page = await profile.context.newPage();
    const bench = new Workbench(page);
    await bench.open('#/train');
    return { profile, page, bench };
  };
  const dropIt = async (page: Page): Promise<void> => {
    await dropFolder(page, page.getByRole('main'), path);
    await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
  };
  /**
   * One short run of the corpus that is open; its end, or the code of the error that kept it from beginning.
   */
  const outcome = async ({ page, bench }: { page: Page; bench: Workbench }): Promise<string> => {
    await bench.goTo('Train');
    await expect(page.getByRole('combobox', { name: 'Corpus', exact: true })).toContainText('revoked');
    return page.evaluate(() =>
      window.equipoise.run({ epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' }).then(
        ({ state }) => state,
        (error: unknown) => (error as { code: string }).code,
      ),
    );
  };
  const first = await open();
  await dropIt(first.page);
  await first.profile.context.close();

  const second = await open(first.profile.folder);
  expect(await outcome(second)).toBe('folder-closed');
  await expect(second.page.getByRole('alert')).toContainText('the folder is not connected');
  await expect(second.page.getByRole('alert')).toContainText('Reconnect');
  // A sweep waits with it and loses nothing.
  const queue = () =>
    second.page.evaluate(async () => {
      const { status, items } = await window.equipoise.sweeps();
      return [status, ...items.map(({ state }) => state)].join(' ');
    });
  await second.page.evaluate(() =>
    window.equipoise.sweep({
      strategies: ['unweighted-sum', 'mean'],
      seeds: [1],
      change: { epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' },
    }),
  );
  await expect.poll(queue).toBe('blocked waiting waiting');
  await second.bench.goTo('Sweeps');
  await expect(second.page.getByRole('alert')).toContainText('the folder is not connected');
  await second.bench.goTo('Start');
  await expect(second.page.getByRole('button', { name: 'Reconnect revoked' })).toBeEnabled();
  await dropIt(second.page);
  await expect.poll(queue).toBe('idle done done');
  expect(await outcome(second)).toBe('finished');
  await second.profile.context.close();

  const third = await open(first.profile.folder);
  expect(await outcome(third)).toBe('finished');
});

test('a full disk: the run pauses, says what to do, and goes on when there is room', async ({
  page,
  baseURL,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(baseURL!);
  // Chromium believes its last look at the free space for up to 30 seconds; until then the run goes on.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1000 });
  await expect(page.getByRole('alert')).toContainText('no room');
  await expect(page.getByRole('alert')).toContainText('Delete runs or cached features');
  await expect(bench.state).toHaveText('paused');
  // One truth: what could not be written is not said to be.
  const log = page.getByRole('log', { name: 'Events' });
  await expect(log).toContainText('Paused, and not saved');
  await expect(log).not.toContainText('Paused; checkpoint written.');
  const paused = await bench.steps();
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  await bench.press('Play');
  await expect(bench.state).toHaveText('running');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect.poll(() => bench.steps()).toBeGreaterThan(paused);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  const steps = csvRows(text((await bench.exportNewest())['steps.csv'])).map(({ step }) => Number(step));
  expect(steps).toEqual(steps.map((_, i) => i + 1));
});
