/**
 * The state of a checkpoint as the beginning of another run: the same position, weights and random streams,
 * under another strategy. Under the same one the fork is what the first run would have gone on to be, bit for
 * bit. Copying the arrays is storage/fork.ts.
 */
import { ConfigError } from '../../core/errors/errors';
import { earlyAfterChange, sameStrategy, strategyInForce } from '../../core/training/segments';
import { monitorInForce } from '../../core/training/monitor/monitor';
import { taskIds } from '../../core/tasks/types';
import type { RunConfig } from '../../core/config/run-config';
import { ruleOf } from '../../core/optim/registry';
import { completedConfig } from '../../core/config/parse';
import { LearningRates } from '../../core/optim/learning-rates';
import { strategy } from '../../core/weighting/registry';
import type { TrainerState } from '../../core/run/checkpoint';

/**
 * @throws ConfigError `fork-over` when the checkpoint has all the epochs that the new run is to have,
 * `fork-keeps` when its optimiser keeps other arrays than the checkpoint has
 */
export function forkState(state: TrainerState, config: RunConfig): TrainerState {
  const { step, epoch } = state;
  if (epoch > config.epochs) throw new ConfigError('fork-over', { done: epoch - 1, epochs: config.epochs });
  // Its running averages are of that rule; another one's would have to begin at nothing in the middle of a run.
  if (ruleOf(completedConfig(state.config).optimizer).id !== ruleOf(config.optimizer).id)
    throw new ConfigError('fork-keeps', { fields: 'optimizer' });
  const { id, options, version } = config.strategy;
  const segments = [...state.segments, { step, epoch, why: 'fork' as const, strategy: config.strategy }];
  const kept: TrainerState = {
    ...state,
    config,
    segments,
    instruments: config.instruments,
    next: null,
    tested: null,
    ended: null,
  };
  const before = strategyInForce(state);
  // Of older formulas it goes on with today's where it is resumed (weighing.ts).
  if (sameStrategy(before, config.strategy)) return kept;
  const monitor = monitorInForce(config.monitor, state.checks, taskIds(config));
  const rates = new LearningRates(config.schedule, config.optimizer.learningRate, state.schedule);
  if (monitor.of === 'strategy-total') rates.forget();
  return {
    ...kept,
    schedule: rates.state,
    strategyId: id,
    strategyVersion: version ?? 1,
    strategyOptions: options,
    strategyState: strategy(id).init(config.tasks.length, options),
    averages: false,
    replan: state.replan ?? before,
    early: earlyAfterChange(state.early, monitor),
  };
}
