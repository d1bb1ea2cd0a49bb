/**
 * Softmax cross-entropy of one head: mean loss and predictions into a report that all heads share, the
 * unweighted gradient of the logits beside it. One workgroup; a batch of logits is small. Host counterpart:
 * core/tasks/losses/cross-entropy.ts.
 */
import { reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel } from './registry';

export interface CrossEntropyShape {
  readonly count: number;
  /** Rows of the whole batch, of which these may be a part: what losses and gradients are divided by. */
  readonly batch: number;
  readonly classes: number;
  /** Which head, and how many there are. */
  readonly task: number;
  readonly tasks: number;
}

export interface CrossEntropyOperands {
  /** [count, classes] */
  readonly logits: Operand;
  /** Class indices, task after task, [tasks, count]. */
  readonly labels: Operand;
  /** d(mean loss of the batch)/d(logits), [count, classes]. */
  readonly gradient: Operand;
  /** [tasks + tasks * count]: losses, then arg max of every row, the first of equals. */
  readonly report: Operand;
}

/** Numbers in a report. */
export const reportLength = (tasks: number, count: number): number => tasks * (1 + count);

const THREADS = 32;

export const crossEntropyKernel = new Kernel<CrossEntropyShape, CrossEntropyOperands>(
  'cross-entropy',
  ({ classes }) => `${classes} classes`,
  [
    {
      name: 'rows',
      supports: () => true,
      run(gpu: Gpu, { count, batch, classes, task, tasks }, { logits, labels, gradient, report }) {
        gpu.run({
          label: 'cross-entropy',
          bindings: [
            reads('logits', 'f32', logits),
            reads('labels', 'u32', labels),
            writes('gradient', 'f32', gradient),
            writes('report', 'f32', report),
          ],
          sizes: { count, batch, classes, task, tasks },
          workgroups: [1, 1, 1],
          code: () => `
var<workgroup> losses: array<f32, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(local_invocation_index) local: u32) {
  var loss = 0f;
  for (var row = local; row < u.count; row += ${THREADS}u) {
    let at = row * u.classes;
    var best = 0u;
    for (var k = 1u; k < u.classes; k++) { if (logits[at + k] > logits[at + best]) { best = k; } }
    let top = logits[at + best];
    var sum = 0f;
    for (var k = 0u; k < u.classes; k++) { sum += exp(logits[at + k] - top); }
    let label = labels[u.task * u.count + row];
    loss += log(sum) - (logits[at + label] - top);
    report[u.tasks + u.task * u.count + row] = f32(best);
    for (var k = 0u; k < u.classes; k++) {
      gradient[at + k] = (exp(logits[at + k] - top) / sum - select(0f, 1f, k == label)) / f32(u.batch);
    }
  }
  losses[local] = loss;
  workgroupBarrier();
  if (local != 0u) { return; }
  var total = 0f;
  for (var i = 0u; i < ${THREADS}u; i++) { total += losses[i]; }
  report[u.task] = total / f32(u.batch);
}`,
        });
      },
    },
  ],
);
