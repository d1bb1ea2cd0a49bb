/**
 * Cookies and site data are blocked, by Chromium's own setting: one plain sentence, and everything works in
 * memory until the page is reloaded.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { dropFolder } from './support/drop-folder';
import { sabotage, exposeTrainer, trainerOf } from './support/sabotage';
import { expect, test, type Profile } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

let folders: string;
test.beforeAll(() => {
  folders = mkdtempSync(join(tmpdir(), 'equipoise-blocked-'));
});
test.afterAll(() => rmSync(folders, { recursive: true, force: true }));

/** A browser that keeps nothing for any page. */
async function blocked(
  name: string,
  openProfile: (options: { readonly folder: string }) => Promise<Profile>,
): Promise<Page> {
  const folder = join(folders, name);
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(
    join(folder, 'Default/Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const { context } = await openProfile({ folder });
  return context.newPage();
}

const sentence = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'cookies and site data are blocked' });

test('the demo corpus trains to the end, pauses and goes on, is listed, compared and exported, and is gone after a reload', async ({
  openProfile,
}) => {
  const page = await blocked('demo', openProfile);
  const bench = new Workbench(page);
  await bench.openLink(`strategy=weighted-average&seed=3&epochs=3&${TINY}`);
  await expect(sentence(page)).toContainText('everything works, but in memory');
  // By the page's own hand, as soon as the first epoch is told: a fast machine would be done before a test
  // has looked.
  await page.evaluate(() => {
    const off = window.equipoise.on('epoch', () => {
      off();
      void window.equipoise.pause();
    });
  });
  await bench.press('Play');
  await expect(bench.state).toHaveText('paused');
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  await expect(
    page
      .getByRole('img', { name: /^Loss: emotion/ })
      .locator('path.trace')
      .first(),
  ).toBeVisible();
  await expect(page.getByRole('table', { name: /^Confusion: gender/ })).toBeVisible();
  const other = await page.evaluate(() =>
    window.equipoise.run({ strategy: { id: 'unweighted-sum', options: {} }, epochs: 2 }),
  );
  expect(other).toMatchObject({ state: 'finished' });

  await bench.goTo('Runs');
  await expect(page.getByRole('button', { name: /^Open/ })).toHaveCount(2);
  await expect(page.getByText('In this page’s memory')).toBeVisible();
  const zip = await bench.exportNewest(1);
  expect(Object.keys(zip).sort()).toEqual([
    'config.json',
    'confusion.csv',
    'log.csv',
    'metrics.csv',
    'predictions-best.csv',
    'predictions-last.csv',
    'preflight.json',
    'steps.csv',
    'times.csv',
    'weights-best.safetensors',
    'weights-last.safetensors',
  ]);
  const steps = csvRows(text(zip['steps.csv'])).map(({ step }) => Number(step));
  expect(steps).toEqual(steps.map((_, i) => i + 1));
  expect(csvRows(text(zip['metrics.csv']))).toHaveLength(3 * 2 * 3);
  await bench.goTo('Compare');
  await expect(page.getByRole('main')).toContainText('weighted-average');
  await expect(page.getByRole('main')).not.toContainText('kept in this browser');
  // Said once, on every screen, and nothing else is.
  for (const screen of ['Start', 'Data', 'Train', 'Sweeps', 'Runs', 'Compare'] as const) {
    await bench.goTo(screen);
    await expect(sentence(page)).toHaveCount(1);
    await expect(page.getByRole('alert')).toHaveCount(1);
  }

  // Leaving asks first; then everything is gone, and it begins anew.
  const asked = page.waitForEvent('dialog').then(async (dialog) => {
    const type = dialog.type();
    await dialog.accept();
    return type;
  });
  await page.reload();
  expect(await asked).toBe('beforeunload');
  await bench.goTo('Runs');
  await expect(page.getByText('No runs yet')).toBeVisible();
  await expect(sentence(page)).toHaveCount(1);
});

test('a dropped folder trains, and a trainer that fails goes back to its last checkpoint', async ({
  openProfile,
}) => {
  const path = join(folders, 'corpus');
  writeDemoFolder(path, { seed: 2, difficulty: 0.5, dirty: false });
  const page = await blocked('folder', openProfile);
  await exposeTrainer(page);
  const bench = new Workbench(page);
  await bench.openLink(`seed=5&epochs=3&${TINY.replace('batch=16', 'batch=4')}`);
  await dropFolder(page, page.getByRole('main'), path);
  await expect(page.getByRole('table', { name: 'Utterances by session, speaker and class' })).toBeVisible();
  await bench.goTo('Train');
  await sabotage(await trainerOf(page), 'error', { batch: 4, classes: [4, 10, 2], epoch: 2, request: 5 });
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const log = csvRows(text((await bench.exportNewest())['log.csv'])).map(({ code }) => code);
  expect(log).toContain('recovered');
  expect(log).not.toContain('failed');
});
