/**
 * Weights travel: out of a run and into the next one, in from PyTorch, and not in when the file is broken.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { dropFolder } from './support/drop-folder';
import { expect, test } from './support/test';
import { csvRows, text, TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'equipoise-weights-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FIXTURES = join(import.meta.dirname, '../tests/fixtures/weights');
const chooseFile = (page: Page, path: string): Promise<void> =>
  page.getByLabel('Safetensors file').setInputFiles(path);
const startFrom = (page: Page) => page.getByRole('combobox', { name: /^Start from/ });

test('a run’s best weights start another run, which scores them first exactly as they were scored', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.openLink(`seed=3&epochs=1&${TINY}`);
  await bench.press('Play');
  await expect(bench.state).toHaveText('finished');
  const best = await page.evaluate(async () => (await window.equipoise.runs())[0]!.best!.validation.tasks);
  const weights = (await bench.exportNewest())['weights-best.safetensors']!;
  const path = join(folder, 'weights-best.safetensors');
  writeFileSync(path, weights);

  // Half of the file is refused, and says so; nothing is chosen.
  const half = join(folder, 'half.safetensors');
  writeFileSync(half, weights.subarray(0, weights.length >> 1));
  await chooseFile(page, half);
  await expect(page.getByRole('alert')).toContainText('The file ends too early');
  await expect(startFrom(page)).toContainText('New weights');

  await chooseFile(page, path);
  await expect(startFrom(page)).toContainText('weights-best.safetensors');
  await expect(page.getByText('These weights fit the model.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await bench.press('Play');
  await expect(page.getByRole('log')).toContainText('Started from the weights “weights-best.safetensors”');
  await expect(bench.state).toHaveText('finished');
  const zip = await bench.exportNewest();
  const scored = csvRows(text(zip['log.csv']))
    .filter(({ code }) => code === 'initial-validation')
    .map(({ step, details }) => ({ step, ...(JSON.parse(details!) as object) }));
  expect(scored).toEqual(
    ['emotion', 'speaker', 'gender'].map((task, i) => ({
      step: '0',
      task,
      loss: best[i]!.loss,
      uar: best[i]!.uar,
    })),
  );
  const { config } = JSON.parse(text(zip['config.json'])) as { config: { initialWeights: unknown } };
  const id = createHash('sha256').update(weights).digest('hex');
  expect(config.initialWeights).toEqual({ id, name: 'weights-best.safetensors' });

  // Another model is named, and the weights are let go of.
  await page.getByRole('button', { name: 'Remove weights-best.safetensors from this browser' }).click();
  await expect(startFrom(page)).toContainText('New weights');
  // A link that names them says what is missing, and so does Play.
  await bench.openLink(`seed=3&epochs=1&${TINY}&weights=${id}:weights-best.safetensors`);
  await expect(page.getByRole('alert')).toContainText(
    `“weights-best.safetensors” (SHA-256 ${id.slice(0, 8)}…) are not stored`,
  );
  await bench.press('Play');
  await expect(page.getByRole('alert')).toHaveCount(2);
});

test('a state dict saved from PyTorch comes in by script, by drop and by dialog', async ({ page }) => {
  const bench = new Workbench(page);
  await bench.openLink(`seed=3&epochs=1&${TINY}`);
  const bytes = readFileSync(join(FIXTURES, 'vgg11-bn-multitask.safetensors')).toString('base64');
  const told = await page.evaluate(async (base64) => {
    const api = window.equipoise;
    const file = new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]);
    const refusal = (work: Promise<unknown>) =>
      work.then(
        () => 'accepted',
        (error: { code: string }) => error.code,
      );
    const imported = await api.importWeights(file, 'from PyTorch');
    const { id, name } = imported;
    const log: string[] = [];
    const off = api.on('log', ({ entries }) => {
      log.push(...entries.map(({ code }) => code));
    });
    const { state, epochs, config } = await api.run({ initialWeights: { id, name } });
    off();
    const refused = [
      await refusal(api.importWeights(file.slice(0, 1000))),
      await refusal(api.importWeights('x' as unknown as Blob)),
      await refusal(api.run({ initialWeights: { id, name }, inputSize: 64 })),
      await refusal(api.run({ initialWeights: { id: 'ab'.repeat(32), name: 'x' } })),
    ];
    const listed = (await api.weights()).map((entry) => entry.id);
    await api.removeWeights(id);
    return {
      imported,
      state,
      epochs: epochs.length,
      config: config.initialWeights,
      log,
      refused,
      listed,
      left: await api.weights(),
    };
  }, bytes);
  const id = createHash('sha256').update(Buffer.from(bytes, 'base64')).digest('hex');
  expect(told.imported).toMatchObject({
    id,
    name: 'from PyTorch',
    arrays: 62,
    converted: 0,
    prefixed: false,
    model: {
      architecture: 'vgg11-bn-multitask',
      width: 0.0625,
      inputSize: 32,
      heads: [
        { task: 'emotion', classes: 4 },
        { task: 'speaker', classes: 10 },
        { task: 'gender', classes: 2 },
      ],
    },
  });
  expect(told).toMatchObject({
    state: 'finished',
    epochs: 1,
    config: { id, name: 'from PyTorch' },
    listed: [id],
    left: [],
  });
  expect(told.log.filter((code) => code.startsWith('initial'))).toEqual([
    'initial-weights',
    'initial-validation',
    'initial-validation',
    'initial-validation',
  ]);
  expect(told.refused).toEqual([
    'weights-truncated',
    'weights-no-file',
    'weights-mismatch',
    'weights-missing',
  ]);

  // A file of another model, dropped onto the page: one press sets that model.
  await dropFolder(
    page,
    page.getByRole('navigation', { name: 'Screens' }),
    join(FIXTURES, 'other-types.safetensors'),
  );
  await expect(page.getByText(/belong to another model: AlexNet, single task/)).toBeVisible();
  await expect(
    page.getByText('16 of 16 arrays were converted to float32. “module.” was removed from the names.'),
  ).toBeVisible();
  await bench.button('Set this model').click();
  await expect(page.getByText('These weights fit the model.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: /^Architecture/ })).toContainText('AlexNet, single task');
});
