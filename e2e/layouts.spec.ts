/**
 * Copies of a corpus that are not as the release is, dragged onto the page: read where it is beyond doubt
 * what is meant, and what they lack is told beside what the release has; else refused with a reason, and a
 * list of what was skipped.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright/test';
import { encodeWav16 } from '../src/core/audio/wav';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, saved, Workbench } from './support/workbench';

type Files = Record<string, string | Uint8Array>;

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-layouts-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

function write(name: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folders, name, path)), { recursive: true });
    writeFileSync(join(folders, name, path), content);
  }
  return join(folders, name);
}

const LABELS = ['ang', 'hap', 'neu', 'sad'];
/** Two sessions, one dialog each, 4 turns of either speaker; every sound another one. */
function corpus(): Files {
  const files: Files = {};
  for (const session of [1, 2]) {
    const dialog = `Ses0${session}F_impro01`;
    const turns = ['F', 'M'].flatMap((letter) =>
      LABELS.map((label, i) => ({ id: `${dialog}_${letter}00${i}`, label })),
    );
    files[`Session${session}/dialog/EmoEvaluation/${dialog}.txt`] = turns
      .map(
        ({ id, label }) =>
          `[1.0000 - 1.5000]\t${id}\t${label}\t[2.5000, 2.5000, 2.5000]\nC-E2:\tNeutral;\t()\n\n`,
      )
      .join('');
    for (const [i, { id }] of turns.entries())
      files[`Session${session}/sentences/wav/${dialog}/${id}.wav`] = encodeWav16(
        Float32Array.from({ length: 8000 }, (_, n) => 0.3 * Math.sin(n / (3 + 8 * session + i))),
        16_000,
      );
  }
  return files;
}
const moved = (files: Files, move: (path: string) => string): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [move(path), content]));

async function drop(page: Page, path: string): Promise<Workbench> {
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  return bench;
}
/** Labels, audio files and both, of a session or in all; then the release's number. */
const beside = (page: Page, row: string) =>
  page
    .getByRole('table', { name: 'Compared with the full release' })
    .getByRole('row', { name: new RegExp(`^${row} `) });
const skipped = async (page: Page): Promise<string[]> =>
  csvRows(
    await saved(page, () =>
      page.getByRole('region', { name: 'Skipped and doubtful' }).getByRole('button', { name: 'CSV' }).click(),
    ),
  ).map((row) => [row['code'], row['reason'], row['where'], row['kept']].join(' '));

test('everything in one folder', async ({ page }) => {
  await drop(
    page,
    write(
      'flat',
      moved(corpus(), (path) => path.replace(/^.*\//, '')),
    ),
  );
  await expect(beside(page, 'Sum')).toHaveText('Sum16161610,039');
  await expect(page.getByText('Nothing was skipped.')).toBeVisible();
  await expect(page.getByText('Sessions 3, 4, 5 are not here.', { exact: false })).toBeVisible();
  await expect(page.getByText('Sessions 1, 2 are incomplete.', { exact: false })).toBeVisible();
});

test('Session1/Session1, a copy beside it, and a session that is a symbolic link', async ({ page }) => {
  const files = corpus();
  const path = write('doubled', {
    ...moved(files, (at) => at.replace(/^(Session1)/, '$1/$1').replace(/^Session2/, 'elsewhere/Session2')),
    'Session1 (copy)/dialog/x.txt': 'x',
  });
  symlinkSync(join(path, 'elsewhere', 'Session2'), join(path, 'Session2'));
  await drop(page, path);
  await expect(beside(page, '1')).toHaveText('18881,819');
  await expect(beside(page, '2')).toHaveText('20001,811');
  await expect(page.getByText('the browser does not show those', { exact: false })).toBeVisible();
  expect(await skipped(page)).toEqual(['ignored-folder  Session1 (copy) no']);
});

test('a listing that comes short is made again, and told', async ({ page }) => {
  // The worker that scans is there after the first folder; then its browser's next listing of one folder
  // loses every other name.
  await drop(page, write('first', { 'a.txt': 'x' }));
  await expect(page.getByRole('alert')).toContainText('No known corpus was found');
  await page
    .workers()
    .find((worker) => worker.url().includes('corpus'))!
    .evaluate(() => {
      const { values } = FileSystemDirectoryHandle.prototype;
      let cut = false;
      FileSystemDirectoryHandle.prototype.values = async function* lossy(this: FileSystemDirectoryHandle) {
        const short = this.name === 'Ses02F_impro01' && !cut;
        if (short) cut = true;
        let i = 0;
        for await (const entry of values.call(this)) if (!short || i++ % 2 === 0) yield entry;
      } as typeof values;
    });
  await dropFolder(page, page.getByRole('main'), write('cut', corpus()));
  await expect(beside(page, '2')).toHaveText('28881,811');
  expect(await skipped(page)).toEqual(['relisted-folder  Session2 yes']);
});

test('half of the labels gone, placeholders, a web page, silence and copies: each is named once, with its count', async ({
  page,
}) => {
  const files = corpus();
  const evaluation = 'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt';
  files[evaluation] = String(files[evaluation]).split('\n\n').slice(0, 4).join('\n\n').replaceAll('\t', ' ');
  const wav = (session: number, turn: string): string =>
    `Session${session}/sentences/wav/Ses0${session}F_impro01/Ses0${session}F_impro01_${turn}.wav`;
  for (const turn of ['F000', 'F001', 'F002'])
    files[wav(2, turn)] = `version https://git-lfs.github.com/spec/v1\noid sha256:${turn}\nsize 16044\n`;
  files[wav(2, 'F003')] = '<!DOCTYPE html>\n<html><body>Not found</body></html>';
  files[wav(2, 'M000')] = encodeWav16(new Float32Array(8000), 16_000);
  files[wav(2, 'M002')] = files[wav(2, 'M001')]!;
  await drop(page, write('half', files));
  await expect(beside(page, '1')).toHaveText('14841,819');
  const groups = page.getByRole('region', { name: 'Skipped and doubtful' }).locator('summary');
  await expect(groups).toHaveText([
    'Audio without a labelskipped4',
    'A Git LFS placeholder instead of the recordingskipped3',
    'Tabs replaced by spaceskept1',
    'A web page instead of the recordingskipped1',
    'Silent recordingskept1',
    'Identical recordingskept1',
  ]);
  await groups.filter({ hasText: 'Git LFS' }).click();
  await expect(
    page.getByText('Run “git lfs pull” in the copy of the repository, then open the folder again.'),
  ).toBeVisible();
});

test('a folder without labels is refused with what it holds, and the list is there', async ({ page }) => {
  const files = Object.fromEntries(Object.entries(corpus()).filter(([path]) => path.includes('sentences')));
  const bench = await drop(page, write('unlabelled', files));
  await expect(page.getByRole('alert')).toContainText(
    'The folder holds audio (16 files), but no label for it.',
  );
  expect(await skipped(page)).toHaveLength(18);
  await bench.goTo('Start');
  await expect(page.getByRole('alert')).toContainText('Copy dialog/EmoEvaluation of each session, too');
  await page.getByRole('link', { name: 'What was skipped' }).click();
  await expect(page.getByRole('region', { name: 'Skipped and doubtful' })).toContainText(
    'Audio without a label',
  );
});
