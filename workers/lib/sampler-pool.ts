/**
 * The trainer's end of the sampler pool: nested workers, so that images go from sampler to trainer without
 * crossing the page, and so that they end with the trainer. A request goes to whichever sampler has least to
 * do. The images depend on utterance, seed and epoch alone: neither the number of samplers nor one that
 * crashes and is replaced changes them.
 */
import type { AugmentationChoice } from '../../src/core/augment/registry';
import { WorkerError } from '../../src/core/errors/errors';
import type { SamplerContract } from '../../src/core/protocol/contracts/features';
import { connect, type Connection, type Endpoint } from '../../src/core/protocol/rpc';
import { passStoreOn } from './pass-store';

interface Member {
  worker: Worker;
  connection: Connection<SamplerContract>;
  /** Rejects where the sampler cannot open the pack. */
  ready: Promise<unknown>;
  busy: number;
}

export interface SamplerPoolOptions {
  readonly packId: string;
  readonly inputSize: number;
  readonly seed: number;
  readonly augmentations: readonly AugmentationChoice[];
  readonly workers: number;
  /** Told of every crashed sampler that is replaced. */
  readonly onReplaced: (error: WorkerError) => void;
}

/** A request that brings down so many samplers ends the run. */
const MAX_CRASHES = 3;

export class SamplerPool {
  private readonly members: Member[];
  private closed = false;

  private constructor(private readonly options: SamplerPoolOptions) {
    this.members = Array.from({ length: options.workers }, (_, i) => ({ ...this.start(i), busy: 0 }));
  }

  static async open(options: SamplerPoolOptions): Promise<SamplerPool> {
    const pool = new SamplerPool(options);
    try {
      await Promise.all(pool.members.map(({ ready }) => ready));
      return pool;
    } catch (error) {
      pool.close();
      throw error;
    }
  }

  async sample(utteranceIds: readonly string[], epoch: number | null): Promise<Uint8Array> {
    for (let crashes = 1; ; crashes++) {
      const member = this.members.reduce((least, candidate) =>
        candidate.busy < least.busy ? candidate : least,
      );
      const { worker } = member;
      member.busy++;
      try {
        await member.ready;
        return await member.connection.call('sample', { utteranceIds, epoch });
      } catch (error) {
        if (!(error instanceof WorkerError) || this.closed || crashes >= MAX_CRASHES) throw error;
        // Every request of a crashed sampler comes here; the first one replaces it, and all of them are made
        // again.
        if (member.worker === worker) {
          worker.terminate();
          Object.assign(member, this.start(this.members.indexOf(member)));
          this.options.onReplaced(error);
        }
      } finally {
        member.busy--;
      }
    }
  }

  close(): void {
    this.closed = true;
    for (const { worker, connection } of this.members) {
      connection.close(new WorkerError('worker-ended'));
      worker.terminate();
    }
  }

  private start(index: number): Omit<Member, 'busy'> {
    const worker = new Worker(new URL('../sampler.ts', import.meta.url), {
      type: 'module',
      name: `sampler-${index + 1}`,
    });
    passStoreOn(worker);
    const connection = connect<SamplerContract>(worker as unknown as Endpoint, 'sampler');
    const { packId, inputSize, seed, augmentations } = this.options;
    const ready = connection.call('open', { packId, inputSize, seed, augmentations });
    ready.catch(() => undefined); // thrown to whoever then asks for images
    return { worker, connection, ready };
  }
}
