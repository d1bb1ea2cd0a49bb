/**
 * How long a run will take, before its first step: operations of convolutions and fully connected layers
 * (core/model/flops.ts) over what this machine does of them in a second. An estimate: it says what it goes
 * by. Afterwards the run itself is the measure.
 */
import { modelFlops } from '../../model/flops';
import type { ModelPlan } from '../../model/plan';
import type { EpochRecord } from '../events';
import type { RunConfig } from '../../config/run-config';
import { extraWork } from './strategy-cost';

/** Utterances on either side. */
export interface Sides {
  readonly train: number;
  readonly validation: number;
}

/** Operations of a run: of one training step at the full batch, and of an epoch with its validation. */
export function workOf(
  spec: ModelPlan,
  config: RunConfig,
  parts: number,
  { train, validation }: Sides,
): { readonly architecture: string; readonly step: number; readonly epoch: number } {
  const one = modelFlops(spec, 1);
  const example = one.step * (1 + extraWork(spec, config, parts));
  const { architecture } = config;
  return {
    architecture,
    step: config.batchSize * example,
    epoch: train * example + validation * one.forward,
  };
}

/** A run that was measured on this machine. */
export interface MeasuredWork {
  readonly backend: string;
  /** Another architecture's operations take another time: small products and recurrences are slow. */
  readonly architecture: string;
  /** Operations of a step, and what was done of them in a second, over whole epochs. */
  readonly step: number;
  readonly perSecond: number;
}

/**
 * @param epoch the run's last; the first one of a run also readies what it computes with
 * @returns null where an epoch tells nothing: a first one, of an imported run, or from before times were kept
 */
export function measuredWork(
  spec: ModelPlan,
  config: RunConfig,
  backend: string,
  epoch: EpochRecord,
): MeasuredWork | null {
  const count = (side: EpochRecord['train']): number =>
    Math.max(0, ...side.tasks.map(({ confusion }) => confusion.flat().reduce((a, b) => a + b, 0)));
  const work = workOf(spec, config, 1, { train: count(epoch.train), validation: count(epoch.validation) });
  return epoch.epoch > 1 && epoch.seconds > 0 && work.epoch > 0
    ? {
        backend,
        architecture: config.architecture,
        step: work.step,
        perSecond: work.epoch / epoch.seconds,
      }
    : null;
}

/**
 * What a training step reaches of the processor's peak in WebAssembly SIMD: measured at 0.71 to 0.82
 * (docs/performance.md). Plain JavaScript has no SIMD and reaches a fraction.
 */
const OF_PEAK: Readonly<Record<string, number>> = { wasm: 0.75, cpu: 0.02 };
/**
 * Runs whose steps are so many times larger or smaller say little about one another: what a step takes beside
 * its products decides in small ones (measured: 1 to 12 GFLOP/s at 0.24 GFLOP a step, 22 at 7.4).
 */
const ALIKE = 3;

export interface Forecast {
  readonly secondsPerStep: number;
  /** All epochs; early stopping may end sooner. Null where the corpus is not known yet. */
  readonly seconds: number | null;
  /** `run`: a run that was measured here; `processor`: this processor's measured peak. */
  readonly from: 'run' | 'processor';
}

/**
 * @param backend that will compute  @param peak operations a second of one thread, where they were measured
 * @param gain of its threads
 * @param epoch operations of an epoch; null where the corpus is not known yet  @returns null where nothing is
 * known of this backend's speed
 */
export function forecast(
  work: { readonly architecture: string; readonly step: number; readonly epoch: number | null },
  epochs: number,
  backend: string,
  measured: readonly MeasuredWork[],
  peak: number | null,
  gain = 1,
): Forecast | null {
  const distance = ({ step }: MeasuredWork): number => Math.abs(Math.log(step / work.step));
  const near = measured
    .filter(
      (run) =>
        run.backend === backend && run.architecture === work.architecture && distance(run) <= Math.log(ALIKE),
    )
    .sort((a, b) => distance(a) - distance(b))[0];
  const share = OF_PEAK[backend];
  const perSecond = near?.perSecond ?? (peak !== null && share !== undefined ? peak * share * gain : null);
  if (perSecond === null) return null;
  return {
    secondsPerStep: work.step / perSecond,
    seconds: work.epoch === null ? null : (epochs * work.epoch) / perSecond,
    from: near ? 'run' : 'processor',
  };
}

/** Nobody waits so long: seconds of a whole run, or of one step. */
const IMPRACTICAL = { run: 2 * 86_400, step: 20 } as const;

export const isImpractical = ({ secondsPerStep, seconds }: Forecast): boolean =>
  secondsPerStep > IMPRACTICAL.step || (seconds ?? 0) > IMPRACTICAL.run;
