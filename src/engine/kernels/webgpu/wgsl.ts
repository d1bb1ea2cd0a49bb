/** Small helpers for writing WGSL: unrolling, and loads that work with and without vectors. */

/** `count` times what `line` makes of the index. */
export const unroll = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

export const XYZW = ['x', 'y', 'z', 'w'] as const;

/** The type that holds one number of every lane: four channels at once, or one. */
export const lane = (vector: boolean): 'vec4f' | 'f32' => (vector ? 'vec4f' : 'f32');

/**
 * All conditions at once. Unlike `&&`, without a branch for each: software adapters take minutes to compile
 * many of those.
 */
export const every = (...conditions: readonly string[]): string =>
  conditions.map((condition) => `(${condition})`).join(' & ');

/** Four neighbouring numbers from `array`, where `at` counts vectors (`vector`) or numbers. */
export const load4 = (array: string, at: string, vector: boolean): string =>
  vector
    ? `${array}[${at}]`
    : `vec4f(${array}[${at}], ${array}[${at} + 1u], ${array}[${at} + 2u], ${array}[${at} + 3u])`;

export const divides4 = (n: number): boolean => n % 4 === 0;

/** What becomes of a value of type `f32` or `vec4f` in `column` before it is stored. */
export type Finish = (value: string, column: string, type: 'f32' | 'vec4f') => string;

/** Stores four neighbours from index `at` on, as far as the row of `columns` reaches. */
export const storeRow = (
  array: string,
  at: string,
  column: string,
  columns: string,
  value: string,
  vector: boolean,
  finish: Finish = (z) => z,
): string =>
  vector
    ? `    if (${column} < ${columns}) { ${array}[(${at}) / 4u] = ${finish(value, column, 'vec4f')}; }`
    : unroll(
        4,
        (e) =>
          `    if (${column} + ${e}u < ${columns}) { ${array}[${at} + ${e}u] = ${finish(`${value}.${XYZW[e]!}`, `${column} + ${e}u`, 'f32')}; }`,
      );

/**
 * The places `x<i>`, `y<i>`, `n<i>` of `count` neighbouring rows of a matrix whose rows are the positions of
 * images, from `row` on. One division for all of them: software adapters divide slowly, and take their time
 * to compile it.
 */
export const places = (count: number, width: string, height: string): string => `
  let line = row / ${width};
  let x0 = row - line * ${width};
  let n0 = line / ${height};
  let y0 = line - n0 * ${height};
${unroll(
  count - 1,
  (i) => `
  let wraps${i + 1} = x${i} + 1u == ${width};
  let turns${i + 1} = wraps${i + 1} & (y${i} + 1u == ${height});
  let x${i + 1} = select(x${i} + 1u, 0u, wraps${i + 1});
  let y${i + 1} = select(y${i} + select(0u, 1u, wraps${i + 1}), 0u, turns${i + 1});
  let n${i + 1} = n${i} + select(0u, 1u, turns${i + 1});`,
)}`;
