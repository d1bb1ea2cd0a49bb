/**
 * The page itself, in the browser of this machine: how long from opening it and pressing “Try the demo
 * corpus” on a cold cache to the first chart that moves, what its thread is busy with while the compact
 * preset trains on wasm, and how much of that time the trainer waits for images. scripts/bench.mjs builds it
 * before. JSON lines.
 */
import { preview } from 'vite';
import { chromium } from 'playwright';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { mainThreadTasks } from '../e2e/support/main-thread';
import '../e2e/support/workbench'; // the type of window.equipoise
import { line, machine, say } from './support/report';

const WATCHED_MS = 20_000;
const ROUNDS = 3;

const server = await preview({ logLevel: 'error', preview: { port: 4199 } });
const url = server.resolvedUrls!.local[0]!;
const executablePath = findBrowser();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...BROWSER_SWITCHES],
});
const common = { backend: 'wasm', theirs: null, against: 'nothing', of: 'ours/theirs', threads: 1 } as const;
const on = machine(`Chromium ${browser.version()}`);
const seconds: number[] = [];
const moving = () => (document.querySelector('path.trace')?.getAttribute('d')?.match(/L/g)?.length ?? 0) >= 2;

for (let round = 1; round <= ROUNDS; round++) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const opened = performance.now();
  await page.goto(url);
  await page.getByRole('button', { name: 'Try the demo corpus' }).click();
  await page.waitForFunction(moving, null, { timeout: 60_000, polling: 50 });
  seconds.push(Number(((performance.now() - opened) / 1000).toFixed(1)));
  if (round === ROUNDS) {
    line(
      {
        ...common,
        case: 'first-moving-chart',
        ours: seconds.toSorted((a, b) => a - b)[ROUNDS >> 1]!,
        unit: 's',
        cache: 'cold',
        rounds: seconds,
      },
      on,
    );
    const tasks = await mainThreadTasks(browser, page, () => page.waitForTimeout(WATCHED_MS));
    const longest = (key: 'cpu' | 'wall') => Number(Math.max(...tasks.map((task) => task[key])).toFixed(1));
    line(
      {
        ...common,
        case: 'main-thread-longest-task',
        ours: longest('cpu'),
        unit: 'ms',
        note: 'of the page’s own thread on the processor, while the compact preset trains',
        watchedSeconds: WATCHED_MS / 1000,
        tasks: tasks.length,
        longestClockMs: longest('wall'),
        over50msCpu: tasks.filter(({ cpu }) => cpu > 50).length,
        over50msClock: tasks.filter(({ wall }) => wall > 50).length,
        busyShare: Number((tasks.reduce((sum, { cpu }) => sum + cpu, 0) / WATCHED_MS).toFixed(3)),
      },
      on,
    );
  }
  await context.close();
}

const context = await browser.newContext();
const page = await context.newPage();
await page.goto(url);
const steps = await page.evaluate(
  async () => (await window.equipoise.run({ epochs: 3, backend: 'wasm' })).steps,
);
const sum = (key: 'ms' | 'waitMs', rows = steps): number => rows.reduce((total, row) => total + row[key], 0);
const percent = (rows = steps): number => Number((100 * (sum('waitMs', rows) / sum('ms', rows))).toFixed(2));
say(
  {
    ...common,
    case: 'waiting-for-images',
    ours: percent(steps.slice(1)),
    unit: '%',
    note: 'of the time of all steps but the first, compact preset',
    withFirst: percent(),
    steps: steps.length,
    longestWaitMs: Number(Math.max(...steps.slice(1).map(({ waitMs }) => waitMs)).toFixed(2)),
  },
  on,
);
await browser.close();
await server.close();
