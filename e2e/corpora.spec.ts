/**
 * A corpus other than IEMOCAP, opened as it is: EmoDB's file names say what it is, what its labels are and
 * who speaks. The folder is a small one of our own in that grammar.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { EMODB_NAMES, writeEmodbFolder } from '../tests/support/emodb-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

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
    '64 of 65 WAV files are named as in the release (03a01Fa.wav, …)',
  );
  // The draft has taken the corpus' own label scheme over.
  await expect(page.getByRole('combobox', { name: 'Label scheme' })).toContainText('EmoDB-7');
  const labels = page.getByRole('table', { name: 'Labels of the corpus and the classes they become' });
  await expect(labels.getByRole('row', { name: /^W angry 16$/ })).toBeVisible();
  const counts = page.getByRole('table', { name: 'Utterances by session, speaker and class' });
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
