/**
 * How the tasks of a run are weighed and measured now, what changes that and since when: the strategy with
 * its options and state, the one that is asked for, the instruments; all of it part of every checkpoint. Not
 * here: when a change is due and who is told (trainer.ts).
 */
import { ConfigError } from '../../core/errors/errors';
import { adjusted, changedOptions, type Adjustment } from '../../core/training/adjustments';
import type { TrainerEvent } from '../../core/training/events';
import type { Instruments, RunConfig } from '../../core/config/run-config';
import type { Field } from '../../core/options/field';
import { checkOptions } from '../../core/config/check-options';
import { parseRunConfig } from '../../core/config/parse';
import {
  asComputedNow,
  firstSegment,
  isOlder,
  sameStrategy,
  strategyInForce,
  type StrategyChoice,
  type StrategySegment,
} from '../../core/training/segments';
import { strategy } from '../../core/weighting/registry';
import type { StepContext, Strategy, StrategyOptions, StrategyState } from '../../core/weighting/types';
import type { Weighting } from './step-work';
import type { TrainerState } from '../../core/run/checkpoint';

type Kept = Pick<
  TrainerState,
  | 'strategyId'
  | 'strategyVersion'
  | 'strategyOptions'
  | 'strategyState'
  | 'segments'
  | 'next'
  | 'instruments'
  | 'adjustments'
>;
type Told = Pick<
  TrainerEvent & { kind: 'strategy' },
  'strategy' | 'next' | 'segments' | 'instruments' | 'adjustments'
>;

export class Weighing {
  private id: StrategyChoice['id'];
  private own: StrategyOptions;
  private memory: StrategyState;
  private segments: readonly StrategySegment[];
  private measured: Instruments;
  private adjustments: readonly Adjustment[];
  /** Steps that have begun: a change that comes while one is under way acts on the one after it. */
  private begun: number;
  /** Takes over with the next epoch. */
  next: StrategyChoice | null;
  /**
   * Versions, where a checkpoint's strategy has other formulas by now: it goes on with today's, its memory
   * kept (docs/decisions/0020-strategy-versions.md).
   */
  readonly newFormulas: { readonly from: number; readonly to: number } | null;

  constructor(
    private readonly config: RunConfig,
    from: TrainerState | null,
  ) {
    const inForce = from ? strategyInForce(from) : asComputedNow(config.strategy);
    ({ id: this.id, options: this.own } = inForce);
    this.memory = from?.strategyState ?? this.strategy.init(config.tasks.length, this.own);
    this.segments = from?.segments ?? [firstSegment(inForce)];
    this.newFormulas = isOlder(inForce)
      ? { from: inForce.version ?? 1, to: this.strategy.version ?? 1 }
      : null;
    if (from && this.newFormulas)
      this.segments = [
        ...this.segments,
        { step: from.step, epoch: from.epoch, why: 'formula', strategy: this.inForce },
      ];
    this.next = from?.next ?? null;
    this.measured = from?.instruments ?? config.instruments;
    this.adjustments = from?.adjustments ?? [];
    this.begun = from?.step ?? 0;
  }

  get strategy(): Strategy {
    return strategy(this.id);
  }

  get inForce(): StrategyChoice {
    return asComputedNow({ id: this.id, options: this.own });
  }

  get state(): StrategyState {
    return this.memory;
  }

  /** The run's segments so far, the present one included. */
  get segment(): number {
    return this.segments.length;
  }

  /** What acts on the step that begins now. @param step 1-based */
  forStep(step: number, epoch: number): Weighting & { readonly epoch: number } {
    this.begun = step;
    return {
      strategy: this.strategy,
      options: this.own,
      state: this.memory,
      epoch,
      renormalise: this.config.renormalise,
      instruments: this.measured,
    };
  }

  /**
   * After a step that was weighed so. Where a task had no label in the batch, its loss is NaN and the state
   * stays (docs/decisions/0031-missing-labels.md).
   */
  update(losses: readonly number[], weighting: Weighting, context: StepContext): void {
    if (losses.some((loss) => Number.isNaN(loss))) return;
    this.memory = weighting.strategy.update(losses, weighting.options, weighting.state, context);
  }

  /**
   * Those that act live. @param lenient others are left out: what was set before a reload may be of another
   * version
   * @returns whether anything changed  @throws ConfigError `unknown-option`, `option-not-live`, `bad-config`
   */
  setOptions(options: StrategyOptions, epoch: number, lenient = false): boolean {
    if (!lenient) this.refuse(options);
    const wanted = Object.fromEntries(Object.entries(options).filter(([key]) => this.optionOf(key)?.live));
    const next = checkOptions(this.id, { ...this.own, ...wanted }, this.config.tasks.length);
    const changed = changedOptions(this.own, next);
    if (Object.keys(changed).length === 0) return false;
    this.own = next;
    this.adjustments = adjusted(this.adjustments, {
      kind: 'options',
      strategy: this.id,
      changed,
      step: this.begun,
      epoch,
      at: Date.now(),
    });
    return true;
  }

  private optionOf(key: string): Field | undefined {
    const { options } = this.strategy;
    return Object.hasOwn(options, key) ? options[key] : undefined;
  }

  /**
   * What would otherwise be left out in silence: a key that is none, and a value that cannot change while the
   * strategy is in force.
   */
  private refuse(options: StrategyOptions): void {
    for (const [key, value] of Object.entries(options)) {
      const field = this.optionOf(key);
      if (!field)
        throw new ConfigError('unknown-option', {
          key,
          strategy: this.id,
          known: Object.keys(this.strategy.options).join(', ') || '–',
        });
      if (!field.live && value !== undefined && JSON.stringify(value) !== JSON.stringify(this.own[key]))
        throw new ConfigError('option-not-live', { key, strategy: this.id });
    }
  }

  /**
   * @returns the instruments as they would be, null where they are so already  @throws ConfigError
   * `bad-config`
   */
  checkInstruments(wanted: Instruments): Instruments | null {
    const { instruments } = parseRunConfig({ ...this.config, instruments: wanted });
    return instruments.every === this.measured.every && instruments.gradients === this.measured.gradients
      ? null
      : instruments;
  }

  setInstruments(instruments: Instruments, epoch: number): void {
    this.measured = instruments;
    this.adjustments = adjusted(this.adjustments, {
      kind: 'instruments',
      instruments,
      step: this.begun,
      epoch,
      at: Date.now(),
    });
  }

  /**
   * For the next epoch; null, or the one in force, takes that back. @param check throws where it must not be
   * @returns whether that is something else than before  @throws ConfigError
   */
  ask(wanted: StrategyChoice | null, check: (choice: StrategyChoice) => void): boolean {
    const choice = wanted && parseRunConfig({ ...this.config, strategy: wanted }).strategy;
    const before = this.next;
    const next = choice && sameStrategy(choice, this.inForce) ? null : choice;
    if (next) check(next);
    this.next = next;
    return Boolean(this.next ?? before);
  }

  /** The strategy that was asked for is in force from here on, with a state of its own. */
  takeOver(next: StrategyChoice, step: number, epoch: number): void {
    ({ id: this.id, options: this.own } = next);
    this.memory = this.strategy.init(this.config.tasks.length, this.own);
    this.segments = [...this.segments, { step, epoch, why: 'switch', strategy: this.inForce }];
    this.next = null;
  }

  /** The configuration as it acts now. */
  get configNow(): RunConfig {
    return { ...this.config, strategy: this.inForce, instruments: this.measured };
  }

  /** For the page. */
  get told(): Told {
    return {
      strategy: this.inForce,
      next: this.next,
      segments: this.segments,
      instruments: this.measured,
      adjustments: this.adjustments,
    };
  }

  /** For a checkpoint. */
  get kept(): Kept {
    return {
      strategyId: this.id,
      strategyVersion: this.strategy.version ?? 1,
      strategyOptions: this.own,
      strategyState: this.memory,
      segments: this.segments,
      next: this.next,
      instruments: this.measured,
      adjustments: this.adjustments,
    };
  }
}
