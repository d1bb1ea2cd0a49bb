/**
 * What cannot be measured: new speakers in validation, a corpus of one gender, a total that falls by itself.
 * Told before, during and after.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDemoFolder } from '../tests/support/demo-folder';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

test('a session held out: the new speakers rule neither the best epoch nor any score, and every screen says so', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`split=session:5&seed=2&epochs=6&${TINY}`);
  // Before the run, whether or not the corpus is open.
  await expect(
    page.getByText(/Speakers that are held out do not occur in training: speaker cannot be measured/),
  ).toBeVisible();
  await bench.press('Play');
  await bench.waitForEpoch(1);
  await expect(page.getByRole('log')).toContainText(
    'The task “speaker” cannot be measured: no class of the validation side occurs in training',
  );
  await expect(bench.state).toHaveText('finished');

  const epochs = await page.evaluate(async () => {
    const [run] = await window.equipoise.runs();
    return {
      best: run!.best!.epoch,
      sums: await window.equipoise.exportRun(run!.id).then(() => run!.best!.monitored),
    };
  });
  const metrics = csvRows(text((await bench.exportNewest())['metrics.csv'])).filter(
    ({ side }) => side === 'validation',
  );
  const sums = [1, 2, 3, 4, 5, 6].map((epoch) =>
    metrics
      .filter((row) => row['epoch'] === String(epoch) && row['task'] !== 'speaker')
      .reduce((sum, row) => sum + Number(row['loss']), 0),
  );
  expect(epochs.best).toBe(sums.indexOf(Math.min(...sums)) + 1);
  expect(epochs.sums).toBeCloseTo(Math.min(...sums), 12);
  for (const row of metrics)
    expect(
      row['task'] === 'speaker' ? [row['loss'], row['uar'], row['not_measured']] : [row['not_measured']],
    ).toEqual(row['task'] === 'speaker' ? ['', '', 'unseen'] : ['']);

  const speaker = page.getByRole('group', { name: 'speaker', exact: true });
  await expect(speaker).toContainText('not measurable');
  await expect(speaker.getByText('–')).toHaveCount(2);
  await expect(page.getByRole('figure', { name: 'Loss: speaker' })).toContainText('speaker: not measurable.');
  await expect(page.getByRole('figure', { name: 'UAR', exact: true })).toContainText(
    'It takes no part in “best” and early stopping.',
  );
  await expect(page.getByRole('table', { name: /^Confusion: emotion/ })).toBeVisible();
  await expect(page.getByRole('table', { name: /^Confusion: speaker/i })).toHaveCount(0);
  // Now that the corpus is open, by counting.
  await expect(
    page
      .getByRole('note')
      .filter({ hasText: 'speaker: not measurable. No class of the validation side occurs in training' })
      .first(),
  ).toBeVisible();

  await bench.goTo('Data');
  await expect(
    page.getByText('speaker: not measurable. No class of the validation side occurs in training'),
  ).toBeVisible();
  await bench.goTo('Compare');
  await expect(
    page.getByText('speaker: not measurable in A, and left out of means, tests and charts.'),
  ).toBeVisible();
});

test('nothing but new speakers to learn is refused before it costs anything', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`architecture=vgg11-single&tasks=speaker&split=session:5&epochs=1&${TINY}`);
  await bench.press('Play');
  await expect(
    page
      .getByRole('alert')
      .locator('p')
      .getByText(
        'None of the tasks (speaker) can be measured with this split: there would be no best epoch and no score.',
      ),
  ).toBeVisible();
});

test('a corpus of one gender: the task is off with the reason, and has no score when it is switched on', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'equipoise-one-gender-'));
  try {
    const path = join(folder, 'corpus');
    writeDemoFolder(path, { seed: 1, difficulty: 0.5, dirty: false });
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
      if (/_M\d+\.wav$/.test(name)) rmSync(join(path, name));
      if (name.endsWith('.txt'))
        writeFileSync(
          join(path, name),
          readFileSync(join(path, name), 'utf8')
            .split('\n')
            .filter((line) => !/_M\d{3}\t/.test(line))
            .join('\n'),
        );
    }
    const bench = new Workbench(page);
    await bench.open();
    await dropFolder(page, page.getByRole('main'), path);
    await expect(
      page.getByRole('region', { name: 'Utterances by session, speaker and class' }).first(),
    ).toBeVisible();
    await bench.goTo('Data');
    await bench.goTo('Train');
    await page.getByRole('combobox', { name: 'Corpus' }).click();
    await page.getByRole('option', { name: 'corpus', exact: true }).click();
    const gender = page.getByRole('switch', { name: 'gender' });
    await expect(gender).not.toBeChecked();
    await expect(
      page.getByText(
        'gender: off. Only one class of it (“female”) is in training: constant, nothing to learn.',
      ),
    ).toBeVisible();
    await gender.click();
    await expect(gender).toBeChecked();
    await expect(page.getByText(/^gender: constant\. Training has only one class/)).toBeVisible();
    const run = await page.evaluate(async () => {
      const { epochs, config } = await window.equipoise.run({
        epochs: 1,
        inputSize: 32,
        width: 0.0625,
        batchSize: 16,
        backend: 'wasm',
      });
      return {
        tasks: config.tasks.map(({ id }) => id),
        gender: epochs[0]!.validation.tasks[2],
        monitored: epochs[0]!.monitored,
        losses: epochs[0]!.validation.tasks.map(({ loss }) => loss),
      };
    });
    expect(run.tasks).toEqual(['emotion', 'speaker', 'gender']);
    expect(run.gender).toMatchObject({ unmeasurable: 'constant', uar: Number.NaN, loss: Number.NaN });
    expect(run.monitored).toBe(run.losses[0]! + run.losses[1]!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a total that falls by itself is told, and one press monitors the losses', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`preset=paper&strategy=kendall-uncertainty&${TINY}`);
  await expect(
    page.getByText('The paper’s preset monitors the strategy’s total, as published.'),
  ).toBeVisible();
  await expect(page.getByText(/learned offsets that fall with every step/)).toBeVisible();
  await bench.button('Monitor the sum of task losses').click();
  await expect(page.getByText(/learned offsets that fall with every step/)).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Monitored for “best” and stopping' })).toHaveText(
    /Sum of task losses/,
  );
});
