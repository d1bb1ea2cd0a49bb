/**
 * A rule evaluated on the host in float64, block by block: the kernel of the cpu backend, the tail of the SIMD
 * one, and what every other kernel is compared with. With float32 arrays each result is rounded once, where it
 * is stored.
 */
import type { Arithmetic, Rule } from './rule';

type Numbers = Float32Array | Float64Array;
type Value = Float64Array | number;

/** Numbers at a time: all intermediate results stay in the processor's cache. */
const BLOCK = 1024;

/** Arithmetic over blocks; constants stay single numbers. */
class Blocks implements Arithmetic<Value> {
  private readonly pool: Float64Array[] = [];
  private used = 0;
  length = 0;

  /** Begins the next block: every intermediate result is free again. */
  begin(length: number): void {
    this.length = length;
    this.used = 0;
  }

  load(from: Numbers, start: number): Float64Array {
    const out = this.room();
    for (let i = 0; i < this.length; i++) out[i] = from[start + i]!;
    return out;
  }

  private room(): Float64Array {
    return (this.pool[this.used++] ??= new Float64Array(BLOCK));
  }

  add(a: Value, b: Value): Value {
    if (typeof a === 'number') return typeof b === 'number' ? a + b : this.add(b, a);
    const out = this.room();
    if (typeof b === 'number') for (let i = 0; i < this.length; i++) out[i] = a[i]! + b;
    else for (let i = 0; i < this.length; i++) out[i] = a[i]! + b[i]!;
    return out;
  }

  sub(a: Value, b: Value): Value {
    if (typeof b === 'number') return this.add(a, -b);
    const out = this.room();
    if (typeof a === 'number') for (let i = 0; i < this.length; i++) out[i] = a - b[i]!;
    else for (let i = 0; i < this.length; i++) out[i] = a[i]! - b[i]!;
    return out;
  }

  mul(a: Value, b: Value): Value {
    if (typeof a === 'number') return typeof b === 'number' ? a * b : this.mul(b, a);
    const out = this.room();
    if (typeof b === 'number') for (let i = 0; i < this.length; i++) out[i] = a[i]! * b;
    else for (let i = 0; i < this.length; i++) out[i] = a[i]! * b[i]!;
    return out;
  }

  div(a: Value, b: Value): Value {
    if (typeof a === 'number' && typeof b === 'number') return a / b;
    const out = this.room();
    if (typeof a === 'number') for (let i = 0; i < this.length; i++) out[i] = a / (b as Float64Array)[i]!;
    else if (typeof b === 'number') for (let i = 0; i < this.length; i++) out[i] = a[i]! / b;
    else for (let i = 0; i < this.length; i++) out[i] = a[i]! / b[i]!;
    return out;
  }

  sqrt(a: Value): Value {
    if (typeof a === 'number') return Math.sqrt(a);
    const out = this.room();
    for (let i = 0; i < this.length; i++) out[i] = Math.sqrt(a[i]!);
    return out;
  }

  keep(value: Value): Value {
    return value;
  }
}

const blocks = new Blocks();

/**
 * One update of one parameter, in place.
 * @param slots in the order of `rule.slots`, each as long as `w`
 * @param constants by the names of `rule.constants`
 */
export function updateOnHost(
  rule: Rule,
  w: Numbers,
  g: Numbers,
  slots: readonly Numbers[],
  constants: Readonly<Record<string, number>>,
): void {
  for (let start = 0; start < w.length; start += BLOCK) {
    blocks.begin(Math.min(BLOCK, w.length - start));
    const updated = rule.update<Value>(blocks, {
      w: blocks.load(w, start),
      g: blocks.load(g, start),
      slots: Object.fromEntries(rule.slots.map((key, i) => [key, blocks.load(slots[i]!, start)])),
      constants,
    });
    store(w, start, updated.w);
    rule.slots.forEach((key, i) => store(slots[i]!, start, updated.slots[key]!));
  }
}

function store(to: Numbers, start: number, values: Value): void {
  for (let i = 0; i < blocks.length; i++) to[start + i] = typeof values === 'number' ? values : values[i]!;
}
