/**
 * The gradient of a convolution's input as an implicit matrix product: rows are input positions, columns
 * input channels, and the inner dimension runs over taps and output channels. With a stride, a tap reaches
 * only some positions.
 */
import type { ConvShape } from '../shared/conv-shape';
import { convClass, convSizes, groupShape, split } from './conv-work';
import { reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel, type Variant } from './registry';
import { sumSplits } from './sum-splits';
import { TILES, tileBytes, tileName, tileSide, tiledProduct, type Tile } from './tiled';
import { divides4, every, lane, load4, places, storeRow, unroll } from './wgsl';

export interface InputGradientOperands {
  /** [n, ho, wo, co] */
  readonly dy: Operand;
  /** [k, k, ci, co] */
  readonly filter: Operand;
  /** [n, h, w, ci] */
  readonly dx: Operand;
}

/**
 * With padding added to a row's place, a tap at ky belongs to output row (y - ky) / stride where that is a
 * whole number. With a stride, both are divided with remainder before the loop over channels, so that it
 * needs no division.
 */
const padded = (s: string | number, strided: boolean): string =>
  strided
    ? `
  let right${s} = (x${s} + u.padding) / u.stride;
  let down${s} = (y${s} + u.padding) / u.stride;
  let restX${s} = x${s} + u.padding - right${s} * u.stride;
  let restY${s} = y${s} + u.padding - down${s} * u.stride;`
    : `
  let right${s} = x${s} + u.padding;
  let down${s} = y${s} + u.padding;`;

/** The tap of a step. */
const tapOf = (strided: boolean): string =>
  strided
    ? `
    let fullY = tap / u.k;
    let fullX = tap % u.k;
    let ky = fullY / u.stride;
    let kx = fullX / u.stride;
    let restY = fullY - ky * u.stride;
    let restX = fullX - kx * u.stride;`
    : `
    let ky = tap / u.k;
    let kx = tap % u.k;`;

/**
 * `v`: whether the tap reaches the row from an output position; `i`: which one. Below zero, unsigned numbers
 * are very large.
 */
const reached = (s: string | number, strided: boolean, ...also: readonly string[]): string => {
  const [y, x] = [`(down${s} - ky)`, `(right${s} - kx)`];
  return `    let v${s} = ${every(...also, ...(strided ? [`restY${s} == restY`, `restX${s} == restX`] : []), `${y} < u.ho`, `${x} < u.wo`)};
    let i${s} = (n${s} * u.ho + ${y}) * u.wo + ${x};`;
};

function registers(
  tall: number,
  wide: number,
  fits: (shape: ConvShape) => boolean,
): Variant<ConvShape, InputGradientOperands> {
  return {
    name: `registers-${tall}x${wide}`,
    software: true,
    supports: fits,
    run(gpu: Gpu, shape, { dy, filter, dx }) {
      const [deep, channels] = [divides4(shape.co), divides4(shape.ci)];
      const rows = shape.n * shape.h * shape.w;
      const [columnTiles, rowTiles] = [Math.ceil(shape.ci / wide), Math.ceil(rows / tall)];
      const inner = deep ? shape.co / 4 : shape.co;
      const steps = shape.k * shape.k * inner;
      const cut = split(columnTiles * rowTiles, steps, deep ? 16 : 64, rows * shape.ci, gpu.traits);
      const parts = cut.count > 1 ? gpu.empty([cut.count, rows * shape.ci]) : null;
      const [gx, gy] = groupShape(columnTiles);
      const strided = shape.stride > 1;
      const times = (a: string, b: string): string => (deep ? `dot(${a}, ${b})` : `${a} * ${b}`);
      gpu.run({
        label: `conv dx ${tall}x${wide} ${lane(deep)} ${lane(channels)} ${gx}${strided ? ' strided' : ''}`,
        bindings: [
          reads('dy', lane(deep), dy),
          reads('f', lane(deep), filter),
          writes('dx', lane(channels), parts ?? dx),
        ],
        sizes: { ...convSizes(shape), rows, inner, steps, length: cut.length },
        workgroups: [Math.ceil(columnTiles / gx), Math.ceil(rowTiles / gy), cut.count],
        code: () => `
@compute @workgroup_size(${gx}, ${gy})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x * ${wide}u;
  let row = id.y * ${tall}u;
  if (row >= u.rows || column >= u.ci) { return; }
${places(tall, 'u.w', 'u.h')}
${unroll(tall, (i) => padded(i, strided))}
${unroll(tall, (i) => unroll(wide / 4, (j) => `  var c${i}_${j} = vec4f(0);`))}
  var step = id.z * u.length;
  let end = min(step + u.length, u.steps);
  while (step < end) {
    let tap = step / u.inner;
    let first = step - tap * u.inner;
${tapOf(strided)}
${unroll(tall, (i) => `${reached(i, strided)}\n    let a${i} = i${i} * u.inner;`)}
${unroll(wide, (j) => `    let b${j} = (tap * u.ci + min(column + ${j}u, u.ci - 1u)) * u.inner;`)}
    let last = min(u.inner, first + end - step);
    for (var c = first; c < last; c++) {
${unroll(tall, (i) => `      let A${i} = select(${lane(deep)}(0), dy[a${i} + c], v${i});`)}
${unroll(
  wide / 4,
  (j) => `      {
${unroll(4, (e) => `        let B${e} = f[b${4 * j + e} + c];`)}
${unroll(tall, (i) => `        c${i}_${j} += vec4f(${[0, 1, 2, 3].map((e) => times(`A${i}`, `B${e}`)).join(', ')});`)}
      }`,
)}
    }
    step += last - first;
  }
${unroll(
  tall,
  (i) => `  if (row + ${i}u < u.rows) {
${unroll(wide / 4, (j) => storeRow('dx', `(id.z * u.rows + row + ${i}u) * u.ci + column + ${4 * j}u`, `column + ${4 * j}u`, 'u.ci', `c${i}_${j}`, channels))}
  }`,
)}
}`,
      });
      if (!parts) return;
      sumSplits(gpu, parts, cut.count, rows * shape.ci, shape.ci, dx);
      parts.dispose();
    },
  };
}

function tiled(tile: Tile): Variant<ConvShape, InputGradientOperands> {
  const side = tileSide(tile);
  return {
    name: tileName(tile),
    supports: ({ n, h, w, ci, co }, traits) =>
      traits.workgroupBytes >= tileBytes(tile) &&
      traits.invocationsPerWorkgroup >= tile.threads ** 2 &&
      co >= 8 &&
      ci > side / 4 &&
      n * h * w > side / 4,
    run(gpu, shape, { dy, filter, dx }) {
      const [deep, channels] = [divides4(shape.co), divides4(shape.ci)];
      const rows = shape.n * shape.h * shape.w;
      const [columnTiles, rowTiles] = [Math.ceil(shape.ci / side), Math.ceil(rows / side)];
      const chunks = Math.ceil(shape.co / tile.depth);
      const steps = shape.k * shape.k * chunks;
      const cut = split(columnTiles * rowTiles * tile.threads ** 2, steps, 4, rows * shape.ci, gpu.traits);
      const parts = cut.count > 1 ? gpu.empty([cut.count, rows * shape.ci]) : null;
      const strided = shape.stride > 1;
      const four = (array: string, index: string, c: string, valid: string): string =>
        deep
          ? `select(vec4f(0), ${load4(array, `${index} / 4u`, true)}, ${every(valid, `${c} < u.co`)})`
          : `vec4f(${[0, 1, 2, 3].map((e) => `select(0, ${array}[${index} + ${e}u], ${every(valid, `${c} + ${e}u < u.co`)})`).join(', ')})`;
      gpu.run({
        label: `conv dx ${tileName(tile)} ${lane(deep)} ${lane(channels)}${strided ? ' strided' : ''}`,
        bindings: [
          reads('dy', lane(deep), dy),
          reads('f', lane(deep), filter),
          writes('dx', lane(channels), parts ?? dx),
        ],
        sizes: { ...convSizes(shape), rows, chunks, steps, length: cut.length },
        workgroups: [columnTiles, rowTiles, cut.count],
        code: () =>
          tiledProduct({
            tile,
            rows: 'u.rows',
            eachStep: `    let tap = step / u.chunks;
    let begin = (step - tap * u.chunks) * ${tile.depth}u;
${tapOf(strided)}`,
            a: {
              along: 'inner',
              prepare: (row, s) => `  let line${s} = ${row} / u.w;
  let x${s} = ${row} - line${s} * u.w;
  let n${s} = line${s} / u.h;
  let y${s} = line${s} - n${s} * u.h;
${padded(s, strided)}`,
              fetch: (row, inner, s) => ({
                before: `${reached(s, strided, `${row} < u.rows`)}\n    let c${s} = begin + ${inner};\n    let at${s} = i${s} * u.co + c${s};`,
                value: four('dy', `at${s}`, `c${s}`, `v${s}`),
              }),
            },
            b: {
              along: 'inner',
              prepare: () => '',
              fetch: (column, inner, s) => ({
                before: `    let c${s} = begin + ${inner};\n    let at${s} = (tap * u.ci + ${column}) * u.co + c${s};`,
                value: four('f', `at${s}`, `c${s}`, `${column} < u.ci`),
              }),
            },
            store: (row, column, value) =>
              storeRow(
                'dx',
                `(group.z * u.rows + ${row}) * u.ci + ${column}`,
                column,
                'u.ci',
                value,
                channels,
              ),
          }),
      });
      if (!parts) return;
      sumSplits(gpu, parts, cut.count, rows * shape.ci, shape.ci, dx);
      parts.dispose();
    },
  };
}

export const convolutionInputGradient = new Kernel<ConvShape, InputGradientOperands>(
  'convolution-input-gradient',
  convClass,
  [...TILES.map(tiled), registers(8, 8, ({ ci }) => ci > 4), registers(8, 4, () => true)],
);
