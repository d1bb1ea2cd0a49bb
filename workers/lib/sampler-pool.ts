/**
 * The trainer's end of the sampler pool: nested workers, so that images go from sampler to trainer without crossing the
 * page, and so that they end with the trainer. A request goes to whichever sampler has least to do; the images depend
 * on utterance, seed and epoch alone, so the number of samplers changes nothing.
 */
import { WorkerError } from '../../src/core/errors/errors';
import type { SamplerContract } from '../../src/core/protocol/contracts';
import { connect, type Connection, type Endpoint } from '../../src/core/protocol/rpc';

interface Member {
  readonly worker: Worker;
  readonly connection: Connection<SamplerContract>;
  busy: number;
}

export class SamplerPool {
  private constructor(private readonly members: readonly Member[]) {}

  static async open(options: { readonly packId: string; readonly inputSize: number; readonly seed: number; readonly workers: number }): Promise<SamplerPool> {
    const members = Array.from({ length: options.workers }, (_, i): Member => {
      const worker = new Worker(new URL('../sampler.ts', import.meta.url), { type: 'module', name: `sampler-${i + 1}` });
      return { worker, connection: connect<SamplerContract>(worker as unknown as Endpoint, 'sampler'), busy: 0 };
    });
    const { packId, inputSize, seed } = options;
    await Promise.all(members.map(({ connection }) => connection.call('open', { packId, inputSize, seed })));
    return new SamplerPool(members);
  }

  async sample(utteranceIds: readonly string[], epoch: number | null): Promise<Uint8Array> {
    const member = this.members.reduce((least, candidate) => (candidate.busy < least.busy ? candidate : least));
    member.busy++;
    try {
      return await member.connection.call('sample', { utteranceIds, epoch });
    } finally {
      member.busy--;
    }
  }

  close(): void {
    for (const { worker, connection } of this.members) {
      connection.close(new WorkerError('worker-ended', 'The sampler was ended.', 'Start the run again.'));
      worker.terminate();
    }
  }
}
