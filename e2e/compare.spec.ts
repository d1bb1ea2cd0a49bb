/** Two strategies with two seeds each on the demo corpus, then the Compare screen: table, baseline, curves, matrices, tests, files. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test';
import { csvRows, saved, Workbench } from './support/workbench';

/** Two epochs of six steps. */
const LINK = 'epochs=2&size=32&width=0.0625&batch=64&backend=wasm';
const SEEDS = [1, 2] as const;
const STRATEGIES = ['unweighted-sum', 'weighted-average'] as const;
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

test('runs are compared: table, baseline, curves, matrices, tests in plain words, CSV', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(LINK);
  const runs = await page.evaluate(async ([strategies, seeds]) => {
    const done = [];
    for (const id of strategies) for (const seed of seeds) done.push(await window.equipoise.run({ strategy: { id, options: {} }, seed }));
    return done;
  }, [STRATEGIES, SEEDS] as const);
  /** Validation UAR of emotion at the last epoch, by strategy and seed. */
  const uar = STRATEGIES.map((id) => SEEDS.map((seed) => runs.find(({ config }) => config.strategy.id === id && config.seed === seed)!.epochs.at(-1)!.validation.tasks[0]!.uar));

  await bench.goTo('Compare');
  await page.getByRole('radio', { name: 'Epoch: Last' }).check({ force: true });
  const table = page.getByRole('table', { name: 'Stored runs, UAR, Validation' });
  await expect(table.getByRole('row')).toHaveCount(3);
  const baseline = table.getByRole('row', { name: /Unweighted sum/ });
  const other = table.getByRole('row', { name: /Weighted average/ });
  await expect(baseline).toContainText('baseline');
  await expect(baseline.getByRole('cell').nth(3)).toContainText(percent(mean(uar[0]!)));
  await expect(other.getByRole('cell').nth(3)).toContainText(percent(mean(uar[1]!)));
  const gain = mean(uar[1]!) - mean(uar[0]!);
  await expect(other.getByRole('cell').nth(4)).toContainText(`${(Math.abs(gain) * 100).toFixed(1)} pp`);

  // Curves, and their numbers as a file.
  await expect(page.getByRole('img', { name: /^UAR: emotion/ }).locator('path.trace')).toHaveCount(2);
  await expect(page.getByRole('img', { name: /^UAR: emotion/ }).locator('path.band')).toHaveCount(2);
  const curve = csvRows(await saved(page, async () => {
    await page.getByRole('button', { name: 'UAR: emotion: table and files' }).click();
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
  }));
  expect(curve.map(({ recipe, epoch }) => `${recipe} ${epoch}`)).toEqual(['Unweighted sum 1', 'Unweighted sum 2', 'Weighted average 1', 'Weighted average 2']);
  expect(Number(curve[3]!['mean'])).toBeCloseTo(mean(uar[1]!), 12);

  // Two seeds cannot tell anything apart, and the page says so.
  const seeds = page.getByRole('table', { name: 'Tests over seeds' });
  await expect(seeds.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Over seeds, against A Unweighted sum', exact: true })).toContainText(/Not distinguishable with 2 seeds: even a clean sweep could not go below p = 0\.500\. After the correction for 3 comparisons: p = 1\.000\. At least 7 seeds are needed here\.|No difference in any of 2 seeds\./);
  const utterances = page.getByRole('table', { name: 'Tests on utterances' });
  await expect(utterances.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('table', { name: 'Intervals by speaker' }).getByRole('row')).toHaveCount(10);
  const [first, second] = await page.evaluate(async (ids) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
    const db = await done(indexedDB.open('equipoise'));
    const found = (await done(db.transaction('checkpoints').objectStore('checkpoints').getAll())) as { runId: string; which: string; state: { predictions: { truth: number[][]; predicted: number[][] } } }[];
    db.close();
    return ids.map((id) => {
      const { truth, predicted } = found.find(({ runId, which }) => runId === id && which === 'last')!.state.predictions;
      return truth[0]!.map((label, i) => label === predicted[0]![i]);
    });
  }, [runs[0]!.id, runs[2]!.id]);
  const firstOnly = first!.filter((right, i) => right && !second![i]!).length;
  const secondOnly = first!.filter((right, i) => !right && second![i]!).length;
  const emotion = utterances.getByRole('row', { name: /^emotion/ });
  await expect(emotion.getByRole('cell').nth(1)).toHaveText(String(firstOnly));
  await expect(emotion.getByRole('cell').nth(2)).toHaveText(String(secondOnly));

  // Matrices and their difference: the last epoch's, cell by cell.
  const [before, after] = [runs[0]!, runs[2]!].map((run) => run.epochs.at(-1)!.validation.tasks[0]!.confusion);
  const difference = page.getByRole('table', { name: 'Second minus first: emotion' });
  await expect(difference.getByRole('cell').filter({ hasText: /^[+−]?\d+$/ })).toHaveText(after!.flatMap((row, i) => row.map((count, j) => {
    const change = count - before![i]![j]!;
    return `${change > 0 ? '+' : ''}${String(change).replace('-', '−')}`;
  })));
  // Another seed of a random split validates other utterances: nothing to pair.
  await page.getByRole('combobox', { name: 'Second run' }).click();
  await page.getByRole('option', { name: /B · seed 2/ }).click();
  await expect(page.getByText(/The two runs were validated on different utterances/)).toBeVisible();

  // The other baseline turns the sign.
  await page.getByRole('combobox', { name: 'Baseline' }).click();
  await page.getByRole('option', { name: 'Weighted average' }).click();
  await expect(other).toContainText('baseline');
  await expect(baseline.getByRole('cell').nth(4)).toContainText(`${(Math.abs(gain) * 100).toFixed(1)} pp`);

  // Both files: the table as shown, and every epoch of every run.
  await page.getByRole('radio', { name: 'Single runs' }).check({ force: true });
  await expect(table.getByRole('row')).toHaveCount(5);
  const rows = csvRows(await saved(page, () => bench.button('Save the table as CSV').click()));
  expect(rows.map((row) => Number(row['emotion_mean'])).sort((a, b) => a - b)).toEqual(uar.flat().sort((a, b) => a - b));
  const long = csvRows(await saved(page, () => bench.button('Save all epochs of all runs as one CSV').click()));
  expect(long).toHaveLength(4 * 2 * 2 * 3);
  const line = long.find((row) => row['run_id'] === runs[3]!.id && row['epoch'] === '2' && row['side'] === 'validation' && row['task'] === 'emotion')!;
  expect(Number(line['uar'])).toBe(uar[1]![1]);
  await page.getByRole('textbox', { name: 'Filter' }).fill('weighted average');
  await expect(table.getByRole('row')).toHaveCount(3);

  // With everything on it: readable by everyone, and no wider than a phone.
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(', ')}`)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
});
