/**
 * End-to-end tests: the built page with its production headers, in the full browser (the headless shell has
 * no WebGPU). `*.webgpu.spec.ts` get a software graphics adapter; all others see a machine without one. What
 * measures is tagged @timed and in a project of its own: `npm test` runs that alone and the others two at a
 * time.
 */
import { defineConfig } from 'playwright/test';
import { BROWSER_SWITCHES, WEBGPU_SWITCHES, findBrowser } from './scripts/browser.mjs';
import { freePort } from './scripts/free-port.mjs';
import type { SupportOptions } from './e2e/support/test';

// This file is read again by every worker process: the port is chosen once and inherited.
process.env['E2E_PORT'] ??= String(await freePort());
const baseURL = `http://localhost:${process.env['E2E_PORT']}/`;

const launch = (switches: readonly string[]): Pick<SupportOptions, 'launchOptions'> => {
  const executablePath = findBrowser();
  return { launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: [...switches] } };
};

/**
 * For a test that moves on and on and never ends. What waits in vain ends when nothing moves any more
 * (e2e/support/progress.ts); the longest test takes two minutes on an idle machine.
 */
const ENDLESS_MS = 45 * 60_000;

const [TIMED, WEBGPU] = [/@timed/, '**/*.webgpu.spec.ts'];

export default defineConfig<SupportOptions>({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: ENDLESS_MS,
  expect: { timeout: ENDLESS_MS },
  reporter: [['list']],
  use: {
    baseURL,
    locale: 'en-GB',
    // Screenshots of every action would compete with the training under test for two cores.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testIgnore: WEBGPU, grepInvert: TIMED, use: launch(BROWSER_SWITCHES) },
    { name: 'webgpu', testMatch: WEBGPU, use: launch([...BROWSER_SWITCHES, ...WEBGPU_SWITCHES]) },
    { name: 'timed', testIgnore: WEBGPU, grep: TIMED, use: launch(BROWSER_SWITCHES) },
  ],
  webServer: {
    command: `node scripts/start.mjs --no-open --port ${process.env['E2E_PORT']}`,
    url: baseURL,
    timeout: 300_000,
    stdout: 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
