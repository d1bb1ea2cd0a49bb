/**
 * What a training step takes of memory, known before the run: the engine's forward and backward pass gone
 * through with sizes instead of tensors (footprint.ts), for as many examples at a time as fit. A test
 * compares it with what the wasm engine really allocates. Not here: what a machine has
 * (src/engine/platform/memory-limits.ts) and splitting a batch (micro-batches.ts).
 */
import { sizeOf } from '../../model/graph';
import type { ModelPlan, ParameterSpec } from '../../model/plan';
import { ruleOf, type OptimizerChoice } from '../../optim/registry';
import { stepFootprint, type TaskPasses } from './footprint';
import { microBatches } from './micro-batches';
import { threadMemory } from './thread-memory';

export interface MemoryLimits {
  /** All that may be in use at once. */
  readonly bytes: number;
  /** The largest single array. */
  readonly largest: number;
}

export interface MemoryPlan {
  /** Bytes of weights and running statistics. */
  readonly parameters: number;
  /** What the optimiser keeps of every parameter: its slots. */
  readonly optimiser: number;
  readonly gradients: number;
  /** Averages of the tasks' gradients that a strategy keeps. */
  readonly averages: number;
  /** What wasm's threads share beside the backend's heap. */
  readonly threads: number;
  /**
   * What the peak adds to those above: activations, their gradients, workspace, each task's own gradients.
   */
  readonly activations: number;
  readonly peak: number;
  /** The largest single array. */
  readonly largest: number;
  /** Examples in memory at once, and how many such parts a batch has. */
  readonly microBatch: number;
  readonly parts: number;
  /** Whether peak and largest array keep the limits. */
  readonly fits: boolean;
}

/**
 * @param config `microBatch` null: the largest one of equal parts that fits; if not even one example fits, 1
 * and `fits` false and `apart`, who takes each task's gradients of everything shared; `threads`, how many
 * compute (strategy-cost.ts)
 * @param limits the machine's
 */
export function memoryPlan(spec: ModelPlan, config: Planned, limits: MemoryLimits): MemoryPlan {
  const { batchSize, microBatch } = config;
  if (microBatch !== null) return planFor(spec, config, microBatch, limits);
  let plan = planFor(spec, config, batchSize, limits);
  for (let parts = 2; !plan.fits && plan.microBatch > 1; parts++)
    plan = planFor(spec, config, Math.ceil(batchSize / parts), limits);
  return plan;
}

interface Planned {
  /** Absent: Adam, with two slots. */
  readonly optimizer?: OptimizerChoice;
  readonly batchSize: number;
  readonly microBatch: number | null;
  readonly apart?: TaskPasses;
  readonly threads?: number;
}

function planFor(
  spec: ModelPlan,
  { batchSize, apart, threads: computing = 1, optimizer }: Planned,
  size: number,
  limits: MemoryLimits,
): MemoryPlan {
  const parts = microBatches(batchSize, size);
  const microBatch = parts[0]!.count;
  const all = spec.parameters;
  const bytes = (of: readonly ParameterSpec[], trainableOnly = true): number =>
    of.reduce((sum, p) => sum + (p.trainable || !trainableOnly ? 4 * sizeOf(p.shape) : 0), 0);
  const [values, gradients] = [bytes(all, false), bytes(all)];
  const averages = apart?.averages ? spec.heads.length * bytes(spec.trunk.parameters) : 0;
  const threads = computing > 1 ? threadMemory(spec, microBatch, computing) : 0;
  const step = stepFootprint(spec, microBatch, parts.length > 1, apart);
  const slots = (optimizer ? ruleOf(optimizer).slots.length : 2) * gradients;
  const peak = values + slots + averages + threads + step.peak;
  const largest = Math.max(step.largest, ...all.map((p) => 4 * sizeOf(p.shape)));
  return {
    parameters: values,
    optimiser: slots,
    gradients,
    averages,
    threads,
    activations: step.peak - gradients,
    peak,
    largest,
    microBatch,
    parts: parts.length,
    fits: peak <= limits.bytes && largest <= limits.largest,
  };
}
