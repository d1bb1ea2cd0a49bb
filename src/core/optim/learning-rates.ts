/** The learning rate along a run: a schedule, the optimiser's rate and what the schedule remembers. */
import { schedule, type ScheduleChoice } from './registry';
import type { Position, ScheduleState } from './schedule';

export class LearningRates {
  private readonly choice: ScheduleChoice;
  private readonly base: number;
  private remembered: ScheduleState;

  /** @param base the optimiser's learning rate  @param state of a checkpoint */
  constructor(choice: ScheduleChoice, base: number, state: ScheduleState = {}) {
    this.choice = choice;
    this.base = base;
    this.remembered = state;
  }

  /** Whether every update has the optimiser's rate. */
  get constant(): boolean {
    return schedule(this.choice.id).flat === true;
  }

  /** For a checkpoint; plain JSON. */
  get state(): ScheduleState {
    return this.remembered;
  }

  /** The rate of an update. */
  at(position: Position): number {
    return schedule(this.choice.id).rate(this.choice, this.base, position, this.remembered);
  }

  /**
   * An epoch is over. @param monitored lower is better; NaN: not measured
   * @returns the change, where the schedule answers with another rate
   */
  observe(monitored: number): { readonly from: number; readonly to: number } | null {
    const { observe } = schedule(this.choice.id);
    if (!observe) return null;
    const before = this.remembered['rate'] ?? this.base;
    this.remembered = observe(this.choice, this.base, this.remembered, monitored);
    const after = this.remembered['rate'] ?? this.base;
    return after === before ? null : { from: before, to: after };
  }

  /** What was monitored up to now does not compare with what comes. */
  forget(): void {
    this.remembered = schedule(this.choice.id).forget?.(this.remembered) ?? this.remembered;
  }
}
