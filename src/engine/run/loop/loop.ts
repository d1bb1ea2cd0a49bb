/** Everything that the parts of the training loop share, put together once. */
import type { RunConfig } from '../../../core/config/run-config';
import { modelFlops } from '../../../core/model/flops';
import type { Dataset } from '../../../core/training/dataset';
import { extraWork } from '../../../core/training/memory/strategy-cost';
import { GradientWatch } from '../../step/gradient-watch';
import { Lookahead } from '../../step/lookahead';
import { Parts } from '../../step/parts';
import { Validation } from '../../step/validation';
import { firstStepMs, Liveness } from '../liveness';
import type { RunArrays } from '../run-checkpoint';
import { StrategyControl } from '../strategy-control';
import type { TrainerState } from '../../../core/run/checkpoint';
import type { TrainerHost } from '../trainer-host';
import { Transport } from '../transport';
import { Checkpoints } from './checkpoints';
import { Progress } from './progress';
import { Reporter } from './reporter';

/** Batches whose images are asked for beyond the current one. */
const LOOKAHEAD = 3;

export interface Loop {
  readonly progress: Progress;
  readonly reporter: Reporter;
  /** What the user wants of it. */
  readonly transport: Transport;
  /** What the user changes of the weighting. */
  readonly control: StrategyControl;
  readonly parts: Parts;
  readonly gradients: GradientWatch;
  readonly liveness: Liveness;
  readonly validation: Validation;
  readonly lookahead: Lookahead;
  readonly checkpoints: Checkpoints;
}

/** @param from the checkpoint that the run goes on from; null where it begins */
export function loopOf(
  config: RunConfig,
  dataset: Dataset,
  arrays: RunArrays,
  host: TrainerHost,
  from: TrainerState | null,
  paused: boolean,
): Loop {
  const progress = new Progress(config, dataset, arrays, host, from);
  const reporter = new Reporter(progress);
  const transport = new Transport(paused);
  const { weighing, checks, losses } = progress;
  const { spec } = arrays.network;
  const parts = new Parts(spec, host.backend, weighing, from, (before, now) => {
    void reporter.log('warning', 'micro-batch-changed', { from: before, to: now });
  });
  const control = new StrategyControl(
    weighing,
    parts,
    reporter.journal,
    () => progress.epoch,
    (level, code, details) => reporter.log(level, code, details),
  );
  const inParts = extraWork(spec, config, Math.ceil(config.batchSize / parts.size));
  const work = modelFlops(spec, config.batchSize).step * (1 + inParts);
  const liveness = new Liveness(host.alive, firstStepMs(work, host.backend.id));
  const gradients = new GradientWatch();
  const batches = progress.batches.bind(progress);
  return {
    progress,
    reporter,
    transport,
    control,
    parts,
    gradients,
    liveness,
    validation: new Validation(config, dataset, arrays.network, host, parts.size, checks, losses),
    lookahead: new Lookahead(host.images, batches, LOOKAHEAD, config.epochs),
    checkpoints: new Checkpoints(
      { progress, reporter, transport, control, parts, gradients, liveness },
      from && from.step,
    ),
  };
}
