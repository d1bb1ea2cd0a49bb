/**
 * The nested workers that decode and transform audio, as seen by the coordinator. A worker that crashes is
 * replaced; the file it was reading is reported by the caller. Not here: which files, and what becomes of the
 * results.
 */
import type { Scanned } from '../../src/core/corpus/as-scanned';
import { WorkerError } from '../../src/core/errors/errors';
import type { FeaturePoolContract } from '../../src/core/protocol/contracts/features';
import { connect, type Connection, type Endpoint } from '../../src/core/protocol/rpc';
import type { FeatureSetting } from '../../src/core/spectrogram/setting';

interface Member {
  worker: Worker;
  connection: Connection<FeaturePoolContract>;
  busy: number;
}

/** One is computed while the next one's file is read. */
export const LANES_PER_WORKER = 2;

export class FeaturePool {
  private readonly members: Member[];

  /** @param workers 1..16 */
  constructor(workers: number) {
    const count = Math.max(1, Math.min(16, Math.floor(workers)));
    this.members = Array.from({ length: count }, (_, i) => ({ ...start(i), busy: 0 }));
  }

  get lanes(): number {
    return this.members.length * LANES_PER_WORKER;
  }

  async logMel(
    file: File,
    scanned: Scanned,
    setting: FeatureSetting,
  ): Promise<FeaturePoolContract['requests']['logMel']['result']> {
    const member = this.members.reduce((least, candidate) =>
      candidate.busy < least.busy ? candidate : least,
    );
    const { worker } = member;
    member.busy++;
    try {
      return await member.connection.call('logMel', { file, scanned, setting });
    } catch (error) {
      // Both lanes of a crashed worker come here; the first one replaces it.
      if (error instanceof WorkerError && member.worker === worker) {
        worker.terminate();
        Object.assign(member, start(this.members.indexOf(member)));
      }
      throw error;
    } finally {
      member.busy--;
    }
  }

  close(): void {
    for (const { worker, connection } of this.members) {
      connection.close(new WorkerError('worker-ended'));
      worker.terminate();
    }
  }
}

function start(index: number): Pick<Member, 'worker' | 'connection'> {
  const worker = new Worker(new URL('../features-pool.ts', import.meta.url), {
    type: 'module',
    name: `features-pool-${index + 1}`,
  });
  return {
    worker,
    connection: connect<FeaturePoolContract>(worker as unknown as Endpoint, 'feature worker'),
  };
}
