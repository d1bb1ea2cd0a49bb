/**
 * The workgroup-tiled matrix product behind the `tiled-*` variants: a workgroup copies a tile of each operand
 * into its shared memory, every thread multiplies from there into registers. Best where memory is far away
 * and barriers are cheap. What is being multiplied - and where its zeros are - comes in as WGSL that fetches
 * four neighbours of either operand.
 */
import { XYZW, unroll } from './wgsl';

export interface Tile {
  /** Threads along one side of the workgroup. */
  readonly threads: number;
  /** Outputs along one side that a thread computes; a multiple of 4. */
  readonly per: number;
  /** Steps of the inner dimension that are copied at once; a multiple of 4. */
  readonly depth: number;
}

/**
 * One operand's share of the WGSL. `slot` numbers the fetches of a thread and ends every name that must not
 * clash.
 */
export interface Source {
  /** Which dimension four neighbours lie along: the inner one, or the outer one (rows of a, columns of b). */
  readonly along: 'inner' | 'outer';
  /** Once, before the loop; `outer<slot>` is the global row or column. */
  prepare(outer: string, slot: string): string;
  /**
   * A `vec4f` expression, zero outside; `inner` counts from the start of the step. Statements may come first.
   */
  fetch(outer: string, inner: string, slot: string): { readonly before: string; readonly value: string };
}

export interface Product {
  readonly tile: Tile;
  readonly a: Source;
  readonly b: Source;
  /** WGSL of the loop's step; `step` is its number. */
  readonly eachStep: string;
  /** Statements for four neighbouring results `value` in `row` (below `rows`), from `column` on. */
  store(row: string, column: string, value: string): string;
  /** WGSL for the number of rows. */
  readonly rows: string;
}

export const tileSide = ({ threads, per }: Tile): number => threads * per;
/** Bytes of workgroup memory. */
export const tileBytes = (tile: Tile): number => 2 * 4 * tile.depth * tileSide(tile);
export const tileName = (tile: Tile): string => `tiled-${tileSide(tile)}`;
export const TILES: readonly Tile[] = [
  { threads: 16, per: 8, depth: 8 },
  { threads: 16, per: 4, depth: 16 },
];

/** The whole entry point; the sizes `length` and `steps` say what part of the loop `id.z` does. */
export function tiledProduct({ tile, a, b, eachStep, store, rows }: Product): string {
  const { threads, per, depth } = tile;
  const side = tileSide(tile);
  const all = threads * threads;
  const slots = (side * depth) / 4 / all;
  const copies = (name: 'a' | 'b', source: Source) => {
    const inner = source.along === 'inner';
    const across = inner ? depth / 4 : side / 4;
    const place = (i: number): string => `
  let ${name}s${i} = local + ${i * all}u;
  let ${name}Outer${i} = ${inner ? `${name}s${i} / ${across}u` : `(${name}s${i} % ${across}u) * 4u`};
  let ${name}Inner${i} = ${inner ? `(${name}s${i} % ${across}u) * 4u` : `${name}s${i} / ${across}u`};
  let ${name}At${i} = ${name}Start + ${name}Outer${i};
${source.prepare(`${name}At${i}`, `${name}${i}`)}`;
    const copy = (i: number): string => {
      const { before, value } = source.fetch(`${name}At${i}`, `${name}Inner${i}`, `${name}${i}`);
      const to = (e: number): string =>
        inner
          ? `(${name}Inner${i} + ${e}u) * ${side}u + ${name}Outer${i}`
          : `${name}Inner${i} * ${side}u + ${name}Outer${i} + ${e}u`;
      return `${before}
    let ${name}Value${i} = ${value};
${unroll(4, (e) => `    ${name}Tile[${to(e)}] = ${name}Value${i}.${XYZW[e]!};`)}`;
    };
    return { prepare: unroll(slots, place), copy: unroll(slots, copy) };
  };
  const [left, right] = [copies('a', a), copies('b', b)];
  const vectors = per / 4;
  return `
var<workgroup> aTile: array<f32, ${depth * side}>;
var<workgroup> bTile: array<f32, ${depth * side}>;
@compute @workgroup_size(${threads}, ${threads})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_id) thread: vec3u, @builtin(local_invocation_index) local: u32) {
  let bStart = group.x * ${side}u;
  let aStart = group.y * ${side}u;
${left.prepare}
${right.prepare}
${unroll(per, (i) => unroll(vectors, (j) => `  var c${i}_${j} = vec4f(0);`))}
  let end = min((group.z + 1u) * u.length, u.steps);
  for (var step = group.z * u.length; step < end; step++) {
${eachStep}
${left.copy}
${right.copy}
    workgroupBarrier();
    for (var d = 0u; d < ${depth}u; d++) {
      let ra = d * ${side}u + thread.y * ${per}u;
      let rb = d * ${side}u + thread.x * ${per}u;
${unroll(vectors, (j) => `      let b${j} = vec4f(${[0, 1, 2, 3].map((e) => `bTile[rb + ${4 * j + e}u]`).join(', ')});`)}
${unroll(per, (i) => `      let a${i} = aTile[ra + ${i}u];\n${unroll(vectors, (j) => `      c${i}_${j} += a${i} * b${j};`)}`)}
    }
    workgroupBarrier();
  }
${unroll(
  per,
  (i) => `  if (aStart + thread.y * ${per}u + ${i}u < ${rows}) {
    let row = aStart + thread.y * ${per}u + ${i}u;
${unroll(vectors, (j) => `    { let column = bStart + thread.x * ${per}u + ${4 * j}u;\n${store('row', 'column', `c${i}_${j}`)} }`)}
  }`,
)}
}`;
}
