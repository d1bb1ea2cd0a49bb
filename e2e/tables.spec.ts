/**
 * A corpus that a table describes: an audformat database of parts of files (written by audformat itself,
 * tests/fixtures/tables.json), dropped, its columns mapped in the editor, trained by its own published parts.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toneFor } from '../tests/support/table-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

const FIXTURE = join(import.meta.dirname, '../tests/fixtures/tables.json');
const TINY = { epochs: 2, inputSize: 32, width: 0.0625, batchSize: 4, backend: 'wasm' } as const;

let folder: string;
test.beforeAll(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'equipoise-tables-')), 'toy');
  const { files, rows } = (
    JSON.parse(readFileSync(FIXTURE, 'utf8')) as Record<
      string,
      { files: Record<string, string>; rows: { file: string }[] }
    >
  )['audformat-segmented']!;
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  for (const [path, base64] of Object.entries(files)) write(path, Buffer.from(base64, 'base64'));
  for (const { file } of rows) write(file, toneFor(file, 0.6));
});
test.afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

test('an audformat database is read, mapped in the editor and trained by its own parts', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), folder);
  await expect(page.getByText('Read as CSV / audformat / EmoBox.')).toBeVisible();
  const evidence = page.getByRole('table', { name: 'What speaks for each corpus' });
  await expect(evidence.getByRole('row').nth(1)).toContainText('db.yaml describes a database of tables');

  const editor = page.getByRole('region', { name: 'Columns of the table', exact: true });
  const use = (column: string) => editor.getByRole('combobox', { name: `Use of ${column}`, exact: true });
  await expect(use('emotion')).toHaveValue('classes');
  await expect(use('arousal')).toHaveValue('number');
  await expect(use('start')).toHaveValue('start');
  await expect(use('emotion.rater1')).toHaveValue('ignore');
  const apply = editor.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeDisabled();

  // A mapping that names no sound file cannot be applied, and can be undone.
  await use('file').selectOption('ignore');
  await expect(editor.getByText('No column names the sound files.')).toBeVisible();
  await expect(apply).toBeDisabled();
  await editor.getByRole('button', { name: 'Discard changes' }).click();
  await expect(use('file')).toHaveValue('audio');

  // By keyboard: anger becomes a class of the user's own, the age a filter's column no more.
  await editor
    .locator('summary')
    .filter({ hasText: /become emotion$/ })
    .focus();
  await page.keyboard.press('Enter');
  await editor.getByRole('textbox', { name: '“anger” of emotion becomes' }).fill('tense');
  await use('age').selectOption('ignore');
  const violations = await new AxeBuilder({ page }).include('section:has(select)').analyze();
  expect(violations.violations).toEqual([]);
  await apply.click();
  const labels = page.getByRole('table', { name: 'Labels of the corpus and the classes they become' });
  await expect(labels.getByRole('row', { name: /^tense tense/ })).toBeVisible();
  await expect(use('age')).toHaveValue('ignore');

  await page.getByRole('combobox', { name: 'Split', exact: true }).click();
  await page.getByRole('option', { name: 'By the column split' }).click();
  const run = await page.evaluate((change) => window.equipoise.run(change), TINY);
  expect(run).toMatchObject({
    state: 'finished',
    config: { labelScheme: 'table-labels', split: { kind: 'column', column: 'split' }, epochs: 2 },
  });
  const files = await bench.exportNewest();
  const config = JSON.parse(new TextDecoder().decode(files['config.json'])) as unknown;
  expect(JSON.stringify(config)).toContain('"tense"');

  // What was mapped outlives the page: another folder has a table with this header.
  await page.reload();
  const copy = join(dirname(folder), 'copy');
  cpSync(folder, copy, { recursive: true });
  await bench.goTo('Data');
  await dropFolder(page, page.getByRole('main'), copy);
  await expect(page.getByRole('heading', { name: 'copy', level: 1 })).toBeVisible();
  await expect(labels.getByRole('row', { name: /^tense tense/ })).toBeVisible();
  await editor.getByRole('button', { name: 'As suggested' }).click();
  await expect(labels.getByRole('row', { name: /^angry angry/ })).toBeVisible();
  await expect(use('age')).toHaveValue('number');
});
