/** Changing one's mind: a fork that ends in its parent's bits, one under another strategy, a switch that every chart marks. */
import { expect, test } from './support/test';
import { csvRows, saved, text, TINY, Workbench } from './support/workbench';

test('forks of a finished run: with the same strategy the same bits, with another one its own end; the family survives the parent', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=revised-uncertainty&seed=5&epochs=4&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished', { timeout: 60_000 });
  const whole = await bench.exportNewest();
  await bench.goTo('Runs');

  const shorter = await page.evaluate(async () => {
    const [, ...rest] = await window.equipoise.runs();
    const half = await window.equipoise.run({ epochs: 2 });
    const fork = await window.equipoise.fork(half.id, { epochs: 4 });
    return { others: rest.length, fork: { state: fork.state, origin: fork.config.origin, segments: fork.segments.map(({ why, step }) => [why, step]), steps: fork.steps.length }, half: half.id };
  });
  const stepsPerEpoch = shorter.fork.steps / 4;
  expect(shorter.fork).toMatchObject({ state: 'finished', origin: { runId: shorter.half, which: 'last', step: stepsPerEpoch * 2, epoch: 3 }, segments: [['start', 0], ['fork', stepsPerEpoch * 2]] });
  const forked = await bench.exportNewest();
  for (const file of ['weights-last.safetensors', 'weights-best.safetensors', 'metrics.csv', 'confusion.csv', 'predictions-last.csv'])
    expect.soft(Buffer.from(forked[file]!).equals(Buffer.from(whole[file]!)), file).toBe(true);

  // The same checkpoint under another strategy, through the dialog.
  await bench.goTo('Start');
  await bench.goTo('Runs');
  await page.getByRole('row', { name: /^revised-uncertainty · 5 / }).filter({ hasText: '2 / 2' }).getByRole('button', { name: /^Fork/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Fork/ });
  await expect(dialog.getByRole('status')).toContainText('bit for bit');
  await dialog.getByRole('combobox', { name: 'Strategy of the fork' }).click();
  await page.getByRole('option', { name: /^Weighted average/ }).click();
  await expect(dialog.getByRole('status')).toContainText('fresh state');
  await expect(dialog.getByRole('spinbutton', { name: 'Epochs in all' })).toHaveValue('4');
  await dialog.getByRole('button', { name: 'Fork and run' }).click();
  await expect(page).toHaveURL(/#\/train$/);
  await expect(bench.state).toHaveText('finished', { timeout: 60_000 });
  const loss = page.getByRole('img', { name: /^Loss: emotion/ });
  await expect(loss.locator('.marks text')).toHaveText('Fork: Weighted average');
  await expect(page.getByText('fork of revised-uncertainty · 5 at step')).toBeVisible();
  await expect(page.getByRole('log')).toContainText('Forked from “revised-uncertainty · 5”');
  const other = await bench.exportNewest();
  const rows = (zip: Record<string, Uint8Array>) => csvRows(text(zip['steps.csv'])).map(({ ms: _ms, wait_ms: _wait, extra_ms: _extra, ...row }) => row);
  expect(rows(other).slice(0, stepsPerEpoch * 2)).toEqual(rows(whole).slice(0, stepsPerEpoch * 2));
  const [mine, theirs] = [rows(other)[stepsPerEpoch * 2]!, rows(whole)[stepsPerEpoch * 2]!];
  expect(mine).toMatchObject({ loss_emotion: theirs['loss_emotion'], loss_gender: theirs['loss_gender'], strategy: 'weighted-average' });
  expect(mine['effective_weight_emotion']).not.toBe(theirs['effective_weight_emotion']);

  // The parent goes; both forks stay whole, and the list says where they come from.
  await bench.goTo('Runs');
  const row = (name: RegExp) => page.getByRole('row', { name });
  await expect(row(/weighted-average · 5 @/)).toContainText('fork of revised-uncertainty · 5 at step');
  await row(/^revised-uncertainty · 5 /).filter({ hasText: '2 / 2' }).getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('button', { name: 'Delete run' }).click();
  await expect(row(/weighted-average · 5 @/)).toContainText('fork of a deleted run');
  const again = await bench.exportNewest();
  expect(Buffer.from(again['weights-last.safetensors']!).equals(Buffer.from(other['weights-last.safetensors']!))).toBe(true);
});

test('a switch is asked for, taken back, asked for again over a reload, and marked in every chart and file', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`strategy=unweighted-sum&seed=2&epochs=3&${TINY}`);
  await bench.press('Step');
  await expect(bench.state).toHaveText('paused', { timeout: 60_000 });
  const group = page.getByRole('group', { name: 'Change of strategy' });
  const ask = async () => {
    await group.getByRole('button', { name: 'Switch strategy…' }).click();
    await group.getByRole('combobox', { name: 'From the next epoch on' }).click();
    await page.getByRole('option', { name: /^Weighted average/ }).click();
    await group.getByRole('button', { name: 'Switch at the epoch’s end' }).click();
  };
  await ask();
  await expect(group.getByRole('status')).toContainText('From epoch 2 on: Weighted average.');
  await group.getByRole('button', { name: 'Take it back' }).click();
  await expect(group.getByRole('status')).toBeHidden();
  await ask();
  await expect(group.getByRole('status')).toBeVisible();
  await page.reload();
  await bench.continueNewest();
  await expect(bench.state).toHaveText('finished', { timeout: 60_000 });
  for (const chart of ['Loss: emotion', 'Loss: gender', 'Nominal weights', 'Effective weights', 'UAR', 'Macro F1'])
    await expect(page.getByRole('figure', { name: chart, exact: true }).locator('.marks text')).toHaveText('→ Weighted average');
  await expect(page.getByRole('log')).toContainText('The change was taken back');
  await expect(page.getByRole('log')).toContainText('From epoch 2 on: weighted-average');

  const zip = await bench.exportNewest();
  const steps = csvRows(text(zip['steps.csv']));
  const perEpoch = steps.length / 3;
  expect(steps.map(({ strategy }) => strategy)).toEqual(steps.map((_, i) => (i < perEpoch ? 'unweighted-sum' : 'weighted-average')));
  for (const row of steps) expect(row['effective_weight_gender'] === '1').toBe(row['strategy'] === 'unweighted-sum');
  expect(csvRows(text(zip['metrics.csv'])).map(({ epoch, strategy }) => `${epoch} ${strategy}`).filter((line, i, all) => all.indexOf(line) === i)).toEqual(['1 unweighted-sum', '2 weighted-average', '3 weighted-average']);

  await page.getByRole('button', { name: 'Loss: emotion: table and files' }).click();
  const csv = await saved(page, () => page.getByRole('menuitem', { name: 'Save as CSV' }).click());
  expect(csvRows(csv).filter(({ mark }) => mark !== '')).toMatchObject([{ step: String(perEpoch), mark: '→ Weighted average' }]);
  await page.getByRole('button', { name: 'Loss: emotion: table and files' }).click();
  await page.getByRole('menuitem', { name: 'Show as table' }).click();
  await expect(page.getByRole('row', { name: `${perEpoch} → Weighted average` })).toBeAttached();
  await bench.goTo('Runs');
  await expect(page.getByRole('row', { name: /^unweighted-sum · 2/ })).toContainText('Unweighted sum → Weighted average');
});
