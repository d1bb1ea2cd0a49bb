/**
 * A corpus in which recordings are FLAC, MP3 and Opus: read beside its WAV files, what is broken or called by
 * a wrong name is told, and a run trains on the rest.
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMODB_NAMES, writeEmodbFolder } from '../tests/support/emodb-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'equipoise-coded-'));
  writeEmodbFolder(folder);
  const wav = join(folder, 'wav');
  const coded = ['mono16.flac', 'mono.mp3', 'mono.opus', 'mono.ogg', 'mono.m4a'];
  for (const [i, name] of EMODB_NAMES.slice(0, 7).entries()) {
    const stem = name.replace(/\.wav$/, '');
    rmSync(join(wav, `${stem}.wav`));
    const file = coded[i];
    if (file)
      copyFileSync(join('tests/fixtures/coded', file), join(wav, `${stem}${file.slice(file.indexOf('.'))}`));
    else if (i === 5) copyFileSync('tests/fixtures/coded/mono.m4a', join(wav, `${stem}.wav`));
    else
      writeFileSync(join(wav, `${stem}.flac`), 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n');
  }
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('FLAC, MP3, Ogg and M4A are read beside WAV; what is broken is named, and the rest trains', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), folder);
  await expect(page.getByText('Read as EmoDB.')).toBeVisible();
  const figures = page.getByLabel('Figures of the corpus');
  await expect(figures).toContainText(String(EMODB_NAMES.length - 2));
  const problems = page.getByRole('region', { name: 'Skipped and doubtful' });
  await expect(problems).toContainText('Not a WAV file: MP4 (M4A)skipped1');
  await expect(problems).toContainText('A Git LFS placeholder instead of the recordingskipped1');
  // Opus is always 48 kHz.
  await expect(page.getByRole('list', { name: 'Resampling' })).toContainText('different sample rates');
  const report = page.getByRole('region', { name: 'Pre-flight report' });
  await expect(report).toContainText('Different sample rates among the recordings: 2.');
  await bench.button('Resample all to 16 kHz').click();
  await expect(report).not.toContainText('Different sample rates');

  const run = await page.evaluate((change) => window.equipoise.run(change), {
    epochs: 1,
    inputSize: 32,
    width: 0.0625,
    batchSize: 16,
    backend: 'wasm',
  } as const);
  expect(run).toMatchObject({ state: 'finished' });
  // 62 less the 13 that are the same to the last sample; one sound in several codings is found.
  await bench.goTo('Data');
  await expect(report).toContainText(/were looked for by the correlation of log-mel .* among 49 recordings/);
  await expect(report).toContainText(/Pairs of nearly the same recordings .*= /);
});
