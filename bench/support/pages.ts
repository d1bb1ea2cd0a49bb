/**
 * Both sides of a benchmark in a real browser, each in a page of its own that computes only while it is
 * asked: what a user of either gets, in the build that browsers get (TensorFlow.js' build for Node is older
 * JavaScript and several times slower).
 */
import { chromium, type BrowserContext, type Page } from 'playwright';
import { createServer } from 'vite';
import { BROWSER_SWITCHES, NO_BROWSER, WEBGPU_SWITCHES, findBrowser } from '../../scripts/browser.mjs';
import type { Side } from '../../src/core/bench/alternate';
import type { Machine } from '../../src/core/bench/line';
import { describeAdapter } from '../../src/engine/platform/backend';
import type { PageSide, SideChoice } from './page-side';
import { machine } from './report';

export interface PageHalf {
  /** Makes a case ready in the place of the one before. */
  readonly prepare: (id: string) => Promise<void>;
  readonly time: Side;
}

export interface Pages {
  open(choice: SideChoice): Promise<PageHalf>;
  /** @param adapter with the graphics adapter */
  machine(adapter: boolean): Promise<Machine & { readonly software: boolean }>;
  close(): Promise<void>;
}

const MODULE =
  '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/bench/support/page-side.ts"></script>';

async function openSide(page: Page, url: string, choice: SideChoice): Promise<PageHalf> {
  await page.goto(url);
  await page.waitForFunction(() => 'benchSide' in globalThis);
  const call = <K extends keyof PageSide>(name: K, argument: Parameters<PageSide[K]>[0]) =>
    page.evaluate(
      ([method, value]) =>
        (
          globalThis as unknown as {
            readonly benchSide: Record<string, (value: unknown) => Promise<unknown>>;
          }
        ).benchSide[method]!(value),
      [name, argument] as const,
    ) as Promise<Awaited<ReturnType<PageSide[K]>>>;
  await call('open', choice);
  return {
    prepare: async (id) => {
      await call('prepare', id);
    },
    time: (count) => call('time', count),
  };
}

/**
 * @param hardware the machine's own graphics adapter rather than one in software @throws where there is no
 * browser
 */
export async function openPages(hardware: boolean): Promise<Pages> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(NO_BROWSER);
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    cacheDir: '.cache/bench',
    server: { port: 0, hmr: false, watch: null },
    optimizeDeps: {
      include: [
        '@tensorflow/tfjs-core',
        '@tensorflow/tfjs-core/dist/register_all_gradients',
        ...['cpu', 'wasm', 'webgpu'].map((id) => `@tensorflow/tfjs-backend-${id}`),
      ],
      entries: [],
    },
    plugins: [
      {
        name: 'blank',
        configureServer: ({ middlewares }) => {
          middlewares.use('/blank', (_request, response) => {
            response.setHeader('content-type', 'text/html').end(MODULE);
          });
        },
      },
    ],
  });
  await server.listen();
  const browser = await chromium.launch({
    executablePath,
    args: [...BROWSER_SWITCHES, ...(hardware ? ['--enable-unsafe-webgpu'] : WEBGPU_SWITCHES)],
  });
  const context: BrowserContext = await browser.newContext();
  const url = `${server.resolvedUrls!.local[0]!}blank`;
  return {
    open: async (choice) => openSide(await context.newPage(), url, choice),
    machine: async (adapter) => {
      const runtime = `Chromium ${browser.version()}`;
      if (!adapter) return { ...machine(runtime), software: false };
      const info = await context.pages()[0]!.evaluate(async () => {
        const {
          info: { vendor, architecture, device, description, isFallbackAdapter },
        } = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))!;
        return { vendor, architecture, device, description, isFallbackAdapter };
      });
      const { detail, software } = describeAdapter({ info });
      return { ...machine(runtime, detail), software };
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
