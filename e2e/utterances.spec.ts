/**
 * From a mistake to its sound: a run, a cell of its confusion matrix, exactly the utterances that the cell counts,
 * one of them played; then the list of all, filtered, sorted, saved, linked to.
 */
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test';
import { csvRows, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('a cell of a confusion matrix leads to its utterances, and they can be heard', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&seed=2&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');

  // The first cell that counts anything, by the keyboard alone.
  const matrix = page.getByRole('table', { name: /^Confusion: emotion/ });
  const cell = matrix.getByRole('link').first();
  const name = (await cell.getAttribute('aria-label')) ?? '';
  const [, truth, predicted, count] = /^(\S+) taken for (\S+), (\d+): list the utterances$/.exec(name) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  await cell.press('Enter');
  const grid = page.getByRole('grid', { name: 'All utterances' });
  await expect(page.getByText(`${count} of 460 utterances`)).toBeVisible();
  await expect(grid).toHaveAttribute('aria-rowcount', String(Number(count) + 1));
  const heads = await grid.getByRole('columnheader').allInnerTexts();
  const first = grid.getByRole('row').nth(1).getByRole('gridcell');
  await expect(first.nth(heads.indexOf('True: emotion'))).toHaveText(truth!);
  await expect(first.nth(heads.indexOf('Predicted: emotion'))).toHaveText(predicted!);
  await expect(page.getByText(/on its validation side, (best|latest stored) epoch \(1\)/)).toBeVisible();

  // Enter plays it, to the end.
  await grid.press('Enter');
  const position = page.getByRole('slider', { name: 'Position in the recording' });
  await expect(position).toBeVisible();
  const length = Number(await position.getAttribute('aria-valuemax'));
  await expect(first.nth(heads.indexOf('Seconds'))).toHaveText(length.toFixed(2));
  await expect
    .poll(async () => Number(await position.getAttribute('aria-valuenow')))
    .toBeGreaterThan(0.9 * length);
  await position.press('Home');
  await expect(position).toHaveAttribute('aria-valuenow', '0');
  await expect(page.getByRole('img', { name: /^Waveform of/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);

  // Without the run: all of them, by a word, a column's menu and the longest first.
  await page.getByRole('button', { name: 'Without a run' }).click();
  await expect(page.getByText('460 of 460 utterances')).toBeVisible();
  const rows = await grid.getByRole('row').count();
  expect(rows).toBeLessThan(120);
  await page.getByRole('button', { name: 'Filter by Class: emotion' }).click();
  await page.getByRole('checkbox', { name: /^angry/ }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('class.emotion:angry');
  const seconds = grid.getByRole('columnheader', { name: /Seconds/ });
  await seconds.getByRole('button', { name: 'Seconds', exact: true }).click();
  await seconds.getByRole('button', { name: 'Seconds', exact: true }).click();
  await expect(seconds).toHaveAttribute('aria-sort', 'descending');
  const download = page.waitForEvent('download');
  await page.getByRole('region', { name: 'All utterances' }).getByRole('button', { name: 'CSV' }).click();
  const saved = csvRows(await readFile(await (await download).path(), 'utf8'));
  const listed = Number((await grid.getAttribute('aria-rowcount')) ?? 0) - 1;
  expect(saved).toHaveLength(listed);
  expect(new Set(saved.map((row) => row['class.emotion']))).toEqual(new Set(['angry']));
  const lengths = saved.map((row) => Number(row['seconds']));
  expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));

  // The same list by its address.
  await bench.open('#/data/utterances?q=class.emotion%3Aangry%20-side%3Atrain&sort=-seconds');
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('class.emotion:angry -side:train');
  await expect(seconds).toHaveAttribute('aria-sort', 'descending');
});
