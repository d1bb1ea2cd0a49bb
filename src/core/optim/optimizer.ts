/**
 * The contract of an optimiser. One file an optimiser, all of them in registry.ts: its options, the rule of one
 * update and the numbers that the rule is given. Checkpoints, the memory plan and the kernels of every backend
 * are derived from it. Not here: running an update on a device (src/engine/optimizers).
 */
import { choiceField, numberField, type Fields, type Values } from '../options/field';
import { entrySchema } from '../options/schema';
import type { Rule } from './rule';

export interface OptimizerEntry<Id extends string, F extends Fields> {
  /** As in `torch.optim`, lower case; part of the names of its arrays in a checkpoint. */
  readonly id: Id;
  readonly fields: F & typeof COMMON;
  /** Every rule that {@link rule} may choose. */
  readonly rules: readonly Rule[];
  /** The rule for these options. */
  rule(options: Values<F & typeof COMMON>): Rule;
  /**
   * The rule's constants for one update.
   * @param learningRate of this update, by the schedule  @param update 1-based, this one included
   */
  constants(
    options: Values<F & typeof COMMON>,
    learningRate: number,
    update: number,
  ): Readonly<Record<string, number>>;
}

/** What every optimiser has. */
export const COMMON = {
  learningRate: numberField({ default: 1e-3, min: 1e-7, max: 1, link: 'lr' }),
  weightDecay: numberField({ default: 0, min: 0, max: 1, link: 'wd' }),
  /**
   * What weight decay applies to: every parameter, as in `torch.optim` with one parameter group, or all but
   * biases and the scales and offsets of normalisations.
   */
  decayScope: choiceField({
    choices: ['all', 'weights'],
    default: 'all',
    acts: ({ weightDecay }) => weightDecay !== 0,
  }),
} as const;

/** Completes an entry: its schema, and the common options where it does not set them itself. */
export const defineOptimizer = <const Id extends string, const F extends Fields>(
  entry: OptimizerEntry<Id, F>,
) => ({ ...entry, schema: entrySchema('id', entry.id, entry.fields) });
