/** The same run on wasm and on WebGPU (a software adapter): it really is WebGPU, and its losses agree. */
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

const STEPS = 3;

test('the first steps on webgpu agree with wasm to 1e-3', async ({ page }) => {
  const bench = new Workbench(page);
  const losses: Record<string, number[]> = {};
  for (const backend of ['wasm', 'webgpu'] as const) {
    await bench.openLink(
      `strategy=weighted-average&seed=4&epochs=1&${TINY.replace('wasm', backend).replace('batch=16', 'batch=4')}`,
    );
    for (let step = 1; step <= STEPS; step++) {
      await bench.press('Step');
      await expect.poll(() => bench.steps()).toBe(step);
    }
    const [run] = await page.evaluate(() => window.equipoise.runs());
    expect(run).toMatchObject({ backend, backendSoftware: backend === 'webgpu' });
    losses[backend] = csvRows(text((await bench.exportNewest())['steps.csv'])).flatMap((row) =>
      ['emotion', 'speaker', 'gender'].map((task) => Number(row[`loss_${task}`])),
    );
    await bench.press('Stop');
    await expect(bench.state).toHaveText('stopped');
  }
  expect(losses['wasm']).toHaveLength(STEPS * 3);
  losses['webgpu']!.forEach((loss, i) =>
    expect(Math.abs(loss - losses['wasm']![i]!) / losses['wasm']![i]!).toBeLessThan(1e-3),
  );
  await expect(page.getByRole('button', { name: /Computing with/ })).toBeVisible();
});

test('a software adapter is named as such and never chosen by itself', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open();
  const reports = await page.evaluate(() => window.equipoise.backends());
  expect(reports.find(({ id }) => id === 'webgpu')).toMatchObject({ available: true, software: true });
  await expect(page.getByRole('button', { name: /Computing with WebAssembly/ })).toBeVisible();
});
