/**
 * The charts with long runs: four runs of 100,000 steps and three tasks are put into the page's database, each is opened on the Train
 * screen, and while the pointer moves over the charts and the scale is switched, the page's thread is watched. And, without a page,
 * what thinning four such runs costs when ten more steps arrive. Needs a build (`npm run build`). JSON lines.
 */
import { chromium } from 'playwright';
import { preview } from 'vite';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { mainThreadTasks } from '../e2e/support/main-thread';
import { StepSeries } from '../src/state/step-series';
import { parseRunConfig } from '../src/core/training/run-config-schema';
import { PRESETS } from '../src/core/training/presets';
import type { StepRow } from '../src/core/training/events';

const [RUNS, STEPS, PER_EPOCH, POINTS, WATCHED_MS] = [4, 100_000, 1000, 240, 6000];
const longest = (values: readonly number[]): number => Number(Math.max(...values).toFixed(1));

const row = (step: number): StepRow => {
  const losses = [1.4, 2.3, 0.7].map((start, i) => start * Math.exp(-step / 40_000) + 0.2 * Math.sin(step * (i + 1.3)) ** 2);
  return { step, epoch: Math.ceil(step / PER_EPOCH), total: 1, losses, nominal: [0.3, 0.5, 0.2], effective: [0.2, 0.6, -0.1], ms: 10, waitMs: 0 };
};

const all = Array.from({ length: STEPS }, (_, i) => row(i + 1));
const series = Array.from({ length: RUNS }, () => { const one = new StepSeries(); one.reset(all); return one; });
const times = Array.from({ length: 50 }, (_, turn) => {
  const before = performance.now();
  for (const one of series) {
    one.push(Array.from({ length: 10 }, (_row, i) => row(STEPS + turn * 10 + i + 1)));
    one.rows(POINTS);
  }
  return performance.now() - before;
});
console.log(JSON.stringify({ case: 'thin-while-training', runs: RUNS, steps: STEPS, tasks: 3, medianMs: Number(times.toSorted((a, b) => a - b)[25]!.toFixed(2)), longestMs: longest(times) }));

const server = await preview({ logLevel: 'error', preview: { port: 4198 } });
const url = server.resolvedUrls!.local[0]!;
const executablePath = findBrowser();
const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...BROWSER_SWITCHES] });
const page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
await page.goto(`${url}#/runs`);
await page.getByRole('navigation').first().waitFor();
const config = parseRunConfig(PRESETS.compact);
for (let run = 0; run < RUNS; run++) {
  await page.evaluate(async ({ id, settings, count }) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const open = indexedDB.open('equipoise');
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error ?? new Error('no database'));
    });
    const transaction = db.transaction(['runs', 'steps'], 'readwrite');
    transaction.objectStore('runs').put({ id, name: id, config: settings, corpusId: '', packId: '', classes: [['a', 'b'], ['c', 'd'], ['e', 'f']], createdAt: Date.now(), updatedAt: Date.now(), state: 'stopped', backend: 'wasm', backendSoftware: false, softwareVersion: '0' });
    const block = 1000;
    for (let first = 1; first <= count; first += block) {
      const rows = Array.from({ length: block }, (_, i) => {
        const step = first + i;
        return { step, epoch: Math.ceil(step / 1000), total: 1, losses: [1.4, 2.3, 0.7].map((start, k) => start * Math.exp(-step / 40_000) + 0.2 * Math.sin(step * (k + 1.3)) ** 2), nominal: [0.3, 0.5, 0.2], effective: [0.2, 0.6, -0.1], ms: 10, waitMs: 0 };
      });
      transaction.objectStore('steps').put({ runId: id, firstStep: first, rows });
    }
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
    db.close();
  }, { id: `long-${run}`, settings: config, count: STEPS });
}
await page.reload();
for (let run = 0; run < RUNS; run++) {
  await page.goto(`${url}#/runs`);
  await page.getByRole('button', { name: `Open long-${run}` }).click();
  const chart = page.getByRole('img', { name: /^Loss: emotion/ });
  await chart.locator('path.trace').first().waitFor();
  await page.waitForTimeout(1500);
  const box = (await chart.boundingBox())!;
  const watch = { over: false };
  const moving = (async () => {
    for (let i = 0; !watch.over; i++) {
      await page.mouse.move(box.x + 60 + ((i * 17) % (box.width - 80)), box.y + 60);
      if (i % 40 === 0) await page.getByRole('radio', { name: i % 80 === 0 ? 'Logarithmic' : 'Linear' }).check({ force: true });
    }
  })();
  const tasks = await mainThreadTasks(browser, page, WATCHED_MS);
  watch.over = true;
  await moving;
  const points = await page.locator('path.trace').evaluateAll((paths) => Math.max(...paths.map((path) => path.getAttribute('d')?.match(/[ML]/g)?.length ?? 0)));
  console.log(JSON.stringify({
    case: 'charts-with-pointer', run, steps: STEPS, tasks: 3, mostPointsOfALine: points, threadTasks: tasks.length, longestCpuMs: longest(tasks.map(({ cpu }) => cpu)), longestClockMs: longest(tasks.map(({ wall }) => wall)),
    over50msCpu: tasks.filter(({ cpu }) => cpu > 50).length,
  }));
}
await browser.close();
await server.close();
