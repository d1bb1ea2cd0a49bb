/**
 * The screen #/bench on a graphics adapter in software: measured when asked for, and its lines say what they
 * are.
 */
import { expect, test } from './support/test';
import { copied, Workbench } from './support/workbench';

test('an adapter in software is measured only on request, on small cases, and is named as such', async ({
  page,
  context,
}) => {
  // The shipped backend's steps take seconds in software, many where other programs want the cores as well.
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bench = new Workbench(page);
  await bench.open('#/bench');
  const webgpu = page.getByRole('switch', { name: 'WebGPU' });
  await expect(webgpu).toBeEnabled();
  await expect(webgpu).not.toBeChecked();
  await webgpu.click();
  for (const other of ['WebAssembly', 'Plain JavaScript'])
    await page.getByRole('switch', { name: other }).click();
  await bench.button('Measure').click();
  const table = page.getByRole('table', { name: 'WebGPU' });
  await expect(table.getByRole('row', { name: /^Training step, smallest model/ })).toBeVisible();
  await bench.button('Cancel').click();
  await expect(page.getByText('they say nothing about a graphics card')).toBeVisible();
  const [line] = (await copied(page, () => bench.button('Copy as JSON lines').click()))
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Record<string, unknown>);
  expect(line).toMatchObject({
    case: 'step-tiny',
    backend: 'webgpu',
    against: 'tfjs webgpu as shipped',
    software: true,
    threads: await page.evaluate(() => navigator.hardwareConcurrency),
    machine: { adapter: expect.stringMatching(/swiftshader/i) },
  });
  expect(line!['ours']).toBeGreaterThan(0);
  expect(line!['theirs']).toBeGreaterThan(0);

  // A case is a block of its own on a phone: nothing is cut off.
  await page.setViewportSize({ width: 360, height: 740 });
  expect(
    await table.evaluate((element) => element.scrollWidth - element.parentElement!.clientWidth),
  ).toBeLessThanOrEqual(0);
  await expect(table.getByRole('img', { name: /^Speed of Training step/ })).toBeVisible();
});
