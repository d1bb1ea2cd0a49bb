/**
 * The `test` that every spec imports: Playwright's, plus faults that fail the test on their own, an end when
 * nothing moves any more (progress.ts; no spec names a time) and browser profiles on disk. Page objects and
 * journeys are not here.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type BrowserContext, type LaunchOptions } from 'playwright/test';
import { Faults } from './faults';
import { launchProfile, MadeDemo } from './made-demo';
import { Progress } from './progress';

export interface SupportOptions {
  launchOptions: LaunchOptions;
}

export interface ProfileOptions {
  /** Folders handed to the page may be written without a prompt (there is nobody to answer one). */
  readonly writableFolders?: boolean;
  /** An earlier profile's folder, to come back as the same user after the browser was closed. */
  readonly folder?: string;
}

export interface Profile {
  readonly context: BrowserContext;
  readonly folder: string;
}

interface Support {
  /**
   * Set to true by `test.use` in a journey that trains on the demo corpus and is about something else: its
   * browser has made corpus and spectrograms before (made-demo.ts).
   */
  demoIsMade: boolean;
  /**
   * What went wrong unnoticed; checked after every test. Use `faults.allow` where a test provokes something.
   */
  faults: Faults;
  /** Ends a test that waits while nothing moves. */
  progress: Progress;
  /** Starts a browser with a profile on disk: large IndexedDB values, folder permissions, restarts. */
  openProfile: (options?: ProfileOptions) => Promise<Profile>;
}

/** What Playwright gives to its own contexts. */
const pageOptions = (baseURL: string | undefined, locale: string | undefined) => ({
  ...(baseURL === undefined ? {} : { baseURL }),
  ...(locale === undefined ? {} : { locale }),
});

/** Chromium's undocumented setting "sites may edit files": 1 is allow. */
const WRITABLE = JSON.stringify({
  profile: { default_content_setting_values: { file_system_write_guard: 1 } },
});

interface WorkerSupport {
  madeDemo: MadeDemo;
}

export const test = base.extend<Support, WorkerSupport>({
  demoIsMade: [false, { option: true }],

  madeDemo: [
    // Playwright wants a pattern, and nothing of it is used.
    async ({ browserName: _browser }, use) => {
      const made = new MadeDemo();
      await use(made);
      await made.remove();
    },
    { scope: 'worker' },
  ],

  context: async ({ demoIsMade, madeDemo, context, launchOptions, baseURL, locale }, use) => {
    if (!demoIsMade) return use(context);
    const options = { ...launchOptions, ...pageOptions(baseURL, locale) };
    const folder = await madeDemo.copy(options);
    const profile = await launchProfile(folder, options);
    await use(profile);
    await profile.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },

  progress: [
    async ({ context }, use) => {
      const progress = new Progress();
      progress.watch(context);
      await use(progress);
      progress.stop();
      expect(progress.verdict).toBeNull();
    },
    { auto: true },
  ],

  faults: [
    async ({ context }, use) => {
      const faults = new Faults();
      faults.watch(context);
      await use(faults);
      expect(
        faults.unexpected(),
        'console errors, uncaught errors and requests that leave this machine',
      ).toEqual([]);
    },
    { auto: true },
  ],

  openProfile: async ({ faults, progress, launchOptions, baseURL, locale }, use) => {
    const contexts: BrowserContext[] = [];
    const folders = new Set<string>();
    await use(async ({ writableFolders = false, folder }: ProfileOptions = {}) => {
      const profile = folder ?? (await mkdtemp(join(tmpdir(), 'equipoise-profile-')));
      folders.add(profile);
      if (writableFolders) {
        await mkdir(join(profile, 'Default'), { recursive: true });
        await writeFile(join(profile, 'Default/Preferences'), WRITABLE);
      }
      const context = await launchProfile(profile, { ...launchOptions, ...pageOptions(baseURL, locale) });
      contexts.push(context);
      faults.watch(context);
      progress.watch(context);
      return { context, folder: profile };
    });
    for (const context of contexts) await context.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  },
});

export { expect };
