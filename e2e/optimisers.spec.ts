/** Choosing how the network is trained: optimiser, schedule, clipping, and a rate found by a range test. */
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('a learning rate is found, taken over and trained with, under another optimiser and a schedule', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=2&${TINY}`);
  await page.getByRole('button', { name: 'Find a learning rate' }).click();
  const dialog = page.getByRole('dialog', { name: 'Learning-rate range test' });
  await dialog.getByRole('spinbutton', { name: 'From' }).fill('0.00001');
  await dialog.getByRole('spinbutton', { name: 'Steps' }).fill('40');
  await dialog.getByRole('button', { name: 'Start the test' }).click();
  await expect(dialog.getByText(/The loss falls most steeply at/).first()).toBeVisible();
  await expect(
    dialog
      .getByRole('img', { name: /The loss falls most steeply/ })
      .locator('path')
      .first(),
  ).toBeAttached();
  // The same as a table: a column for every task, their sum and the smoothed one.
  await dialog.getByRole('button', { name: /Loss over the learning rate/ }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  const table = dialog.getByRole('table', { name: 'Loss over the learning rate' });
  await expect(table.getByRole('columnheader')).toHaveCount(6);
  await expect.poll(() => table.getByRole('row').count()).toBeGreaterThan(15);
  const use = dialog.getByRole('button', { name: /^Use / });
  const rate = (/Use (\S+)/.exec(await use.innerText())?.[1] ?? '').replace('−', '-');
  await use.click();
  await expect(dialog).toBeHidden();
  const field = page.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await expect.poll(async () => Number(await field.inputValue())).toBeCloseTo(Number(rate), 8);
  // It was no run.
  expect(await page.evaluate(() => window.equipoise.runs())).toEqual([]);

  await page.getByRole('combobox', { name: 'Optimiser', exact: true }).click();
  await page.getByRole('option', { name: 'SGD' }).click();
  await page.getByRole('spinbutton', { name: 'Momentum' }).fill('0.8');
  await field.fill('0.02');
  await page.getByRole('combobox', { name: 'Learning-rate schedule' }).click();
  await page.getByRole('option', { name: 'exponential' }).click();
  await page.getByRole('spinbutton', { name: 'Factor per step of the schedule' }).fill('0.5');
  await page.getByRole('switch', { name: 'Clip gradients by their norm' }).click();
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const rows = csvRows(text((await bench.exportNewest())['steps.csv']));
  const rates = [...new Set(rows.map((row) => Number(row['learning_rate'])))];
  expect(rates).toHaveLength(2);
  expect(rates[1]! / rates[0]!).toBeCloseTo(0.5, 10);
  expect(rates[0]).toBe(0.02);
});

test('scripts have the range test too, and can call none of it a run', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(TINY);
  const result = await page.evaluate(() => window.equipoise.rangeTest({ from: 1e-5, to: 1e-3, steps: 6 }));
  expect(result.ended).toBe('range');
  expect(result.points.map(({ learningRate }) => learningRate)[5]).toBeCloseTo(1e-3, 9);
  expect(await page.evaluate(() => window.equipoise.runs())).toEqual([]);
});
