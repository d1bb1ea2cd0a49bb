/**
 * A checkpoint of the paper's model - weights and Adam's moments, 765 MB - saved and restored by the page in
 * the browser of this machine: how long it takes, what the page's thread does meanwhile, and how much memory
 * it takes beyond what the model has (resident memory of the renderer, which has page and workers, and of all
 * the browser's processes; Linux only). JSON lines. scripts/bench.mjs builds it before; 3 GB of disk are
 * needed.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preview } from 'vite';
import { chromium } from 'playwright';
import { BROWSER_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import '../e2e/support/workbench'; // the type of window.equipoise
import { machine, say } from './support/report';

const EVERY_MS = 20;
const QUERY = 'preset=paper&backend=wasm&batch=2&micro=1&strategy=unweighted-sum&epochs=1';

interface Resident {
  readonly renderer: number;
  readonly all: number;
}

interface Process {
  readonly pid: string;
  readonly parent: string;
  readonly command: string;
  readonly bytes: number;
}

async function processes(): Promise<readonly Process[]> {
  const all = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name))
      .map(async (pid) => {
        try {
          const [command, stat, statm] = await Promise.all(
            ['cmdline', 'stat', 'statm'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')),
          );
          return {
            pid,
            command: command!,
            parent: stat!.slice(stat!.lastIndexOf(')') + 2).split(' ')[1]!,
            bytes: Number(statm!.split(' ')[1]) * 4096,
          };
        } catch {
          return null; // it ended meanwhile
        }
      }),
  );
  return all.filter((one) => one !== null);
}

/**
 * Resident bytes of the browser that keeps its profile in `folder`: of its largest renderer, and of all its
 * processes.
 */
async function resident(folder: string): Promise<Resident> {
  const all = await processes();
  const ours = new Set(
    all
      .filter(({ command }) => command.includes(`--user-data-dir=${folder}`) && !command.includes('--type='))
      .map(({ pid }) => pid),
  );
  for (let before = -1; before !== ours.size;) {
    before = ours.size;
    for (const { pid, parent } of all) if (ours.has(parent)) ours.add(pid);
  }
  const found = all.filter(({ pid }) => ours.has(pid));
  return {
    renderer: Math.max(
      0,
      ...found.filter(({ command }) => command.includes('--type=renderer')).map(({ bytes }) => bytes),
    ),
    all: found.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Watches the memory until `work` is done. */
async function watched<T>(
  folder: string,
  work: Promise<T>,
): Promise<{
  readonly result: T;
  readonly before: Resident;
  readonly peak: Resident;
  readonly after: Resident;
}> {
  const before = await resident(folder);
  let peak = before;
  const over = work.then(() => true);
  do {
    const { renderer, all } = await resident(folder);
    peak = { renderer: Math.max(peak.renderer, renderer), all: Math.max(peak.all, all) };
  } while (
    !(await Promise.race([
      over,
      new Promise<boolean>((resolve) => {
        setTimeout(() => resolve(false), EVERY_MS);
      }),
    ]))
  );
  return { result: await work, before, peak, after: await resident(folder) };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
const tenths = (ms: number): number => Number((ms / 1000).toFixed(1));

const folder = await mkdtemp(join(tmpdir(), 'equipoise-checkpoints-'));
const server = await preview({ logLevel: 'error', preview: { port: 4198 } });
const url = server.resolvedUrls!.local[0]!;
const executablePath = findBrowser();
const context = await chromium.launchPersistentContext(folder, {
  ...(executablePath ? { executablePath } : {}),
  args: [...BROWSER_SWITCHES],
  locale: 'en-GB',
});
const page = await context.newPage();
const common = {
  backend: 'wasm',
  theirs: null,
  against: 'nothing',
  unit: 's',
  of: 'ours/theirs',
  threads: 1,
  model: 'paper',
} as const;
const on = machine(`Chromium ${context.browser()?.version() ?? ''}`);
/**
 * Longest task of the page's thread in milliseconds, and how late its timer was at worst; from now until it
 * is asked.
 */
const watchThread = () =>
  page.evaluate(() => {
    const told = { longestTaskMs: 0, latestTimerMs: 0 };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        told.longestTaskMs = Math.max(told.longestTaskMs, duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    setInterval(() => {
      const now = performance.now();
      told.latestTimerMs = Math.max(told.latestTimerMs, now - last - 20);
      last = now;
    }, 20);
    Object.assign(globalThis, { told });
  });
const thread = () =>
  page.evaluate(() => {
    const { longestTaskMs, latestTimerMs } = (
      globalThis as unknown as { told: { longestTaskMs: number; latestTimerMs: number } }
    ).told;
    return { longestTaskMs: Math.round(longestTaskMs), latestTimerMs: Math.round(latestTimerMs) };
  });

await page.goto(`${url}#/train?${QUERY}`);
for (let round = 1; round <= 3; round++) {
  const stepped = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.equipoise.on('steps', () => resolve());
      }),
  );
  const saved = page.evaluate(
    () =>
      new Promise<{ bytes: number; ms: number }>((resolve) => {
        let from = 0;
        window.equipoise.on('steps', () => {
          from ||= performance.now();
        });
        window.equipoise.on('checkpoint', ({ bytes }) => resolve({ bytes, ms: performance.now() - from }));
      }),
  );
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await stepped; // and now it is saved
  await watchThread();
  const { result, before, peak } = await watched(folder, saved);
  say(
    {
      ...common,
      case: 'checkpoint-saved',
      ours: tenths(result.ms),
      round,
      megabytes: megabytes(result.bytes),
      ...(await thread()),
      rendererMegabytes: megabytes(before.renderer),
      extraRendererMegabytes: megabytes(peak.renderer - before.renderer),
      extraBrowserMegabytes: megabytes(peak.all - before.all),
    },
    on,
  );
  await page
    .getByRole('region', { name: 'Transport' })
    .getByRole('status')
    .filter({ hasText: 'paused' })
    .waitFor({ timeout: 60_000 });
}

await page.reload();
await watchThread();
const restored = page.evaluate(async () => {
  const [run] = await window.equipoise.runs();
  const started = performance.now();
  const resumed = new Promise<number>((resolve) => {
    window.equipoise.on('log', ({ entries }) => {
      if (entries.some(({ code }) => code === 'run-resumed')) resolve(performance.now() - started);
    });
  });
  void window.equipoise.resume(run!.id);
  return resumed;
});
const { result: ms, peak, after } = await watched(folder, restored);
say(
  {
    ...common,
    case: 'checkpoint-restored',
    ours: tenths(ms),
    note: 'with starting and checking the engine',
    ...(await thread()),
    rendererMegabytes: megabytes(after.renderer),
    extraRendererMegabytes: megabytes(peak.renderer - after.renderer),
  },
  on,
);
await context.close();
await server.close();
await rm(folder, { recursive: true, force: true, maxRetries: 5 });
