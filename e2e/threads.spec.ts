/**
 * Threads of wasm in the built page: real workers, minified, under the production headers; and without the
 * isolation they need.
 */
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

const wasm = (bench: Workbench) =>
  bench.page.evaluate(async () => (await window.equipoise.backends()).find(({ id }) => id === 'wasm')!);

async function oneEpoch(bench: Workbench): Promise<void> {
  await bench.openLink(`seed=2&epochs=1&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
}

test('they are measured when a run begins, and the page says what came of it', async ({ page }) => {
  const bench = new Workbench(page);
  const started = page.waitForEvent('worker', {
    predicate: (worker) => worker.url().includes('wasm-thread'),
  });
  await bench.open();
  expect((await wasm(bench)).detail).toBe('WebAssembly; how many threads pay is measured when a run begins');
  await oneEpoch(bench);
  await started;
  const { threads } = await wasm(bench);
  // Which of the two depends on what else the machine does; that the threads worked and computed the same
  // bits does not.
  expect(['faster', 'no-gain']).toContain(threads?.reason);
  expect(threads!.measured!.gain).toBeGreaterThan(0);
  // A thread that does not pay is told to end; the browser reports its end a little later.
  await expect
    .poll(() => page.workers().filter((worker) => worker.url().includes('wasm-thread')).length)
    .toBe(threads!.used - 1);
  await page.getByRole('button', { name: /Computing with/ }).click();
  await expect(
    page
      .getByRole('dialog')
      .getByText(
        threads!.used > 1
          ? /^WebAssembly, \d threads, .* times as fast as one/
          : /^WebAssembly, one thread; \d threads reached only .* times its speed/,
      ),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(
    page.getByText(
      threads!.used > 1
        ? /^WebAssembly computes with \d threads, .* times as fast/
        : /^WebAssembly computes with one thread: \d threads reached .* times its speed/,
    ),
  ).toBeVisible();
});

test('one thread computes where the page is not isolated', async ({ page }) => {
  await page.route('**/*', async (route) => {
    const response = await route.fetch();
    const {
      'cross-origin-opener-policy': _opener,
      'cross-origin-embedder-policy': _embedder,
      ...headers
    } = response.headers();
    await route.fulfill({ response, headers });
  });
  const bench = new Workbench(page);
  await oneEpoch(bench);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  expect(await wasm(bench)).toMatchObject({
    detail: 'WebAssembly, one thread',
    threads: { used: 1, reason: 'impossible' },
  });
  expect(page.workers().some((worker) => worker.url().includes('wasm-thread'))).toBe(false);
});
