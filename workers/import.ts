/**
 * The import worker: reads an exported run's zip and stores its history under a new id, to be looked at. It
 * is the one writer of that run's steps, epochs, log and predictions: no trainer ever works on an imported
 * run. The page writes the run's record, last.
 */
import { StorageError } from '../src/core/errors/errors';
import { openRunArchive } from '../src/core/import/run-archive';
import type { ByteReader } from '../src/core/import/zip-directory';
import type { ImportContract } from '../src/core/protocol/contracts/exchange';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { writeCheckpoint } from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { appendHistory, appendLog } from '../src/storage/history';
import { holdLifeline } from './lib/lifeline';
import { unpackRun } from './lib/unpack';

const database = new Connection();

const readerOf = (blob: Blob): ByteReader => ({
  size: blob.size,
  bytes: async (from, to) => {
    try {
      return new Uint8Array(await blob.slice(from, to).arrayBuffer());
    } catch (error) {
      throw new StorageError('file-unreadable', {}, error);
    }
  },
});

const { lifeline } = serve<ImportContract>(self as unknown as Endpoint, {
  run: async ({ file, name, runId }) => {
    const { files, left } = await unpackRun(readerOf(file as Blob));
    const { steps, epochs, log, predictions, tested, ...run } = openRunArchive(files);
    const { unknown, absent } = run;
    const db = await database.get();
    let lastStep: number | undefined;
    for (const block of steps) {
      await appendHistory(db, runId, block, []);
      lastStep = block.at(-1)?.step ?? lastStep;
    }
    await appendHistory(db, runId, [], epochs);
    const step = lastStep ?? epochs.at(-1)?.step ?? 0;
    const seq = (log.at(-1)?.seq ?? -1) + 1;
    const at = Date.now();
    await appendLog(db, runId, [
      ...log,
      {
        seq,
        at,
        level: 'info',
        code: 'run-imported',
        step,
        details: { name: name.slice(0, 200), left: left.length },
      },
      ...(unknown.length + absent.length > 0
        ? [
            {
              seq: seq + 1,
              at,
              level: 'warning',
              code: 'run-imported-partly',
              step,
              details: {
                unknown: unknown.join(', ').slice(0, 1000) || '–',
                absent: absent.join(', ') || '–',
              },
            } as const,
          ]
        : []),
    ]);
    // Predictions are kept where every run's are: with a checkpoint, which here has no arrays.
    for (const { which, predictions: made } of predictions) {
      const epoch = which === 'best' ? epochs.findLast(({ best }) => best) : epochs.at(-1);
      await writeCheckpoint(
        db,
        {
          runId,
          step: epoch?.step ?? step,
          epoch: epoch?.epoch ?? 0,
          state: { version: 2, predictions: made, checks: null, tested: which === 'best' ? tested : null },
          tensors: [],
        },
        [which],
      );
    }
    return { ...run, epochs: epochs.length, steps: step, left };
  },
});

holdLifeline(lifeline);
