/** All optimisers and all schedules. To add one: its file, and a line here (docs/adding-an-optimiser.md). */
import { ConfigError } from '../errors/errors';
import * as v from 'valibot';
import type { Fields } from '../options/field';
import type { Frozen } from '../options/schema';
import type { COMMON, OptimizerEntry } from './optimizer';
import { adam } from './optimizers/adam';
import { adamw } from './optimizers/adamw';
import { sgd } from './optimizers/sgd';
import type { Rule } from './rule';
import type { ScheduleEntry } from './schedule';
import { constant } from './schedules/constant';
import { cosine } from './schedules/cosine';
import { exponential } from './schedules/exponential';
import { plateau } from './schedules/plateau';
import { step } from './schedules/step';

export const OPTIMIZERS = [sgd, adam, adamw];
export const SCHEDULES = [constant, cosine, step, exponential, plateau];

export const OPTIMIZER_SCHEMA = v.variant(
  'id',
  OPTIMIZERS.map(({ schema }) => schema),
);
export const SCHEDULE_SCHEMA = v.variant(
  'id',
  SCHEDULES.map(({ schema }) => schema),
);

/** An optimiser by name with its options: `RunConfig.optimizer`. */
export type OptimizerChoice = Frozen<v.InferOutput<typeof OPTIMIZER_SCHEMA>>;
/** A schedule by name with its options: `RunConfig.schedule`. */
export type ScheduleChoice = Frozen<v.InferOutput<typeof SCHEDULE_SCHEMA>>;
export type OptimizerId = OptimizerChoice['id'];
export type ScheduleId = ScheduleChoice['id'];

/** Entries as their users see them: an entry is only ever given its own options. */
type AnyOptimizer = OptimizerEntry<OptimizerId, typeof COMMON>;
type AnySchedule = ScheduleEntry<ScheduleId, Fields>;

/** @throws ConfigError `unknown-update` where there is none of that name */
export const optimizer = (id: OptimizerId): AnyOptimizer => named(OPTIMIZERS, id) as AnyOptimizer;

/** @throws ConfigError `unknown-update` where there is none of that name */
export const schedule = (id: ScheduleId): AnySchedule => named(SCHEDULES, id) as AnySchedule;

function named(entries: readonly { readonly id: string }[], id: string): unknown {
  const found = entries.find((entry) => entry.id === id);
  if (!found) throw new ConfigError('unknown-update', { id });
  return found;
}

/** Every rule there is, for the kernels that are made and checked before a run. */
export const RULES: readonly Rule[] = OPTIMIZERS.flatMap(({ rules }) => rules);

/** The rule of an optimiser with these options. */
export const ruleOf = (choice: OptimizerChoice): Rule => optimizer(choice.id).rule(choice);
