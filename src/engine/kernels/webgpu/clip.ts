/**
 * Clipping by the norm of all gradients together, in place and without reading anything back: sums of squares by
 * chunks, the factor out of them, and a pass that multiplies by it.
 */
import { CLIP_EPSILON } from '../stock/clip-norm';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { REDUCTIONS, groupParameters, threadsOf, totalFunction, totalOf } from './group-sum';
import { Kernel } from './registry';
import { divides4, lane } from './wgsl';

export interface ClipShape {
  /** Numbers of each array. */
  readonly counts: readonly number[];
}

export interface ClipOperands {
  readonly gradients: readonly Operand[];
  /** The largest norm that is left as it is. */
  readonly limit: number;
}

const CHUNK = 4096;

/** Leaves gradients whose joint norm is below the limit as they are, and shortens others to it. */
export const clip = new Kernel<ClipShape, ClipOperands>(
  'clip-norm',
  () => 'any',
  REDUCTIONS.map((reduction) => ({
    ...reduction,
    run(gpu: Gpu, { counts }: ClipShape, { gradients, limit }: ClipOperands) {
      const { name } = reduction;
      const subgroups = name === 'subgroups';
      const pieces = counts.map((count) => Math.ceil(count / CHUNK));
      const all = pieces.reduce((a, b) => a + b, 0);
      const [parts, factor] = [gpu.empty([all]), gpu.empty([1])];
      let first = 0;
      gradients.forEach((gradient, i) => {
        gpu.run({
          label: `clip chunks ${name}`,
          bindings: [reads('gradient', 'f32', gradient), writes('parts', 'f32', parts)],
          subgroups,
          sizes: { count: counts[i]!, first },
          workgroups: [pieces[i]!, 1, 1],
          code: () => `${totalFunction(name, 'f32')}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  let end = min((group.x + 1u) * ${CHUNK}u, u.count);
  var sum = 0f;
  for (var i = group.x * ${CHUNK}u + local; i < end; i += ${threadsOf(name)}u) { sum += gradient[i] * gradient[i]; }
  let all = ${totalOf(name, 'sum')};
  if (local == 0u) { parts[u.first + group.x] = all; }
}`,
        });
        first += pieces[i]!;
      });
      gpu.run({
        label: `clip factor ${name}`,
        bindings: [reads('parts', 'f32', parts), writes('factor', 'f32', factor)],
        subgroups,
        sizes: { pieces: all },
        values: { limit, epsilon: CLIP_EPSILON },
        workgroups: [1, 1, 1],
        code: () => `${totalFunction(name, 'f32')}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  var sum = 0f;
  for (var i = local; i < u.pieces; i += ${threadsOf(name)}u) { sum += parts[i]; }
  let all = ${totalOf(name, 'sum')};
  if (local == 0u) { factor[0] = min(1f, v.limit / (sqrt(all) + v.epsilon)); }
}`,
      });
      gradients.forEach((gradient, i) => {
        const vector = divides4(counts[i]!);
        const [type, count] = [lane(vector), counts[i]! / (vector ? 4 : 1)];
        gpu.run({
          label: `clip ${type}`,
          bindings: [writes('gradient', type, gradient), reads('factor', 'f32', factor)],
          sizes: { count },
          workgroups: flat(count),
          code: () => `${flatIndex}
  if (index < u.count) { gradient[index] *= factor[0]; }
}`,
        });
      });
      parts.dispose();
      factor.dispose();
    },
  })),
);
