/**
 * The model on a backend: parameters, forward pass, explicit backward pass, reading and writing of all
 * values. Backward runs head by head, adds the gradients at the shared representation, and goes once through
 * the trunk. Not here: losses (on the host), the optimiser (optimizers/) and what an operation computes
 * (ops/, kernels/).
 */
import { BackendError } from '../../core/errors/errors';
import { sizeOf } from '../../core/model/graph';
import type { ModelPlan } from '../../core/model/plan';
import { alias } from '../tensors/alias';
import { initialValue } from './initial';
import { kernelTable } from '../backends/kernels/current';
import type { ParameterStore } from '../kernels/kernels';
import { Gradients, type Parameter } from '../ops/gradients';
import type { Mode } from '../ops/operation';
import { replace } from '../ops/parameters';
import { SectionRunner, summed, type SectionPass } from './section';
import * as tf from '../tf';

/** A named array on the host, in the engine's layout. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** One forward pass: its logits, and what a backward pass needs. Ends with `backward` or `dispose`. */
export class ForwardPass {
  /** Logits of the heads, [count x classes] each. */
  private readonly outputs: readonly tf.Tensor[];
  private atLogits: readonly tf.Tensor[] | null = null;
  private live = true;

  constructor(
    readonly trunk: SectionPass,
    readonly heads: readonly SectionPass[],
  ) {
    this.outputs = heads.map(({ y }) => y);
  }

  /** One [count x classes] array per head, row by row; a single read-back for all heads. */
  async logits(): Promise<Float32Array[]> {
    const classes = this.outputs.map((y) => y.shape[1]!);
    const together =
      this.outputs.length === 1 ? this.outputs[0]!.clone() : tf.concat([...this.outputs] as tf.Tensor2D[], 1);
    const all = (await together.data().finally(() => together.dispose())) as Float32Array;
    const width = classes.reduce((a, b) => a + b, 0);
    const rows = all.length / width;
    let start = 0;
    return classes.map((own) => {
      const out = new Float32Array(rows * own);
      for (let row = 0; row < rows; row++)
        out.set(all.subarray(row * width + start, row * width + start + own), row * own);
      start += own;
      return out;
    });
  }

  /**
   * Computes losses and their gradients on the device (webgpu) and reads the former.
   * @param labels class indices per head  @param batch examples in the whole batch, of which these may be a
   * part
   * @returns the losses, then the predictions head by head
   */
  async crossEntropies(labels: readonly ArrayLike<number>[], batch: number): Promise<Float32Array> {
    const report = this.evaluate(labels, batch);
    return (await report.data().finally(() => report.dispose())) as Float32Array;
  }

  /**
   * What {@link crossEntropies} left on the device, or computed now: d(mean loss)/d(logits) per head, the
   * caller's.
   */
  takeLogitGradients(labels: readonly ArrayLike<number>[], batch: number): readonly tf.Tensor[] {
    if (!this.atLogits) this.evaluate(labels, batch).dispose();
    const gradients = this.atLogits!;
    this.atLogits = null;
    return gradients;
  }

  private evaluate(labels: readonly ArrayLike<number>[], batch: number): tf.Tensor {
    const { gradients, report } = kernelTable().deviceLosses!.crossEntropies(this.outputs, labels, batch);
    this.atLogits = gradients;
    return report;
  }

  /** Frees everything the pass still holds; harmless when called twice. */
  dispose(): void {
    if (!this.live) return;
    this.live = false;
    tf.dispose([...this.outputs, ...(this.atLogits ?? [])]);
    for (const section of [this.trunk, ...this.heads]) section.dispose();
  }
}

export class Network {
  readonly spec: ModelPlan;
  readonly parameters: readonly Parameter[];
  /** Where the parameters lie. */
  readonly store: ParameterStore;
  private readonly byName: ReadonlyMap<string, Parameter>;
  private readonly trunk: SectionRunner;
  private readonly heads: readonly SectionRunner[];

  private constructor(spec: ModelPlan, values: (index: number) => Float32Array) {
    this.spec = spec;
    this.store = kernelTable().parameters(spec.parameters, values);
    this.parameters = this.store.parameters;
    this.byName = new Map(this.parameters.map((p) => [p.spec.name, p]));
    const find = (name: string): Parameter => this.byName.get(name)!;
    this.trunk = new SectionRunner(spec.trunk, spec.nodes, find);
    this.heads = spec.heads.map((head) => new SectionRunner(head, spec.nodes, find));
  }

  /** A new model with its operations' initial values on the current backend. @param seed the run's */
  static create(spec: ModelPlan, seed: number): Network {
    return new Network(spec, (i) => initialValue(spec.parameters[i]!, seed));
  }

  /**
   * Runs a batch. In training, keeps what backward needs and moves the running statistics.
   * @param images grey levels, `count` x size x size, row by row
   */
  forward(images: Uint8Array, count: number, mode: Mode): ForwardPass {
    const size = this.spec.inputSize;
    if (images.length !== count * size * size)
      throw new BackendError('program-fault', {
        why: 'image-bytes',
        count,
        size,
        needed: count * size * size,
        bytes: images.length,
      });
    const trunk = this.trunk.forward(kernelTable().images(images, [count, size, size, 1]), mode);
    const heads = this.heads.map((head) => head.forward(alias(trunk.y), mode));
    trunk.y.dispose();
    return new ForwardPass(trunk, heads);
  }

  /**
   * Gradients of every trainable parameter; ends the pass. They belong to the caller (Optimizer.step frees them);
   * in flat memory they hold until the next backward pass.
   * @param dLogits per head, [count x classes]: dL/dlogits, scaled by the head's effective weight and 1/count
   * @param gradients those of the batch's earlier parts, to which these are added
   * @param factors per head, of its gradient where it meets the others: for heads that are weighted otherwise
   * than the trunk
   */
  backward(
    pass: ForwardPass,
    dLogits: readonly Float32Array[],
    gradients = new Gradients(),
    factors?: readonly number[],
  ): Gradients {
    return this.backwardFrom(pass, this.logitTensors(dLogits), gradients, factors);
  }

  /** Gradients of the logits as tensors, the caller's. */
  logitTensors(dLogits: readonly Float32Array[]): tf.Tensor[] {
    return dLogits.map((d, i) => {
      const { classes } = this.spec.heads[i]!;
      return tf.tensor2d(d, [d.length / classes, classes]);
    });
  }

  /** The same from tensors, which it takes over. */
  backwardFrom(
    pass: ForwardPass,
    dLogits: readonly tf.Tensor[],
    gradients: Gradients,
    factors?: readonly number[],
  ): Gradients {
    const { scaled } = kernelTable();
    const atShared = pass.heads.map((head, i) =>
      scaled(head.backward(dLogits[i]!, true, gradients)!, factors?.[i] ?? 1),
    );
    pass.trunk.backward(summed(atShared), false, gradients);
    pass.dispose();
    return gradients;
  }

  /**
   * All parameters and running statistics, bit-exact, one after the other so that a large model passes
   * through little memory.
   */
  async *read(): AsyncGenerator<NamedArray> {
    const { unshared } = kernelTable().memory;
    for (const { spec, value } of this.parameters)
      yield { name: spec.name, shape: spec.shape, data: unshared((await value.data()) as Float32Array) };
  }

  /**
   * Replaces one parameter or running statistic. @returns false where the model has none of that name and
   * size
   */
  write(name: string, data: Float32Array): boolean {
    const parameter = this.byName.get(name);
    if (!parameter || data.length !== sizeOf(parameter.spec.shape)) return false;
    replace(parameter, tf.tensor(kernelTable().memory.unshared(data), [...parameter.spec.shape]));
    return true;
  }

  dispose(): void {
    this.store.dispose();
  }
}
