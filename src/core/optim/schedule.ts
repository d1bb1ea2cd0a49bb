/**
 * The contract of a learning-rate schedule: a pure function from the position in the run to the rate of an
 * update, with a state only where it looks at what was measured. One file a schedule, all of them in
 * registry.ts.
 */
import type { Fields, Values } from '../options/field';
import { entrySchema } from '../options/schema';

/** Which update it is; both counts begin at 1. */
export interface Position {
  readonly step: number;
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  /** Epochs that the run may take. */
  readonly epochs: number;
}

/** Plain JSON, part of a checkpoint. */
export type ScheduleState = Readonly<Record<string, number | null>>;

export interface ScheduleEntry<Id extends string, F extends Fields> {
  readonly id: Id;
  readonly fields: F;
  /** The rate of every update is the optimiser's. */
  readonly flat?: true;
  /**
   * The learning rate of an update.
   * @param base the optimiser's learning rate
   */
  rate(options: Values<F>, base: number, at: Position, state: ScheduleState): number;
  /** Of schedules that react: looks at the monitored value of an epoch (lower is better; NaN: not measured). */
  observe?(options: Values<F>, base: number, state: ScheduleState, monitored: number): ScheduleState;
  /** What was monitored before does not compare with what comes (another strategy's total). */
  forget?(state: ScheduleState): ScheduleState;
}

/** Completes an entry with its schema. */
export const defineSchedule = <const Id extends string, const F extends Fields>(
  entry: ScheduleEntry<Id, F>,
) => ({ ...entry, schema: entrySchema('id', entry.id, entry.fields) });
