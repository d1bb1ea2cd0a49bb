/**
 * The autotuner and the check at start as a user meets them, on a graphics adapter in software: told, shown,
 * remembered, reset.
 */
import type { Page } from 'playwright/test';
import { trainerOf } from './support/sabotage';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

const LINK = `strategy=unweighted-sum&seed=4&epochs=1&${TINY.replace('wasm', 'webgpu').replace('batch=16', 'batch=4')}`;

/** One step of a new run, which is then stopped. @returns what its log says, by code */
async function oneStep(page: Page, bench: Workbench): Promise<Map<string, string>> {
  await bench.openLink(LINK);
  await bench.press('Step');
  // Not the one before, which had its step as well.
  await expect
    .poll(() => page.evaluate(() => window.equipoise.state()))
    .toMatchObject({ state: 'paused', step: 1, live: true });
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  const lines = await page
    .getByRole('log')
    .locator('p[data-code]')
    .evaluateAll((all) =>
      all.map((line): [string, string] => [line.dataset['code'] ?? '', line.textContent]),
    );
  return new Map(lines);
}

test('kernels are measured once, shown with their winners, remembered, and forgotten on request', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  await page.evaluate(() => {
    window.equipoise.on('tuning', ({ done, total }) => {
      document.documentElement.dataset['tuning'] =
        `${document.documentElement.dataset['tuning'] ?? ''} ${done}/${total}`;
    });
  });
  const first = await oneStep(page, bench);
  expect(first.get('kernels-tuned')).toMatch(/Kernels measured on .*: \d+ shape classes in [\d.]+ s/);
  expect([...first.keys()]).not.toContain('variant-wrong');
  // The page was told of every shape class as its turn came.
  const told = await page.evaluate(() => document.documentElement.dataset['tuning'] ?? '');
  const records = await page.evaluate(() => window.equipoise.tuning());
  expect(records.length).toBeGreaterThan(0);
  expect(
    told
      .trim()
      .split(' ')
      .slice(0, records.length)
      .map((one) => one.split('/')[0]),
  ).toEqual(records.map((_, i) => String(i)));
  for (const { kernel, variants, winner } of records) {
    expect(kernel).toMatch(/^convolution/);
    expect(variants.every(({ ms, verified }) => verified && ms! > 0)).toBe(true);
    expect(variants.find(({ name }) => name === winner)!.ms).toBe(Math.min(...variants.map(({ ms }) => ms!)));
  }

  await page.goto('/#/bench');
  const table = page.getByRole('table', { name: /^Kernels measured on .*Chrom/ });
  await expect(table.getByRole('row')).toHaveCount(1 + records.length);
  const [{ kernel, shape, winner, variants }] = records.toSorted(
    (a, b) => a.kernel.localeCompare(b.kernel) || a.shape.localeCompare(b.shape),
  ) as [(typeof records)[number]];
  const row = table.getByRole('row').nth(1);
  await expect(row.getByRole('rowheader')).toHaveText(kernel);
  await expect(row.getByRole('cell').nth(0)).toHaveText(shape);
  await expect(row.getByRole('cell').nth(1)).toHaveText(winner!);
  await expect(row.getByRole('listitem')).toHaveCount(variants.length);
  for (const { name } of variants)
    await expect(row.getByRole('listitem').filter({ hasText: name })).toContainText('correct');

  // A new page and a new worker know them: whatever was measured is not measured again.
  const measuredAt = new Map(
    records.map((record) => [`${record.kernel} ${record.shape}`, record.measuredAt]),
  );
  await page.reload();
  await oneStep(page, bench);
  const after = await page.evaluate(() => window.equipoise.tuning());
  for (const record of after)
    expect(measuredAt.get(`${record.kernel} ${record.shape}`) ?? record.measuredAt).toBe(record.measuredAt);
  expect(after.length).toBeGreaterThanOrEqual(records.length);

  await page.goto('/#/bench');
  const trainer = await trainerOf(page);
  const ended = trainer.waitForEvent('close');
  await bench.button('Reset measurements').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
  await expect(page.getByText('Nothing has been measured in this browser yet.')).toBeVisible();
  await ended;
  expect(await page.evaluate(() => window.equipoise.tuning())).toEqual([]);
});

test('a backend that computes nothing is refused with a hint; a kernel that computes wrong numbers is replaced alone', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await page.goto('/#/');
  // A device that accepts everything and computes nothing: the stock kernels in the place of ours are wrong
  // as well.
  await (
    await trainerOf(page)
  ).evaluate(() => {
    GPUComputePassEncoder.prototype.dispatchWorkgroups = () => undefined;
  });
  await bench.openLink(LINK);
  await bench.press('Step');
  const refusal = page
    .getByRole('alert')
    .filter({ hasText: 'computes wrong numbers on this machine' })
    .first();
  await expect(refusal).toContainText('WebAssembly works everywhere');
  await page.getByRole('button', { name: /^Computing with WebAssembly/ }).click();
  await expect(
    page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'WebGPU' }).getByRole('alert'),
  ).toContainText('is not used');

  await page.reload();
  await (
    await trainerOf(page)
  ).evaluate(() => {
    const stock = GPUDevice.prototype.createShaderModule;
    GPUDevice.prototype.createShaderModule = function createShaderModule(this: GPUDevice, descriptor) {
      const code = descriptor.label?.startsWith('conv dx')
        ? descriptor.code.replaceAll('+ u.padding', '+ 1u + u.padding')
        : descriptor.code;
      return stock.call(this, { ...descriptor, code });
    };
  });
  await page.goto('/#/bench');
  await page.getByRole('switch', { name: 'Measure before a run' }).click();
  await bench.openLink(LINK);
  await bench.press('Step');
  await expect.poll(() => bench.steps()).toBe(1);
  await expect(page.getByRole('log').locator('p[data-code="kernels-replaced"]')).toContainText(
    'convolution-input-gradient',
  );
  await page.getByRole('button', { name: /^Computing with/ }).click();
  await expect(
    page.getByText(/replaced by the backend’s own kernels: convolution-input-gradient\.$/),
  ).toBeVisible();
  // Measuring was left out, and nothing is kept.
  await expect(page.getByRole('log').locator('p[data-code="kernels-tuned"]')).toHaveCount(0);
  expect(await page.evaluate(() => window.equipoise.tuning())).toEqual([]);
});
