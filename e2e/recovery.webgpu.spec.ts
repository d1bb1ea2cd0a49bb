/**
 * Faults of the graphics device, each forced on a real one (in software) in the middle of an epoch, all of
 * them in one run: it goes back to its last checkpoint by itself, three times, and ends in the same bits as
 * an undisturbed one. On wasm: recovery.spec.ts.
 */
import type { Worker } from 'playwright/test';
import { differences, resultOf } from './support/result';
import { isTrainer, sabotage, trainerOf, type Sabotage } from './support/sabotage';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

/**
 * `silent`: no gradient is computed, and no error told. `device`: its own `destroy()`. `map`: a `mapAsync`
 * that fails. One an epoch, from the second on; more than two are no matter, with a checkpoint in between.
 */
const FAULTS: readonly (readonly [Sabotage, string])[] = [
  ['silent', 'zero-gradients'],
  ['device', 'device-lost'],
  ['map', 'read-back'],
];
/** Half of the utterances are for validation, which is cheaper: four batches an epoch. */
const BATCHES = 4;
const LINK = `seed=5&strategy=revised-uncertainty&split=random:0.5&epochs=4&${TINY.replace('wasm', 'webgpu').replace('batch=16', 'batch=64')}`;

test('the same bits after every fault of the graphics device: silent, lost, unreadable', async ({ page }) => {
  const bench = new Workbench(page);
  const prepare = async (): Promise<void> => {
    await page.goto('about:blank');
    await bench.openLink(LINK);
    await page.evaluate(() => window.equipoise.setWorkers(1));
  };
  const play = async () => {
    await bench.press('Play');
    await expect(bench.state).toHaveText('finished');
    expect((await page.evaluate(() => window.equipoise.runs()))[0]).toMatchObject({ backend: 'webgpu' });
    return resultOf(bench);
  };
  await prepare();
  const { result: whole } = await play();

  await prepare();
  const waiting = FAULTS.map(([kind], i) => ({ kind, epoch: i + 2 }));
  const strike = async (worker: Worker): Promise<void> => {
    const next = waiting.shift();
    if (next)
      await sabotage(worker, next.kind, { batch: 64, classes: [4, 10, 2], epoch: next.epoch, request: 4 });
  };
  await strike(await trainerOf(page));
  page.on('worker', (worker) => {
    if (isTrainer(worker)) void strike(worker);
  });
  const { result, log } = await play();
  expect.soft(differences(result, whole)).toEqual([]);
  const told = (wanted: string) => log.filter(({ code }) => code === wanted).map(({ details }) => details);
  expect.soft(told('fault').map(({ code }) => code)).toEqual(FAULTS.map(([, code]) => code));
  expect
    .soft(told('recovered'))
    .toMatchObject(FAULTS.map((_, i) => ({ step: BATCHES * (i + 1), attempt: 1 })));
  await expect(page.getByRole('region', { name: 'Transport' })).toContainText('3 times');
});
