/**
 * Choosing how tasks are weighed: a strategy that looks at the tasks' gradients, its cost, the instruments,
 * one sum of weights.
 */
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

const TASKS = ['emotion', 'speaker', 'gender'] as const;

test('a gradient strategy: its cost before the run, lengths, angles and shares while it goes, all of it in the export', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&measure=2&${TINY}`);
  const cost = page.getByTestId('strategy-cost');
  await expect(cost).toContainText('Needs the losses only.');
  await page.getByRole('combobox', { name: 'Strategy' }).click();
  await page.getByRole('option', { name: /^MGDA/ }).click();
  await expect(cost).toContainText('at the shared representation');
  await page.getByRole('combobox', { name: 'Gradients taken at' }).click();
  await page.getByRole('option', { name: 'everything shared' }).click();
  // Two backward passes of the trunk more than one forward and one backward pass: about 4/3 of a step, and
  // two copies of the gradients.
  await expect(cost).toContainText(/1[23]\d ?% more work than a plain step, and [\d.]+ [kM]B more memory/);
  await page.getByRole('combobox', { name: 'Gradients taken at' }).click();
  await page.getByRole('option', { name: 'the shared representation' }).click();
  await expect(page.getByRole('heading', { name: 'Gradients', exact: true })).toBeVisible();
  await bench.press('Play');
  for (const name of [/^Gradient lengths/, /^Angles between tasks/, /^Share of the update/])
    await expect(page.getByRole('img', { name }).locator('path.trace').first()).toBeAttached();
  await expect(bench.state).toHaveText('finished');
  await expect(page.getByText(/^Measured: [\d.]+ ?% of this step.s time/)).toBeVisible();

  const zip = await bench.exportNewest();
  const rows = csvRows(text(zip['steps.csv']));
  expect(rows.length).toBeGreaterThan(4);
  for (const row of rows) {
    const weights = TASKS.map((task) => Number(row[`effective_weight_${task}`]));
    expect(weights.every((weight) => weight >= 0)).toBe(true);
    expect(Number(row['sum_of_weights'])).toBeCloseTo(1, 6);
    const odd = Number(row['step']) % 2 === 1;
    expect(row['gradients_at']).toBe(odd ? 'representation' : '');
    if (!odd) continue;
    // MGDA's condition, from the exported lengths and cosines: along every task that takes part the update is
    // equally long, along none shorter.
    const norms = TASKS.map((task) => Number(row[`gradient_norm_${task}`]));
    const cosine = (i: number, j: number): number =>
      i === j ? 1 : Number(row[`cosine_${TASKS[Math.min(i, j)]!}_${TASKS[Math.max(i, j)]!}`]);
    const along = norms.map((own, i) =>
      norms.reduce((sum, other, j) => sum + weights[j]! * own * other * cosine(i, j), 0),
    );
    const square = along.reduce((sum, value, i) => sum + weights[i]! * value, 0);
    along.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(square * (1 - 1e-6));
      if (weights[i]! > 1e-6) expect(value).toBeCloseTo(square, 9);
    });
    expect(TASKS.reduce((sum, task) => sum + Number(row[`update_share_${task}`]), 0)).toBeCloseTo(1, 9);
  }
});

test('weights renormalised to one sum: the option explains itself, the run keeps it, the link carries it', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=random&seed=4&epochs=1&measure=0&${TINY}`);
  const option = page.getByRole('switch', { name: 'Renormalise weights to sum T' });
  await expect(page.getByText(/The sum of the weights is a hidden learning rate/)).toBeVisible();
  await option.click();
  await expect(option).toBeChecked();
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const zip = await bench.exportNewest();
  for (const row of csvRows(text(zip['steps.csv']))) {
    const sum = (kind: string): number =>
      TASKS.reduce((total, task) => total + Number(row[`${kind}_weight_${task}`]), 0);
    expect(sum('nominal')).toBeCloseTo(1, 9);
    expect(sum('effective')).toBeCloseTo(3, 9);
    expect(row['gradients_at']).toBe('');
  }
  expect(JSON.parse(text(zip['config.json']))).toMatchObject({
    config: { renormalise: true, instruments: { every: 0 } },
  });

  // A run without renormalisation from the same seed draws the same weights, a third as large in sum.
  await bench.openLink(`strategy=random&seed=4&epochs=1&measure=0&renormalise=true&${TINY}`);
  await expect(option).toBeChecked();
});
