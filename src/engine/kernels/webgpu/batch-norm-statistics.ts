/**
 * Mean and variance of every channel, and the moved running statistics. Two passes: chunks of positions, then
 * all chunks of a channel. Sums are taken around a value of the chunk, so that float32 loses nothing where
 * the mean is far from zero.
 */
import { chunks, normClass, type NormShape } from './batch-norm-shape';
import { groupShape } from './conv-work';
import { reads, writes, type Gpu, type Operand } from './gpu';
import { REDUCTIONS, groupParameters, threadsOf, totalFunction, totalOf, type Reduction } from './group-sum';
import { Kernel, type Variant } from './registry';
import { divides4, lane } from './wgsl';

export interface StatisticsOperands {
  readonly z: Operand;
  /** [2, c]: mean and 1 / sqrt(biased variance + epsilon). */
  readonly statistics: Operand;
  /** [c] each; moved in place, the variance unbiased. */
  readonly runningMean: Operand;
  readonly runningVariance: Operand;
  readonly epsilon: number;
  readonly momentum: number;
}

const variant = (name: Reduction): Omit<Variant<NormShape, StatisticsOperands>, 'name' | 'supports'> => ({
  run(gpu: Gpu, { n, h, w, c }, { z, statistics, runningMean, runningVariance, epsilon, momentum }) {
    const vector = divides4(c);
    const [type, per] = [lane(vector), vector ? 4 : 1];
    const [lanes, positions] = [c / per, n * h * w];
    const cut = chunks(positions, lanes, 16, gpu.traits);
    const parts = gpu.empty([2, cut.count, c]);
    const [gx, gy] = groupShape(lanes);
    const sizes = { c: lanes, positions, chunks: cut.count, length: cut.length };
    gpu.run({
      label: `norm chunks ${type} ${gx}`,
      sizes,
      bindings: [reads('z', type, z), writes('parts', type, parts)],
      workgroups: [Math.ceil(lanes / gx), Math.ceil(cut.count / gy), 1],
      code: () => `
@compute @workgroup_size(${gx}, ${gy})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= u.c || id.y >= u.chunks) { return; }
  let begin = id.y * u.length;
  let end = min(begin + u.length, u.positions);
  let around = z[begin * u.c + id.x];
  var sum = ${type}(0);
  var squares = ${type}(0);
  for (var p = begin; p < end; p++) {
    let d = z[p * u.c + id.x] - around;
    sum += d;
    squares += d * d;
  }
  let count = f32(end - begin);
  parts[id.y * u.c + id.x] = around + sum / count;
  parts[(u.chunks + id.y) * u.c + id.x] = squares - sum * (sum / count);
}`,
    });
    gpu.run({
      label: `norm statistics ${type} ${name}`,
      sizes,
      values: { epsilon, momentum },
      subgroups: name === 'subgroups',
      bindings: [
        reads('parts', type, parts),
        writes('statistics', type, statistics),
        writes('mean', type, runningMean),
        writes('variance', type, runningVariance),
      ],
      workgroups: [lanes, 1, 1],
      code: () => `
${totalFunction(name, type)}
@compute @workgroup_size(${threadsOf(name)})
fn main(${groupParameters(name)}) {
  let channel = group.x;
  let around = parts[channel];
  var sum = ${type}(0);
  var squares = ${type}(0);
  for (var i = local; i < u.chunks; i += ${threadsOf(name)}u) {
    let count = f32(min(u.length, u.positions - i * u.length));
    let d = parts[i * u.c + channel] - around;
    sum += count * d;
    squares += parts[(u.chunks + i) * u.c + channel] + count * d * d;
  }
  let allSum = ${totalOf(name, 'sum')};
  let allSquares = ${totalOf(name, 'squares')};
  if (local != 0u) { return; }
  let count = f32(u.positions);
  let shift = allSum / count;
  let biased = max(${type}(0), (allSquares - allSum * shift) / count);
  // max() may swallow NaN, and a diverged run must show.
  let spread = select(biased, allSquares, allSquares != allSquares);
  statistics[channel] = around + shift;
  statistics[u.c + channel] = 1 / sqrt(spread + v.epsilon);
  mean[channel] = (1 - v.momentum) * mean[channel] + v.momentum * (around + shift);
  variance[channel] = (1 - v.momentum) * variance[channel] + v.momentum * spread * (count / max(1, count - 1));
}`,
    });
    parts.dispose();
  },
});

export const batchNormStatistics = new Kernel<NormShape, StatisticsOperands>(
  'batch-norm-statistics',
  normClass,
  REDUCTIONS.map((reduction) => ({ ...reduction, ...variant(reduction.name) })),
);
