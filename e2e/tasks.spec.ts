/**
 * Tasks are data: a number of the open corpus is added beside the classes, trained with a loss of its own,
 * shown as a picture, exported and imported again.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { writeEmodbFolder } from '../tests/support/emodb-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, text as decoded, Workbench } from './support/workbench';

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

/** The mean rating of valence of every utterance, as the label files have it in brackets. */
function valences(folder: string): ReadonlyMap<string, number> {
  const labels = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /EmoEvaluation[\\/][^\\/]*\.txt$/.test(name))
    .flatMap((name) => readFileSync(join(folder, name), 'latin1').split('\n'));
  return new Map(
    labels.flatMap((line) => {
      const [, id, valence] = /^\[.*\]\t(\S+)\t\S+\t\[([\d.]+),/.exec(line) ?? [];
      return id && valence ? [[id, Number(valence)] as const] : [];
    }),
  );
}

test('valence of IEMOCAP’s label files is trained, compared by CCC and reported', async ({ page }) => {
  const path = join(folders, 'IEMOCAP');
  writeDemoFolder(path, { seed: 1, difficulty: 0.5 });
  const bench = new Workbench(page);
  await bench.open();
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByText('Read as Demo.')).toBeVisible();
  // It has the release's layout: by hand it is read by the adapter of the release.
  await page.getByRole('combobox', { name: 'Read as' }).click();
  await page.getByRole('option', { name: 'IEMOCAP' }).click();
  await expect(page.getByText(/^Read as IEMOCAP/)).toBeVisible();
  const counts = page.getByRole('table', { name: 'Utterances by session, speaker and class' });
  await expect(counts.getByRole('columnheader', { name: 'Valence, mean' })).toBeVisible();
  await bench.goTo('Train');
  await page.getByText('Tasks and losses').click();
  await expect(page.getByRole('combobox', { name: 'Column' })).toContainText('valence (a number)');
  await page.getByRole('button', { name: 'Add a task' }).click();
  await page.getByRole('button', { name: 'Remove speaker' }).click();
  await page.getByRole('button', { name: 'Remove gender' }).click();
  // The same number in levels, as classes; and listeners' votes in place of the emotion's label.
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: 'valence in 3 levels' }).click();
  await page.getByRole('button', { name: 'Add a task' }).click();
  await expect(page.getByRole('textbox', { name: 'Edges between the levels of valence' })).toHaveValue(
    '2; 4',
  );
  await page.getByRole('combobox', { name: 'Targets of emotion' }).click();
  await page.getByRole('option', { name: 'listeners’ votes, as shares' }).click();
  await expect(page.getByText(/labelled utterances \d+ have votes for these classes/)).toBeVisible();
  const small = { epochs: 2, inputSize: 32, width: 0.0625, batchSize: 16, backend: 'wasm' } as const;
  const first = await page.evaluate((change) => window.equipoise.run(change), { ...small, seed: 1 });
  expect(first.config.tasks.map(({ id, column, kind }) => [id, column, kind])).toEqual([
    ['emotion', 'emotion', 'classes'],
    ['valence', 'valence', 'number'],
    ['valence-3', 'valence', 'classes'],
  ]);
  expect(first.config.tasks[0]!.targets).toBe('votes');
  await page.evaluate((change) => window.equipoise.run(change), {
    ...small,
    seed: 1,
    strategy: { id: 'weighted-average', options: { detached: true } },
  } as const);

  const labels = valences(path);
  const rows = csvRows(decoded((await bench.exportNewest())['predictions-last.csv']));
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(Number(row['valence_true'])).toBeCloseTo(labels.get(row['utterance']!)!, 3);

  // The picture as a file.
  await page.getByRole('button', { name: 'Files of valence: predicted against true' }).click();
  const svg = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as SVG' }).click();
  const drawn = readFileSync(await (await svg).path(), 'utf8');
  expect(drawn).toContain('valence: predicted against true');
  expect(drawn).toContain('calibration');
  expect(drawn).not.toContain('var(--');
  await page.getByRole('button', { name: 'Files of valence: predicted against true' }).click();
  const png = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as PNG' }).click();
  expect(
    readFileSync(await (await png).path())
      .subarray(1, 4)
      .toString('latin1'),
  ).toBe('PNG');

  await bench.goTo('Runs');
  await expect(page.getByRole('columnheader', { name: 'CCC valence' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: /speaker/ })).toHaveCount(0);

  await bench.goTo('Compare');
  await expect(page.getByRole('columnheader', { name: 'CCC valence' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'CCC: valence' })).toBeVisible();
  const intervals = page.getByRole('table', { name: 'Intervals by speaker' });
  await expect(intervals.getByRole('row', { name: /^valence CCC/ })).toBeVisible();
  await expect(intervals.getByRole('row', { name: /^valence RMSE/ })).toBeVisible();
});
