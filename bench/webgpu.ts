/**
 * The engine's WGSL beside TensorFlow.js' webgpu backend as shipped: what a training step of the paper's preset asks of the
 * device (counted, which needs no graphics adapter), then times in a real browser, each side in a page of its own, in turns.
 * The adapter is SwiftShader, in software; `ADAPTER=hardware` takes the machine's own. `ONLY=counted` or `timed` runs one part.
 */
import { chromium, type Page } from 'playwright';
import { createServer } from 'vite';
import { BROWSER_SWITCHES, WEBGPU_SWITCHES, findBrowser } from '../scripts/browser.mjs';
import { alternate, type Side } from '../src/core/bench/alternate';
import { caseFlops, casesFor, STEPS } from '../src/core/bench/cases';
import { PRESETS } from '../src/core/training/presets';
import { countStep } from './support/count-step';
import { line, machine } from './support/report';
import type { PageSide } from './support/webgpu-side';

const only = process.env['ONLY'];
const AGAINST = 'tfjs webgpu as shipped';
const common = { backend: 'webgpu', threads: 1, against: AGAINST } as const;

if (only !== 'timed') {
  await import('@tensorflow/tfjs'); // registers the gradients of every op
  const one = { ...STEPS.paper, batch: PRESETS.paper.batchSize };
  const ours = await countStep('ours', one);
  const theirs = await countStep('shipped', one);
  const note = 'counted on a device that computes nothing: one step of the paper preset at its full batch';
  const counted = (what: string, unit: string, least: number, value: (counts: typeof ours) => number): void => {
    line({ ...common, case: `paper-${what}`, unit, of: 'theirs/ours', ours: value(ours), theirs: value(theirs), target: { at: 'least', value: least }, batch: one.batch, note });
  };
  counted('dispatches', 'dispatches a step', 3, ({ dispatches }) => dispatches);
  counted('bytes-moved', 'bytes a step', 2, ({ bytes }) => bytes);
  counted('peak-bytes', 'bytes', 2, ({ peak }) => peak);
}

/** A page with one side in it. */
async function open(page: Page, url: string, side: 'ours' | 'shipped') {
  await page.goto(url);
  await page.waitForFunction(() => 'benchSide' in globalThis);
  const call = <K extends keyof PageSide>(name: K, argument: Parameters<PageSide[K]>[0]) => page.evaluate(
    ([method, value]) => (globalThis as unknown as { readonly benchSide: Record<string, (value: unknown) => Promise<unknown>> }).benchSide[method]!(value),
    [name, argument] as const,
  ) as Promise<Awaited<ReturnType<PageSide[K]>>>;
  await call('open', side);
  return { prepare: (id: string) => call('prepare', id), time: ((count) => call('time', count)) as Side };
}

if (only !== 'counted') {
  const hardware = process.env['ADAPTER'] === 'hardware';
  const server = await createServer({
    configFile: false, logLevel: 'error', cacheDir: '.cache/bench', server: { port: 0, hmr: false, watch: null },
    optimizeDeps: { include: ['@tensorflow/tfjs-core', '@tensorflow/tfjs-core/dist/register_all_gradients', ...['cpu', 'wasm', 'webgpu'].map((id) => `@tensorflow/tfjs-backend-${id}`)], entries: [] },
    plugins: [{ name: 'blank', configureServer: ({ middlewares }) => {
      middlewares.use('/blank', (_request, response) => { response.setHeader('content-type', 'text/html').end('<!doctype html><link rel="icon" href="data:,"><script type="module" src="/bench/support/webgpu-side.ts"></script>'); });
    } }],
  });
  await server.listen();
  const executablePath = findBrowser();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: [...BROWSER_SWITCHES, ...(hardware ? ['--enable-unsafe-webgpu'] : WEBGPU_SWITCHES)] });
  const context = await browser.newContext();
  const url = `${server.resolvedUrls!.local[0]!}blank`;
  const [ours, theirs] = [await open(await context.newPage(), url, 'ours'), await open(await context.newPage(), url, 'shipped')];
  const adapter = await context.pages()[0]!.evaluate(async () => {
    const { info } = (await navigator.gpu.requestAdapter()) as unknown as { readonly info: { readonly vendor: string; readonly architecture: string; readonly description: string } };
    return [info.description, info.vendor, info.architecture].filter(Boolean).join(', ');
  });
  const on = machine(`Chromium ${browser.version()}`, adapter);
  for (const one of casesFor('full', 'webgpu', !hardware)) {
    await ours.prepare(one.id);
    await theirs.prepare(one.id);
    // Two steps compile everything: forward and backward of the first come one after the other.
    await ours.time(2);
    const times = await alternate(ours.time, theirs.time, { budget: 120_000, turns: Number(process.env['TURNS'] ?? 5) }, () => performance.now(), () => undefined);
    const details = { turns: times.ours.turns, oursFastest: times.ours.fastest, theirsFastest: times.theirs!.fastest };
    if (one.kind === 'step') {
      line({ ...common, ...details, case: one.id, unit: 'ms', of: 'theirs/ours', ours: times.ours.median, theirs: times.theirs!.median, batch: one.batch,
        ...(one.id === STEPS.tiny.id && !hardware ? { target: { at: 'least', value: 8 } as const } : {}) }, on);
    } else {
      const speed = (ms: number): number => caseFlops(one) / ms / 1e6;
      line({ ...common, ...details, case: one.id, unit: 'GFLOP/s', of: 'ours/theirs', ours: speed(times.ours.median), theirs: speed(times.theirs!.median) }, on);
    }
  }
  await browser.close();
  await server.close();
}
