/**
 * What a run leaves behind, so far as its seed decides it: for tests that two runs are the same, whatever
 * happened to one of them. Compared are the SHA-256 of both weight files, of everything both checkpoints hold
 * (parameters, running statistics, Adam's moments), the strategy's state, and every step, score and
 * prediction. Times are left out.
 */
import { createHash } from 'node:crypto';
import { expect, type Page } from 'playwright/test';
import { csvRows, text, type Workbench } from './workbench';

const FILES = [
  'weights-best.safetensors',
  'weights-last.safetensors',
  'metrics.csv',
  'confusion.csv',
  'predictions-best.csv',
  'predictions-last.csv',
];

/** What the newest run's checkpoints hold, without their names and dates. */
function checkpoints(page: Page): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(async () => {
    const [run] = await window.equipoise.runs();
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    const db = await done(indexedDB.open('equipoise'));
    const found = (await done(db.transaction('checkpoints').objectStore('checkpoints').getAll())) as Record<
      string,
      unknown
    >[];
    db.close();
    return found
      .filter(({ runId }) => runId === run!.id)
      .map(({ runId: _run, checkpointId: _id, createdAt: _at, ...rest }) => rest);
  });
}

/** Everything of the newest run that a seed decides. */
export async function resultOf(bench: Workbench) {
  await expect(bench.state).toHaveText('finished');
  const zip = await bench.exportNewest();
  const log = csvRows(text(zip['log.csv'])).map(({ code, details = '' }) => ({
    code,
    details: JSON.parse(details) as Record<string, number>,
  }));
  const result = {
    files: Object.fromEntries(
      FILES.map((name) => [name, createHash('sha256').update(zip[name]!).digest('hex')]),
    ),
    checkpoints: await checkpoints(bench.page),
    steps: csvRows(text(zip['steps.csv'])).map(
      ({ ms: _ms, wait_ms: _wait, extra_ms: _extra, ...row }) => row,
    ),
  };
  return { result, log };
}

export type Result = Awaited<ReturnType<typeof resultOf>>['result'];

/** What differs, in words: the files, what a checkpoint holds, the first step. */
export function differences(actual: Result, expected: Result): readonly string[] {
  const differ = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
  const step = expected.steps.findIndex((row, i) => differ(actual.steps[i], row));
  return [
    ...FILES.filter((name) => actual.files[name] !== expected.files[name]),
    ...expected.checkpoints.flatMap((checkpoint, i) =>
      Object.keys(checkpoint)
        .filter((key) => differ(actual.checkpoints[i]?.[key], checkpoint[key]))
        .map((key) => `checkpoint ${String(checkpoint['which'])}: ${key}`),
    ),
    ...(actual.steps.length === expected.steps.length
      ? []
      : [`${actual.steps.length} steps instead of ${expected.steps.length}`]),
    ...(step < 0
      ? []
      : [
          `step ${step + 1}: ${JSON.stringify(actual.steps[step])} instead of ${JSON.stringify(expected.steps[step])}`,
        ]),
  ];
}
