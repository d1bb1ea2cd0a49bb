/**
 * The test support itself: each fault it promises to catch is caught, and a dropped folder is the real one.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { dropFolder } from './support/drop-folder';
import { Faults, isLocal } from './support/faults';
import { Progress } from './support/progress';
import { expect, test } from './support/test';

const BARE = '<title>bare</title><link rel="icon" href="data:," /><main>bare</main>';

/** Opens an empty page on our origin: without our script, and without our policy. */
async function openBare(page: Page, baseURL = ''): Promise<void> {
  await page.route('**/bare', (route) => route.fulfill({ contentType: 'text/html', body: BARE }));
  await page.goto(`${baseURL}bare`);
}

test('faults of a page are seen', async ({ browser, baseURL }) => {
  // A context of its own: its faults are the subject here, not a failure.
  const context = await browser.newContext();
  const faults = new Faults();
  faults.watch(context);
  const page = await context.newPage();
  await openBare(page, baseURL);
  expect(faults.unexpected()).toEqual([]);

  await page.evaluate(() => console.warn('careful'));
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('uncaught');
    });
  });
  await expect.poll(() => faults.unexpected().map(({ kind }) => kind)).toEqual(['console', 'page error']);
  faults.allow(/careful|uncaught/);
  expect(faults.unexpected()).toEqual([]);
  await context.close();
});

test('a request to another machine is refused by the policy, and seen where there is none', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const faults = new Faults();
  faults.watch(context);
  const page = await context.newPage();
  const reach = () =>
    page.evaluate(() =>
      fetch('http://example.invalid/x').then(
        () => 'sent',
        () => 'refused',
      ),
    );

  await page.goto(`${baseURL}icon.svg`); // the smallest thing our server sends with its headers
  expect(await reach()).toBe('refused');
  expect(faults.unexpected().some(({ text }) => text.includes('Content Security Policy'))).toBe(true);

  await openBare(page, baseURL);
  await reach();
  await expect
    .poll(() =>
      faults
        .unexpected()
        .filter(({ kind }) => kind === 'foreign request')
        .map(({ text }) => text),
    )
    .toContain('GET http://example.invalid/x');
  await context.close();
});

test('faults of a worker are seen', async ({ browser, baseURL }) => {
  const context = await browser.newContext();
  const faults = new Faults();
  faults.watch(context);
  const page = await context.newPage();
  const script = "console.error('from a worker'); fetch('http://example.invalid/w').catch(() => {});";
  await page.route('**/w.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await openBare(page, baseURL);
  await page.evaluate(() => void new Worker('w.js'));
  await expect.poll(() => faults.unexpected().some(({ text }) => text.includes('from a worker'))).toBe(true);
  await expect.poll(() => faults.unexpected().some(({ kind }) => kind === 'foreign request')).toBe(true);
  await context.close();
});

test('what waits while nothing moves is ended, with what was last seen; while something moves it is not', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const progress = new Progress(8, 100);
  progress.watch(context);
  const page = await context.newPage();
  await openBare(page, baseURL);
  await page.evaluate(() => {
    let left = 40;
    const timer = setInterval(() => {
      document.querySelector('main')!.textContent = `still ${left} to go`;
      if (left-- === 0) clearInterval(timer);
    }, 100);
  });
  await expect(page.locator('main')).toHaveText('still 0 to go');
  expect(progress.verdict).toBeNull();
  const failure = await expect(page.locator('main'))
    .toHaveText('never')
    .then(
      () => null,
      (error: Error) => error.message,
    );
  expect(failure).toContain('still 0 to go');
  expect(progress.verdict).toMatch(
    /^Nothing moved for 8 looks in a row\. Last seen: .*\/bare .*, \d+ changes of the page/,
  );
});

test('what counts as this machine', () => {
  for (const url of ['http://localhost:1/', 'http://127.0.0.1/a', 'blob:http://localhost/1', 'data:,x'])
    expect(isLocal(url)).toBe(true);
  for (const url of ['https://example.org/', 'http://localhost.example.org/', 'ws://10.0.0.1/'])
    expect(isLocal(url)).toBe(false);
});

/** Turns the current document into a drop target that keeps what it is given as `dropped`. */
const listen = () => {
  const held = globalThis as unknown as { dropped?: Promise<FileSystemHandle | null> };
  addEventListener('dragover', (event) => event.preventDefault());
  addEventListener('drop', (event) => {
    event.preventDefault();
    const handle = event.dataTransfer?.items[0]?.getAsFileSystemHandle();
    if (handle !== undefined) held.dropped = handle;
  });
};

const read = async () => {
  const { dropped } = globalThis as unknown as { dropped: Promise<FileSystemDirectoryHandle> };
  const folder = await dropped;
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return {
    kind: folder.kind,
    names: names.toSorted(),
    permission: await folder.queryPermission({ mode: 'readwrite' }),
  };
};

test.describe('a dropped folder', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'equipoise-drop-'));
    await writeFile(join(folder, 'a.txt'), 'a');
  });
  test.afterEach(() => rm(folder, { recursive: true }));

  test('arrives as a handle of the real folder', async ({ page }) => {
    await openBare(page);
    await page.evaluate(listen);
    await dropFolder(page, 'main', folder);
    expect(await page.evaluate(read)).toEqual({ kind: 'directory', names: ['a.txt'], permission: 'prompt' });
  });

  test('can be written to in a profile that allows it', async ({ openProfile }) => {
    const { context } = await openProfile({ writableFolders: true });
    const page = await context.newPage();
    await openBare(page);
    await page.evaluate(listen);
    await dropFolder(page, 'main', folder);
    expect(await page.evaluate(read)).toEqual({ kind: 'directory', names: ['a.txt'], permission: 'granted' });
  });
});
