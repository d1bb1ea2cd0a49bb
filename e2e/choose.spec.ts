/**
 * Runs that can be told apart and chosen: what differs, "best" among comparable ones only, one sweep or a
 * selection compared, and a deletion undone.
 */
import { expect, test } from './support/test';
import { copied, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('a finished sweep is compared by itself, a selection as well, and letters stay when runs are added', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const bench = new Workbench(page);
  await bench.openLink(`strategy=unweighted-sum&seed=1&epochs=1&${TINY}`);
  // Not of the sweep: begun first, and on another split.
  await page.evaluate(() =>
    window.equipoise.sweep({
      strategies: ['unweighted-sum'],
      seeds: [5],
      change: { split: { kind: 'session', session: 5 } },
      name: 'Before',
    }),
  );
  await page.evaluate(() =>
    window.equipoise.sweep({
      strategies: ['weighted-average', 'unweighted-sum'],
      seeds: [1, 2],
      name: 'My sweep',
    }),
  );
  await bench.goTo('Sweeps');
  const queue = page.getByRole('region', { name: 'Queue', exact: true });
  await expect(queue.getByText('My sweep: 4 of 4 done')).toBeVisible();
  await queue.getByRole('button', { name: 'Compare this sweep: My sweep' }).click();

  await bench.shows('Compare');
  await expect(page.getByText('Comparing 4 runs of “My sweep”.')).toBeVisible();
  await expect(
    page.getByText(/No difference can be shown yet: recipes share 2 seeds at most; 7 are needed/),
  ).toBeVisible();
  const table = page.getByRole('table', { name: /Stored runs, UAR/ });
  const letters = (): Promise<string[]> =>
    table
      .getByRole('row')
      .getByRole('rowheader')
      .evaluateAll((cells) => cells.map((cell) => cell.textContent ?? '').sort());
  await expect.poll(letters).toEqual(['AWeighted average', 'BUnweighted sumbaseline']);

  // A run that is begun now is not in it, and moves no letter.
  await page.evaluate(() => window.equipoise.sweep({ strategies: ['mean'], seeds: [1], name: 'After' }));
  await expect
    .poll(() =>
      page.evaluate(
        async () => (await window.equipoise.runs()).filter(({ state }) => state === 'finished').length,
      ),
    )
    .toBe(6);
  await expect.poll(letters).toEqual(['AWeighted average', 'BUnweighted sumbaseline']);
  const link = await copied(page, () =>
    page.getByRole('button', { name: 'Copy a link to this comparison' }).click(),
  );
  await page.getByRole('button', { name: 'Compare all runs (6)' }).click();
  await expect(page.getByText(/Not all of these recipes are comparable/)).toBeVisible();
  await page.goto(link);
  await expect(page.getByText('Comparing 4 runs of “My sweep”.')).toBeVisible();
  await expect.poll(letters).toEqual(['AWeighted average', 'BUnweighted sumbaseline']);

  // Two of them by hand; what differs is said, and the group of comparable runs.
  await bench.goTo('Runs');
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('textbox', { name: `Name of ${name}` }) });
  await expect(row('unweighted-sum · 5')).toContainText('session 5 held out');
  await expect(row('weighted-average · 2')).toContainText('random split');
  await expect(page.getByText('The runs listed here form 2 groups of comparable runs')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Compare selected (0)' })).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Select weighted-average · 1' }).check();
  await page.getByRole('checkbox', { name: 'Select mean · 1' }).check();
  await page.getByRole('button', { name: 'Compare selected (2)' }).click();
  await expect(page.getByText('Comparing 2 selected runs.')).toBeVisible();
  await expect.poll(letters).toEqual(['AWeighted averagebaseline', 'BMean']);

  // Deleted, and had back; then deleted for good after the seconds it says.
  await bench.goTo('Runs');
  const remove = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Delete mean · 1' }).click();
    await page.getByRole('button', { name: 'Delete run' }).click();
    await expect(page.getByRole('checkbox', { name: 'Select mean · 1' })).toHaveCount(0);
  };
  // The ten seconds are the page's: they stand still until the test has looked, and then pass at once.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await remove();
  await page.getByRole('button', { name: 'Undo: delete mean · 1' }).click();
  await expect(page.getByRole('checkbox', { name: 'Select mean · 1' })).toBeVisible();
  await remove();
  await page.clock.runFor(10_000);
  await expect.poll(() => page.evaluate(async () => (await window.equipoise.runs()).length)).toBe(5);
});

test('a new screen begins at its top, and Back is where one was', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.open('#/paper');
  // The frame is there before the screen, and has nothing to scroll.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Again and again, until what comes after the heading is there to scroll over.
  await expect
    .poll(() =>
      page.evaluate(() => {
        window.scrollTo(0, 400);
        return window.scrollY;
      }),
    )
    .toBe(400);
  await bench.goTo('Sweeps');
  await expect(page.getByRole('heading', { level: 1, name: 'Sweeps' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(0);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(400);
});

test('the header of a phone held sideways, in Russian: nothing lies over anything, and every target is large enough for a finger', async ({
  page,
}) => {
  await page.setViewportSize({ width: 844, height: 390 });
  await page.goto('/#/runs?lang=ru');
  await expect(page.getByRole('navigation', { name: 'Экраны' })).toBeVisible();
  for (const width of [390, 640, 844, 1024, 1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 390 });
    const boxes = await page
      .locator('header')
      .first()
      .locator('a:visible, button:visible')
      .evaluateAll((all) =>
        all.map((one) => {
          const { left, right, top, bottom } = one.getBoundingClientRect();
          return { name: one.getAttribute('aria-label') ?? one.textContent ?? '', left, right, top, bottom };
        }),
      );
    expect(boxes.length).toBeGreaterThan(8);
    for (const [i, a] of boxes.entries()) {
      expect(Math.min(a.right - a.left, a.bottom - a.top), `${width}: ${a.name}`).toBeGreaterThanOrEqual(24);
      expect(a.left >= 0 && a.right <= width, `${width}: ${a.name} is in sight`).toBe(true);
      for (const b of boxes.slice(i + 1))
        expect(
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.5,
          `${width}: ${a.name} and ${b.name}`,
        ).toBe(false);
    }
  }
});
