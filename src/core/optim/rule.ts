/**
 * The update rule of an optimiser, written once over an abstract arithmetic: the host evaluates it with numbers
 * (host.ts), the engine turns it into SIMD instructions, WGSL or tensor operations (src/engine/optimizers). A
 * rule treats every number of a parameter alike and knows nothing of shapes.
 */

/** What a rule may compute with. `V` is a number, an array, an expression: whatever evaluates the rule. */
export interface Arithmetic<V> {
  add(a: V, b: V): V;
  sub(a: V, b: V): V;
  mul(a: V, b: V): V;
  div(a: V, b: V): V;
  sqrt(a: V): V;
  /** A value that is used more than once: evaluated once. */
  keep(value: V): V;
}

/** The operands of a rule: the parameter, its gradient, its slots and the constants of this update. */
export interface Operands<V> {
  readonly w: V;
  readonly g: V;
  readonly slots: Readonly<Record<string, V>>;
  readonly constants: Readonly<Record<string, V>>;
}

export interface Updated<V> {
  readonly w: V;
  readonly slots: Readonly<Record<string, V>>;
}

export interface Rule {
  /** Names the code that is made of it; no two rules share one. */
  readonly id: string;
  /** What is kept between updates: one number per number of every trainable parameter, zero at first. */
  readonly slots: readonly string[];
  /** Numbers that are the same for every parameter of an update. */
  readonly constants: readonly string[];
  update<V>(x: Arithmetic<V>, at: Operands<V>): Updated<V>;
  /**
   * The same, to the bit, as one loop in place; optional, for the host: several times as fast there.
   * @param slots in the order of `slots`
   */
  loop?(w: Numbers, g: Numbers, slots: readonly Numbers[], constants: Readonly<Record<string, number>>): void;
}

export type Numbers = Float32Array | Float64Array;
