/**
 * The model on a backend: parameters, forward pass, explicit backward pass, reading and writing of all values.
 * Backward runs head by head, adds the gradients at the shared representation, and goes once through the trunk.
 * Not here: losses (on the host), the optimiser (adam.ts) and what a layer computes (blocks/, kernels/).
 */
import { parameters as parameterSpecs, sizeOf } from '../core/model/parameters';
import type { ModelSpec } from '../core/model/types';
import { NORMALISE } from '../core/spectrogram/image';
import type { Block, Gradients, Mode, Parameter, Step } from './blocks/block';
import { replace } from './blocks/conv';
import { compile } from './blocks/compile';
import { initialValue } from './initial';
import * as tf from './tf';

/** A named array on the host, in the engine's layout. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** One forward pass: its logits, and what a backward pass needs. Ends with `backward` or `dispose`. */
export class ForwardPass {
  private readonly logitsTensor: tf.Tensor;
  private readonly classes: readonly number[];
  readonly trunk: readonly Step[];
  readonly heads: readonly (readonly Step[])[];
  private live = true;

  constructor(trunk: readonly Step[], heads: readonly (readonly Step[])[], outputs: readonly tf.Tensor[]) {
    this.trunk = trunk;
    this.heads = heads;
    this.classes = outputs.map((y) => y.shape[1]!);
    this.logitsTensor = outputs.length === 1 ? outputs[0]!.clone() : tf.concat([...outputs] as tf.Tensor2D[], 1);
    for (const y of outputs) y.dispose();
  }

  /** One [count x classes] array per head, row by row; a single read-back for all heads. */
  async logits(): Promise<Float32Array[]> {
    const all = (await this.logitsTensor.data()) as Float32Array;
    const width = this.classes.reduce((a, b) => a + b, 0);
    const rows = all.length / width;
    let start = 0;
    return this.classes.map((classes) => {
      const out = new Float32Array(rows * classes);
      for (let row = 0; row < rows; row++) out.set(all.subarray(row * width + start, row * width + start + classes), row * classes);
      start += classes;
      return out;
    });
  }

  /** Frees everything the pass still holds; harmless when called twice. */
  dispose(): void {
    if (!this.live) return;
    this.live = false;
    this.logitsTensor.dispose();
    for (const step of [...this.trunk, ...this.heads.flat()]) for (const t of step.kept) if (!t.isDisposed) t.dispose();
  }
}

function forwardThrough(blocks: readonly Block[], input: tf.Tensor, mode: Mode): { y: tf.Tensor; steps: Step[] } {
  const steps: Step[] = [];
  let x = input;
  for (const block of blocks) {
    const step = block.forward(x, mode);
    if (step.y !== x && !step.kept.includes(x)) x.dispose();
    steps.push(step);
    x = step.y;
  }
  return { y: x, steps };
}

/** Frees dy, and what each step kept as soon as that step is done. */
function backwardThrough(steps: readonly Step[], dy: tf.Tensor, wantInput: boolean, gradients: Gradients): tf.Tensor | null {
  let d: tf.Tensor = dy;
  for (let i = steps.length - 1; i >= 0; i--) {
    const step = steps[i]!;
    const dx = step.backward(d, wantInput || i > 0, gradients);
    d.dispose();
    for (const t of step.kept) t.dispose();
    if (!dx) return null;
    d = dx;
  }
  return d;
}

export class Network {
  readonly spec: ModelSpec;
  readonly parameters: readonly Parameter[];
  private readonly byName: ReadonlyMap<string, Parameter>;
  private readonly trunk: readonly Block[];
  private readonly heads: readonly (readonly Block[])[];

  private constructor(spec: ModelSpec, values: (index: number) => Float32Array) {
    this.spec = spec;
    this.parameters = parameterSpecs(spec).map((p, i) => ({ spec: p, value: tf.tensor(values(i), [...p.shape]) }));
    this.byName = new Map(this.parameters.map((p) => [p.spec.name, p]));
    const find = (name: string): Parameter => this.byName.get(name)!;
    this.trunk = compile(spec.trunk, find);
    this.heads = spec.heads.map((head) => compile(head.layers, find));
  }

  /** A new model with torchvision's initialisation on the current backend. @param seed the run's */
  static create(spec: ModelSpec, seed: number): Network {
    const specs = parameterSpecs(spec);
    return new Network(spec, (i) => initialValue(specs[i]!, seed));
  }

  /**
   * Runs a batch. In training, keeps what backward needs and moves the running statistics.
   * @param images grey levels, `count` x size x size, row by row
   */
  forward(images: Uint8Array, count: number, mode: Mode): ForwardPass {
    const size = this.spec.inputSize;
    if (images.length !== count * size * size)
      throw new RangeError(`${count} images of ${size}x${size} pixels need ${count * size * size} bytes, not ${images.length}.`);
    const pixels = new Float32Array(images.length);
    for (let i = 0; i < pixels.length; i++) pixels[i] = NORMALISE[images[i]!]!;
    const trunk = forwardThrough(this.trunk, tf.tensor4d(pixels, [count, size, size, 1]), mode);
    const heads = this.heads.map((head) => forwardThrough(head, trunk.y.clone(), mode));
    trunk.y.dispose();
    return new ForwardPass(trunk.steps, heads.map((h) => h.steps), heads.map((h) => h.y));
  }

  /**
   * Gradients of every trainable parameter; ends the pass. They belong to the caller (Adam.step frees them).
   * @param dLogits per head, [count x classes]: dL/dlogits, scaled by the head's effective weight and 1/count
   */
  backward(pass: ForwardPass, dLogits: readonly Float32Array[]): Gradients {
    const gradients: Gradients = new Map();
    const atShared = pass.heads.map((steps, i) => {
      const classes = this.spec.heads[i]!.classes;
      return backwardThrough(steps, tf.tensor2d(dLogits[i]!, [dLogits[i]!.length / classes, classes]), true, gradients)!;
    });
    const shared = atShared.length === 1 ? atShared[0]! : tf.addN(atShared);
    if (atShared.length > 1) for (const d of atShared) d.dispose();
    backwardThrough(pass.trunk, shared, false, gradients);
    pass.dispose();
    return gradients;
  }

  /** All parameters and running statistics, bit-exact, one after the other so that a large model passes through little memory. */
  async *read(): AsyncGenerator<NamedArray> {
    for (const { spec, value } of this.parameters) yield { name: spec.name, shape: spec.shape, data: (await value.data()) as Float32Array };
  }

  /** Replaces one parameter or running statistic. @returns false where the model has none of that name and size */
  write(name: string, data: Float32Array): boolean {
    const parameter = this.byName.get(name);
    if (!parameter || data.length !== sizeOf(parameter.spec.shape)) return false;
    replace(parameter, tf.tensor(data, [...parameter.spec.shape]));
    return true;
  }

  dispose(): void {
    for (const { value } of this.parameters) value.dispose();
  }
}

/** Frees gradients that are not handed to an optimiser. */
export function disposeGradients(gradients: Gradients): void {
  for (const g of gradients.values()) g.dispose();
}
