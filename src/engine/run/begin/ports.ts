/** What the worker lends a run that begins: storage, samplers, the autotuner, and whom to tell. */
import type { AugmentationChoice } from '../../../core/augment/registry';
import type { WorkerError } from '../../../core/errors/errors';
import type { ModelPlan } from '../../../core/model/plan';
import type { BackendReport, TrainerEvent } from '../../../core/training/events';
import type { Note } from '../trainer-host';
import type { RunStorage } from './run-storage';

export interface SamplerRequest {
  readonly packId: string;
  /** Pixels a side. */
  readonly inputSize: number;
  readonly seed: number;
  readonly augmentations: readonly AugmentationChoice[];
  /** Null: as many as the machine has cores to spare. */
  readonly workers: number | null;
  /** Told of every crashed sampler that is replaced. */
  readonly onReplaced: (error: WorkerError) => void;
}

/** Makes the images of a run. */
export interface Samplers {
  /** @param epoch null of validation, which is not augmented */
  readonly sample: (ids: readonly string[], epoch: number | null) => Promise<Uint8Array>;
  readonly close: () => void;
}

export interface TuningOptions {
  /** False: only winners that are known already. */
  readonly measure: boolean;
  readonly onProgress: (done: number, total: number, kernel: string) => void;
}

export interface TunedRun {
  /** With the kernels that had to be given up. */
  readonly backend: BackendReport;
  readonly notes: readonly Note[];
}

export interface BeginPorts {
  readonly storage: RunStorage;
  readonly openSamplers: (request: SamplerRequest) => Promise<Samplers>;
  /** @param examples in memory at once */
  readonly tune: (
    backend: BackendReport,
    model: ModelPlan,
    examples: number,
    options: TuningOptions,
  ) => Promise<TunedRun>;
  /** Settles when the backend that is being loaded and checked ahead of time, if any, has been. */
  readonly warm: () => Promise<unknown> | null;
  readonly emit: (event: TrainerEvent) => void;
  /** Announces that this is at work and will say so again within so many milliseconds; null: at rest. */
  readonly alive: (withinMs: number | null) => void;
  /** Lets messages in. */
  readonly breathe: () => Promise<void>;
}

/** What the page is told of a backend that was checked. */
export const checkedEvent = (backend: BackendReport): TrainerEvent => ({
  kind: 'checked',
  backend,
  failed: backend.passedOver ?? [],
});
