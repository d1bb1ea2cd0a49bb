/**
 * The whole browser is killed, without a warning and at the moment a checkpoint is being written: the run is
 * found again, goes on from a checkpoint that is whole, and ends in the same bits. Kills of the writing
 * worker alone, thirty of them: tests/storage/kill.browser.test.ts.
 */
import type { Page } from 'playwright/test';
import { differences, resultOf } from './support/result';
import { expect, test, type Profile } from './support/test';
import { TINY, Workbench } from './support/workbench';

const LINK = `seed=5&strategy=revised-uncertainty&epochs=3&${TINY}`;

/** Ends every process of the browser at once, as a power cut or the system's out-of-memory killer would. */
async function kill({ context }: Profile): Promise<void> {
  const browser = context.browser()!;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const gone = new Promise((resolve) => {
    browser.once('disconnected', resolve);
  });
  for (const { id } of processInfo) process.kill(id, 'SIGKILL');
  await gone;
}

/** Chunks in the database, and how many of them the manifests name. */
const chunks = (page: Page): Promise<readonly [number, number]> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await done(indexedDB.open('equipoise'));
    const found = (await done(db.transaction('checkpoints').objectStore('checkpoints').getAll())) as {
      readonly checkpointId: string;
      readonly checksums: readonly string[];
    }[];
    const all = await done(db.transaction('chunks').objectStore('chunks').count());
    db.close();
    return [
      all,
      [
        ...new Map(found.map(({ checkpointId, checksums }) => [checkpointId, checksums.length])).values(),
      ].reduce((a, b) => a + b, 0),
    ] as const;
  });

test('the browser is killed while it saves: nothing is lost, and nothing is left over', async ({
  openProfile,
}) => {
  let profile = await openProfile();
  const open = async (): Promise<Workbench> => {
    const bench = new Workbench(await profile.context.newPage());
    await bench.openLink(LINK);
    return bench;
  };
  let bench = await open();
  await bench.press('Play');
  const { result: whole } = await resultOf(bench);

  const saving = bench.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        // The checkpoint is written right after this is told.
        window.equipoise.on('epoch', ({ record }) => {
          if (record.epoch === 2) resolve();
        });
      }),
  );
  await bench.press('Play');
  await saving;
  await kill(profile);
  profile = await openProfile({ folder: profile.folder });
  bench = await open();
  // What the kill left of the new checkpoint goes with the start, before anything is continued.
  await expect
    .poll(async () => {
      const [all, named] = await chunks(bench.page);
      return all - named;
    })
    .toBe(0);
  await bench.continueNewest();
  const { result, log } = await resultOf(bench);
  expect(differences(result, whole)).toEqual([]);
  const codes = log.map(({ code }) => code);
  expect(codes.filter((code) => code === 'run-resumed')).toHaveLength(1);
  expect(codes).not.toContain('checkpoint-fallback');
});
