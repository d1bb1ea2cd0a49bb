/**
 * A real folder on disk, handed over by a real drag (and by the file dialog): what is found and what is
 * skipped must be what EXPECTED.json says. Made of real speech where the corpus tool lies beside the project,
 * else by our own synthesiser.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright/test';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, saved, Workbench } from './support/workbench';

const TOOL = resolve('../shared/tools/make-iemocap-layout.mjs');

interface Expected {
  readonly clean: {
    readonly utterances: number;
    readonly byEmotion: Record<string, number>;
    readonly bySpeaker: Record<string, number>;
    readonly iemocap4: number;
  };
  readonly dirty?: {
    readonly ignoredHidden: number;
    readonly unlabelledAudio: string[];
    readonly missingAudio: string[];
    readonly unreadableAudio: string[];
    readonly truncatedAudio: string[];
    readonly badLabelLines: number;
  };
}

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-corpus-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

function makeFolder(name: string, dirty: boolean): { path: string; expected: Expected } {
  const path = join(folders, name);
  if (existsSync(TOOL)) execFileSync(process.execPath, [TOOL, path, ...(dirty ? ['--dirty'] : [])]);
  else writeDemoFolder(path, { seed: 1, difficulty: 0.5, dirty });
  return { path, expected: JSON.parse(readFileSync(join(path, 'EXPECTED.json'), 'utf8')) as Expected };
}

/** What the scan stored: the manifest itself. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const r = indexedDB.open('equipoise');
      r.onsuccess = () => done(r.result);
      r.onerror = () => fail(r.error);
    });
    const all = await new Promise<
      { scannedAt: number; manifest: { utterances: { labels: Record<'emotion' | 'speaker', string> }[] } }[]
    >((done, fail) => {
      const r = db.transaction('corpora').objectStore('corpora').getAll();
      r.onsuccess = () => done(r.result as never);
      r.onerror = () => fail(r.error);
    });
    db.close();
    const { utterances } = all.sort((a, b) => b.scannedAt - a.scannedAt)[0]!.manifest;
    const count = (key: 'emotion' | 'speaker') => {
      const counts: Record<string, number> = {};
      for (const utterance of utterances)
        counts[utterance.labels[key]] = (counts[utterance.labels[key]] ?? 0) + 1;
      return counts;
    };
    return { utterances: utterances.length, byEmotion: count('emotion'), bySpeaker: count('speaker') };
  });

async function drop(page: Page, path: string): Promise<Workbench> {
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  await expect(
    page.getByRole('region', { name: 'Utterances by session, speaker and class' }).first(),
  ).toBeVisible();
  return bench;
}

/** One short run of the corpus that is open. */
const trainOnce = (page: Page) =>
  page.evaluate(() =>
    window.equipoise.run({ epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' }),
  );

test('a clean folder, dragged in: every count, and after a reload one click reconnects', async ({ page }) => {
  const { path, expected } = makeFolder('clean', false);
  const bench = await drop(page, path);
  const { iemocap4, ...counts } = expected.clean;
  expect(await stored(page)).toEqual(counts);
  const table = page.getByRole('table', { name: 'Utterances by session, speaker and class' });
  await expect(table.locator('tfoot')).toContainText(String(iemocap4));
  await expect(page.getByText('Nothing was skipped.')).toBeVisible();

  await page.reload();
  await bench.goTo('Start');
  await page.getByRole('button', { name: 'Reconnect clean' }).click();
  await bench.goTo('Data');
  await expect(table.locator('tfoot')).toContainText(String(iemocap4));
});

test('a damaged folder, dragged in: everything skipped is told, nothing stops the rest, and it trains', async ({
  page,
}) => {
  const { path, expected } = makeFolder('dirty', true);
  const bench = await drop(page, path);
  const dirty = expected.dirty!;
  const rows = csvRows(
    await saved(page, () =>
      page.getByRole('region', { name: 'Skipped and doubtful' }).getByRole('button', { name: 'CSV' }).click(),
    ),
  );
  const of = (code: string) =>
    rows
      .filter((row) => row['code'] === code)
      .map((row) => row['where']!.replace(/^.*\//, '').replace(/\.wav$/, ''))
      .sort();
  expect(of('hidden-file')).toHaveLength(dirty.ignoredHidden);
  expect(of('unlabelled-audio')).toEqual(dirty.unlabelledAudio);
  expect(of('missing-audio')).toEqual(dirty.missingAudio);
  expect(of('unreadable-audio')).toEqual([...dirty.unreadableAudio].sort());
  expect(of('truncated-audio')).toEqual(dirty.truncatedAudio);
  expect(of('bad-label-line')).toHaveLength(dirty.badLabelLines);
  expect(rows.filter((row) => row['kept'] === 'yes').map((row) => row['code'])).toEqual(['truncated-audio']);
  expect((await stored(page)).utterances).toBe(
    expected.clean.utterances - dirty.missingAudio.length - dirty.unreadableAudio.length,
  );

  expect(await trainOnce(page)).toMatchObject({ state: 'finished', config: { corpus: { kind: 'folder' } } });
  // The second run on the same corpus and setting finds its features cached.
  await bench.goTo('Data');
  await expect(page.getByText(/cached/).first()).toBeVisible();
});

test('the file dialog leads to the same corpus', async ({ page }) => {
  const { path, expected } = makeFolder('dialog', true);
  const bench = new Workbench(page);
  await bench.open();
  await page.getByLabel('Corpus folder (file dialog)').setInputFiles(path);
  await bench.goTo('Data');
  await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
  expect((await stored(page)).utterances).toBe(
    expected.clean.utterances - expected.dirty!.missingAudio.length - expected.dirty!.unreadableAudio.length,
  );
  expect(await trainOnce(page)).toMatchObject({ state: 'finished', config: { corpus: { kind: 'folder' } } });
});

test('the folder picker gives the same corpus, and closing it is no error', async ({ page }) => {
  const { path, expected } = makeFolder('picked', false);
  // Nobody can answer the picker of a headless browser: it is answered with the true handle of a real drag.
  await page.addInitScript(() => {
    let answer: FileSystemDirectoryHandle | null = null;
    Object.assign(window, {
      showDirectoryPicker: async () => {
        if (answer) return answer;
        throw new DOMException('The user aborted a request.', 'AbortError');
      },
      keepHandle: () =>
        addEventListener(
          'drop',
          (event) => {
            event.preventDefault();
            event.stopImmediatePropagation();
            void event.dataTransfer?.items[0]?.getAsFileSystemHandle().then((handle) => {
              answer = handle as FileSystemDirectoryHandle;
            });
          },
          { capture: true, once: true },
        ),
    });
  });
  const bench = new Workbench(page);
  await bench.open();
  await bench.button('Open a corpus folder').click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.evaluate(() => (window as unknown as { keepHandle: () => void }).keepHandle());
  await dropFolder(page, page.getByRole('main'), path);
  await bench.button('Open a corpus folder').click();
  await expect(
    page.getByRole('table', { name: 'Utterances by session, speaker and class' }).locator('tfoot'),
  ).toContainText(String(expected.clean.iemocap4));
});
