/**
 * TensorFlow.js as shipped on one backend, as the benchmark sees it: a nested worker of its own, started with
 * the first case.
 */
import type { Side } from '../../src/core/bench/alternate';
import type { BenchCase } from '../../src/core/bench/cases';
import { WorkerError } from '../../src/core/errors/errors';
import type { BenchShippedContract } from '../../src/core/protocol/contracts/bench';
import { connect, type Connection, type Endpoint } from '../../src/core/protocol/rpc';
import type { BackendId } from '../../src/core/config/run-config';

export class ShippedSide {
  readonly name: string;
  private readonly worker: Worker;
  private readonly connection: Connection<BenchShippedContract>;
  private readonly opened: Promise<null>;

  constructor(backend: BackendId) {
    this.name = `tfjs ${backend}`;
    this.worker = new Worker(new URL('../bench-shipped.ts', import.meta.url), {
      type: 'module',
      name: `bench-shipped-${backend}`,
    });
    this.connection = connect<BenchShippedContract>(this.worker as unknown as Endpoint, 'benchmark');
    this.opened = this.connection.call('open', { backend });
    this.opened.catch(() => undefined); // thrown to whoever then asks for a case
  }

  /** @throws where the backend does not start, or cannot do this */
  async prepare(benchCase: BenchCase): Promise<Side> {
    await this.opened;
    await this.connection.call('prepare', { benchCase });
    return (count) => this.connection.call('time', { count });
  }

  /** Lets go of the case; a worker that crashed has nothing to let go of. */
  async release(): Promise<void> {
    await this.connection.call('release', null).catch(() => undefined);
  }

  close(): void {
    this.connection.close(new WorkerError('worker-ended'));
    this.worker.terminate();
  }
}
