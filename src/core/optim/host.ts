/**
 * A rule evaluated on the host in float64, block by block: the kernel of the cpu backend, the tail of the SIMD
 * one, and what every other kernel is compared with. With float32 arrays each result is rounded once, where it
 * is stored.
 */
import type { Arithmetic, Numbers, Rule } from './rule';

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
    out.set(this.length === from.length ? from : from.subarray(start, start + this.length));
    return out;
  }

  private room(): Float64Array {
    return (this.pool[this.used++] ??= new Float64Array(BLOCK));
  }

  add(a: Value, b: Value): Value {
    if (typeof a === 'number')
      return typeof b === 'number' ? a + b : addNumber(b, a, this.room(), this.length);
    return typeof b === 'number'
      ? addNumber(a, b, this.room(), this.length)
      : addArrays(a, b, this.room(), this.length);
  }

  sub(a: Value, b: Value): Value {
    if (typeof b === 'number') return this.add(a, -b);
    return typeof a === 'number'
      ? fromNumber(a, b, this.room(), this.length)
      : subArrays(a, b, this.room(), this.length);
  }

  mul(a: Value, b: Value): Value {
    if (typeof a === 'number')
      return typeof b === 'number' ? a * b : mulNumber(b, a, this.room(), this.length);
    return typeof b === 'number'
      ? mulNumber(a, b, this.room(), this.length)
      : mulArrays(a, b, this.room(), this.length);
  }

  div(a: Value, b: Value): Value {
    if (typeof a === 'number')
      return typeof b === 'number' ? a / b : overArray(a, b, this.room(), this.length);
    return typeof b === 'number'
      ? divNumber(a, b, this.room(), this.length)
      : divArrays(a, b, this.room(), this.length);
  }

  sqrt(a: Value): Value {
    return typeof a === 'number' ? Math.sqrt(a) : roots(a, this.room(), this.length);
  }

  keep(value: Value): Value {
    return value;
  }
}

// Loops of their own, over one kind of array each: engines make plain machine code of them.
type Block = Float64Array;

function addArrays(a: Block, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! + b[i]!;
  return out;
}

function addNumber(a: Block, b: number, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! + b;
  return out;
}

function subArrays(a: Block, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! - b[i]!;
  return out;
}

function fromNumber(a: number, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a - b[i]!;
  return out;
}

function mulArrays(a: Block, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! * b[i]!;
  return out;
}

function mulNumber(a: Block, b: number, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! * b;
  return out;
}

function divArrays(a: Block, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! / b[i]!;
  return out;
}

function divNumber(a: Block, b: number, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a[i]! / b;
  return out;
}

function overArray(a: number, b: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = a / b[i]!;
  return out;
}

function roots(a: Block, out: Block, length: number): Block {
  for (let i = 0; i < length; i++) out[i] = Math.sqrt(a[i]!);
  return out;
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
  if (rule.loop) {
    rule.loop(w, g, slots, constants);
    return;
  }
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
  const { length } = blocks;
  if (typeof values === 'number') to.fill(values, start, start + length);
  else to.set(length === values.length ? values : values.subarray(0, length), start);
}
