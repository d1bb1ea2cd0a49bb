/**
 * Gram matrix of the tasks' gradients at their shared representation: the inner products of every two, for
 * strategies that look at angles and lengths. The gradients lie one after the other.
 */
import { reads, writes, type Gpu, type Operand } from './gpu';
import { REDUCTIONS, groupParameters, threadsOf, totalFunction, totalOf } from './group-sum';
import { Kernel } from './registry';

export interface StackShape {
  readonly tasks: number;
  /** Numbers a task has. */
  readonly count: number;
}

export interface GramOperands {
  /** [tasks, count] */
  readonly stack: Operand;
  /** [tasks, tasks] */
  readonly gram: Operand;
}

const CHUNK = 4096;

/** Inner products of the tasks' gradients: chunks of every pair first, then all chunks of a pair. */
export const gramMatrix = new Kernel<StackShape, GramOperands>(
  'gram-matrix',
  ({ tasks, count }) => `${tasks}x${count}`,
  REDUCTIONS.map((reduction) => ({
    ...reduction,
    run(gpu: Gpu, { tasks, count }: StackShape, { stack, gram }: GramOperands) {
      const { name } = reduction;
      const subgroups = name === 'subgroups';
      const pairs = tasks * tasks;
      const pieces = Math.ceil(count / CHUNK);
      const parts = gpu.empty([pairs, pieces]);
      gpu.run({
        label: `gram chunks ${name}`,
        bindings: [reads('stack', 'f32', stack), writes('parts', 'f32', parts)],
        subgroups,
        sizes: { tasks, count, pieces },
        workgroups: [pieces, pairs, 1],
        code: () => `${totalFunction(name, 'f32')}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  let a = group.y / u.tasks * u.count;
  let b = group.y % u.tasks * u.count;
  let end = min((group.x + 1u) * ${CHUNK}u, u.count);
  var sum = 0f;
  for (var i = group.x * ${CHUNK}u + local; i < end; i += ${threadsOf(name)}u) { sum += stack[a + i] * stack[b + i]; }
  let all = ${totalOf(name, 'sum')};
  if (local == 0u) { parts[group.y * u.pieces + group.x] = all; }
}`,
      });
      gpu.run({
        label: `gram ${name}`,
        bindings: [reads('parts', 'f32', parts), writes('gram', 'f32', gram)],
        subgroups,
        sizes: { pieces },
        workgroups: [pairs, 1, 1],
        code: () => `${totalFunction(name, 'f32')}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  var sum = 0f;
  for (var i = local; i < u.pieces; i += ${threadsOf(name)}u) { sum += parts[group.x * u.pieces + i]; }
  let all = ${totalOf(name, 'sum')};
  if (local == 0u) { gram[group.x] = all; }
}`,
      });
      parts.dispose();
    },
  })),
);
