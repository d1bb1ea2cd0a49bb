/**
 * Tasks are data: a number of the open corpus is added beside the classes, trained with a loss of its own,
 * shown as a picture, exported and imported again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEmodbFolder } from '../tests/support/emodb-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-tasks-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

test('a number of the corpus is added as a task, trained, shown, exported and taken back', async ({
  page,
}) => {
  const path = join(folders, 'emodb');
  writeEmodbFolder(path);
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByText('Read as EmoDB.')).toBeVisible();
  await bench.goTo('Train');
  await page.getByText('Tasks and losses').click();
  // The column that no task reads yet is offered first.
  await expect(page.getByRole('combobox', { name: 'Column' })).toContainText('age (a number)');
  await page.getByRole('button', { name: 'Add a task' }).click();
  await page.getByRole('button', { name: 'Remove gender' }).click();
  const loss = page.getByRole('combobox', { name: 'Loss of age' });
  await expect(loss).toContainText('Mean squared error');
  await loss.click();
  await page.getByRole('option', { name: '1 − CCC of the batch' }).click();
  await page.getByRole('combobox', { name: 'Loss of emotion' }).click();
  await page.getByRole('option', { name: 'Focal loss' }).click();

  const run = await page.evaluate((change) => window.equipoise.run(change), {
    epochs: 2,
    inputSize: 32,
    width: 0.0625,
    batchSize: 16,
    backend: 'wasm',
  } as const);
  expect(run).toMatchObject({ state: 'finished' });
  expect(run.config.tasks.map(({ id, loss: { id: by } }) => [id, by])).toEqual([
    ['emotion', 'focal'],
    ['speaker', 'cross-entropy'],
    ['age', 'ccc'],
  ]);
  await expect(page.getByRole('group', { name: 'age', exact: true })).toContainText('CCC');
  await expect(page.getByRole('img', { name: /^age: predicted against true\. CCC/ })).toBeVisible();

  const files = await bench.exportNewest();
  const text = (name: string): string => new TextDecoder().decode(files[name]);
  const [head, ...rows] = text('metrics.csv').trim().split('\r\n');
  expect(head).toMatch(/,count,ccc,pearson,mae,rmse$/);
  expect(rows.length).toBe(2 * 2 * 3);
  const columns = text('predictions-last.csv').split('\r\n')[0]!;
  expect(columns).toContain('age_true,age_predicted,age_confidence');
  expect(new TextDecoder('latin1').decode(files['weights-last.safetensors']!.slice(0, 20_000))).toContain(
    'heads.age.',
  );
});
