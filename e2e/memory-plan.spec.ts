/** The memory of a training step, told on the Train screen before anything is trained. */
import { expect, test } from './support/test';
import { Workbench } from './support/workbench';

test('a step’s memory is told before the run, follows width and batch, and what does not fit is said', async ({
  page,
}) => {
  const bench = new Workbench(page);
  const table = page.getByRole('table', { name: 'Memory of a training step' });
  const row = (name: string) => table.getByRole('row', { name }).getByRole('cell');
  const norm = page.getByTestId('norm-note');
  // 63,762,576 parameters and 5,504 running statistics in float32: 255 MB; two moments of each parameter: 510
  // MB.
  await bench.openLink('preset=paper&backend=wasm&batch=8');
  await expect(row('Weights')).toHaveText('255 MB');
  await expect(row('The optimiser’s slots')).toHaveText('510 MB');
  await expect(row('Gradients')).toHaveText('255 MB');
  await expect(row('Allowed here')).toHaveText(/^[\d.]+ [MG]B$/);
  await expect(norm).toHaveText('Batch norm sees the whole batch.');
  const peak = async (): Promise<number> => {
    const [number = '', unit] = (await row('At the peak').innerText()).split(/\s/);
    return Number(number) * (unit === 'GB' ? 1000 : 1);
  };
  const whole = await peak();
  expect(whole).toBeGreaterThan(1020);

  // The same for scripts, to the byte; where nothing is said, of what is on the screen.
  const told = await page.evaluate(() =>
    Promise.all([window.equipoise.memoryPlan(), window.equipoise.memoryPlan({ microBatch: 2 })]),
  );
  expect(told[0]).toMatchObject({
    backend: 'wasm',
    parameters: 4 * (63_762_576 + 5504),
    optimiser: 8 * 63_762_576,
    gradients: 4 * 63_762_576,
    microBatch: 8,
    parts: 1,
    fits: true,
    batchNorm: 'batch',
  });
  expect(Math.abs(told[0].peak / 1e6 - whole)).toBeLessThan(50);
  expect(told[0].limit).toBeGreaterThan(told[0].peak);
  expect(told[1]).toMatchObject({ microBatch: 2, parts: 4, batchNorm: 'micro-batch' });

  // Parts of the batch: less at the peak, and how batch norm is treated stands beside the choice.
  await page.getByRole('combobox', { name: 'Examples in memory at once' }).click();
  await page.getByRole('option', { name: /^2 / }).click();
  await expect(norm).toContainText('Batch norm sees 2 examples at a time, not the whole batch');
  await expect(norm).toContainText('the 4 parts');
  await expect(norm).toContainText('a third more time');
  await expect.poll(peak).toBeLessThan(whole);

  await page.getByLabel('Batch', { exact: true }).fill('16');
  await expect(norm).toContainText('the 8 parts');
  await page.getByRole('combobox', { name: 'Width' }).click();
  await page.getByRole('option', { name: '0.125' }).click();
  await expect(row('Weights')).toHaveText(/^\d(\.\d)? MB$/);

  // Without batch norm, parts are exact.
  await bench.openLink(
    'preset=paper&architecture=alexnet-multitask&batch=8&micro=4&backend=wasm&strategy=unweighted-sum',
  );
  await expect(norm).toHaveText(
    'The gradients of 2 parts add up to exactly those of the whole batch: this model has no batch norm.',
  );

  // By hand, more than there is: said so, with what would fit.
  await bench.openLink('preset=paper&size=512&batch=256&micro=256&backend=wasm');
  const warning = page.getByRole('alert').filter({ hasText: 'Does not fit' });
  await expect(warning).toContainText(/With \d+ examples? at once it fits\.|Not even a single example fits/);
  await page.getByRole('combobox', { name: 'Examples in memory at once' }).click();
  await page.getByRole('option', { name: /^Automatic/ }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'With ' })).toHaveCount(0);
});
