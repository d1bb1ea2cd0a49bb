/**
 * The charts with long runs: four runs of 100,000 steps and three tasks are put into the page's database. On
 * the Compare screen all four are drawn step by step in one chart a task; on the Train screen a fork with the
 * run it comes from beside it in every chart. While they are read, drawn, switched and pointed at, the page's
 * thread is watched: its longest task is the longest a frame had to wait. And, without a page, what thinning
 * four such runs costs when ten more steps arrive. Needs a build (`npm run build`). JSON lines.
 */
import { chromium, type Locator } from 'playwright';
import { preview } from 'vite';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { mainThreadTasks } from '../e2e/support/main-thread';
import { StepSeries } from '../src/state/run/step-series';
import { parseRunConfig } from '../src/core/config/parse';
import { PRESETS } from '../src/core/config/presets';
import type { StepRow } from '../src/core/training/events';

const [RUNS, STEPS, PER_EPOCH, POINTS, WATCHED_MS] = [4, 100_000, 1000, 240, 6000];
/** One recipe each, so that Compare has four lines. */
const STRATEGIES = ['unweighted-sum', 'weighted-average', 'revised-uncertainty', 'dwa'] as const;
/** The last run is a fork of the first one from here on. */
const FORKED_AT = 20_000;
const longest = (values: readonly number[]): number => Number(Math.max(...values).toFixed(1));

const row = (step: number): StepRow => {
  const losses = [1.4, 2.3, 0.7].map(
    (start, i) => start * Math.exp(-step / 40_000) + 0.2 * Math.sin(step * (i + 1.3)) ** 2,
  );
  return {
    step,
    epoch: Math.ceil(step / PER_EPOCH),
    total: 1,
    losses,
    nominal: [0.3, 0.5, 0.2],
    effective: [0.2, 0.6, -0.1],
    ms: 10,
    waitMs: 0,
  };
};

const all = Array.from({ length: STEPS }, (_, i) => row(i + 1));
const series = Array.from({ length: RUNS }, () => {
  const one = new StepSeries();
  one.reset(all);
  return one;
});
const times = Array.from({ length: 50 }, (_, turn) => {
  const before = performance.now();
  for (const one of series) {
    one.push(Array.from({ length: 10 }, (_row, i) => row(STEPS + turn * 10 + i + 1)));
    one.rows(POINTS);
  }
  return performance.now() - before;
});
console.log(
  JSON.stringify({
    case: 'thin-while-training',
    runs: RUNS,
    steps: STEPS,
    tasks: 3,
    medianMs: Number(times.toSorted((a, b) => a - b)[25]!.toFixed(2)),
    longestMs: longest(times),
  }),
);

const server = await preview({ logLevel: 'error', preview: { port: 4198 } });
const url = server.resolvedUrls!.local[0]!;
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...BROWSER_SWITCHES],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 1100 } });
await page.goto(`${url}#/runs`);
await page.getByRole('navigation').first().waitFor();
for (const [run, id] of STRATEGIES.entries()) {
  const forked = run === RUNS - 1;
  const settings = parseRunConfig({
    ...PRESETS.compact,
    epochs: STEPS / PER_EPOCH,
    strategy: { id, options: {} },
    ...(forked
      ? {
          origin: {
            runId: 'long-0',
            name: 'long-0',
            which: 'last',
            step: FORKED_AT,
            epoch: FORKED_AT / PER_EPOCH + 1,
          },
        }
      : {}),
  });
  await page.evaluate(
    async ({ id: runId, settings: config, count, perEpoch, phase }) => {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open('equipoise');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error ?? new Error('no database'));
      });
      const transaction = db.transaction(['runs', 'steps', 'epochs'], 'readwrite');
      transaction.objectStore('runs').put({
        id: runId,
        name: runId,
        config,
        corpusId: '',
        packId: '',
        classes: [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
        ],
        createdAt: Date.now(),
        updatedAt: Date.now(),
        state: 'finished',
        backend: 'wasm',
        backendSoftware: false,
        softwareVersion: '0',
      });
      const lossesAt = (step: number): number[] =>
        [1.4, 2.3, 0.7].map(
          (start, k) =>
            start * Math.exp(-step / (40_000 + 5000 * phase)) + 0.2 * Math.sin(step * (k + 1.3) + phase) ** 2,
        );
      for (let first = 1; first <= count; first += perEpoch) {
        const rows = Array.from({ length: perEpoch }, (_, i) => {
          const step = first + i;
          const gradients =
            i % 10 === 0
              ? {
                  gradients: {
                    level: 'representation',
                    norms: lossesAt(step),
                    cosines: [0.1, -0.2, 0.3],
                    shares: [0.3, 0.5, 0.2],
                  },
                }
              : {};
          return {
            step,
            epoch: Math.ceil(step / perEpoch),
            total: 1,
            losses: lossesAt(step),
            nominal: [0.3, 0.5, 0.2],
            effective: [0.2, 0.6, -0.1].map((weight) => weight + 0.02 * Math.sin(step + phase)),
            ms: 10,
            waitMs: 0,
            extraMs: 1,
            ...gradients,
          };
        });
        transaction.objectStore('steps').put({ runId, firstStep: first, rows });
        const side = {
          total: 1,
          tasks: lossesAt(first).map((loss) => ({
            loss,
            accuracy: 0.75,
            uar: 0.75,
            macroPrecision: 0.75,
            macroRecall: 0.75,
            macroF1: 0.75,
            confusion: [
              [30, 10],
              [10, 30],
            ],
          })),
        };
        const epoch = Math.ceil(first / perEpoch);
        transaction.objectStore('epochs').put({
          runId,
          epoch,
          step: epoch * perEpoch,
          seconds: 10,
          train: side,
          validation: side,
          monitored: 1,
          best: epoch === 1,
          nominal: [0.3, 0.5, 0.2],
          effective: [0.2, 0.6, -0.1],
          strategy: config.strategy,
        });
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      db.close();
    },
    { id: `long-${run}`, settings, count: STEPS, perEpoch: PER_EPOCH, phase: run },
  );
}
await page.reload();

/** Watches the page's thread while `act` goes on, which is told when the time is over. */
async function watched(
  name: string,
  about: object,
  milliseconds: number,
  act: (over: () => boolean) => Promise<void>,
): Promise<void> {
  let over = false;
  const acting = act(() => over);
  const tasks = await mainThreadTasks(browser, page, () => page.waitForTimeout(milliseconds));
  over = true;
  await acting;
  const points = await page
    .locator('path.trace')
    .evaluateAll((paths) =>
      Math.max(...paths.map((path) => path.getAttribute('d')?.match(/[ML]/g)?.length ?? 0)),
    );
  console.log(
    JSON.stringify({
      case: name,
      ...about,
      steps: STEPS,
      tasks: 3,
      mostPointsOfALine: points,
      threadTasks: tasks.length,
      longestCpuMs: longest(tasks.map(({ cpu }) => cpu)),
      longestClockMs: longest(tasks.map(({ wall }) => wall)),
      over50msCpu: tasks.filter(({ cpu }) => cpu > 50).length,
    }),
  );
}

/** Moves the pointer over a chart, and every so often presses one of two buttons. */
const pointing =
  (chart: Locator, buttons: readonly [string, string]) =>
  async (over: () => boolean): Promise<void> => {
    const box = (await chart.boundingBox())!;
    for (let i = 0; !over(); i++) {
      await page.mouse.move(box.x + 60 + ((i * 17) % (box.width - 80)), box.y + 60);
      if (i % 40 === 0)
        await page.getByRole('radio', { name: buttons[i % 80 === 0 ? 0 : 1] }).check({ force: true });
    }
  };

// Four runs in one chart, step by step.
await page.goto(`${url}#/compare`);
const steps = page.getByRole('img', { name: /^Training loss by step: emotion/ });
await page.getByRole('radio', { name: 'Training loss' }).waitFor();
await page.waitForTimeout(1500);
await watched('compare-steps-read', { runsInOneChart: RUNS }, WATCHED_MS, async () => {
  await page.getByRole('radio', { name: 'Training loss' }).check({ force: true });
  await steps
    .locator('path.trace')
    .nth(RUNS - 1)
    .waitFor();
});
await steps.scrollIntoViewIfNeeded();
await watched(
  'compare-steps-with-pointer',
  { runsInOneChart: await steps.locator('path.trace').count() },
  WATCHED_MS,
  pointing(steps, ['Effective weight', 'Training loss']),
);

// A fork and its parent in every chart of the Train screen.
await page.goto(`${url}#/runs`);
const chart = page.getByRole('img', { name: /^Loss: emotion/ });
await page.getByRole('button', { name: `Open long-${RUNS - 1}` }).waitFor();
await watched('fork-opened', { runsInOneChart: 2 }, WATCHED_MS, async () => {
  await page.getByRole('button', { name: `Open long-${RUNS - 1}` }).click();
  await chart.locator('path[data-line="parent-step-emotion"]').waitFor();
});
await watched(
  'fork-with-pointer',
  { runsInOneChart: 2 },
  WATCHED_MS,
  pointing(chart, ['Logarithmic', 'Linear']),
);
await browser.close();
await server.close();
