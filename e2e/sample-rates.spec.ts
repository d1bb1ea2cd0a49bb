/**
 * A corpus of unlike sample rates: it is told, one choice resamples it, and the run's log counts what was
 * changed.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'equipoise-rates-'));
  writeDemoFolder(folder, { seed: 1, difficulty: 0.5 });
  for (const session of [2, 3, 4, 5]) rmSync(join(folder, `Session${session}`), { recursive: true });
  // The header alone decides: the same samples, said to be of other rates. Female speakers' files become 44.1
  // kHz, two of them 8 kHz.
  const sounds = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /_F\d+\.wav$/.test(path))
    .sort();
  for (const [i, path] of sounds.entries()) {
    const bytes = readFileSync(join(folder, path));
    bytes.writeUInt32LE(i < 2 ? 8000 : 44100, 24);
    writeFileSync(join(folder, path), bytes);
  }
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('unlike sample rates are told, resampled on request, cached apart and logged', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await page.getByLabel('Corpus folder (file dialog)').setInputFiles(folder);
  await bench.goTo('Data');
  const remarks = page.getByRole('list', { name: 'Resampling' });
  await expect(remarks).toContainText('different sample rates (8, 16, 44.1 kHz)');

  const choose = async (name: string): Promise<void> => {
    await page.getByRole('combobox', { name: 'Sample rate' }).click();
    await page.getByRole('option', { name }).click();
  };
  await choose('16 kHz');
  await expect(remarks).toContainText(/\d+ recordings of 44.1 kHz are resampled to 16 kHz/);
  await expect(remarks).toContainText('Above 4 kHz there is nothing in them.');
  await expect(remarks).not.toContainText('different sample rates');
  await page.getByRole('button', { name: 'Compute now' }).click();
  await expect(page.getByText(/utterances computed in/)).toBeVisible();
  await choose('Each file’s own');
  await expect(page.getByText('Computed once and then cached')).toBeVisible();
  await choose('16 kHz');
  await expect(page.getByText(/utterances computed in/)).toBeVisible();
  const run = await page.evaluate(() =>
    window.equipoise.run({ epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' }),
  );
  expect(run).toMatchObject({ state: 'finished', config: { features: { sampleRate: 16000 } } });
  await bench.goTo('Train');
  await expect(page.getByRole('log')).toContainText(
    '43 recordings of 8000, 44100 Hz are resampled to 16000 Hz.',
  );
  await expect(page.getByRole('log')).toContainText('2 recordings have only 8000 Hz');
});
