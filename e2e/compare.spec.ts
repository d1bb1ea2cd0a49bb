/**
 * Two strategies with two seeds each on the demo corpus, then the Compare screen: table, baseline, curves,
 * matrices, tests, files, report.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './support/test';
import { copied, csvRows, pick, saved, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

/** Two epochs of six steps. */
const LINK = 'epochs=2&size=32&width=0.0625&batch=64&backend=wasm';
const SEEDS = [1, 2] as const;
const STRATEGIES = ['unweighted-sum', 'weighted-average'] as const;
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
const percent = (value: number): string => `${(value * 100).toFixed(1)}%`;

test('runs are compared: table, baseline, curves, matrices, tests in plain words, CSV', async ({
  page,
  context,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(LINK);
  const runs = await page.evaluate(
    async ([strategies, seeds]) => {
      const done = [];
      for (const id of strategies)
        for (const seed of seeds)
          done.push(await window.equipoise.run({ strategy: { id, options: {} }, seed }));
      return done;
    },
    [STRATEGIES, SEEDS] as const,
  );
  /** Validation UAR of emotion at the last epoch, by strategy and seed. */
  const uar = STRATEGIES.map((id) =>
    SEEDS.map(
      (seed) =>
        runs.find(({ config }) => config.strategy.id === id && config.seed === seed)!.epochs.at(-1)!
          .validation.tasks[0]!.uar,
    ),
  );

  await bench.goTo('Compare');
  await pick(page.getByRole('radio', { name: 'Epoch: Last' }));
  const table = page.getByRole('table', { name: 'Stored runs, UAR, Validation' });
  await expect(table.getByRole('row')).toHaveCount(3);
  const baseline = table.getByRole('row', { name: /Unweighted sum/ });
  const other = table.getByRole('row', { name: /Weighted average/ });
  await expect(baseline).toContainText('baseline');
  await expect(baseline.getByRole('cell').nth(3)).toContainText(percent(mean(uar[0]!)));
  await expect(other.getByRole('cell').nth(3)).toContainText(percent(mean(uar[1]!)));
  const gain = mean(uar[1]!) - mean(uar[0]!);
  await expect(other.getByRole('cell').nth(4)).toContainText(`${(Math.abs(gain) * 100).toFixed(1)} pp`);

  // Curves, and their numbers as a file.
  await expect(page.getByRole('img', { name: /^UAR: emotion/ }).locator('path.trace')).toHaveCount(2);
  await expect(page.getByRole('img', { name: /^UAR: emotion/ }).locator('path.band')).toHaveCount(2);
  const curve = csvRows(
    await saved(page, async () => {
      await page.getByRole('button', { name: 'UAR: emotion: table and files' }).click();
      await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    }),
  );
  expect(curve.map(({ recipe, epoch }) => `${recipe} ${epoch}`)).toEqual([
    'Unweighted sum 1',
    'Unweighted sum 2',
    'Weighted average 1',
    'Weighted average 2',
  ]);
  expect(Number(curve[3]!['mean'])).toBeCloseTo(mean(uar[1]!), 12);

  // Two tasks at once: the marks are the table's means, and who is on the front follows from them.
  await expect(
    page.getByRole('group', { name: /^Front of emotion and speaker, UAR/ }).getByRole('button'),
  ).toHaveCount(2);
  const front = csvRows(
    await saved(page, async () => {
      await page.getByRole('button', { name: 'Front of emotion and speaker, UAR: table and files' }).click();
      await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    }),
  );
  const inTable = csvRows(await saved(page, () => bench.button('Save the table as CSV').click()));
  const means = front.filter(({ mark }) => mark === 'mean');
  expect(front.filter(({ mark }) => mark === 'run')).toHaveLength(4);
  expect(
    means.map(({ recipe, across_mean, across_sd, up_mean, up_sd }) => [
      recipe,
      across_mean,
      across_sd,
      up_mean,
      up_sd,
    ]),
  ).toEqual(
    inTable.map((row) => [
      row['row'],
      row['emotion_mean'],
      row['emotion_sd'],
      row['speaker_mean'],
      row['speaker_sd'],
    ]),
  );
  const [one, two] = means.map(
    ({ across_mean, up_mean }) => [Number(across_mean), Number(up_mean)] as const,
  ) as [readonly [number, number], readonly [number, number]];
  const beaten = (a: readonly [number, number], b: readonly [number, number]): boolean =>
    b[0] >= a[0] && b[1] >= a[1] && (b[0] > a[0] || b[1] > a[1]);
  expect(means.map(({ on_front }) => on_front)).toEqual([
    String(!beaten(one, two)),
    String(!beaten(two, one)),
  ]);
  const words = page.getByRole('table', { name: 'Front of emotion and speaker', exact: true });
  await expect(words.getByRole('row').nth(1).getByRole('cell').last()).toHaveText(
    beaten(one, two) ? 'dominated by B' : 'on the front',
  );
  // Each mark can be reached and is told by keyboard.
  const spots = page.getByRole('group', { name: /^Front of emotion and speaker/ }).getByRole('button');
  await spots.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(spots.last()).toBeFocused();
  await expect(spots.last()).toHaveAccessibleName(
    /^[AB] .* emotion .*%.* speaker .*%.* 2 seeds\. (on the front|dominated by)/,
  );
  await expect(page.getByText(/with few seeds it says nothing about significance/)).toBeVisible();
  const drawing = await saved(page, async () => {
    await page.getByRole('button', { name: 'Front of emotion and speaker, UAR: table and files' }).click();
    await page.getByRole('menuitem', { name: 'Save as SVG' }).click();
  });
  const texts = await page.evaluate(
    (source) =>
      [...new DOMParser().parseFromString(source, 'image/svg+xml').querySelectorAll('text')].map(
        ({ textContent }) => textContent,
      ),
    drawing,
  );
  for (const wanted of [
    'Front of emotion and speaker, UAR',
    'UAR, emotion',
    'UAR, speaker',
    'A Unweighted sum',
    'B Weighted average',
    'Front',
  ])
    expect(texts).toContain(wanted);

  // Classes as means over the seeds: recalls counted from the matrices.
  const recall = (run: (typeof runs)[number], k: number): number => {
    const row = run.epochs.at(-1)!.validation.tasks[0]!.confusion[k]!;
    return row[k]! / row.reduce((sum, n) => sum + n, 0);
  };
  const classes = page.getByRole('table', { name: 'Recall by class: emotion' });
  for (const [i, row] of [/Unweighted sum/, /Weighted average/].entries())
    for (const k of [0, 1, 2, 3])
      await expect(classes.getByRole('row', { name: row }).getByRole('cell').nth(k)).toContainText(
        percent(mean([recall(runs[2 * i]!, k), recall(runs[2 * i + 1]!, k)])),
      );

  // Two seeds cannot tell anything apart, and the page says so.
  const seeds = page.getByRole('table', { name: 'Tests over seeds' });
  await expect(seeds.getByRole('row')).toHaveCount(4);
  await expect(
    page.getByRole('region', { name: 'Over seeds, against A Unweighted sum', exact: true }),
  ).toContainText(
    /Not distinguishable with 2 seeds: p could not fall below 0\.500 even if all of them agreed\. After the correction for 3 comparisons: p = 1\.000\. At least 7 seeds are needed here\.|No difference in any of 2 seeds\./,
  );
  const utterances = page.getByRole('table', { name: 'Tests on utterances' });
  await expect(utterances.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('table', { name: 'Intervals by speaker' }).getByRole('row')).toHaveCount(10);
  const [first, second] = await page.evaluate(
    async (ids) => {
      const done = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error!);
        });
      const db = await done(indexedDB.open('equipoise'));
      const found = (await done(db.transaction('checkpoints').objectStore('checkpoints').getAll())) as {
        runId: string;
        which: string;
        state: { predictions: { truth: number[][]; predicted: number[][] } };
      }[];
      db.close();
      return ids.map((id) => {
        const { truth, predicted } = found.find(({ runId, which }) => runId === id && which === 'last')!.state
          .predictions;
        return truth[0]!.map((label, i) => label === predicted[0]![i]);
      });
    },
    [runs[0]!.id, runs[2]!.id],
  );
  const firstOnly = first!.filter((right, i) => right && !second![i]!).length;
  const secondOnly = first!.filter((right, i) => !right && second![i]!).length;
  const emotion = utterances.getByRole('row', { name: /^emotion/ });
  await expect(emotion.getByRole('cell').nth(1)).toHaveText(String(firstOnly));
  await expect(emotion.getByRole('cell').nth(2)).toHaveText(String(secondOnly));

  // The same as a file, opened without the workbench: means, both kinds of tests, a line and its spread per
  // recipe in every chart.
  const report = await context.newPage();
  await report.setContent(await saved(page, () => bench.button('HTML report of this comparison').click()));
  await expect(report.getByRole('heading', { level: 1 })).toHaveText('Comparison of 4 runs');
  await expect(report.locator('#means tbody tr').first()).toContainText(
    `A Unweighted sum2${percent(mean(uar[0]!))} ±`,
  );
  await expect(report.locator('#statistics tbody tr')).toHaveCount(3);
  await expect(report.locator('#statistics')).toContainText(
    /Not distinguishable with 2 seeds|No difference in any of 2 seeds/,
  );
  await expect(
    report.getByRole('heading', {
      name: 'On the same utterances: A1 unweighted-sum · 1 (first) and B1 weighted-average · 1 (second)',
    }),
  ).toBeVisible();
  await expect(report.locator('#mcnemar tbody tr').first().locator('td.n')).toHaveText([
    String(firstOnly),
    String(secondOnly),
    ...(await emotion.getByRole('cell').allTextContents()).slice(3),
  ]);
  await expect(report.locator('#intervals tbody tr')).toHaveCount(9);
  expect(await report.locator('path.line').count()).toBe(4 * 3 * 2);
  expect(await report.locator('path.band').count()).toBe(4 * 3 * 2);
  await expect(report.locator('[data-caveat="synthetic"]')).toContainText('A1, A2, B1, B2');
  await expect(report.locator('script')).toHaveCount(0);
  await report.close();

  // Matrices and their difference: the last epoch's, cell by cell.
  const [before, after] = [runs[0]!, runs[2]!].map(
    (run) => run.epochs.at(-1)!.validation.tasks[0]!.confusion,
  );
  const difference = page.getByRole('table', { name: 'Second minus first: emotion' });
  await expect(difference.getByRole('cell').filter({ hasText: /^[+−]?\d+$/ })).toHaveText(
    after!.flatMap((row, i) =>
      row.map((count, j) => {
        const change = count - before![i]![j]!;
        return `${change > 0 ? '+' : ''}${String(change).replace('-', '−')}`;
      }),
    ),
  );
  // Another seed of a random split validates other utterances: nothing to pair.
  await page.getByRole('combobox', { name: 'Second run' }).click();
  await page.getByRole('option', { name: /B · seed 2/ }).click();
  await expect(page.getByText(/The two runs were validated on different utterances/)).toBeVisible();

  // The other baseline turns the sign.
  await page.getByRole('combobox', { name: 'Baseline' }).click();
  await page.getByRole('option', { name: 'Weighted average' }).click();
  await expect(other).toContainText('baseline');
  await expect(baseline.getByRole('cell').nth(4)).toContainText(`${(Math.abs(gain) * 100).toFixed(1)} pp`);

  // Both files: the table as shown, and every epoch of every run.
  await pick(page.getByRole('radio', { name: 'Single runs' }));
  await expect(table.getByRole('row')).toHaveCount(5);
  const rows = csvRows(await saved(page, () => bench.button('Save the table as CSV').click()));
  expect(rows.map((row) => Number(row['emotion_mean'])).sort((a, b) => a - b)).toEqual(
    uar.flat().sort((a, b) => a - b),
  );
  const long = csvRows(
    await saved(page, () => bench.button('Save all epochs of all runs as one CSV').click()),
  );
  expect(long).toHaveLength(4 * 2 * 2 * 3);
  const line = long.find(
    (row) =>
      row['run_id'] === runs[3]!.id &&
      row['epoch'] === '2' &&
      row['side'] === 'validation' &&
      row['task'] === 'emotion',
  )!;
  expect(Number(line['uar'])).toBe(uar[1]![1]);
  await page.getByRole('textbox', { name: 'Filter' }).fill('weighted average');
  await expect(table.getByRole('row')).toHaveCount(3);

  // What was chosen survives a reload, and travels as a link; what a link says wrong is told.
  await page.reload();
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('radio', { name: 'Single runs' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Epoch: Last' })).toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Baseline' })).toHaveText('Weighted average');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const link = await copied(page, () => bench.button('Copy a link to this comparison').click());
  await bench.open('#/compare?metric=loss');
  await expect(page.getByRole('radio', { name: 'Recipes' })).toBeChecked();
  await expect(
    page.getByRole('table', { name: 'Stored runs, Loss, Validation' }).getByRole('row'),
  ).toHaveCount(3);
  await page.goto(`${link}&side=test&second=deleted`);
  await expect(page.getByRole('alert')).toContainText([
    '“side=test” in the link',
    'The link gives “second” more than once',
  ]);
  await expect(page.getByRole('textbox', { name: 'Filter' })).toHaveValue('weighted average');
  await expect(page.getByRole('combobox', { name: 'Baseline' })).toHaveText('Weighted average');
  await expect(page.getByText('They name 1 run that is not among those compared here.')).toBeVisible();
  await bench.button('Forget these choices').click();
  await expect(bench.button('Forget these choices')).toHaveCount(0);
  await expect(page).toHaveURL(/#\/compare$/);

  // With everything on it: readable by everyone, and no wider than a phone.
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id} ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 3)
          .join(', ')}`,
    ),
  ).toEqual([]);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
});
