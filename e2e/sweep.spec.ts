/**
 * A sweep of two strategies and two seeds that nobody watches: skipped where it was done, reordered, reloaded
 * in the middle, and whole.
 */
import { expect, test } from './support/test';
import { pick, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('two strategies x two seeds, with a reload in the middle, without what is done, and past a run that fails', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=unweighted-sum&seed=1&epochs=2&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  await bench.goTo('Sweeps');
  await page.evaluate(() => window.equipoise.pauseSweeps());

  await page.getByRole('checkbox', { name: /^Unweighted sum/ }).check();
  await page.getByRole('checkbox', { name: /^Weighted average/ }).check();
  await page.getByRole('textbox', { name: 'Seeds' }).fill('1-2');
  const plan = page.getByRole('region', { name: 'Plan a sweep' });
  await expect(plan).toContainText('Weights not renormalised');
  await expect(plan.getByRole('status')).toContainText('4 runs');
  await expect(plan.getByRole('status')).toContainText('1 of them is there already');
  await expect(plan.getByRole('status')).toContainText(/At most \d+:\d\d, as measured here/);
  await page.getByRole('textbox', { name: 'Seeds' }).fill('2-1');
  await expect(plan.getByRole('alert')).toContainText('“2-1” is no seed');
  await page.getByRole('textbox', { name: 'Seeds' }).fill('1-2');
  await bench.button('Add to the queue').click();

  const queue = page.getByRole('region', { name: 'Queue', exact: true });
  const names = () => queue.getByRole('row').getByRole('rowheader').allTextContents();
  await expect
    .poll(names)
    .toEqual(['Unweighted sum', 'Weighted average', 'Unweighted sum', 'Weighted average']);
  await expect(queue.getByRole('status')).toContainText('Paused');
  // Up with the keyboard: the button keeps the focus while its row moves.
  const up = queue.getByRole('button', { name: 'Move up: Weighted average · 2' });
  await up.focus();
  await up.press('Enter');
  await expect
    .poll(names)
    .toEqual(['Unweighted sum', 'Weighted average', 'Weighted average', 'Unweighted sum']);
  await expect(up).toBeFocused();

  const reloaded = page.waitForEvent('load');
  await page.evaluate(() => {
    window.equipoise.on('checkpoint', ({ epoch, which }) => {
      if (which === 'last' && epoch === 2) location.reload();
    });
  });
  await bench.button('Resume the queue').click();
  await reloaded;
  // It goes on by itself: the run in the middle from its checkpoint, then the rest.
  const states = () =>
    page.evaluate(async () => (await window.equipoise.sweeps()).items.map(({ state }) => state).join(' '));
  await expect.poll(states).toBe('skipped done done done');
  await expect(queue.getByRole('status')).toContainText('4 of 4 done');
  const made = await page.evaluate(async () =>
    (await window.equipoise.runs())
      .map(({ config, state, epochsDone }) => `${config.strategy.id} ${config.seed} ${state} ${epochsDone}`)
      .sort(),
  );
  expect(made).toEqual([
    'unweighted-sum 1 finished 2',
    'unweighted-sum 2 finished 2',
    'weighted-average 1 finished 2',
    'weighted-average 2 finished 2',
  ]);

  // A run that cannot begin is told and left behind; tried again, it fails again; the one after it is made.
  await page.evaluate(() =>
    window.equipoise.sweep({
      strategies: ['unweighted-sum'],
      seeds: [7],
      change: { initialWeights: { id: 'ab'.repeat(32), name: 'gone.safetensors' } },
    }),
  );
  await page.evaluate(() =>
    window.equipoise.sweep({ strategies: ['unweighted-sum'], seeds: [8], change: { epochs: 1 } }),
  );
  await expect.poll(states).toBe('skipped done done done failed done');
  await expect(queue.getByRole('row', { name: /^Unweighted sum 7/ })).toContainText('gone.safetensors');
  await queue.getByRole('button', { name: 'Try again: Unweighted sum · 7' }).click();
  await expect(queue.getByRole('row', { name: /^Unweighted sum 7/ })).toContainText('2 tries');
  await expect.poll(states).toBe('skipped done done done failed done');
  await bench.button('Clear finished').click();
  await queue.getByRole('button', { name: 'Remove: Unweighted sum · 7' }).click();
  await expect(queue.getByText('Nothing is queued.')).toBeVisible();
});

test('all folds of a split in one press, and their mean in Compare', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`split=folds:3:2&seed=1&epochs=1&${TINY}`);
  await bench.goTo('Sweeps');
  const plan = page.getByRole('region', { name: 'Plan a sweep' });
  await plan.getByRole('checkbox', { name: /^Unweighted sum/ }).check();
  await plan.getByRole('textbox', { name: 'Seeds' }).fill('1');
  await expect(plan.getByRole('status')).toContainText('1 run');
  await plan.getByRole('switch', { name: 'All 3 folds of the split' }).click();
  await expect(plan.getByRole('status')).toContainText('3 runs');
  await bench.button('Add to the queue').click();
  const done = () =>
    page.evaluate(async () => (await window.equipoise.sweeps()).items.map(({ state }) => state).join(' '));
  await expect.poll(done).toBe('done done done');
  const scores = await page.evaluate(async () => {
    const runs = await window.equipoise.runs();
    return runs.map(({ config: { split } }) => ('fold' in split ? split.fold : 0)).sort((a, b) => a - b);
  });
  expect(scores).toEqual([1, 2, 3]);

  // Three recipes of one run each, or one of three.
  await bench.goTo('Compare');
  const rows = page.getByRole('table', { name: /^Stored runs/ }).getByRole('row');
  await expect(rows).toHaveCount(4);
  await pick(page.getByRole('radio', { name: 'Over seeds and folds' }));
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('±');
  await expect(page.getByText(/share most of their training utterances/)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Folds' })).toBeVisible();

  // Each fold, their mean, and every utterance's prediction once.
  const folds = page.getByRole('table', { name: /^Folds of Unweighted sum/ });
  const held = folds.locator('tbody').getByRole('row');
  await expect(held).toHaveCount(5);
  await expect(held.nth(3)).toContainText(/^Mean of 3 folds.*\[.*\]/);
  await expect(held.nth(4)).toContainText(/^All predictions.*\[.*\]/);
  const counts = await held.evaluateAll((all) => all.map((row) => Number(row.children[1]!.textContent)));
  expect(counts[4]).toBe(counts[0]! + counts[1]! + counts[2]!);
});
