/**
 * What a strategy and the instruments cost, known before the run: operations of convolutions and fully
 * connected layers beside those of a plain step (core/model/flops.ts), and what the memory plan has to count.
 * What it really costs is in the step rows.
 */
import { modelFlops } from '../../model/flops';
import type { ModelPlan } from '../../model/plan';
import { strategy } from '../../weighting/registry';
import type { GradientLevel } from '../../weighting/types';
import type { BackendReport } from '../events';
import type { TaskPasses } from './footprint';
import type { RunConfig } from '../../config/run-config';

type Choice = Pick<RunConfig, 'strategy' | 'instruments' | 'tasks'>;

/** Where the strategy takes gradients, and where the instruments do beside it. */
function levels({ strategy: { id, options }, instruments }: Choice): {
  readonly own: GradientLevel | null;
  readonly aside: GradientLevel | null;
} {
  const needs = strategy(id).needs(options);
  const own = needs === 'losses' ? null : needs;
  return {
    own,
    aside: instruments.every === 0 || own === instruments.gradients ? null : instruments.gradients,
  };
}

/**
 * Who takes each task's gradients of everything shared, and whether averages of them are kept, for the memory
 * plan.
 */
export function taskPasses(config: Choice): TaskPasses {
  const { own, aside } = levels(config);
  const { id, options } = config.strategy;
  return {
    own: own === 'full',
    aside: aside === 'full',
    averages: Boolean(strategy(id).averages?.(options)),
  };
}

/** What a backend's report says of its threads. */
export type Threads = Pick<BackendReport, 'id' | 'threads' | 'mostThreads'>;

/** Threads that share memory of their own beside the backend's: those that were decided for, or might be. */
export const threadsOf = ({ id, threads, mostThreads = 1 }: Threads): number =>
  id === 'wasm' ? (threads?.used ?? mostThreads) : 1;

/** What the memory plan has to know beside model and batch. @param machine null: no threads */
export const stepNeeds = (
  config: Choice,
  machine: Threads | null,
): { readonly apart: TaskPasses; readonly threads: number } => ({
  apart: taskPasses(config),
  threads: machine ? threadsOf(machine) : 1,
});

/**
 * Work beyond a plain step, as a share of it, averaged over the steps between two measurements.
 * @param parts into which the batch is taken
 */
export function extraWork(plan: ModelPlan, config: Choice, parts: number): number {
  const all = modelFlops(plan, 1);
  const backward = {
    heads: plan.heads.reduce((sum, { flops }) => sum + flops.backward, 0),
    trunk: plan.trunk.flops.backward,
  };
  // Of the last layer only the gradient of its weights is taken.
  const lastLayer = plan.trunk.nodes.findLast(({ flops }) => flops > 0)?.flops ?? 0;
  const tasks = config.tasks.length;
  const of = {
    representation: backward.heads,
    'last-layer': backward.heads + tasks * lastLayer,
    full: backward.heads + tasks * backward.trunk,
  };
  const { own, aside } = levels(config);
  const chosen = strategy(config.strategy.id);
  let extra = own === 'full' ? (tasks - 1) * backward.trunk : own ? of[own] : 0;
  if (parts > 1 && !chosen.lossFree && own !== 'full') extra += all.forward;
  if (chosen.looksAgain) extra += all.forward;
  if (aside) extra += of[aside] / config.instruments.every;
  return extra / all.step;
}
