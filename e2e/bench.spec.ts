/**
 * The screen #/bench: measured here on WebAssembly with the smallest cases, as a visitor would, and passed on
 * as text.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test';
import { copied, Workbench } from './support/workbench';

interface CopiedLine {
  readonly case: string;
  readonly backend: string;
  readonly ours: number;
  readonly theirs: number | null;
  readonly unit: string;
  readonly of: string;
  readonly ratio: number | null;
  readonly threads: number;
  readonly peak: number;
  readonly note?: string;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly runtime: string };
}

test('a visitor measures the machine and copies lines that others can add to their table', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bench = new Workbench(page);
  await bench.open();
  await page.getByRole('button', { name: /^Computing with/ }).click();
  await page.getByRole('link', { name: 'Measure this machine' }).click();
  await expect(page).toHaveURL(/#\/bench$/);
  await expect(page).toHaveTitle('Measure this machine · Equipoise');
  // Only here: a machine of the build server has no graphics card, and says so.
  await expect(page.getByRole('switch', { name: 'WebGPU' })).toBeDisabled();
  await expect(page.getByText('nothing can be said about the speed of a GPU')).toBeVisible();
  await page.getByRole('switch', { name: 'Plain JavaScript' }).click();
  await page.getByLabel('Name of this machine').fill('the “test” machine | 1');
  await bench.button('Measure').click();
  await expect(page.getByRole('progressbar', { name: 'Progress of the measurement' })).toBeVisible();
  const table = page.getByRole('table', { name: 'WebAssembly' });
  // The rows come one by one.
  await expect(table.getByRole('row', { name: /^Training step, smallest model/ })).toBeVisible();
  await expect(bench.button('Measure again')).toBeVisible();
  await expect(table.getByRole('rowheader')).toHaveText([
    /^Training step/,
    /^Convolution/,
    /^Convolution, input gradient/,
    /^Convolution, filter gradient/,
    /^Matrix product/,
  ]);
  await expect(table.getByRole('row', { name: /^Convolution, filter gradient/ })).toContainText(
    'not shipped',
  );
  await expect(page.getByText('cannot train on WebAssembly')).toBeVisible();

  const text = await copied(page, () => bench.button('Copy as JSON lines').click());
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as CopiedLine);
  expect(lines.map((line) => [line.case, line.unit])).toEqual([
    ['step-tiny', 'ms'],
    ['conv-forward-8x28x28x128-128', 'GFLOP/s'],
    ['conv-input-gradient-8x28x28x128-128', 'GFLOP/s'],
    ['conv-filter-gradient-8x28x28x128-128', 'GFLOP/s'],
    ['matmul-512x512x512', 'GFLOP/s'],
  ]);
  for (const line of lines) {
    expect(line).toMatchObject({ backend: 'wasm', threads: 1, machine: { cpu: 'the “test” machine | 1' } });
    expect(line.machine.runtime).toMatch(/^(Chromium|Google Chrome|Chrome) \d+$/);
    expect(line.ours).toBeGreaterThan(0);
    expect(line.peak).toBeGreaterThan(0);
    if (line.case.startsWith('conv-filter-gradient'))
      expect(line).toMatchObject({ theirs: null, ratio: null });
    // Both were rounded to four places before.
    else
      expect(
        line.ratio! / (line.of === 'theirs/ours' ? line.theirs! / line.ours : line.ours / line.theirs!),
      ).toBeCloseTo(1, 2);
  }
  const rows = (await copied(page, () => bench.button('Copy as table').click())).trimEnd().split('\n');
  expect(rows.filter((row) => row.startsWith('|'))).toHaveLength(2 + lines.length);

  // What was measured stays when one looks at something else, and reads well in the other language and theme.
  await bench.goTo('Runs');
  await page.goto('/#/bench?lang=ru&theme=dark');
  await expect(page.getByRole('table', { name: 'WebAssembly' }).getByRole('row')).toHaveCount(6);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
  ).toEqual([]);
});

test('a measurement is called off at once, and scripts are told so', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open('#/bench');
  const told = page.evaluate(() =>
    window.equipoise.bench({ backends: ['wasm'] }).then(
      () => 'measured',
      (error: Error) => error.name,
    ),
  );
  await expect(page.getByRole('status').filter({ hasText: 'WebAssembly' })).toBeVisible();
  const measuring = () => page.workers().filter((worker) => worker.url().includes('/bench')).length;
  await expect.poll(measuring).toBeGreaterThan(0);
  await bench.button('Cancel').click();
  await expect(page.getByText('Cancelled.')).toBeVisible();
  expect(await told).toBe('CancelledError');
  await expect.poll(measuring).toBe(0);
  await expect(page.getByRole('button', { name: /^Measure/ })).toBeEnabled();
});

test('what the autotuner found is shown per adapter and can be forgotten', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open('#/bench');
  await expect(page.getByText('Nothing has been measured in this browser yet.')).toBeVisible();
  // There is no graphics card here: the trainer's record is written by hand.
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const open = indexedDB.open('equipoise');
        open.addEventListener('error', () => reject(new Error('the database cannot be opened')));
        open.addEventListener('success', () => {
          const transaction = open.result.transaction('tuning', 'readwrite');
          const variants = [
            { name: 'registers', ms: 0.41, verified: true },
            { name: 'workgroup', ms: 0.38, verified: false },
          ];
          transaction.objectStore('tuning').put({
            adapter: 'a card, driver 1',
            kernel: 'convolution-forward',
            shape: '3x3 64-128',
            winner: 'registers',
            variants,
            measuredAt: Date.now(),
          });
          transaction.addEventListener('complete', () => {
            open.result.close();
            resolve();
          });
        });
      }),
  );
  expect(await page.evaluate(() => window.equipoise.tuning())).toMatchObject([
    { kernel: 'convolution-forward', winner: 'registers' },
  ]);
  const row = page
    .getByRole('table', { name: 'Kernels measured on a card, driver 1' })
    .getByRole('row', { name: /^convolution-forward/ });
  await expect(row).toContainText('registers');
  await expect(row.getByRole('listitem').filter({ hasText: 'workgroup' })).toContainText('wrong, never used');
  await bench.button('Reset measurements').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
  await expect(page.getByText('Nothing has been measured in this browser yet.')).toBeVisible();
  expect(await page.evaluate(() => window.equipoise.tuning())).toEqual([]);
});
