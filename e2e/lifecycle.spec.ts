/**
 * What a user does to a run is not a failure: Stop in a step that takes long, a start called off, a run
 * looked at while another one is trained, and the same by script.
 */
import type { Page } from 'playwright/test';
import { sabotage, struck, exposeTrainer, trainerOf } from './support/sabotage';
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

/** A step that never ends stands for one that takes minutes. */
const ENDLESS = { batch: 4, classes: [4, 10, 2], epoch: 2, request: 20 };
const LINK = `seed=5&epochs=1000&${TINY.replace('batch=16', 'batch=4')}`;

const transport = (page: Page) => page.getByRole('region', { name: 'Transport' });
const events = (page: Page) => page.getByRole('log', { name: 'Events' });
const codes = async (bench: Workbench): Promise<string[]> =>
  csvRows(text((await bench.exportNewest())['log.csv'])).map(({ code }) => code!);

test('Stop in a step that takes long waits for it, may be taken back, and may end at once: stopped, not failed, and told what it cost', async ({
  page,
}) => {
  await exposeTrainer(page);
  const bench = new Workbench(page);
  await bench.openLink(LINK);
  await page.evaluate(() => window.equipoise.setWorkers(1));
  await sabotage(await trainerOf(page), 'hang', ENDLESS);
  await bench.press('Play');
  await struck(page);
  await bench.press('Stop');
  await expect(transport(page)).toContainText('Stopping after this step');
  await expect(bench.state).toHaveText('stopping…');
  await bench.button('Keep running').click();
  await expect(bench.state).toHaveText('running');
  await bench.press('Pause');
  await expect(transport(page)).toContainText('Pausing after this step');
  await bench.press('Stop');
  await transport(page)
    .getByRole('button', { name: /^End now and lose \d+ steps?$/ })
    .click();
  await expect(bench.state).toHaveText('stopped');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(events(page)).toContainText('Ended at once');
  expect(await page.evaluate(() => window.equipoise.state())).toMatchObject({
    state: 'stopped',
    live: false,
    error: null,
    asked: null,
  });
  // The highlighted button goes on with it, and so does the space bar.
  await page.locator('body').press('Space');
  await expect(bench.state).toHaveText('running');
  await bench.waitForEpoch(3);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  const steps = csvRows(text((await bench.exportNewest())['steps.csv'])).map(({ step }) => Number(step));
  expect(steps).toEqual(steps.map((_, i) => i + 1));
  const told = await codes(bench);
  expect(told.filter((code) => ['failed', 'fault', 'recovered'].includes(code))).toEqual([]);
  expect(told.filter((code) => code.startsWith('stopped'))).toEqual(['stopped-at-once', 'stopped']);
  expect(await page.evaluate(async () => (await window.equipoise.runs()).length)).toBe(1);
});

test('a run that is being begun is called off without an error, and a step goes on with the stored run', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  const { step } = (await page.evaluate(() => window.equipoise.state()))!;
  await bench.press('Step');
  await expect
    .poll(() => page.evaluate(() => window.equipoise.state()))
    .toMatchObject({ state: 'paused', step: step + 1, live: true });
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  expect(await page.evaluate(async () => (await window.equipoise.runs()).length)).toBe(1);

  // Other voices have to be made first: time enough to think better of it.
  const outcome = page.evaluate(() =>
    window.equipoise.run({ corpus: { kind: 'demo', seed: 77, difficulty: 0.3 } }).then(
      () => 'ran',
      (error: unknown) => (error as { code: string }).code,
    ),
  );
  await expect(page.getByRole('region', { name: 'Preparing the run' })).toBeVisible();
  await expect(transport(page)).not.toContainText(String(step + 1)); // the numbers of the old run are gone
  await bench.press('Stop');
  expect(await outcome).toBe('cancelled');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await page.evaluate(async () => (await window.equipoise.runs()).length)).toBe(1);
});

test('by script: pause, play, step, stop and where the run is; options that are none are refused', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&strategy=static&${TINY}`);
  const refused = (): Promise<unknown> =>
    page.evaluate(() =>
      window.equipoise.setStrategyOptions({ nope: 1 }).then(
        () => 'taken',
        ({ name, code, details }: { name: string; code: string; details: object }) => ({
          name,
          code,
          details,
        }),
      ),
    );
  expect(await page.evaluate(() => window.equipoise.state())).toBeNull();
  expect(await refused()).toMatchObject({ code: 'no-run' });
  await page.evaluate(() => {
    void window.equipoise.run();
  });
  await expect.poll(() => page.evaluate(() => window.equipoise.state()?.step ?? 0)).toBeGreaterThan(0);
  expect(await refused()).toMatchObject({
    name: 'ConfigError',
    code: 'unknown-option',
    details: { key: 'nope', strategy: 'static', known: 'weights' },
  });
  const paused = await page.evaluate(async () => {
    await window.equipoise.pause();
    return window.equipoise.state()!;
  });
  expect(paused).toMatchObject({ state: 'paused', live: true, asked: null, checkpoint: paused.step });
  const stepped = await page.evaluate(async () => {
    await window.equipoise.step();
    return window.equipoise.state()!;
  });
  expect(stepped).toMatchObject({ state: 'paused', step: paused.step + 1 });
  // The same run in the same tab is no other run: it goes on.
  await page.evaluate((id) => {
    void window.equipoise.resume(id);
  }, paused.id);
  await expect.poll(() => page.evaluate(() => window.equipoise.state()!)).toMatchObject({ state: 'running' });
  await page.evaluate(async () => {
    await window.equipoise.pause();
    await window.equipoise.play();
  });
  await expect.poll(() => page.evaluate(() => window.equipoise.state()!.step)).toBeGreaterThan(stepped.step);
  await page.evaluate(() => window.equipoise.stop());
  expect(await page.evaluate(() => window.equipoise.state())).toMatchObject({
    state: 'stopped',
    live: false,
    error: null,
  });
});

test('Stop in the moment in which a run goes on ends it: it is not recovered, and nobody waits in vain', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  await bench.press('Pause');
  await expect(bench.state).toHaveText('paused');
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  for (const now of [true, false]) {
    // The trainer's first word comes before the page has written down that it has begun.
    const told = await page.evaluate(async (at) => {
      const { equipoise } = window;
      const runs = new Promise<void>((resolve) => {
        const off = equipoise.on('state', () => {
          off();
          resolve();
        });
      });
      const outcome = equipoise.resume(equipoise.state()!.id).then(({ state }) => state);
      const second = await equipoise.run().catch(({ code }: { code: string }) => code);
      await runs;
      await equipoise.stop({ now: at });
      return [second, await outcome];
    }, now);
    expect(told).toEqual(['busy', 'stopped']);
    expect(await page.evaluate(() => window.equipoise.state())).toMatchObject({
      state: 'stopped',
      live: false,
      starting: null,
      error: null,
    });
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(
      await page.evaluate(async () => (await window.equipoise.runs()).map(({ state }) => state)),
    ).toEqual(['stopped']);
  }
});

test('a finished run is looked at while another one is trained, and the way back is there', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&seed=21&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const finished = (await page.evaluate(() => window.equipoise.state()))!;
  await page.evaluate(() => {
    void window.equipoise.run({ epochs: 1000, seed: 22 });
  });
  await bench.waitForEpoch(1);
  const open = page.getByRole('button', { name: /^Open / });
  await bench.goTo('Runs');
  await open.last().click();
  await bench.shows('Train');
  await expect(bench.state).toHaveText('finished');
  await expect(transport(page)).toContainText('View only');
  await expect(transport(page).getByRole('button', { name: 'Pause', exact: true })).toBeDisabled();
  expect(await page.evaluate(() => window.equipoise.state())).toMatchObject({ state: 'running', live: true });
  await expect(transport(page)).toContainText(String(finished.step));
  await bench.button('Back to the current run').click();
  await expect(bench.state).toHaveText('running');
  const { step } = (await page.evaluate(() => window.equipoise.state()))!;
  await expect.poll(() => page.evaluate(() => window.equipoise.state()!.step)).toBeGreaterThan(step);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
});

test('a screen whose style sheet is slow to come is shown when it is there, whatever is loaded beside it', async ({
  page,
}) => {
  const beside = page.waitForRequest(/data-screen-[^/]*\.js$/);
  await page.route(/compare-screen-[^/]*\.css$/, async (route) => {
    await beside;
    await route.continue();
  });
  const bench = new Workbench(page);
  await bench.open('#/compare');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Compare');
});

test('a screen that cannot be loaded fails in its own place: the shell and the run go on, and a press asks for it again', async ({
  page,
  faults,
}) => {
  faults.allow(
    /net::ERR_FAILED|Failed to load resource|Failed to fetch dynamically imported module|could not be loaded/,
  );
  // a screen, and the worker that exports
  const away = /\/(compare-screen-[^/]*\.(js|css)|export-[\w-]{8}\.js)$/;
  await page.route(away, (route) => route.abort());
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  await bench.goTo('Compare');
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible();
  const { step } = (await page.evaluate(() => window.equipoise.state()))!;
  await expect.poll(() => page.evaluate(() => window.equipoise.state()!.step)).toBeGreaterThan(step);
  await bench.button('Try again').click();
  await expect(page.getByRole('alert')).toContainText('could not be loaded');
  const refused = await page.evaluate(async () =>
    window.equipoise.exportRun(window.equipoise.state()!.id).then(
      () => 'saved',
      ({ code }: { code: string }) => code,
    ),
  );
  expect(refused).toBe('worker-not-loaded');
  await page.unroute(away);
  await bench.button('Try again').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Compare');
  // The style sheet is asked for again as well.
  expect(
    await page.evaluate(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].every(
        ({ sheet }) => sheet !== null,
      ),
    ),
  ).toBe(true);
  await bench.goTo('Train');
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
});

test('all screens are there before they are needed: the server may go', async ({ page, context, faults }) => {
  faults.allow(/ERR_INTERNET_DISCONNECTED.*icon\.svg/); // the tab's picture, which Chromium asks for at every change of address
  const bench = new Workbench(page);
  await bench.open();
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          performance.getEntriesByType('resource').filter(({ name }) => /-screen-[^/]*\.js$/.test(name))
            .length,
      ),
    )
    .toBe(8);
  await context.setOffline(true);
  for (const screen of ['Data', 'Train', 'Sweeps', 'Runs', 'Compare', 'Start'] as const) {
    await bench.goTo(screen);
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});

test('the database is deleted by a second tab while a run is trained: it is written again from memory, and what is gone is said', async ({
  page,
  context,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1&seed=20&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const id = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        window.equipoise.on('state', ({ runId }) => resolve(runId));
        void window.equipoise.run({ epochs: 1000, seed: 21 });
      }),
  );
  await expect.poll(() => page.evaluate(() => window.equipoise.state()?.epoch ?? 0)).toBeGreaterThan(1);
  const other = await context.newPage();
  await other.goto('/');
  await other.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('equipoise');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error!);
      }),
  );
  await other.close();
  await expect(page.getByRole('alert')).toContainText('was deleted');
  await expect(page.getByRole('alert')).toContainText('written again from memory');
  const then = (await page.evaluate(() => window.equipoise.state()))!;
  expect(then).toMatchObject({ id, live: true, error: null });
  await expect
    .poll(() => page.evaluate(() => window.equipoise.state()!.epoch))
    .toBeGreaterThan(then.epoch + 1);
  await page.evaluate(() => window.equipoise.pause());
  const paused = (await page.evaluate(() => window.equipoise.state()))!;
  expect(paused).toMatchObject({ state: 'paused', error: null, checkpoint: paused.step });
  expect(await page.evaluate(async () => (await window.equipoise.runs()).map((run) => run.id))).toEqual([id]);
  const files = await bench.exportRun(id);
  const steps = csvRows(text(files['steps.csv'])).map(({ step }) => Number(step));
  // nothing is missing, nothing is there twice
  expect(steps).toEqual(Array.from({ length: paused.step }, (_, i) => i + 1));
  expect(csvRows(text(files['log.csv'])).map(({ code }) => code)).toEqual(
    expect.arrayContaining(['run-started', 'paused']),
  );
  expect(csvRows(text(files['log.csv'])).some(({ code }) => code!.startsWith('storage-emptied'))).toBe(true);
  // From here on it is a run like any other, also after a reload.
  await page.reload();
  await bench.continueNewest();
  await expect(bench.state).toHaveText('running');
  await expect.poll(() => page.evaluate(() => window.equipoise.state()!.step)).toBeGreaterThan(paused.step);
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
});

test('a run that nobody would wait for is told before Play, with a way out', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink('preset=paper&backend=wasm');
  const warning = page.getByRole('region', { name: 'How long it will take' });
  await expect(warning).toContainText(/about \d+(\.\d+)? s a step and \d+ d \d+ h in all/);
  await expect(warning).toContainText('Estimated from this processor’s measured speed');
  await warning.getByRole('button', { name: 'Use the compact preset' }).click();
  await expect(warning).toHaveCount(0);
  await expect(page.getByTestId('forecast')).toContainText('in all');
});

test('a run that gets another name while it goes keeps it', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`epochs=1000&seed=9&${TINY}`);
  await bench.press('Play');
  await bench.waitForEpoch(1);
  const { name } = (await page.evaluate(() => window.equipoise.state()))!;
  await bench.goTo('Runs');
  const field = page.getByRole('textbox', { name: `Name of ${name}` });
  await field.fill('First try');
  await field.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name of First try' })).toBeVisible();
  await bench.goTo('Train');
  await bench.press('Stop');
  await expect(bench.state).toHaveText('stopped');
  expect((await page.evaluate(() => window.equipoise.state()))!.name).toBe('First try');
  expect((await page.evaluate(() => window.equipoise.runs()))[0]!.name).toBe('First try');
});
