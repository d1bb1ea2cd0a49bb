/**
 * Building a model of the registry's architectures (architectures/) for a width, an input size and tasks.
 * Convolutional parts of the paper's are torchvision's with one input channel; names are those of PyTorch, so
 * that weights travel. Not here: initial values and execution (src/engine).
 */
import { ConfigError, ModelError } from '../errors/errors';
import type { HeadChoice } from './architectures/architecture';
import { architectureOf, type ArchitectureId } from './architectures/registry';
import { GraphBuilder } from './builder';
import { planModel, type ModelPlan } from './plan';

export type { HeadChoice } from './architectures/architecture';
export type { ArchitectureId } from './architectures/registry';

/**
 * Widths with a name: the paper's, the one for machines without a GPU, and the smallest that still learns.
 */
export const WIDTHS = { paper: 1, compact: 0.25, tiny: 0.125 } as const;

export interface ModelChoice {
  readonly architecture: ArchitectureId;
  /** Multiplies every hidden channel and feature count (rounded, at least 1); inputs and classes stay. */
  readonly width: number;
  /** Side of the square, one-channel input in pixels. */
  readonly inputSize: number;
  readonly heads: readonly HeadChoice[];
}

/** Whether a model of this architecture must have exactly one head. */
export const isSingleTask = (architecture: ArchitectureId): boolean =>
  !architectureOf(architecture).multitask;

function planOf({ architecture, width, inputSize, heads }: ModelChoice): ModelPlan {
  const g = new GraphBuilder(architecture, inputSize);
  const scaled = (full: number): number => Math.max(1, Math.round(full * width));
  const { shared, outputs } = architectureOf(architecture).write(g, { scaled, heads });
  return planModel(
    g.done(
      shared,
      heads.map((head, i) => ({ ...head, output: outputs[i]! })),
    ),
  );
}

const minima = new Map<ArchitectureId, number>();

/** The smallest input side in pixels of which every operation leaves something. */
export function minimumInputSize(architecture: ArchitectureId): number {
  const known = minima.get(architecture);
  if (known !== undefined) return known;
  const fits = (inputSize: number): boolean => {
    try {
      planOf({ architecture, width: 1e-9, inputSize, heads: [{ task: 'any', classes: 2 }] });
      return true;
    } catch (error) {
      if (error instanceof ModelError && error.code === 'graph-too-small') return false;
      throw error;
    }
  };
  let size = 1;
  while (!fits(size)) size++;
  minima.set(architecture, size);
  return size;
}

/**
 * Builds a model.
 * @throws ConfigError `input-size` (too small for the poolings), `width`, `heads` (none, several for a
 * single-task
 *   model, repeated tasks, or fewer than two classes)
 */
export function buildModel(choice: ModelChoice): ModelPlan {
  check(choice);
  return planOf(choice);
}

function check({ architecture, width, inputSize, heads }: ModelChoice): void {
  if (!(width > 0 && width <= 4)) throw new ConfigError('width', { width });
  const minimum = minimumInputSize(architecture);
  if (!Number.isInteger(inputSize) || inputSize < minimum)
    throw new ConfigError('input-size', { architecture, inputSize, minimum });
  const tasks = new Set(heads.map((h) => h.task));
  const wanted = isSingleTask(architecture) ? heads.length === 1 : heads.length > 0;
  if (
    !wanted ||
    tasks.size !== heads.length ||
    heads.some((h) => (h.kind === 'number' ? h.classes !== 1 : !Number.isInteger(h.classes) || h.classes < 2))
  )
    throw new ConfigError('heads', {
      architecture,
      heads: heads.map((h) => `${h.task}:${h.classes}`).join(', '),
    });
}
