/**
 * What a corpus is known by: its recordings. A copy full of noise gets features of its own, a file that
 * changed after the scan is not kept under the old name, files that vanish are told in the run's log, record
 * and export, and a wrong drop closes nothing.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, text, Workbench } from './support/workbench';

let folders: string;
test.beforeEach(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-identity-'));
});
test.afterEach(() => rmSync(folders, { recursive: true, force: true }));

const wavsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.wav'))
    .sort()
    .map((path) => join(folder, path));

/** Noise of the same length and loudness as what was there. */
function replaceByNoise(file: string): void {
  const bytes = readFileSync(file);
  let state = 12_345;
  for (let at = 44; at + 1 < bytes.length; at += 2) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes.writeInt16LE(((state >>> 16) % 8000) - 4000, at);
  }
  writeFileSync(file, bytes);
}

async function drop(page: Page, path: string, name: string): Promise<void> {
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await expect(page.getByRole('progressbar', { name: 'Progress of reading' })).toHaveCount(0);
}

const trainOnce = (page: Page) =>
  page.evaluate(() =>
    window.equipoise.run({ epochs: 1, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' }),
  );
const features = (page: Page) => page.getByRole('region', { name: 'Log-mel spectrograms' });

interface Config {
  readonly corpus: { readonly name: string; readonly fingerprint: string };
  readonly config: { readonly corpus: { readonly id: string; readonly name: string } };
  readonly data: {
    readonly train: number;
    readonly validation: number;
    readonly leftOut: readonly { readonly id: string; readonly code: string }[];
  };
}
const configOf = (zip: Record<string, Uint8Array>): Config => JSON.parse(text(zip['config.json'])) as Config;

test('a copy whose recordings were replaced by noise of the same length is another corpus, with features and losses of its own', async ({
  page,
}) => {
  const [speech, noise] = [join(folders, 'speech'), join(folders, 'noise')];
  writeDemoFolder(speech, { seed: 1, difficulty: 0.5 });
  cpSync(speech, noise, { recursive: true });
  for (const file of wavsOf(noise)) replaceByNoise(file);
  const bench = new Workbench(page);
  await bench.open();
  await drop(page, speech, 'speech');
  expect(await trainOnce(page)).toMatchObject({ state: 'finished' });
  await drop(page, noise, 'noise');
  await expect(features(page).getByText('cached')).toHaveCount(1); // the idle note, and no news of a cache
  await expect(features(page)).toContainText('Computed once and then cached');
  expect(await trainOnce(page)).toMatchObject({ state: 'finished' });

  const [ofNoise, ofSpeech] = [await bench.exportNewest(0), await bench.exportNewest(1)];
  const [a, b] = [configOf(ofSpeech), configOf(ofNoise)];
  expect([a.corpus.name, a.config.corpus.name, b.corpus.name, b.config.corpus.name]).toEqual([
    'speech',
    'speech',
    'noise',
    'noise',
  ]);
  expect(a.config.corpus.id).toBe(a.corpus.fingerprint);
  expect(b.config.corpus.id).toBe(b.corpus.fingerprint);
  expect(a.corpus.fingerprint).not.toBe(b.corpus.fingerprint);
  const losses = (zip: Record<string, Uint8Array>) =>
    csvRows(text(zip['steps.csv'])).map((row) => row['total_loss']);
  expect(losses(ofSpeech)).not.toEqual(losses(ofNoise));

  // The same recordings under another name are the same corpus: nothing is computed, and the run bears the
  // name it was made under.
  const again = join(folders, 'again');
  cpSync(speech, again, { recursive: true });
  await drop(page, again, 'again');
  await bench.button('Compute now').click();
  await expect(features(page)).toContainText('training starts at once');
  expect(await trainOnce(page)).toMatchObject({ state: 'finished' });
  const ofAgain = await bench.exportNewest(0);
  expect(configOf(ofAgain).corpus).toMatchObject({ name: 'again', fingerprint: a.corpus.fingerprint });
  expect(losses(ofAgain)).toEqual(losses(ofSpeech));
  expect(configOf(await bench.exportNewest(2)).corpus.name).toBe('speech');
});

test('a file that changes after the scan is not cached under the old sound, and one that vanishes is told in log, record and export', async ({
  page,
}) => {
  const corpus = join(folders, 'corpus');
  writeDemoFolder(corpus, { seed: 1, difficulty: 0.5 });
  const bench = new Workbench(page);
  await bench.open();
  await drop(page, corpus, 'corpus');
  const used = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((done, fail) => {
      const r = indexedDB.open('equipoise');
      r.onsuccess = () => done(r.result);
      r.onerror = () => fail(r.error);
    });
    const [record] = await new Promise<
      { manifest: { utterances: { id: string; labels: { emotion: string }; path: string }[] } }[]
    >((done, fail) => {
      const r = db.transaction('corpora').objectStore('corpora').getAll();
      r.onsuccess = () => done(r.result as never);
      r.onerror = () => fail(r.error);
    });
    db.close();
    return record!.manifest.utterances
      .filter(({ labels }) => ['ang', 'hap', 'neu', 'sad'].includes(labels.emotion))
      .map(({ id, path }) => ({ id, path }));
  });
  const [longer, noisy, ...gone] = [3, 40, 80, 120, 200].map((at) => used[at]!);
  const originals = [longer!, noisy!].map(({ path }) => readFileSync(join(corpus, path)));
  writeFileSync(join(corpus, longer!.path), readFileSync(join(corpus, used[10]!.path)));
  replaceByNoise(join(corpus, noisy!.path));
  for (const { path } of gone) renameSync(join(corpus, path), join(corpus, `${path}.away`));

  expect(await trainOnce(page)).toMatchObject({ state: 'finished' });
  const expected = [longer!, noisy!]
    .map(({ id }) => ({ id, code: 'file-changed' }))
    .concat(gone.map(({ id }) => ({ id, code: 'file-missing' })))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const zip = await bench.exportNewest();
  const { data } = configOf(zip);
  expect(data.leftOut).toEqual(expected);
  expect(data.train + data.validation).toBe(used.length - 5);
  const told = csvRows(text(zip['log.csv'])).filter(({ code }) => code === 'left-out');
  expect(told).toHaveLength(2);
  await bench.goTo('Train');
  await expect(page.getByRole('log', { name: 'Events' })).toContainText(
    `3 of ${used.length} utterances are left out`,
  );
  await expect(page.getByRole('log', { name: 'Events' })).toContainText(
    `2 of ${used.length} utterances are left out`,
  );

  // Everything is put back: what was missing is computed, and what is cached is told apart from it.
  [longer!, noisy!].forEach(({ path }, i) => writeFileSync(join(corpus, path), originals[i]!));
  for (const { path } of gone) renameSync(join(corpus, `${path}.away`), join(corpus, path));
  await bench.goTo('Data');
  await bench.button('Compute now').click();
  await expect(features(page)).toContainText('5 utterances computed');
  await expect(features(page)).toContainText(`From the cache: ${used.length - 5}.`);
  expect(await trainOnce(page)).toMatchObject({ state: 'finished' });
  expect(configOf(await bench.exportNewest()).data).toMatchObject({ leftOut: [] });

  // Recompute reads the folder as it is now: with another sound in it, it is another corpus.
  replaceByNoise(join(corpus, noisy!.path));
  await bench.goTo('Data');
  await bench.button('Recompute').click();
  await expect(page.getByText('The folder has changed since it was last read')).toBeVisible();
  await expect(features(page)).toContainText(`${used.length} utterances computed`);
});

test('a wrong drop leaves the open corpus open, and the error says so', async ({ page }) => {
  const [corpus, wrong] = [join(folders, 'corpus'), join(folders, 'holiday')];
  writeDemoFolder(corpus, { seed: 1, difficulty: 0.5 });
  cpSync(join(corpus, 'EXPECTED.json'), join(wrong, 'notes.json'));
  const bench = new Workbench(page);
  await bench.open();
  await drop(page, corpus, 'corpus');
  await dropFolder(page, page.getByRole('main'), wrong);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('“corpus” stays open.');
  await expect(page.getByRole('heading', { level: 1, name: 'corpus', exact: true })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
  // It trains on what is open, as if nothing had been dropped.
  expect(await trainOnce(page)).toMatchObject({
    state: 'finished',
    config: { corpus: { kind: 'folder', name: 'corpus' } },
  });
  await bench.goTo('Data');
  await alert.getByRole('button', { name: 'Dismiss' }).click();
  await expect(alert).toHaveCount(0);
});
