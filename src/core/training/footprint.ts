/**
 * The engine's training step with sizes instead of tensors: what is allocated, kept for the backward pass and
 * freed, in the order of src/engine (network.ts, blocks/) on the wasm backend. Whoever changes what a block
 * keeps changes it here; a test compares both.
 */
import { outputSize } from '../model/architectures';
import type { Layer, ModelSpec } from '../model/types';

/** Bytes in use, with the largest value seen. */
class Ledger {
  private used = 0;
  peak = 0;
  largest = 0;

  take(bytes: number): Data {
    this.used += bytes;
    this.peak = Math.max(this.peak, this.used);
    this.largest = Math.max(this.largest, bytes);
    return new Data(this, bytes);
  }

  give(bytes: number): void {
    this.used -= bytes;
  }

  /** Memory that is free again when the kernel returns. */
  passing(bytes: number): void {
    this.take(bytes).release();
  }
}

/** An array that several tensors may share. */
class Data {
  private holders = 1;
  constructor(
    private readonly ledger: Ledger,
    readonly bytes: number,
  ) {}
  share(): this {
    this.holders++;
    return this;
  }
  release(): void {
    if (--this.holders === 0) this.ledger.give(this.bytes);
  }
}

interface Shape {
  /** Rows and columns of an image, 1 once it is flattened. */
  readonly size: number;
  readonly channels: number;
}

interface Done {
  readonly y: Data;
  readonly shape: Shape;
  readonly kept: readonly Data[];
  readonly backward: (dy: Data, wantInput: boolean) => Data | null;
}

/** Packed images a convolution works on at a time, and its table (src/engine/kernels/wasm/convolve.ts). */
const BLOCK = 512 * 1024;
/** Shortest run of positions and packed positions of the filter gradient (filter-gradient.ts). */
const [RUN, POSITIONS] = [64, 256];

/**
 * Who takes each task's gradient of everything that is shared: the strategy (`own`), the instruments beside
 * it (`aside`).
 */
export interface TaskPasses {
  readonly own: boolean;
  readonly aside: boolean;
  /**
   * Whether the strategy keeps an average of each task's gradient from step to step: a copy of the shared
   * parameters for each.
   */
  readonly averages?: boolean;
}

/** Goes through `examples` examples; gradients are held from the first to the last. */
class Walk {
  readonly ledger = new Ledger();
  /** Gradients by name, with their bytes. */
  private readonly held = new Map<string, number>();
  /** Whose gradients are computed: names of a task's own begin with it. */
  private of = '';
  constructor(
    private readonly examples: number,
    private readonly apart: TaskPasses,
  ) {}

  private floats(shape: Shape): number {
    return 4 * this.examples * shape.size ** 2 * shape.channels;
  }

  /** A parameter's gradient: held, or added to the one that is. */
  private gradient(name: string, count: number): void {
    if (this.held.has(this.of + name)) this.ledger.passing(4 * count);
    else this.ledger.take(4 * count);
    this.held.set(this.of + name, 4 * count);
  }

  /** Gradients whose names begin so are not needed any more. */
  private drop(prefix: string): void {
    for (const [name, bytes] of this.held)
      if (name.startsWith(prefix)) {
        this.ledger.give(bytes);
        this.held.delete(name);
      }
  }

  private conv(layer: Extract<Layer, { kind: 'conv' }>, norm: boolean, x: Data, from: Shape): Done {
    const { kernel, inChannels, outChannels, stride, padding, name } = layer;
    const shape = { size: outputSize(from.size, kernel, stride, padding), channels: outChannels };
    const weights = 4 * kernel ** 2 * inChannels * outChannels;
    const z = this.ledger.take(this.floats(shape));
    this.ledger.passing(weights + BLOCK);
    const y = norm ? this.ledger.take(z.bytes) : z.share();
    return {
      y,
      shape,
      kept: [x, z],
      backward: (_dy, wantInput) => {
        const dz = this.ledger.take(z.bytes);
        if (norm) for (const vector of ['scale', 'offset']) this.gradient(`${name}.${vector}`, outChannels);
        else this.ledger.passing(z.bytes);
        this.gradient(`${name}.bias`, outChannels);
        const together = stride === 1 ? Math.min(this.examples, Math.ceil(RUN / shape.size)) : 1;
        const planes = this.ledger.take(
          4 * inChannels * ((from.size + 2 * padding) ** 2 * together + 32) +
            4 * outChannels * Math.max(POSITIONS, shape.size * together),
        );
        this.gradient(`${name}.weight`, weights / 4);
        planes.release();
        const dx = wantInput ? this.ledger.take(x.bytes) : null;
        if (dx) this.ledger.passing(weights + BLOCK);
        dz.release();
        return dx;
      },
    };
  }

  private linear({ name, inFeatures, outFeatures }: Extract<Layer, { kind: 'linear' }>, x: Data): Done {
    const shape = { size: 1, channels: outFeatures };
    return {
      y: this.ledger.take(this.floats(shape)),
      shape,
      kept: [x],
      backward: (dy, wantInput) => {
        const turned = this.ledger.take(x.bytes + dy.bytes);
        this.gradient(`${name}.weight`, inFeatures * outFeatures);
        turned.release();
        this.gradient(`${name}.bias`, outFeatures);
        return wantInput ? this.ledger.take(x.bytes) : null;
      },
    };
  }

  /** One block; `norm` says that batch norm follows a convolution. */
  private block(layer: Layer, norm: boolean, x: Data, from: Shape): Done {
    switch (layer.kind) {
      case 'conv':
        return this.conv(layer, norm, x, from);
      case 'linear':
        return this.linear(layer, x);
      case 'maxPool': {
        const shape = { size: outputSize(from.size, layer.kernel, layer.stride), channels: from.channels };
        const [y, positions, whole] = [
          this.ledger.take(this.floats(shape)),
          this.ledger.take(this.floats(shape)),
          x.bytes,
        ];
        return { y, shape, kept: [positions], backward: () => this.ledger.take(whole) };
      }
      case 'flatten':
        return {
          y: x.share(),
          shape: { size: 1, channels: from.size ** 2 * from.channels },
          kept: [],
          backward: (dy) => dy.share(),
        };
      case 'dropout': {
        const [factors, y] = [this.ledger.take(x.bytes), this.ledger.take(x.bytes)];
        return { y, shape: from, kept: [factors], backward: (dy) => this.ledger.take(dy.bytes) };
      }
      default: {
        const y = this.ledger.take(x.bytes);
        return {
          y,
          shape: from,
          kept: [y.share()],
          backward: (dy) => {
            this.ledger.passing(2 * dy.bytes);
            return this.ledger.take(dy.bytes);
          },
        };
      }
    }
  }

  private forward(
    layers: readonly Layer[],
    input: Data,
    from: Shape,
  ): { readonly done: Done[]; readonly y: Data; readonly shape: Shape } {
    const done: Done[] = [];
    let [x, shape] = [input, from];
    for (let i = 0; i < layers.length; i++) {
      const layer = layers[i]!;
      const norm = layers[i + 1]?.kind === 'batchNorm';
      if (layer.kind === 'conv') i += norm ? 2 : 1; // the ReLU belongs to the block
      const step = this.block(layer, norm, x, shape);
      if (!step.kept.includes(x)) x.release();
      done.push(step);
      [x, shape] = [step.y, step.shape];
    }
    return { done, y: x, shape };
  }

  /** @param keep another pass will follow */
  private backward(done: readonly Done[], dy: Data, wantInput: boolean, keep = false): Data | null {
    let d: Data | null = dy;
    for (let i = done.length - 1; i >= 0; i--) {
      const dx: Data | null = done[i]!.backward(d!, wantInput || i > 0);
      d!.release();
      if (!keep) for (const data of done[i]!.kept) data.release();
      d = dx;
    }
    return d;
  }

  /** A backward pass of the trunk for each task. @param keep whether one more will follow */
  private apartFrom(done: readonly Done[], atShared: readonly Data[], prefix: string, keep: boolean): void {
    atShared.forEach((dy, i) => {
      this.of = `${prefix}${i}:`;
      this.backward(done, dy, false, keep || i < atShared.length - 1);
    });
    this.of = '';
  }

  /** @param last whether no further part follows */
  pass(spec: ModelSpec, last: boolean): void {
    const input = { size: spec.inputSize, channels: 1 };
    const trunk = this.forward(spec.trunk, this.ledger.take(this.floats(input)), input);
    const heads = spec.heads.map((head) => this.forward(head.layers, trunk.y.share(), trunk.shape));
    trunk.y.release();
    if (this.apart.aside) {
      this.of = 'thrown away:';
      const seen = heads.map(({ done, y }) => this.backward(done, y.share(), true, true)!);
      this.drop(this.of);
      this.apartFrom(trunk.done, seen, 'aside ', true);
      if (last) this.drop('aside ');
    }
    const atShared = heads.map(({ done, y }) => this.backward(done, y, true)!);
    if (this.apart.own) {
      this.apartFrom(trunk.done, atShared, 'own ', false);
      return;
    }
    const shared = atShared.length === 1 ? atShared[0]! : this.ledger.take(atShared[0]!.bytes);
    if (atShared.length > 1) for (const d of atShared) d.release();
    this.backward(trunk.done, shared, false);
  }
}

/**
 * Peak bytes of a step beside parameters and moments, gradients included, and the largest single array.
 * @param examples at a time  @param split whether further parts follow, whose gradients are added
 */
export function stepFootprint(
  spec: ModelSpec,
  examples: number,
  split: boolean,
  apart: TaskPasses = { own: false, aside: false },
): { readonly peak: number; readonly largest: number } {
  const walk = new Walk(examples, apart);
  walk.pass(spec, !split);
  if (split) walk.pass(spec, true);
  const { peak, largest } = walk.ledger;
  return { peak, largest };
}
