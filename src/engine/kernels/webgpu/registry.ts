/**
 * Every kernel has one or more variants that compute the same; which one runs is decided per shape class:
 * what was forced, else what the autotuner found fastest on this adapter, else the first that supports the
 * shape. Where a kernel is switched off, the tables of
 * webgpu (src/engine/backends) name stock TensorFlow.js operations in its place. Not
 * here: timing (engine/autotune/) and comparing (trials/).
 */
import { BackendError } from '../../../core/errors/errors';
import type { Traits } from './backend';
import { Switches } from '../switches';
import type { Gpu } from './gpu';

export interface Variant<P, O> {
  readonly name: string;
  /**
   * Comes first on an adapter that computes on the processor, where barriers are dear and registers plenty.
   */
  readonly software?: boolean;
  supports(problem: P, traits: Traits): boolean;
  /** Records the passes. */
  run(gpu: Gpu, problem: P, operands: O): void;
}

/** What can be told of a kernel without knowing its types. */
export interface KernelStatus {
  readonly name: string;
  readonly variants: readonly string[];
  readonly on: boolean;
  /** Measured winners by shape class. */
  readonly winners: Readonly<Record<string, string>>;
}

const all = new Map<string, Kernel<never, never>>();
const switches = new Switches();

export class Kernel<P, O> {
  readonly name: string;
  readonly variants: readonly Variant<P, O>[];
  /** Problems that are alike enough to have one winner. */
  readonly shapeClass: (problem: P) => string;
  readonly winners = new Map<string, string>();
  /** Variants that were wrong or did not run, by shape class, and those that are never used. */
  private readonly rejected = new Map<string, ReadonlySet<string>>();
  private readonly avoided = new Set<string>();
  private forced: string | null = null;

  constructor(name: string, shapeClass: (problem: P) => string, variants: readonly Variant<P, O>[]) {
    this.name = name;
    this.shapeClass = shapeClass;
    this.variants = variants;
    all.set(name, this);
  }

  get on(): boolean {
    return switches.isOn(this.name);
  }

  /**
   * The variants that can run, the most promising first; also those that were found wrong for this shape
   * class.
   */
  supporting(problem: P, traits: Traits): readonly Variant<P, O>[] {
    const able = this.variants.filter(
      (variant) => !this.avoided.has(variant.name) && variant.supports(problem, traits),
    );
    return traits.software ? [...able.filter((v) => v.software), ...able.filter((v) => !v.software)] : able;
  }

  /** The variants that may run, the most promising first. */
  candidates(problem: P, traits: Traits): readonly Variant<P, O>[] {
    const wrong = this.rejected.get(this.shapeClass(problem));
    return this.supporting(problem, traits).filter(({ name }) => !wrong?.has(name));
  }

  /** What was found out about a shape class: from now on the winner runs, and no variant that was `wrong`. */
  adopt(shapeClass: string, winner: string | null, wrong: readonly string[]): void {
    if (winner !== null) this.winners.set(shapeClass, winner);
    this.rejected.set(shapeClass, new Set(wrong));
  }

  /** Never uses a variant again, whatever the shape. */
  avoid(variant: string): void {
    this.avoided.add(variant);
  }

  /** @throws where a forced variant does not support the problem, or none does */
  choose(problem: P, traits: Traits): Variant<P, O> {
    const able = this.forced === null ? this.candidates(problem, traits) : this.supporting(problem, traits);
    const wanted = this.forced ?? this.winners.get(this.shapeClass(problem));
    const found = able.find(({ name }) => name === wanted) ?? (this.forced === null ? able[0] : undefined);
    if (!found)
      throw new BackendError('program-fault', {
        why: 'no-variant',
        kernel: this.name,
        variant: this.forced ?? '–',
        shape: this.shapeClass(problem),
      });
    return found;
  }

  run(gpu: Gpu, problem: P, operands: O): void {
    this.choose(problem, gpu.traits).run(gpu, problem, operands);
  }

  /** Runs `fn` with one variant and no other. */
  with<T>(variant: string, fn: () => T): T {
    const before = this.forced;
    this.forced = variant;
    try {
      return fn();
    } finally {
      this.forced = before;
    }
  }
}

/** Every kernel there is, for a reader. */
export const kernels = (): readonly KernelStatus[] =>
  [...all.values()].map((kernel) => ({
    name: kernel.name,
    variants: kernel.variants.map(({ name }) => name),
    on: kernel.on,
    winners: Object.fromEntries(kernel.winners),
  }));

/** Replaces a kernel by stock ops, or takes it back into use. @throws for a name that no kernel has */
export function switchKernel(name: string, on: boolean): void {
  if (!all.has(name)) throw new BackendError('program-fault', { why: 'no-kernel', kernel: name });
  switches.set(name, on);
}
