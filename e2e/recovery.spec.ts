/**
 * Faults on wasm, each forced in the middle of an epoch: the run goes back to its last checkpoint by itself
 * and ends in the same bits as an undisturbed one; after two tries in a row it stops, with everything saved.
 * On webgpu: recovery.webgpu.spec.ts.
 */
import type { Page, Worker } from 'playwright/test';
import { differences, resultOf, type Result } from './support/result';
import {
  exposeTrainer,
  isTrainer,
  sabotage,
  struck,
  trainerOf,
  type Batches,
  type Sabotage,
} from './support/sabotage';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

const BATCH = 8;
/** Emotion, speaker, gender of the demo corpus; 43 batches an epoch. */
const BATCHES: Batches = { batch: BATCH, classes: [4, 10, 2], epoch: 2, request: 20 };
const LINK = `seed=5&strategy=revised-uncertainty&epochs=2&${TINY.replace('batch=16', `batch=${BATCH}`)}`;

const events = (page: Page) => page.getByRole('log', { name: 'Events' });
const transport = (page: Page) => page.getByRole('region', { name: 'Transport' });

/** A page just loaded, with the configuration and one sampler; its trainer is ready to be sabotaged. */
async function prepare(bench: Workbench, link = LINK): Promise<void> {
  await bench.page.goto('about:blank');
  await bench.openLink(link);
  await bench.page.evaluate(() => window.equipoise.setWorkers(1));
}

/** Resolves in the middle of the second epoch. */
const inside = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const off = window.equipoise.on('steps', ({ rows, stepsPerEpoch }) => {
          const { step } = rows.at(-1)!;
          if (step <= stepsPerEpoch || step >= 2 * stepsPerEpoch) return;
          off();
          resolve();
        });
      }),
  );

test('the same bits after every fault: a trainer that is terminated, hangs, runs out of memory, computes NaN or zeros', async ({
  page,
  faults,
}) => {
  faults.allow(/provoked by the test/); // errors nobody catches, as a script error in a worker would be
  await exposeTrainer(page);
  await page.clock.install();
  const bench = new Workbench(page);
  let whole: Result | null = null;

  /** Plays the run, and compares its end with the undisturbed run's. */
  const sameBits = async (recoveries: number, fault?: string) => {
    const { result, log } = await resultOf(bench);
    whole ??= result;
    expect.soft(differences(result, whole)).toEqual([]);
    expect.soft(log.filter(({ code }) => code === 'recovered')).toHaveLength(recoveries);
    if (fault)
      expect
        .soft(log.filter(({ code }) => code === 'fault').map(({ details }) => details['code']))
        .toEqual(Array.from({ length: recoveries }, () => fault));
    if (recoveries > 0) await expect.soft(transport(page)).toContainText('1 time');
  };

  await test.step('undisturbed', async () => {
    await prepare(bench);
    await bench.press('Play');
    await sameBits(0);
  });

  // A worker that is terminated says nothing; it is missed all the same.
  const inWorker: readonly (readonly [Sabotage, string])[] = [
    ['ended', 'worker-gone'],
    ['not-finite', 'not-finite'],
    ['zero-gradients', 'zero-gradients'],
  ];
  for (const [kind, code] of inWorker)
    await test.step(kind, async () => {
      await prepare(bench);
      await sabotage(await trainerOf(page), kind, BATCHES);
      await bench.press('Play');
      await sameBits(1, code);
    });

  await test.step('hung: noticed when it has given no sign of life for a minute', async () => {
    await prepare(bench);
    await sabotage(await trainerOf(page), 'hang', BATCHES);
    await bench.press('Play');
    await struck(page);
    await page.clock.runFor(50_000);
    await expect(bench.state).toHaveText('running');
    await page.clock.runFor(30_000);
    await sameBits(1, 'worker-hung');
  });

  await test.step('out of memory', async () => {
    await page.goto('about:blank');
    // The module must not be there before its allocator can be got at.
    let ready: () => void = () => undefined;
    const sabotaged = new Promise<void>((resolve) => {
      ready = resolve;
    });
    await page.route('**/*.wasm', async (route) => {
      await sabotaged;
      await route.continue();
    });
    const made = page.waitForEvent('worker', { predicate: isTrainer });
    const opened = bench.openLink(LINK);
    await sabotage(await made, 'memory', BATCHES);
    ready();
    await opened;
    await bench.press('Play');
    await sameBits(1, 'out-of-memory');
    await page.unroute('**/*.wasm');
  });
});

test('a tab hidden for ten minutes and a computer that sleeps disturb nothing', async ({ page }) => {
  await page.clock.install();
  const bench = new Workbench(page);
  // Small batches: an epoch has 86 steps, and its middle can be hit.
  const long = LINK.replace('epochs=2', 'epochs=3').replace('batch=8', 'batch=4');
  await prepare(bench, long);
  await bench.press('Play');
  const { result: whole } = await resultOf(bench);

  await prepare(bench, long);
  const reached = inside(page);
  await bench.press('Play');
  await reached;
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  // A hidden tab's timers run once a minute; a computer that sleeps misses hours at once.
  for (let minute = 0; minute < 10; minute++) {
    await page.clock.fastForward(60_000);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
  }
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => {
    setTimeout(resolve, 1000);
  });
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await page.clock.fastForward(8 * 3_600_000);
  const { result, log } = await resultOf(bench);
  expect(differences(result, whole)).toEqual([]);
  expect(log.filter(({ code }) => code === 'fault' || code === 'recovered')).toEqual([]);
});

test('two tries in a row, then a plain stop with everything saved; and none for a training that diverges', async ({
  page,
  faults,
}) => {
  faults.allow(/provoked by the test/);
  const bench = new Workbench(page);
  await prepare(bench);
  await bench.press('Play');
  const { result: whole } = await resultOf(bench);

  await prepare(bench);
  let sabotaged = 0;
  const strike = async (worker: Worker): Promise<void> => {
    sabotaged++;
    await sabotage(worker, 'error', BATCHES);
  };
  const first = await trainerOf(page);
  page.on('worker', (worker) => {
    if (isTrainer(worker)) void strike(worker);
  });
  await strike(first);
  await bench.press('Play');
  await expect(page.getByRole('alert')).toContainText('stopped after 2 recoveries in a row');
  await expect(page.getByRole('alert')).toContainText('Everything up to the last checkpoint is saved');
  await expect(bench.state).toHaveText('failed');
  await expect(events(page)).toContainText('try 2 of 2');
  await expect(events(page)).toContainText(
    'A background process stopped unexpectedly (trainer): Uncaught Error: provoked by the test.',
  );
  expect(sabotaged).toBe(3);
  page.removeAllListeners('worker');
  await bench.press('Continue run');
  const { result, log } = await resultOf(bench);
  expect(differences(result, whole)).toEqual([]);
  expect(
    log.map(({ code }) => code).filter((code = '') => ['fault', 'recovered', 'failed'].includes(code)),
  ).toEqual(['fault', 'recovered', 'fault', 'recovered', 'fault', 'failed']);

  // Weights so large that the first step overflows: going back leads to the same step again, and that settles
  // it.
  const weights = Buffer.from((await bench.exportNewest())['weights-last.safetensors']!);
  for (let at = 8 + Number(weights.readBigUInt64LE()); at < weights.length; at += 4)
    weights.writeFloatLE(1e38, at);
  const summary = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const { id, name } = await window.equipoise.importWeights(new Blob([bytes]), 'huge.safetensors');
    return window.equipoise.run({ initialWeights: { id, name } });
  }, weights.toString('base64'));
  expect(summary).toMatchObject({
    state: 'failed',
    recoveries: 1,
    error: { code: 'diverges', details: { step: 1 } },
  });
  await expect(page.getByRole('alert')).toContainText('the training diverges');
});
