/**
 * A browser profile in which the page itself has made the demo corpus and its spectrograms, as a visitor has
 * who was here before. A journey that is about something else begins with a copy of it: the corpus costs five
 * seconds of processor, the copy one.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type BrowserContext } from 'playwright/test';
import { Progress } from './progress';

type LaunchOptions = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** Starts a browser with the profile in `folder`. No action of it decides by a time. */
export async function launchProfile(folder: string, options: LaunchOptions): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, options);
  context.setDefaultTimeout(0);
  return context;
}

export class MadeDemo {
  private folder: Promise<string> | null = null;

  /** A copy of the profile, to be removed by whoever asks. The first call makes the profile. */
  async copy(options: LaunchOptions): Promise<string> {
    this.folder ??= make(options);
    const copied = await mkdtemp(join(tmpdir(), 'equipoise-profile-'));
    await cp(await this.folder, copied, { recursive: true });
    return copied;
  }

  async remove(): Promise<void> {
    if (this.folder) await rm(await this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function make(options: LaunchOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-demo-'));
  const context = await launchProfile(folder, options);
  const progress = new Progress();
  progress.watch(context);
  try {
    const page = await context.newPage();
    await page.goto('/#/data');
    await page.getByRole('button', { name: 'Open the demo corpus' }).click();
    await page.getByRole('button', { name: 'Compute now' }).click();
    await expect(page.getByText(/^\d+ utterances computed in/)).toBeVisible();
    // The corpus and its spectrograms, and nothing else of that visit.
    await page.evaluate(() => localStorage.clear());
  } finally {
    progress.stop();
    await context.close();
  }
  return folder;
}
