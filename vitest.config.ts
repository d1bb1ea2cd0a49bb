/**
 * Two kinds of unit tests: `*.test.ts` in Node, and `*.browser.test.ts` in a real Chromium for what Node does
 * not have (IndexedDB, private files, WebGPU). Whole-page journeys are Playwright's, in e2e/.
 */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { BROWSER_SWITCHES, WEBGPU_SWITCHES, findBrowser } from './scripts/browser.mjs';
import { ISOLATION_HEADERS } from './scripts/vite/headers.ts';

const executablePath = findBrowser();

/**
 * Only for a test that hangs: none decides by a time, and the longest takes minutes on a machine that is busy
 * with something else. Of hooks and of `expect.poll` likewise.
 */
const HANGS_MS = 30 * 60_000;
const LIMITS = { testTimeout: HANGS_MS, hookTimeout: HANGS_MS, expect: { poll: { timeout: HANGS_MS } } };

export default defineConfig({
  test: {
    ...LIMITS,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          ...LIMITS,
          // By itself vitest leaves a core free, and on two cores that is half of them.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts'],
        },
      },
      {
        server: { headers: ISOLATION_HEADERS },
        // Found while the tests already run, a dependency would make Vite reload the page under them.
        optimizeDeps: {
          include: [
            'idb',
            'fflate',
            'mediabunny',
            '@tensorflow/tfjs-core',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgpu',
          ],
        },
        test: {
          name: 'browser',
          ...LIMITS,
          // One page at a time: the files share an origin, and with it the database and the private files.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          include: ['tests/**/*.browser.test.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === null ? {} : { executablePath }),
                args: [...BROWSER_SWITCHES, ...WEBGPU_SWITCHES],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
