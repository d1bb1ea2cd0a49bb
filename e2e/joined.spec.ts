/**
 * A folder and the demo corpus, joined: labels mapped, each trained on once and tested on the other - over a reload,
 * after which the folder is not connected -, and the heat map of both.
 */
import { writeEmodbFolder } from '../tests/support/emodb-folder';
import { expect, test } from './support/test';
import { saved, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('two corpora are joined, mapped, trained on in turn, and set against each other', async ({
  page,
}, testInfo) => {
  const bench = new Workbench(page);
  const folder = testInfo.outputPath('emodb');
  writeEmodbFolder(folder);
  await bench.openLink(`strategy=unweighted-sum&epochs=1&${TINY}`);
  await bench.goTo('Start');
  await page.getByLabel('Corpus folder (file dialog)').setInputFiles(folder);
  await expect(page.getByRole('heading', { level: 1, name: 'emodb' })).toBeVisible();

  await bench.goTo('Start');
  await page.getByText('Join corpora', { exact: true }).click();
  await page.getByRole('checkbox', { name: 'emodb' }).check();
  await page.getByRole('textbox', { name: 'Demo corpora, by seed' }).fill('1');
  await bench.button('Join').click();
  await expect(page.getByRole('heading', { level: 1, name: 'emodb + demo corpus 1' })).toBeVisible();

  // EmoDB: 16 of each. The demo: 110 angry, 80 happy and 20 excited; of 10 the evaluators disagree.
  const panel = page.getByRole('region', { name: 'Joined corpora' });
  const line = (name: string) => panel.getByRole('row', { name }).getByRole('cell').allTextContents();
  expect(await line('angry')).toEqual(['110', '16', 'yes']);
  expect(await line('left out')).toEqual(['10', '0', '–']);
  await panel.getByRole('code').filter({ hasText: 'emodb' }).click();
  await panel.getByRole('combobox', { name: 'What F of emodb becomes' }).selectOption('left out');
  expect(await line('happy')).toEqual(['100', '0', 'no']);
  await panel.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByLabel('Figures of the corpus')).toContainText('398');
  expect(await line('left out')).toEqual(['10', '16', '–']);

  await bench.button('Plan every corpus against every other').click();
  await bench.shows('Sweeps');
  await page.evaluate(() => window.equipoise.pauseSweeps());
  await page.getByRole('checkbox', { name: /^Unweighted sum/ }).check();
  await page.getByRole('textbox', { name: 'Seeds' }).fill('1');
  await page.getByRole('switch', { name: /All 2 folds/ }).click();
  await bench.button('Add to the queue').click();
  const reloaded = page.waitForEvent('load');
  await page.evaluate(() => {
    window.equipoise.on('checkpoint', ({ which }) => {
      if (which === 'last') location.reload();
    });
  });
  await bench.button('Resume the queue').click();
  await reloaded;
  const states = () =>
    page.evaluate(async () => (await window.equipoise.sweeps()).items.map(({ state }) => state).join(' '));
  await expect.poll(states).toBe('done done');

  await bench.goTo('Compare');
  const matrix = page.getByRole('table', { name: /^UAR of emotion, trained on the row/ });
  await expect(matrix.getByRole('columnheader')).toHaveText(['Trained on', /demo1$/, /emodb$/]);
  await expect(matrix.getByRole('cell')).toHaveCount(4);
  await expect(matrix.getByRole('cell', { name: 'not measured' })).toHaveCount(0);
  // All speakers of the other corpus, and one or two of its own.
  await expect(
    matrix
      .getByRole('row', { name: /^demo1/ })
      .getByRole('cell')
      .nth(1),
  ).toContainText('48 utterances, 4 speakers');
  await expect(
    matrix
      .getByRole('row', { name: /^emodb/ })
      .getByRole('cell')
      .nth(0),
  ).toContainText('350 utterances, 10 speakers');
  await expect(page.getByRole('list', { name: 'About the matrix' })).toContainText('Guessing scores 33');
  const csv = await saved(page, () => bench.button('Save the matrix as CSV').click());
  expect(csv.split('\r\n')[0]).toContain('trained_on,tested_on,task,uar,low,high');
  expect(csv.trimEnd().split('\r\n')).toHaveLength(5);
});
