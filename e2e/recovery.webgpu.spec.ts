/**
 * Faults of the graphics device, each forced on a real one (in software) in the middle of an epoch: the run goes back to its last
 * checkpoint by itself and ends in the same bits as an undisturbed one. On wasm: recovery.spec.ts.
 */
import { differences, resultOf, type Result } from './support/result';
import { sabotage, trainerOf, type Batches, type Sabotage } from './support/sabotage';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

/** Five batches an epoch. */
const BATCHES: Batches = { batch: 64, classes: [4, 10, 2], request: 5 };
const LINK = `seed=5&strategy=revised-uncertainty&epochs=2&${TINY.replace('batch=16', `batch=${BATCHES.batch}`).replace('wasm', 'webgpu')}`;

/** `device`: its own `destroy()`. `map`: a `mapAsync` that fails. `silent`: no gradient is computed, and no error told. `garbled`: NaN. */
const FAULTS: readonly (readonly [Sabotage, string])[] = [['device', 'device-lost'], ['map', 'read-back'], ['silent', 'zero-gradients'], ['garbled', 'not-finite']];

test('the same bits after every fault of the graphics device: lost, unreadable, silent, NaN', async ({ page }) => {
  test.setTimeout(300_000);
  const bench = new Workbench(page);
  let whole: Result | null = null;
  for (const [kind, code] of [[null, null] as const, ...FAULTS]) await test.step(kind ?? 'undisturbed', async () => {
    await page.goto('about:blank');
    await bench.openLink(LINK);
    await page.evaluate(() => window.equipoise.setWorkers(1));
    if (kind) await sabotage(trainerOf(page), kind, BATCHES);
    await bench.press('Play');
    await expect(bench.state).toHaveText('finished', { timeout: 120_000 });
    expect((await page.evaluate(() => window.equipoise.runs()))[0]).toMatchObject({ backend: 'webgpu' });
    const { result, log } = await resultOf(bench);
    whole ??= result;
    expect.soft(differences(result, whole)).toEqual([]);
    expect.soft(log.filter(({ code: told }) => told === 'fault').map(({ details }) => details['code'])).toEqual(code ? [code] : []);
    expect.soft(log.filter(({ code: told }) => told === 'recovered')).toHaveLength(code ? 1 : 0);
  });
});
