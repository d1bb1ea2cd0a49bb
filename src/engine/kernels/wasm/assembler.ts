/**
 * A small WebAssembly assembler: functions are written as nested expressions, e.g.
 * `y.set(f32x4.add(y.get, v128.load(p.get)))`, and become the bytes of a module that works on an imported
 * memory. It knows the instructions our kernels use and nothing more; the engine's validator checks what it
 * makes.
 */

/** Instructions as bytes. An expression leaves one value on the stack, a statement none. */
export type Code = readonly number[];

const TYPES = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof TYPES;

function unsigned(n: number): number[] {
  const out: number[] = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128);
  return [...out, n];
}

function signed(n: number): number[] {
  const out: number[] = [];
  for (; n < -64 || n > 63; n >>= 7) out.push((n & 127) | 128);
  return [...out, n & 127];
}

const simd = (opcode: number, ...immediate: number[]): number[] => [0xfd, ...unsigned(opcode), ...immediate];
const unary =
  (code: readonly number[]) =>
  (a: Code): Code => [...a, ...code];
const binary =
  (code: readonly number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...code];

export const i32 = {
  constant: (n: number): Code => [0x41, ...signed(n)],
  add: binary([0x6a]),
  sub: binary([0x6b]),
  multiply: binary([0x6c]),
  shiftRight: binary([0x76]),
  load: (address: Code, offset = 0): Code => [...address, 0x28, 2, ...unsigned(offset)],
  store: (address: Code, value: Code): Code => [...address, ...value, 0x36, 2, 0],
};

export const v128 = {
  load: (address: Code, offset = 0): Code => [...address, ...simd(0, 2, ...unsigned(offset))],
  /** One float32 in all four lanes. */
  loadSplat: (address: Code, offset = 0): Code => [...address, ...simd(9, 2, ...unsigned(offset))],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...simd(11, 2, ...unsigned(offset)),
  ],
  zero: simd(12, ...Array.from({ length: 16 }, () => 0)) as Code,
  and: binary(simd(0x4e)),
  or: binary(simd(0x50)),
  /** Lanes of `a` where the mask is set, else of `b`. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...simd(0x52)],
  /** The upper two lanes, twice. */
  upper: (a: Code): Code => [
    ...a,
    ...a,
    ...simd(13, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15),
  ],
  /** The second float32, in the first lane; the others are undefined. */
  second: (a: Code): Code => [...a, ...a, ...simd(13, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7)],
  /** The first lane alone. */
  storeLane: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...simd(0x5a, 2, ...unsigned(offset), 0),
  ],
};

export const i32x4 = {
  splat: unary(simd(0x11)),
  add: binary(simd(0xae)),
  /** 0, 1, 2, 3. */
  lanes: simd(12, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0) as Code,
};

export const f32x4 = {
  add: binary(simd(0xe4)),
  sub: binary(simd(0xe5)),
  mul: binary(simd(0xe6)),
  div: binary(simd(0xe7)),
  /** NaN if either is NaN. */
  max: binary(simd(0xe9)),
  sqrt: unary(simd(0xe3)),
  gt: binary(simd(0x44)),
  ne: binary(simd(0x42)),
};

export const f64x2 = {
  add: binary(simd(0xf0)),
  /** The lower two float32 lanes as float64. */
  promoteLower: unary(simd(0x5f)),
};

export class Local {
  readonly type: ValueType;
  readonly get: Code;
  private readonly index: number;
  constructor(index: number, type: ValueType) {
    this.index = index;
    this.type = type;
    this.get = [0x20, ...unsigned(index)];
  }
  set(value: Code): Code {
    return [...value, 0x21, ...unsigned(this.index)];
  }
  /** For addresses and counters. */
  advance(by: Code): Code {
    return this.set(i32.add(this.get, by));
  }
}

export const sequence = (...codes: readonly Code[]): Code => codes.flat();

/** One function under construction: all parameters are i32. */
export class FunctionBuilder {
  readonly parameters: readonly Local[];
  private readonly locals: Local[] = [];
  constructor(parameters: number) {
    this.parameters = Array.from({ length: parameters }, (_, i) => new Local(i, 'i32'));
  }

  local(type: ValueType): Local {
    const local = new Local(this.parameters.length + this.locals.length, type);
    this.locals.push(local);
    return local;
  }

  /** Runs `body` `count` times; `count` must be at least 1. */
  times(count: Code, body: Code): Code {
    const left = this.local('i32');
    return sequence(
      left.set(count),
      [0x03, 0x40],
      body,
      left.set(i32.sub(left.get, i32.constant(1))),
      left.get,
      [0x0d, 0, 0x0b],
    );
  }

  bytes(body: Code): number[] {
    const declared = this.locals.flatMap((l) => [1, TYPES[l.type]]);
    const content = [...unsigned(this.locals.length), ...declared, ...body, 0x0b];
    return [...unsigned(content.length), ...content];
  }
}

export interface Program {
  /** How many i32 parameters it takes. */
  readonly parameters: number;
  body(f: FunctionBuilder, ...parameters: Local[]): Code;
}

/**
 * A module that imports `env.memory` and exports every program under its name.
 * @param sharedPages the maximum of a memory that threads share, in pages of 64 KiB; without it the memory is
 * one thread's own
 */
export function assemble(
  programs: Readonly<Record<string, Program>>,
  sharedPages?: number,
): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(programs);
  const name = (text: string): number[] => [
    ...unsigned(text.length),
    ...Array.from(text, (c) => c.charCodeAt(0)),
  ];
  const list = (items: readonly (readonly number[])[]): number[] => [
    ...unsigned(items.length),
    ...items.flat(),
  ];
  const section = (id: number, content: readonly number[]): number[] => [
    id,
    ...unsigned(content.length),
    ...content,
  ];
  const code = entries.map(([, { parameters, body }]) => {
    const f = new FunctionBuilder(parameters);
    return f.bytes(body(f, ...f.parameters));
  });
  return Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(
      1,
      list(
        entries.map(([, { parameters }]) => [
          0x60,
          ...unsigned(parameters),
          ...Array.from({ length: parameters }, () => TYPES.i32),
          0,
        ]),
      ),
    ),
    ...section(
      2,
      list([
        [
          ...name('env'),
          ...name('memory'),
          2,
          ...(sharedPages === undefined ? [0, 1] : [3, 1, ...unsigned(sharedPages)]),
        ],
      ]),
    ),
    ...section(3, list(entries.map((_, i) => unsigned(i)))),
    ...section(7, list(entries.map(([exported], i) => [...name(exported), 0, ...unsigned(i)]))),
    ...section(10, list(code)),
  ]);
}
