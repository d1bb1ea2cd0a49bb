/**
 * Changing one's mind: a fork that ends in its parent's bits, one under another strategy, a switch that every
 * chart marks.
 */
import { expect, test } from './support/test';
import { csvRows, saved, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

test('forks of a finished run: with the same strategy the same bits, with another one its own end; the family survives the parent', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=revised-uncertainty&seed=5&epochs=4&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const whole = await bench.exportNewest();
  await bench.goTo('Runs');

  const shorter = await page.evaluate(async () => {
    const [, ...rest] = await window.equipoise.runs();
    const half = await window.equipoise.run({ epochs: 2 });
    const fork = await window.equipoise.fork(half.id, { epochs: 4 });
    return {
      others: rest.length,
      fork: {
        state: fork.state,
        origin: fork.config.origin,
        segments: fork.segments.map(({ why, step }) => [why, step]),
        steps: fork.steps.length,
      },
      half: half.id,
    };
  });
  const stepsPerEpoch = shorter.fork.steps / 4;
  expect(shorter.fork).toMatchObject({
    state: 'finished',
    origin: { runId: shorter.half, which: 'last', step: stepsPerEpoch * 2, epoch: 3 },
    segments: [
      ['start', 0],
      ['fork', stepsPerEpoch * 2],
    ],
  });
  const forked = await bench.exportNewest();
  for (const file of [
    'weights-last.safetensors',
    'weights-best.safetensors',
    'metrics.csv',
    'confusion.csv',
    'predictions-last.csv',
  ])
    expect.soft(Buffer.from(forked[file]!).equals(Buffer.from(whole[file]!)), file).toBe(true);

  // The same checkpoint under another strategy, through the dialog.
  await bench.goTo('Start');
  await bench.goTo('Runs');
  await page
    .getByRole('row', { name: /^Select revised-uncertainty · 5 / })
    .filter({ hasText: '2 / 2' })
    .getByRole('button', { name: /^Fork/ })
    .click();
  const dialog = page.getByRole('dialog', { name: /^Fork/ });
  await expect(dialog.getByRole('status')).toContainText('bit for bit');
  await dialog.getByRole('combobox', { name: 'Strategy of the fork' }).click();
  await page.getByRole('option', { name: /^Weighted average/ }).click();
  await expect(dialog.getByRole('status')).toContainText('fresh state');
  await expect(dialog.getByRole('spinbutton', { name: 'Epochs in all' })).toHaveValue('4');
  await dialog.getByRole('button', { name: 'Fork and run' }).click();
  await bench.shows('Train');
  await expect(bench.state).toHaveText('finished');
  const loss = page.getByRole('img', { name: /^Loss: emotion/ });
  // In the middle of a narrow chart there is not room for all of it; its table has the whole words.
  await expect(loss.locator('.marks text')).toHaveText(/^Fork: Weighted a/);
  await expect(page.getByText('fork of revised-uncertainty · 5 · epochs 2 at step')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('Forked from “revised-uncertainty · 5 · epochs 2”');
  const other = await bench.exportNewest();
  const rows = (zip: Record<string, Uint8Array>) =>
    csvRows(text(zip['steps.csv'])).map(({ ms: _ms, wait_ms: _wait, extra_ms: _extra, ...row }) => row);
  expect(rows(other).slice(0, stepsPerEpoch * 2)).toEqual(rows(whole).slice(0, stepsPerEpoch * 2));
  const [mine, theirs] = [rows(other)[stepsPerEpoch * 2]!, rows(whole)[stepsPerEpoch * 2]!];
  expect(mine).toMatchObject({
    loss_emotion: theirs['loss_emotion'],
    loss_gender: theirs['loss_gender'],
    strategy: 'weighted-average',
  });
  expect(mine['effective_weight_emotion']).not.toBe(theirs['effective_weight_emotion']);

  // The parent goes; both forks stay whole, and the list says where they come from.
  await bench.goTo('Runs');
  const row = (name: RegExp) => page.getByRole('row', { name });
  await expect(row(/weighted-average · 5 @/)).toContainText(
    'fork of revised-uncertainty · 5 · epochs 2 at step',
  );
  await row(/^Select revised-uncertainty · 5 /)
    .filter({ hasText: '2 / 2' })
    .getByRole('button', { name: /^Delete/ })
    .click();
  await page.getByRole('button', { name: 'Delete run' }).click();
  await expect(row(/weighted-average · 5 @/)).toContainText('fork of a deleted run');
  const again = await bench.exportNewest();
  expect(
    Buffer.from(again['weights-last.safetensors']!).equals(Buffer.from(other['weights-last.safetensors']!)),
  ).toBe(true);
});

test('what is changed while a run goes - strategy, options, instruments - lasts over a reload and is marked in every chart and file; a fork shows its parent step by step', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=static&seed=2&epochs=3&measure=2&${TINY}`);
  await bench.press('Step');
  await expect(bench.state).toHaveText('paused');
  const group = page.getByRole('group', { name: 'Change of strategy' });
  const ask = async () => {
    await group.getByRole('button', { name: 'Switch strategy…' }).click();
    await group.getByRole('combobox', { name: 'From the next epoch on' }).click();
    await page.getByRole('option', { name: /^Weighted average/ }).click();
    await group.getByRole('button', { name: 'Switch at the epoch’s end' }).click();
  };
  await ask();
  await expect(group.getByRole('status')).toContainText('From epoch 2 on: Weighted average.');
  await group.getByRole('button', { name: 'Undo the switch' }).click();
  await expect(group.getByRole('status')).toBeHidden();
  await ask();
  await expect(group.getByRole('status')).toBeVisible();
  // By keyboard, in large steps: one change, not three.
  const slider = page.getByRole('slider', { name: 'Weight, emotion' });
  for (const key of ['PageUp', 'Shift+ArrowRight', 'PageDown']) await slider.press(key);
  await expect(page.getByRole('log')).toContainText('Weights: 1.5 / 1 / 1');
  const measuring = page.getByRole('group', { name: 'Measuring gradients' });
  await measuring.getByRole('combobox', { name: 'Measure gradients' }).click();
  await page.getByRole('option', { name: 'every 5 steps' }).click();
  await expect(page.getByRole('log')).toContainText('gradients are measured every 5 steps');
  await page.reload();
  // Meanwhile a fork of what was saved at step 1, under another strategy.
  const child = await page.evaluate(async () => {
    const [run] = await window.equipoise.runs();
    const { id, segments } = await window.equipoise.fork(run!.id, {
      epochs: 1,
      strategy: { id: 'mean', options: {} },
      name: 'the fork',
    });
    return { id, from: segments.at(-1)!.step };
  });
  expect(child.from).toBe(1);
  await bench.continueNewest();
  await expect(bench.state).toHaveText('finished');
  await expect(
    page.getByRole('figure', { name: 'Gradient lengths', exact: true }).locator('[data-mark]'),
  ).toHaveCount(3);
  await expect(page.getByTestId('measured-cost')).toContainText(/took [\d.]+ ?% of the latest \d+ steps/);
  for (const chart of [
    'Loss: emotion',
    'Loss: gender',
    'Nominal weights',
    'Effective weights',
    'Sum of weights',
    'UAR',
    'Macro F1',
  ])
    await expect(page.getByRole('figure', { name: chart, exact: true }).locator('.marks text')).toHaveText([
      'Weights: 1.5 / 1 / 1',
      '→ Weighted average',
    ]);
  await expect(page.getByRole('log')).toContainText('The change was taken back');
  await expect(page.getByRole('log')).toContainText('From epoch 2 on: Weighted average');

  const zip = await bench.exportNewest(1);
  const steps = csvRows(text(zip['steps.csv']));
  const perEpoch = steps.length / 3;
  expect(steps.map(({ strategy }) => strategy)).toEqual(
    steps.map((_, i) => (i < perEpoch ? 'static' : 'weighted-average')),
  );
  for (const row of steps) expect(row['effective_weight_gender'] === '1').toBe(row['strategy'] === 'static');
  expect(steps.flatMap(({ step, changed }) => (changed === '' ? [] : [[step, changed]]))).toEqual([
    ['2', 'weights=1.5;1;1 measure=5:representation'],
  ]);
  expect(steps.flatMap(({ step, gradients_at: at }) => (at === '' ? [] : [Number(step)]))).toEqual([
    1,
    ...steps.map(({ step }) => Number(step)).filter((step) => step > 1 && step % 5 === 1),
  ]);
  expect(
    csvRows(text(zip['metrics.csv']))
      .map(({ epoch, strategy }) => `${epoch} ${strategy}`)
      .filter((line, i, all) => all.indexOf(line) === i),
  ).toEqual(['1 static', '2 weighted-average', '3 weighted-average']);

  const csvOf = async (chart: string) => {
    await page.getByRole('button', { name: `${chart}: table and files` }).click();
    return csvRows(await saved(page, () => page.getByRole('menuitem', { name: 'Save as CSV' }).click()));
  };
  expect((await csvOf('Loss: emotion')).filter(({ mark }) => mark !== '')).toMatchObject([
    { step: '1', mark: 'Weights: 1.5 / 1 / 1' },
    { step: String(perEpoch), mark: '→ Weighted average' },
  ]);
  const sums = await csvOf('Sum of weights');
  expect(
    sums.slice(0, 2).map(({ sum_nominal: nominal, sum_effective: effective }) => [nominal, effective]),
  ).toEqual([
    ['3', '3'],
    ['3.5', '3.5'],
  ]);
  for (const row of sums.slice(perEpoch)) expect(Number(row['sum_nominal'])).toBeCloseTo(1, 9);
  await page.getByRole('button', { name: 'Loss: emotion: table and files' }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  await expect(page.getByRole('row', { name: `${perEpoch} → Weighted average` })).toBeAttached();
  await bench.goTo('Runs');
  await expect(page.getByRole('row', { name: /^Select static · 2/ })).toContainText(
    'Static weights → Weighted average',
  );

  await page.getByRole('button', { name: 'Open the fork' }).click();
  await expect(
    page
      .getByRole('figure', { name: 'Effective weights', exact: true })
      .locator('path[data-line="parent-step-emotion"]'),
  ).toHaveAttribute('d', /L/);
  for (const [chart, prefix, kind] of [
    ['Effective weights', 'parent_effective', 'effective_weight'],
    ['Gradient lengths', 'parent_norms', 'gradient_norm'],
  ] as const) {
    const beside = (await csvOf(chart)).flatMap((row) =>
      row[`${prefix}_emotion`] === '' ? [] : [[row['step'], row[`${prefix}_emotion`]]],
    );
    expect(beside).toEqual(
      steps.flatMap((row) =>
        Number(row['step']) > 1 && row[`${kind}_emotion`] !== ''
          ? [[row['step'], row[`${kind}_emotion`]]]
          : [],
      ),
    );
    expect(beside.length).toBeGreaterThan(2);
  }
});
