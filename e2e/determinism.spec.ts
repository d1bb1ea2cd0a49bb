/**
 * One configuration and seed, one result: three epochs with the real workers, undisturbed and disturbed in
 * every way there is, end in the same bits (support/result.ts says what is compared). Times alone may differ.
 * The same at the level of the training loop: tests/engine/determinism.test.ts.
 */
import type { Page, Worker } from 'playwright/test';
import { differences, resultOf } from './support/result';
import { trainerOf } from './support/sabotage';
import { expect, test } from './support/test';
import { TINY, Workbench } from './support/workbench';

test.use({ demoIsMade: true });

/** Small batches: an epoch has 43 steps, and its middle can be hit. */
const LINK = `seed=5&strategy=revised-uncertainty&epochs=3&${TINY.replace('batch=16', 'batch=8')}`;

interface Step {
  readonly step: number;
  readonly stepsPerEpoch: number;
}
const isInside = ({ step, stepsPerEpoch }: Step): boolean => step > stepsPerEpoch && step < 2 * stepsPerEpoch;

/** A new run of the same configuration in a page just loaded, not yet started. */
async function prepare(bench: Workbench, workers: number | null): Promise<void> {
  await bench.page.goto('about:blank');
  await bench.openLink(LINK);
  await bench.page.evaluate((n) => window.equipoise.setWorkers(n), workers);
}

/** Acts in the middle of the second epoch, from the page itself: no round trip lets it pass. */
function inside(page: Page, act: 'pause' | 'reload'): Promise<Step> {
  return page.evaluate(
    (what) =>
      new Promise<Step>((resolve) => {
        const off = window.equipoise.on('steps', ({ rows, stepsPerEpoch }) => {
          const { step } = rows.at(-1)!;
          if (step <= stepsPerEpoch || step >= 2 * stepsPerEpoch) return;
          off();
          if (what === 'reload') location.reload();
          else
            void window.equipoise
              .pause()
              .then(async () =>
                resolve({ step: (await window.equipoise.runs())[0]!.stepsDone, stepsPerEpoch }),
              );
        });
      }),
    act,
  );
}

/**
 * Makes a worker fail, as a bug in it would, when it is asked for the `n`-th time what `method` names (in the
 * second epoch, if it has one).
 */
async function failAt(worker: Worker, method: string, n: number): Promise<void> {
  await worker.evaluate(
    ({ wanted, count }) => {
      let seen = 0;
      self.addEventListener(
        'message',
        ({ data }: MessageEvent<{ method?: string; payload?: { epoch?: number } }>) => {
          const { method: asked, payload } = data;
          if (asked === wanted && (payload?.epoch ?? 2) === 2 && ++seen === count)
            throw new Error('provoked by the test');
        },
      );
    },
    { wanted: method, count: n },
  );
}

/** Makes the trainer fail in the middle of the second epoch, just after it told of a step. */
async function failTraining(page: Page): Promise<void> {
  const trainer = await trainerOf(page);
  await trainer.evaluate(() => {
    const post = self.postMessage.bind(self) as (message: unknown, transfer?: unknown) => void;
    interface Told {
      payload?: { kind?: string; stepsPerEpoch?: number; rows?: readonly { readonly step: number }[] };
    }
    const tell = (message: Told, transfer?: unknown): void => {
      post(message, transfer);
      const { kind, rows = [], stepsPerEpoch = 0 } = message.payload ?? {};
      const step = rows.at(-1)?.step ?? 0;
      if (kind === 'steps' && step > stepsPerEpoch && step < 2 * stepsPerEpoch)
        setTimeout(() => {
          throw new Error('provoked by the test');
        });
    };
    Object.assign(self, { postMessage: tell });
  });
}

const workersOf = (page: Page, kind: string): Worker[] =>
  page.workers().filter((worker) => worker.url().includes(kind));
const nextWorker = (page: Page, kind: string): Promise<Worker> =>
  page.waitForEvent('worker', { predicate: (worker) => worker.url().includes(kind) });

test('the same bits whatever happens: twice, other pool sizes, paused, reloaded, workers that fail', async ({
  page,
  faults,
}) => {
  const bench = new Workbench(page);
  // Provoked: errors nobody catches, as a script error in a worker would be.
  faults.allow(/provoked by the test/);

  await prepare(bench, 1);
  await bench.press('Play');
  await expect(bench.state).toHaveText('running');
  expect(workersOf(page, 'sampler')).toHaveLength(1);
  const { result: whole } = await resultOf(bench);
  const stepsPerEpoch = whole.steps.length / 3;
  expect(whole.checkpoints.map(({ which }) => which)).toEqual(['best', 'last']);
  expect(
    whole.checkpoints.every(({ checksums }) =>
      (checksums as readonly string[]).every((sum) => /^[0-9a-f]{64}$/.test(sum)),
    ),
  ).toBe(true);

  // From the checkpoint of the first epoch's end; on a machine so slow that a minute passed since, from one
  // written in between.
  const expectFromEpoch2 = (log: Awaited<ReturnType<typeof resultOf>>['log']): void => {
    const { step, epoch } = log.find(({ code }) => code === 'run-resumed')?.details ?? {};
    expect.soft(epoch).toBe(2);
    expect.soft(step).toBeGreaterThanOrEqual(stepsPerEpoch);
  };

  await test.step('twice', async () => {
    await page.evaluate(() => window.equipoise.run());
    expect.soft(differences((await resultOf(bench)).result, whole)).toEqual([]);
  });

  await test.step('another seed is another result', async () => {
    await page.evaluate(() => window.equipoise.run({ seed: 6, epochs: 1 }));
    const { result } = await resultOf(bench);
    expect.soft(result.steps[0]).not.toEqual(whole.steps[0]);
    expect.soft(result.files['weights-last.safetensors']).not.toBe(whole.files['weights-last.safetensors']);
  });

  await test.step('four workers instead of one, for features and for images; a feature worker fails', async () => {
    await bench.goTo('Runs');
    await bench.button('Delete cached features').click();
    await bench.button('Delete cache').click();
    await prepare(bench, 4);
    let made = 0;
    page.on('worker', (worker) => {
      if (worker.url().includes('features-pool')) made++;
    });
    const member = nextWorker(page, 'features-pool');
    const sampler = nextWorker(page, 'sampler');
    await bench.press('Play');
    await failAt(await member, 'logMel', 5);
    await sampler;
    await expect(bench.state).toHaveText('running');
    expect(workersOf(page, 'sampler')).toHaveLength(4);
    // Four, and one in place of the one that failed.
    expect(made).toBe(5);
    expect.soft(differences((await resultOf(bench)).result, whole)).toEqual([]);
  });

  await test.step('paused in the middle of an epoch', async () => {
    await prepare(bench, 2);
    const paused = inside(page, 'pause');
    await bench.press('Play');
    expect(isInside(await paused)).toBe(true);
    await expect(bench.state).toHaveText('paused');
    await bench.press('Play');
    expect.soft(differences((await resultOf(bench)).result, whole)).toEqual([]);
  });

  await test.step('paused in the middle of an epoch, reloaded, continued from there with more workers', async () => {
    await prepare(bench, 1);
    const paused = inside(page, 'pause');
    await bench.press('Play');
    const { step } = await paused;
    await page.reload();
    await page.evaluate(() => window.equipoise.setWorkers(3));
    await bench.continueNewest();
    const { result, log } = await resultOf(bench);
    expect.soft(log.find(({ code }) => code === 'run-resumed')?.details).toMatchObject({ step, epoch: 2 });
    expect.soft(differences(result, whole)).toEqual([]);
  });

  await test.step('reloaded in the middle of an epoch', async () => {
    await prepare(bench, null);
    const reloaded = page.waitForEvent('load');
    inside(page, 'reload').catch(() => undefined); // ends with the page
    await bench.press('Play');
    await reloaded;
    await bench.continueNewest();
    const { result, log } = await resultOf(bench);
    expectFromEpoch2(log);
    expect.soft(differences(result, whole)).toEqual([]);
  });

  await test.step('the trainer fails in the middle of an epoch: the run recovers by itself', async () => {
    await prepare(bench, 1);
    await failTraining(page);
    await bench.press('Play');
    const { result, log } = await resultOf(bench);
    expect.soft(log.map(({ code }) => code)).toContain('recovered');
    expectFromEpoch2(log);
    expect.soft(differences(result, whole)).toEqual([]);
  });

  await test.step('a sampler fails in the middle of an epoch: it is replaced, and the log says so', async () => {
    await prepare(bench, 2);
    const member = nextWorker(page, 'sampler');
    await bench.press('Play');
    await failAt(await member, 'sample', 5);
    const { result, log } = await resultOf(bench);
    expect.soft(log.map(({ code }) => code)).toContain('sampler-replaced');
    expect.soft(differences(result, whole)).toEqual([]);
  });
});

test('the number of workers is a preference of the page: kept, and refused where there cannot be so many', async ({
  page,
}) => {
  const bench = new Workbench(page);
  await bench.open();
  const field = page.getByRole('combobox', { name: 'Workers for audio and images' });
  await page.getByRole('button', { name: /^Computing with/ }).click();
  await expect(field).toHaveText('Automatic');
  await field.click();
  await page.getByRole('option', { name: '3', exact: true }).click();
  await expect(field).toHaveText('3');
  await page.reload();
  await page.getByRole('button', { name: /^Computing with/ }).click();
  await expect(field).toHaveText('3');
  const refused = await page.evaluate(() =>
    [0, 1.5, 17, Number.NaN].map((n) => {
      try {
        window.equipoise.setWorkers(n);
        return 'taken';
      } catch (error) {
        return (error as { code: string }).code;
      }
    }),
  );
  expect(refused).toEqual(Array.from({ length: 4 }, () => 'bad-config'));
  await expect(field).toHaveText('3');
  await page.evaluate(() => window.equipoise.setWorkers(null));
  await expect(field).toHaveText('Automatic');
});
