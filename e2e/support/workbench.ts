/**
 * The workbench as a test drives it: by roles and names, as a user would, and by `window.equipoise` where
 * exact numbers are wanted. No selector of the page stands in a spec.
 */
import { readFile } from 'node:fs/promises';
import { unzipSync, strFromU8 } from 'fflate';
import { expect, type Locator, type Page } from 'playwright/test';
import type { PageApi } from '../../src/state/page-api';

declare global {
  interface Window {
    readonly equipoise: PageApi;
  }
}

/** Small enough for seconds on two cores, large enough to learn something. */
export const TINY = 'size=32&width=0.0625&batch=16&backend=wasm';

type ScreenName = 'Start' | 'Data' | 'Train' | 'Sweeps' | 'Runs' | 'Compare';

export class Workbench {
  constructor(readonly page: Page) {}

  async open(hash = '#/'): Promise<void> {
    await this.page.goto(`/${hash}`);
    await expect(this.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  }

  /** Takes a configuration over from a link, as a student does who was sent one. */
  async openLink(query: string): Promise<void> {
    await this.open(`#/train?${query}`);
    await expect(this.page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
    // The link is taken over and then leaves the address bar.
    await expect(this.page).toHaveURL(/#\/train$/);
  }

  async goTo(screen: ScreenName): Promise<void> {
    await this.screenLink(screen).click();
    await this.shows(screen);
  }

  /** The router changes the address first and draws later: until then the former screen can still be read. */
  async shows(screen: ScreenName): Promise<void> {
    await expect(this.screenLink(screen)).toHaveAttribute('aria-current', 'page');
  }

  private screenLink(screen: ScreenName) {
    return this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('link', { name: screen, exact: true });
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  press(name: 'Play' | 'Pause' | 'Step' | 'Stop' | 'Continue run'): Promise<void> {
    return this.page
      .getByRole('region', { name: 'Transport' })
      .getByRole('button', { name, exact: true })
      .click();
  }

  /** The state written in the transport bar. */
  get state() {
    return this.page.getByRole('region', { name: 'Transport' }).getByRole('status');
  }

  /** Optimiser steps done, as the page shows them. */
  async steps(): Promise<number> {
    return this.page.evaluate(() => window.equipoise.runs().then(([run]) => run?.stepsDone ?? 0));
  }

  /** Waits for what a run tells: the n-th finished epoch. */
  async waitForEpoch(epoch: number): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(async () => (await window.equipoise.runs())[0]?.epochsDone ?? 0))
      .toBeGreaterThanOrEqual(epoch);
  }

  /**
   * Reloads the page in the middle of the run that `play` begins: as soon as the checkpoint after `epoch`
   * epochs is written, by the page's own hand.
   */
  async reloadAfter(epoch: number, play: () => Promise<void>): Promise<void> {
    const reloaded = this.page.waitForEvent('load');
    await this.page.evaluate((wanted) => {
      window.equipoise.on('checkpoint', ({ epoch: next }) => {
        if (next > wanted) location.reload();
      });
    }, epoch);
    await play();
    await reloaded;
    await expect(this.page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  }

  /** Continues the newest run from the list of runs. */
  async continueNewest(): Promise<void> {
    await this.goTo('Runs');
    await this.page
      .getByRole('button', { name: /^Continue/ })
      .first()
      .click();
    await this.shows('Train');
  }

  /** A run's zip, unpacked: name -> bytes. @param age 0 is the newest run */
  async exportNewest(age = 0): Promise<Record<string, Uint8Array>> {
    return this.exportRun(
      await this.page.evaluate(async (place) => (await window.equipoise.runs())[place]!.id, age),
    );
  }

  async exportRun(id: string): Promise<Record<string, Uint8Array>> {
    const base64 = await this.page.evaluate(async (wanted) => {
      const bytes = new Uint8Array(await (await window.equipoise.exportRun(wanted)).arrayBuffer());
      let text = '';
      for (let i = 0; i < bytes.length; i += 0x8000)
        text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
      return btoa(text);
    }, id);
    return unzipSync(Buffer.from(base64, 'base64'));
  }
}

/** Rows of a CSV file without quoted line breaks, as objects. */
export function csvRows(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n');
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    );
  const names = cells(header);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i]!, cell])));
}

export const text = (bytes: Uint8Array | undefined): string => strFromU8(bytes ?? new Uint8Array());

/** Presses something that saves a file and reads it. */
export async function saved(page: Page, act: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return readFile(await download.path(), 'utf8');
}

/**
 * Presses something that copies text and reads the text once it is there: the page writes it in its own time,
 * and until then the clipboard holds what was copied before. The context may read and write the clipboard.
 */
export async function copied(page: Page, act: () => Promise<void>): Promise<string> {
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await act();
  await expect.poll(read).not.toBe('');
  return read();
}

/**
 * Chooses one of a segmented switch by keyboard: its radio buttons are drawn by their labels, and a click is
 * aimed at where one was before the screen moved.
 */
export async function pick(radio: Locator): Promise<void> {
  await radio.press('Space');
  await expect(radio).toBeChecked();
}

/**
 * Does something after which the page passes a remark, which is gone again after four seconds: the page itself
 * is made to look, since a test on a busy machine may come too late.
 */
export async function remarked(page: Page, words: string, act: () => Promise<void>): Promise<void> {
  const said = page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        const watch = new MutationObserver(() => {
          if (!document.body.textContent.includes(wanted)) return;
          watch.disconnect();
          resolve();
        });
        watch.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    words,
  );
  await act();
  await said;
}
