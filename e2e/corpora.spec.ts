/**
 * A corpus other than IEMOCAP, opened as it is: EmoDB's file names say what it is, what its labels are and
 * who speaks. The folder is a small one of our own in that grammar.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { NAMED_CORPORA, toneOf } from '../tests/support/named-corpora';
import { EMODB_NAMES, writeEmodbFolder } from '../tests/support/emodb-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, Workbench } from './support/workbench';

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-emodb-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

async function openEmodb(page: Page, name: string): Promise<Workbench> {
  const path = join(folders, name);
  writeEmodbFolder(path);
  writeFileSync(join(path, 'wav', 'silence.wav'), 'x');
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByText('Read as EmoDB.')).toBeVisible();
  return bench;
}

const TINY = { epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' } as const;

test('EmoDB is recognised by its file names, shown with its own labels, and trains', async ({ page }) => {
  const bench = await openEmodb(page, 'emodb');
  const evidence = page.getByRole('table', { name: 'What speaks for each corpus' });
  await expect(evidence.getByRole('row').nth(1)).toContainText(
    '64 of 65 sound files are named as in the release (03a01Fa.wav, …)',
  );
  // The draft has taken the corpus' own label scheme over.
  await expect(page.getByRole('combobox', { name: 'Label scheme' })).toContainText('EmoDB-7');
  const labels = page.getByRole('table', { name: 'Labels of the corpus and the classes they become' });
  await expect(labels.getByRole('row', { name: /^W angry 16$/ })).toBeVisible();
  const counts = page.getByRole('table', { name: 'Utterances by speaker and class' });
  await expect(counts.locator('tfoot')).toContainText(String(EMODB_NAMES.length));
  await expect(counts.getByRole('row', { name: /^08 female/ })).toBeVisible();
  await expect(counts.getByRole('columnheader', { name: 'Session' })).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'Skipped and doubtful' })).toContainText('1');
  await expect(page.getByText('2 sentences are spoken on both sides.')).toBeVisible();

  const run = await page.evaluate((change) => window.equipoise.run(change), TINY);
  expect(run).toMatchObject({
    state: 'finished',
    config: { corpus: { kind: 'folder', name: 'emodb' }, labelScheme: 'emodb-7' },
  });
  const files = await bench.exportNewest();
  const config = JSON.parse(new TextDecoder().decode(files['config.json'])) as {
    classes: Record<string, readonly string[]> | readonly (readonly string[])[];
  };
  expect(JSON.stringify(config.classes)).toContain('"disgusted"');
  expect(JSON.stringify(config.classes)).toContain('"16"');

  // The demo corpus has other label schemes, and the draft follows it back.
  await bench.goTo('Data');
  await page.evaluate(() => window.equipoise.version);
  await bench.goTo('Train');
  await page.getByRole('combobox', { name: 'Corpus' }).click();
  await page.getByRole('option', { name: /^Demo corpus/ }).click();
  await expect(page.getByRole('combobox', { name: 'Label scheme' })).toContainText('IEMOCAP-4');
});

test('another corpus may be chosen by hand; what cannot be read leaves the open one open', async ({
  page,
}) => {
  await openEmodb(page, 'by-hand');
  const choose = page.getByRole('combobox', { name: 'Read as' });
  await expect(choose).toContainText('Whichever corpus fits');
  await choose.click();
  await page.getByRole('option', { name: 'IEMOCAP' }).click();
  await expect(page.getByRole('alert')).toContainText('No IEMOCAP corpus was found in the folder “by-hand”');
  await expect(page.getByText('“by-hand” stays open.')).toBeVisible();
  await choose.click();
  await page.getByRole('option', { name: 'EmoDB' }).click();
  await expect(page.getByText('Read as EmoDB, as chosen here.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('RAVDESS is told from the corpus that took its names over, may be read as that one, and trains', async ({
  page,
}) => {
  // Four actors, four emotions: happy, sad and angry are also BanglaSER's numbers, fearful is not.
  const files = NAMED_CORPORA['ravdess']!.files.filter((path) =>
    /03-01-0[3-6]-01-0[12]-0[12]-(01|02|11|24)\.wav$/.test(path),
  );
  const path = join(folders, 'RAVDESS (копия)');
  for (const file of files) {
    mkdirSync(join(path, dirname(file)), { recursive: true });
    writeFileSync(join(path, file), toneOf(file, 6400));
  }
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByText('Read as RAVDESS.')).toBeVisible();
  const evidence = page.getByRole('table', { name: 'What speaks for each corpus' }).getByRole('row');
  await expect(evidence).toHaveCount(3);
  await expect(evidence.nth(1)).toContainText('64 of 64 sound files are named as in the release');
  await expect(evidence.nth(1)).toContainText('16 names are not among those of BanglaSER (03-01-06-');
  await expect(evidence.nth(2)).toContainText('BanglaSER');
  await expect(evidence.nth(2)).toContainText('each of the names could also be one of RAVDESS');
  await expect(page.getByRole('combobox', { name: 'Label scheme' })).toContainText('RAVDESS-8');
  const labels = page.getByRole('table', { name: 'Labels of the corpus and the classes they become' });
  await expect(labels.getByRole('row', { name: /^03 happy 16$/ })).toBeVisible();

  const choose = page.getByRole('combobox', { name: 'Read as' });
  await choose.click();
  await page.getByRole('option', { name: 'BanglaSER' }).click();
  await expect(page.getByText('Read as BanglaSER, as chosen here.')).toBeVisible();
  await expect(labels.getByRole('row', { name: /^03 angry 16$/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Skipped and doubtful' })).toContainText('16');
  await choose.click();
  await page.getByRole('option', { name: 'Whichever corpus fits' }).click();
  await expect(page.getByText('Read as RAVDESS.')).toBeVisible();

  await page.getByRole('combobox', { name: 'Label scheme' }).click();
  await page.getByRole('option', { name: /^RAVDESS-4/ }).click();
  await expect(labels.getByRole('row', { name: /^06 left out 16$/ })).toBeVisible();
  const run = await page.evaluate((change) => window.equipoise.run(change), TINY);
  expect(run).toMatchObject({ state: 'finished', config: { labelScheme: 'ravdess-4' } });
  const [emotion] = run.epochs[0]!.validation.tasks;
  expect(emotion!.confusion).toHaveLength(4);
});

test('one speaker validates, another one tests: scored once, at the end, and shown apart', async ({
  page,
}) => {
  const bench = await openEmodb(page, 'held-out');
  // Chosen by hand on the Data screen, which counts all three parts.
  await page.getByRole('combobox', { name: 'Split', exact: true }).click();
  await page.getByRole('option', { name: /^Speaker 16 held out/ }).click();
  await page.getByRole('combobox', { name: 'Test part' }).click();
  await page.getByRole('option', { name: /^Speaker 03 held out/ }).click();
  const counts = page.getByRole('table', { name: 'Utterances per class on either side' });
  await expect(counts.locator('tfoot').getByRole('cell')).toHaveText(['32', '16', '16']);
  await expect(page.getByRole('list', { name: 'What this split leaks or cannot measure' })).toContainText(
    'speaker: not measurable',
  );

  const run = await page.evaluate(
    (change) => window.equipoise.run({ ...change, monitor: { of: 'task', task: 'emotion', metric: 'uar' } }),
    { ...TINY, epochs: 3, patience: 3 },
  );
  expect(run).toMatchObject({
    state: 'finished',
    config: {
      split: { kind: 'speaker', speaker: '16', test: { kind: 'speaker', speaker: '03' } },
      monitor: { of: 'task', task: 'emotion', metric: 'uar' },
    },
  });
  // A UAR is better the higher it is, and what is recorded is the UAR itself.
  const uars = run.epochs.map(({ validation }) => validation.tasks[0]!.uar);
  expect(run.epochs.map(({ monitored }) => monitored)).toEqual(uars);
  const best = run.epochs.findLast((epoch) => epoch.best)!;
  expect(best.validation.tasks[0]!.uar).toBe(Math.max(...uars));
  // Tested once, with the best epoch's weights; whom training has not heard cannot be recognised.
  const tested = run.epochs.filter(({ test: scores }) => scores !== undefined);
  expect(tested.map(({ epoch }) => epoch)).toEqual([best.epoch]);
  const [emotion, speaker, gender] = tested[0]!.test!.tasks;
  expect(emotion!.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(16);
  expect(speaker!.unmeasurable).toBe('unseen');
  // One speaker has one gender: always giving that answer would score 100 %.
  expect(gender!.unmeasurable).toBe('single');

  const percent = `${(100 * emotion!.uar).toFixed(1)}%`;
  await bench.goTo('Train');
  const table = page.getByRole('table', { name: 'Scores of the test part' });
  await expect(table.getByRole('row', { name: /^emotion/ })).toContainText(percent);
  await expect(page.getByRole('log', { name: 'Events' })).toContainText(
    'The test part (16 utterances) was scored',
  );
  await bench.goTo('Runs');
  await expect(page.getByText(`test ${percent}`)).toBeVisible();
  await bench.goTo('Compare');
  await expect(table.getByRole('row', { name: /emotion/ })).toContainText(percent);

  // After a reload it is still there, and it goes out and comes back with the run.
  await page.reload();
  await expect(table.getByRole('row', { name: /emotion/ })).toContainText(percent);
  const files = await bench.exportNewest();
  const rows = csvRows(new TextDecoder().decode(files['test.csv']));
  expect(rows.map((row) => [row['epoch'], row['side'], row['task']])).toEqual(
    ['emotion', 'speaker', 'gender'].map((task) => [String(best.epoch), 'test', task]),
  );
  expect(Number(rows[0]!['uar'])).toBe(emotion!.uar);
  expect(csvRows(new TextDecoder().decode(files['metrics.csv'])).some((row) => row['side'] === 'test')).toBe(
    false,
  );
});

test('a run without a test part writes none', async ({ page }) => {
  const bench = await openEmodb(page, 'no-test');
  const run = await page.evaluate((change) => window.equipoise.run(change), TINY);
  expect(run.epochs.map((epoch) => 'test' in epoch)).toEqual([false]);
  expect(Object.keys(await bench.exportNewest()).filter((name) => name.includes('test'))).toEqual([]);
});
