/**
 * Does a state dict fit a model? Strict, as PyTorch's `load_state_dict(strict=True)`: every parameter and
 * running statistic, in its shape, and nothing else. And the other way round: which of our models does a
 * state dict belong to?
 */
import { WeightsError } from '../errors/errors';
import {
  buildModel,
  isSingleTask,
  minimumInputSize,
  type ArchitectureId,
  type HeadChoice,
  type ModelChoice,
} from '../model/architectures';
import { ARCHITECTURE_IDS } from '../model/architectures/registry';
import type { ModelPlan } from '../model/plan';
import { TASKS, type PaperTask } from '../tasks/presets';
import { readable } from './header-parser';

/** A named array in PyTorch's layout. */
export interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
const text = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));
/** Differences that an error names; all are counted. */
const NAMED = 4;

/** Everything of a model that a checkpoint must bring, in PyTorch's names and shapes. */
export const expectedArrays = (spec: ModelPlan): NamedShape[] =>
  spec.parameters.map(({ name, torch: { shape } }) => ({ name, shape }));

/** Whether {@link requireFit} would let it pass. */
export const fits = (spec: ModelPlan, arrays: readonly NamedShape[]): boolean =>
  arrays.length === spec.parameters.length && differences(spec, arrays).length === 0;

interface Difference {
  readonly kind: 'missing' | 'unexpected' | 'shape';
  readonly what: string;
}

function differences(spec: ModelPlan, arrays: readonly NamedShape[]): Difference[] {
  const given = new Map(arrays.map(({ name, shape }) => [name, shape]));
  const found: Difference[] = [];
  for (const { name, shape } of expectedArrays(spec)) {
    const other = given.get(name);
    given.delete(name);
    if (!other) found.push({ kind: 'missing', what: `− ${name}` });
    else if (!same(shape, other))
      found.push({ kind: 'shape', what: `${name} ${text(other)} ≠ ${text(shape)}` });
  }
  for (const name of given.keys()) found.push({ kind: 'unexpected', what: `+ ${readable(name)}` });
  return found;
}

/**
 * @throws WeightsError `weights-mismatch` with the counts and the first differences: `−` missing, `+`
 * unknown, `≠` another shape
 */
export function requireFit(spec: ModelPlan, arrays: readonly NamedShape[]): void {
  const found = differences(spec, arrays);
  if (found.length === 0) return;
  const count = (kind: Difference['kind']): number =>
    found.filter((difference) => difference.kind === kind).length;
  const [missing, unexpected, shapes] = [count('missing'), count('unexpected'), count('shape')];
  const list = `${found
    .slice(0, NAMED)
    .map(({ what }) => what)
    .join('; ')}${found.length > NAMED ? '; …' : ''}`;
  throw new WeightsError('weights-mismatch', {
    architecture: spec.architecture,
    missing,
    unexpected,
    shapes,
    list,
  });
}

/** The usual ones first; the smallest and the largest are the ends of what a configuration may have. */
const WIDTHS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16];
const SIZES = [64, 96, 128, 224, ...Array.from({ length: 481 }, (_, i) => 32 + i)];

/**
 * What is known about a state dict besides its arrays; each may be wrong and is only believed where the
 * shapes agree.
 */
export interface Hints {
  readonly width?: number | undefined;
  readonly inputSize?: number | undefined;
  readonly tasks?: readonly string[] | undefined;
}

/**
 * The model that a state dict belongs to, or null. Several widths and input sizes lead to the same shapes;
 * the hinted one is taken, else a round or usual one. A single-task model does not say in its names which
 * task it is for: without a hint it is the paper's first.
 */
export function inferModel(arrays: readonly NamedShape[], hints: Hints): ModelChoice | null {
  const shapes = new Map(arrays.map(({ name, shape }) => [name, shape]));
  for (const architecture of ARCHITECTURE_IDS) {
    const heads = isSingleTask(architecture)
      ? singleHead(architecture, shapes, hints)
      : multitaskHeads(architecture, shapes, hints);
    const width = heads.length > 0 ? widthOf(architecture, heads, shapes, hints.width) : null;
    if (width === null) continue;
    for (const inputSize of [hints.inputSize ?? 0, ...SIZES]) {
      const choice = { architecture, width, inputSize, heads };
      if (
        Number.isInteger(inputSize) &&
        inputSize >= minimumInputSize(architecture) &&
        fits(buildModel(choice), arrays)
      )
        return choice;
    }
  }
  return null;
}

/** Every layer has round(full size x width) outputs, which bounds the width from both sides. */
function widthOf(
  architecture: ArchitectureId,
  heads: readonly HeadChoice[],
  shapes: ReadonlyMap<string, readonly number[]>,
  hint = Number.NaN,
): number | null {
  const full = buildModel({ architecture, width: 1, inputSize: 224, heads });
  // The last layer of a head has as many outputs as classes, whatever the width.
  const outputs = new Set(full.heads.flatMap(({ output }) => full.nodes[output]!.parameters));
  let [low, high] = [Math.min(...WIDTHS), Math.max(...WIDTHS)];
  for (const parameter of full.parameters) {
    const {
      name,
      rows,
      torch: {
        shape: [size],
      },
    } = parameter;
    const here = shapes.get(name)?.[0];
    if (here === undefined || size === undefined) return null;
    if (outputs.has(parameter)) continue;
    low = Math.max(low, (here - rows / 2) / size);
    high = Math.min(high, (here + rows / 2) / size);
  }
  const middle = (low + high) / 2;
  const round = [1, 2, 3, 4, 5, 6].map((digits) => Number(middle.toFixed(digits)));
  return [hint, ...WIDTHS, ...round, middle].find((width) => width >= low && width <= high) ?? null;
}

/**
 * The paper's tasks in their order; where there are others, all as the file says it (`hints.tasks`), else as its
 * arrays come. One output is a number.
 */
function multitaskHeads(
  architecture: ArchitectureId,
  shapes: ReadonlyMap<string, readonly number[]>,
  { tasks: hinted = [] }: Hints,
): HeadChoice[] {
  const [before, after] = lastWeight(architecture, 'TASK').split('TASK') as [string, string];
  const found = [...shapes.keys()]
    .filter((name) => name.startsWith(before) && name.endsWith(after))
    .map((name) => name.slice(before.length, -after.length))
    .filter((task) => !task.includes('.'));
  const isPaper = (task: string): task is PaperTask => TASKS.some((one) => one === task);
  const order = found.every(isPaper) ? TASKS : [...hinted, ...found];
  return [...new Set<string>(order)]
    .filter((task) => found.includes(task))
    .flatMap((task) => headWith(task, shapes.get(`${before}${task}${after}`)));
}

function singleHead(
  architecture: ArchitectureId,
  shapes: ReadonlyMap<string, readonly number[]>,
  { tasks }: Hints,
): HeadChoice[] {
  const hinted = tasks?.length === 1 && /^[a-z][a-z0-9_-]{0,31}$/.test(tasks[0]!) ? tasks[0]! : TASKS[0];
  return headWith(hinted, shapes.get(lastWeight(architecture, hinted)));
}

/** Name of the weights that a task's outputs come from, whose rows are its classes. */
function lastWeight(architecture: ArchitectureId, task: string): string {
  const inputSize = minimumInputSize(architecture);
  const plan = buildModel({ architecture, width: 1, inputSize, heads: [{ task, classes: 2 }] });
  const { parameters } = plan.nodes[plan.heads[0]!.output]!;
  return parameters.find(({ role }) => role === 'weight')!.name;
}

function headWith(task: string, [outputs = 0]: readonly number[] = []): HeadChoice[] {
  if (outputs === 0) return [];
  return [outputs === 1 ? { task, classes: 1, kind: 'number' } : { task, classes: outputs }];
}
