/**
 * The test part of a run: a page that goes away while it is scored loses nothing, two runs are compared on it,
 * and what was predicted of it is in the zip, which is taken as a run with a test part again.
 */
import { readFile } from 'node:fs/promises';
import { trainerOf } from './support/sabotage';
import { expect, test } from './support/test';
import { csvRows, pick, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

const SPLIT = {
  kind: 'random',
  validationFraction: 0.2,
  test: { kind: 'random', validationFraction: 0.2 },
} as const;
const CONFIG = {
  inputSize: 32,
  width: 0.0625,
  batchSize: 32,
  backend: 'wasm',
  // It stops early: continued, it must not go on to the epochs that are left.
  epochs: 30,
  patience: 1,
  split: SPLIT,
} as const;

test('a page that goes away while the test part is scored: continued, the run scores it and takes no step', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(TINY);
  // Everything is stored but the scores, and they never will be: the trainer's transaction that writes them stays
  // open until the page is gone.
  const trainer = await trainerOf(page);
  await trainer.evaluate(() => {
    const stock = IDBObjectStore.prototype.put;
    const channel = new BroadcastChannel('scored');
    const tell = channel.postMessage.bind(channel);
    IDBObjectStore.prototype.put = function put(this: IDBObjectStore, value: unknown, ...key) {
      const request = stock.call(this, value, ...key);
      if ((value as { readonly state?: { readonly tested?: unknown } }).state?.tested) {
        const hold = (): void => this.count().addEventListener('success', hold);
        hold();
        tell('');
      }
      return request;
    };
  });
  const reloaded = page.waitForEvent('load');
  await page.evaluate((change) => {
    new BroadcastChannel('scored').addEventListener('message', () => location.reload());
    void window.equipoise.run(change);
  }, CONFIG);
  await reloaded;
  const stored = () => page.evaluate(async () => (await window.equipoise.runs())[0]!);
  const before = await stored();
  expect(before.state).toBe('paused');
  expect(before.epochsDone).toBeLessThan(CONFIG.epochs);
  await bench.goTo('Runs');
  await page.getByRole('button', { name: `Open ${before.name}`, exact: true }).click();
  const section = page.getByRole('region', { name: 'Test part' });
  await expect(section).toContainText('Scored when the run is finished.');
  await bench.press('Continue run');
  await expect(bench.state).toHaveText('finished');
  await expect(page.getByRole('table', { name: 'Scores of the test part' })).toBeVisible();
  const after = await stored();
  expect([after.state, after.stepsDone, after.epochsDone]).toEqual([
    'finished',
    before.stepsDone,
    before.epochsDone,
  ]);
  const files = await bench.exportRun(after.id);
  const log = csvRows(text(files['log.csv']));
  expect(log.filter(({ code }) => code === 'tested')).toHaveLength(1);
  expect(csvRows(text(files['test.csv']))).toHaveLength(3);
});

test('two runs are compared on their test parts, as their predictions say', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(TINY);
  const ids = await page.evaluate(async (change) => {
    const made: string[] = [];
    for (const id of ['unweighted-sum', 'weighted-average'] as const)
      made.push((await window.equipoise.run({ ...change, epochs: 2, strategy: { id, options: {} } })).id);
    return made;
  }, CONFIG);
  const files = await Promise.all(ids.map((id) => bench.exportRun(id)));
  const predicted = files.map((file) => csvRows(text(file['predictions-test.csv'])));
  expect(predicted[0]!.map(({ utterance }) => utterance)).toEqual(
    predicted[1]!.map(({ utterance }) => utterance),
  );
  // The scores follow from the predictions.
  for (const [i, rows] of predicted.entries()) {
    const gender = csvRows(text(files[i]!['test.csv'])).find(({ task }) => task === 'gender')!;
    const hits = rows.filter((row) => row['gender_true'] === row['gender_predicted']).length;
    expect(Number(gender['accuracy'])).toBeCloseTo(hits / rows.length, 12);
  }
  const right = (run: number, row: number): boolean =>
    predicted[run]![row]!['emotion_true'] === predicted[run]![row]!['emotion_predicted'];
  const only = (run: number): number =>
    predicted[0]!.filter((_, row) => right(run, row) && !right(1 - run, row)).length;

  await bench.goTo('Compare');
  await pick(page.getByRole('radio', { name: 'Test part', exact: true }));
  const panel = page.getByRole('region', { name: 'The two runs above, on the utterances of the test part' });
  await expect(panel).toContainText(`${predicted[0]!.length} utterances of`);
  const cells = panel
    .getByRole('table', { name: 'Tests on utterances' })
    .getByRole('row', { name: /^emotion/ })
    .getByRole('cell');
  // Which of the two is the first is the screen's choice.
  expect(new Set([await cells.nth(1).textContent(), await cells.nth(2).textContent()])).toEqual(
    new Set([String(only(0)), String(only(1))]),
  );
  // The choice is one of the screen's: it outlives a reload, and the report tests the same utterances.
  await page.reload();
  await expect(panel).toContainText(`${predicted[0]!.length} utterances of`);
  const [report] = await Promise.all([
    page.waitForEvent('download'),
    bench.button('HTML report of this comparison').click(),
  ]);
  expect(await readFile(await report.path(), 'utf8')).toContain('On the same utterances of the test part');

  const zip = await page.evaluate(async (id) => {
    const { id: made } = (await window.equipoise.importFile(
      await window.equipoise.exportRun(id!),
      'tested.zip',
    )) as { id: string };
    return made;
  }, ids[0]);
  const again = await bench.exportRun(zip);
  for (const name of ['predictions-test.csv', 'test.csv', 'test-confusion.csv'])
    expect(text(again[name]), name).toBe(text(files[0]![name]));
});
