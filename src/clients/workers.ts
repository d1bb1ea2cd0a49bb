/**
 * Makes the workers, connects to them and watches them. A worker that crashed, hangs or is gone is made anew
 * at the next call. Not here: what is asked of them (the stores) or how messages travel
 * (core/protocol/rpc.ts).
 */
import { WorkerError } from '../core/errors/errors';
import type { BenchContract } from '../core/protocol/contracts/bench';
import type { CorpusContract, SynthContract } from '../core/protocol/contracts/corpus';
import type { ExportContract, ImportContract } from '../core/protocol/contracts/exchange';
import type { FeaturesContract } from '../core/protocol/contracts/features';
import type { StatsContract } from '../core/protocol/contracts/stats';
import type { TrainerContract } from '../core/protocol/contracts/trainer';
import type { WeightsContract } from '../core/protocol/contracts/weights';
import { connect, type Connection, type Contract, type Endpoint } from '../core/protocol/rpc';
import { offerStore } from './memory';
import { watch } from './watch';

/** A worker that is started when it is first needed. */
export class WorkerClient<C extends Contract> {
  private worker: Worker | null = null;
  private connection: Connection<C> | null = null;
  private readonly eventListeners = new Set<(event: C['event']) => void>();
  private readonly downListeners = new Set<(error: WorkerError) => void>();

  constructor(
    private readonly name: string,
    private readonly make: () => Worker,
  ) {}

  /** Starts the worker if need be. */
  connect(): Connection<C> {
    if (this.connection) return this.connection;
    this.worker = this.make();
    const takeStoreBack = offerStore(this.worker);
    const connection = connect<C>(this.worker as unknown as Endpoint, this.name);
    connection.on((event) => {
      for (const listener of this.eventListeners) listener(event);
    });
    connection.onDown((error) => {
      this.worker?.terminate();
      takeStoreBack();
      this.worker = null;
      this.connection = null;
      for (const listener of this.downListeners) listener(error);
    });
    watch(connection, this.name);
    this.connection = connection;
    return connection;
  }

  on(listener: (event: C['event']) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  onDown(listener: (error: WorkerError) => void): void {
    this.downListeners.add(listener);
  }

  /** Ends the worker; everything pending is rejected. */
  end(): void {
    this.connection?.close(new WorkerError('worker-ended', { worker: this.name }));
  }
}

export const trainerClient = new WorkerClient<TrainerContract>(
  'trainer',
  () => new Worker(new URL('../../workers/trainer.ts', import.meta.url), { type: 'module', name: 'trainer' }),
);
export const featuresClient = new WorkerClient<FeaturesContract>(
  'feature extraction',
  () =>
    new Worker(new URL('../../workers/features.ts', import.meta.url), { type: 'module', name: 'features' }),
);
export const corpusClient = new WorkerClient<CorpusContract>(
  'corpus scan',
  () => new Worker(new URL('../../workers/corpus.ts', import.meta.url), { type: 'module', name: 'corpus' }),
);
export const synthClient = new WorkerClient<SynthContract>(
  'synthesiser',
  () => new Worker(new URL('../../workers/synth.ts', import.meta.url), { type: 'module', name: 'synth' }),
);
export const exportClient = new WorkerClient<ExportContract>(
  'export',
  () => new Worker(new URL('../../workers/export.ts', import.meta.url), { type: 'module', name: 'export' }),
);
export const importClient = new WorkerClient<ImportContract>(
  'import',
  () => new Worker(new URL('../../workers/import.ts', import.meta.url), { type: 'module', name: 'import' }),
);
export const weightsClient = new WorkerClient<WeightsContract>(
  'weights import',
  () => new Worker(new URL('../../workers/weights.ts', import.meta.url), { type: 'module', name: 'weights' }),
);
export const statsClient = new WorkerClient<StatsContract>(
  'statistics',
  () => new Worker(new URL('../../workers/stats.ts', import.meta.url), { type: 'module', name: 'stats' }),
);
export const benchClient = new WorkerClient<BenchContract>(
  'benchmark',
  () => new Worker(new URL('../../workers/bench.ts', import.meta.url), { type: 'module', name: 'bench' }),
);
