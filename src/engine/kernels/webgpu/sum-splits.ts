/**
 * The second pass of a kernel whose loop was cut: adds the parts up, with a bias and a ReLU where the result
 * is a layer's output.
 */
import type * as tf from '../../tf';
import { flat, flatIndex, reads, writes, type Gpu, type Operand } from './gpu';
import { divides4, lane } from './wgsl';

export interface SumOptions {
  /** [columns], added to every row. */
  readonly bias?: Operand | null;
  readonly relu?: boolean;
  /** Where the numbers behind the first `length` go. */
  readonly tail?: { readonly to: Operand; readonly length: number } | null;
}

/** @param parts [count, length + tail.length] @param columns of the result, which the bias has as many of */
export function sumSplits(
  gpu: Gpu,
  parts: tf.TensorInfo,
  count: number,
  length: number,
  columns: number,
  out: Operand,
  options: SumOptions = {},
): void {
  const { bias = null, relu = false, tail = null } = options;
  const all = length + (tail?.length ?? 0);
  const vector = divides4(length) && divides4(columns) && (!tail || divides4(tail.length));
  const [type, per] = [lane(vector), vector ? 4 : 1];
  gpu.run({
    label: `sum splits ${type}${bias ? ' bias' : ''}${relu ? ' relu' : ''}${tail ? ' tail' : ''}`,
    bindings: [
      reads('parts', type, parts),
      writes('result', type, out),
      ...(bias ? [reads('bias', type, bias)] : []),
      ...(tail ? [writes('tail', type, tail.to)] : []),
    ],
    sizes: { count, length: length / per, all: all / per, columns: columns / per },
    workgroups: flat(all / per),
    code: () => `${flatIndex}
  if (index >= u.all) { return; }
  var sum = ${type}(0);
  for (var s = 0u; s < u.count; s++) { sum += parts[s * u.all + index]; }
  ${tail ? 'if (index >= u.length) { tail[index - u.length] = sum; return; }' : ''}
  ${bias ? 'sum += bias[index % u.columns];' : ''}
  result[index] = ${relu ? `select(sum, ${type}(0), sum < ${type}(0))` : 'sum'};
}`,
  });
}
