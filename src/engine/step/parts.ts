/**
 * How many examples of a batch go through the model at a time: planned before a run, and again where what a
 * step needs changes - the strategy, the instruments. Not here: what a step takes
 * (core/training/memory/memory-plan.ts) and what a change does to the run (trainer.ts).
 */
import { ConfigError } from '../../core/errors/errors';
import type { ModelPlan } from '../../core/model/plan';
import type { BackendReport } from '../../core/training/events';
import { memoryPlan, type MemoryLimits } from '../../core/training/memory/memory-plan';
import { replanned } from '../../core/training/memory/replan';
import type { Instruments, RunConfig } from '../../core/config/run-config';
import type { StrategyChoice } from '../../core/training/segments';
import { stepNeeds } from '../../core/training/memory/strategy-cost';
import { memoryLimits } from '../platform/memory-limits';
import type { TrainerState } from '../../core/run/checkpoint';
import type { Weighing } from './weighing';

export class Parts {
  /** Examples at a time. */
  size: number;
  private readonly limits: MemoryLimits;

  /**
   * As the checkpoint has it, unless a fork has changed the strategy since; without one, as many as fit.
   * @param onChange told from what to what, where a size was planned again  @throws ConfigError
   * `strategy-too-large`, `micro-batch-too-large`
   */
  constructor(
    private readonly spec: ModelPlan,
    private readonly backend: BackendReport,
    private readonly weighing: Weighing,
    from: TrainerState | null,
    private readonly onChange: (before: number, now: number) => void,
  ) {
    this.limits = backend.limits ?? memoryLimits(backend.id);
    this.size = from?.microBatch ?? this.plan(weighing.configNow, weighing.configNow.microBatch).microBatch;
    if (from?.microBatch && from.replan) this.become(this.planned(weighing.inForce, from.replan));
  }

  /**
   * @throws ConfigError `strategy-too-large`, `micro-batch-too-large` where a step under this strategy would
   * not fit
   */
  check(strategy: StrategyChoice): void {
    this.planned(strategy, this.weighing.inForce);
  }

  /**
   * The size for a strategy that takes over. @throws ConfigError as {@link check} does; the size is then as
   * it was
   */
  takeOver(strategy: StrategyChoice): void {
    this.become(this.planned(strategy, this.weighing.inForce));
  }

  /**
   * @throws ConfigError `instruments-memory` where measuring so would not fit, and the run without it does
   */
  checkInstruments(instruments: Instruments): void {
    const now = this.weighing.configNow;
    if (this.plan({ ...now, instruments }, this.size).fits || !this.plan(now, this.size).fits) return;
    throw new ConfigError('instruments-memory', { gradients: instruments.gradients });
  }

  private plan(config: RunConfig, microBatch: number | null) {
    return memoryPlan(
      this.spec,
      { batchSize: config.batchSize, microBatch, ...stepNeeds(config, this.backend) },
      this.limits,
    );
  }

  private planned(to: StrategyChoice, from: StrategyChoice): number {
    return replanned(
      this.spec,
      this.weighing.configNow,
      { from, to, microBatch: this.size },
      this.backend,
      this.limits,
    );
  }

  private become(size: number): void {
    const before = this.size;
    this.size = size;
    if (size !== before) this.onChange(before, size);
  }
}
