/**
 * Convolution with bias and ReLU as an implicit matrix product: rows are output positions, columns output
 * channels, and the inner dimension runs over taps and input channels without the patches ever being laid out
 * in memory.
 */
import type { ConvShape } from '../shared/conv-shape';
import { convClass, convSizes, groupShape, split } from './conv-work';
import { reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel, type Variant } from './registry';
import { sumSplits } from './sum-splits';
import { TILES, tileBytes, tileName, tileSide, tiledProduct, type Tile } from './tiled';
import { XYZW, divides4, every, lane, load4, places, storeRow, unroll, type Finish } from './wgsl';

export interface ForwardOperands {
  /** [n, h, w, ci] */
  readonly x: Operand;
  /** [k, k, ci, co] */
  readonly filter: Operand;
  /** [co] */
  readonly bias: Operand;
  /** [n, ho, wo, co] */
  readonly y: Operand;
  readonly relu: boolean;
}

/**
 * Every invocation holds `tall` positions times `wide` channels in registers. No workgroup memory, no
 * barrier.
 */
function registers(
  tall: number,
  wide: number,
  fits: (shape: ConvShape) => boolean,
): Variant<ConvShape, ForwardOperands> {
  const vectors = wide / 4;
  return {
    name: `registers-${tall}x${wide}`,
    software: true,
    supports: fits,
    run(gpu: Gpu, shape, { x, filter, bias, y, relu }) {
      const [deep, channels] = [divides4(shape.ci), divides4(shape.co)];
      const rows = shape.n * shape.ho * shape.wo;
      const [columnTiles, rowTiles] = [Math.ceil(shape.co / wide), Math.ceil(rows / tall)];
      const inner = deep ? shape.ci / 4 : shape.ci;
      const steps = shape.k * shape.k * inner;
      const cut = split(columnTiles * rowTiles, steps, deep ? 16 : 64, rows * shape.co, gpu.traits);
      const partial = cut.count > 1;
      const parts = partial ? gpu.empty([cut.count, rows * shape.co]) : null;
      const [gx, gy] = groupShape(columnTiles);
      const finish = ending(partial, relu);
      gpu.run({
        label: `conv ${tall}x${wide} ${lane(deep)} ${lane(channels)} ${gx}${partial ? ' partial' : ''}${relu ? ' relu' : ''}`,
        bindings: [
          reads('x', lane(deep), x),
          reads('f', lane(channels), filter),
          reads('bias', lane(channels), bias),
          writes('y', lane(channels), parts ?? y),
        ],
        sizes: { ...convSizes(shape), rows, inner, steps, length: cut.length },
        workgroups: [Math.ceil(columnTiles / gx), Math.ceil(rowTiles / gy), cut.count],
        code: () => `
@compute @workgroup_size(${gx}, ${gy})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x * ${wide}u;
  let row = id.y * ${tall}u;
  if (row >= u.rows || column >= u.co) { return; }
${places(tall, 'u.wo', 'u.ho')}
${unroll(tall, (i) => unroll(vectors, (j) => `  var c${i}_${j} = vec4f(0);`))}
  let pitch = ${channels ? 'u.co / 4u' : 'u.co'};
  var step = id.z * u.length;
  let end = min(step + u.length, u.steps);
  var b = step * ${deep ? '4u *' : ''} pitch + ${channels ? 'column / 4u' : 'column'};
  while (step < end) {
    let tap = step / u.inner;
    let first = step - tap * u.inner;
    let ky = tap / u.k;
    let kx = tap - ky * u.k;
${unroll(
  tall,
  (i) => `
    let top${i} = y${i} * u.stride + ky - u.padding;
    let left${i} = x${i} * u.stride + kx - u.padding;
    let v${i} = ${every(`top${i} < u.h`, `left${i} < u.w`)};
    let a${i} = ((n${i} * u.h + top${i}) * u.w + left${i}) * u.inner;`,
)}
    let last = min(u.inner, first + end - step);
    for (var c = first; c < last; c++) {
${unroll(tall, (i) => `      let A${i} = select(${lane(deep)}(0), x[a${i} + c], v${i});`)}
${unroll(
  deep ? 4 : 1,
  (e) => `      {
${unroll(vectors, (j) => `        let B${j} = ${load4('f', `b + ${channels ? j : 4 * j}u`, channels)};`)}
        b += pitch;
${unroll(tall, (i) => unroll(vectors, (j) => `        c${i}_${j} += A${i}${deep ? `.${XYZW[e]!}` : ''} * B${j};`))}
      }`,
)}
    }
    step += last - first;
  }
  let base = id.z * u.rows;
${unroll(
  tall,
  (i) => `  if (row + ${i}u < u.rows) {
${unroll(vectors, (j) => storeRow('y', `(id.z * u.rows + row + ${i}u) * u.co + column + ${4 * j}u`, `column + ${4 * j}u`, 'u.co', `c${i}_${j}`, channels, finish))}
  }`,
)}
}
${relu && !partial ? RELU : ''}`,
      });
      if (!parts) return;
      sumSplits(gpu, parts, cut.count, rows * shape.co, shape.co, y, { bias, relu });
      parts.dispose();
    },
  };
}

/**
 * A workgroup computes a tile of 64x64 or 128x128 positions times channels from copies in its shared memory.
 */
function tiled(tile: Tile): Variant<ConvShape, ForwardOperands> {
  const side = tileSide(tile);
  return {
    name: tileName(tile),
    supports: ({ n, ho, wo, ci, co }, traits) =>
      traits.workgroupBytes >= tileBytes(tile) &&
      traits.invocationsPerWorkgroup >= tile.threads ** 2 &&
      ci >= 8 &&
      co > side / 4 &&
      n * ho * wo > side / 4,
    run(gpu, shape, { x, filter, bias, y, relu }) {
      const [deep, channels] = [divides4(shape.ci), divides4(shape.co)];
      const rows = shape.n * shape.ho * shape.wo;
      const [columnTiles, rowTiles] = [Math.ceil(shape.co / side), Math.ceil(rows / side)];
      const chunks = Math.ceil(shape.ci / tile.depth);
      const steps = shape.k * shape.k * chunks;
      const cut = split(columnTiles * rowTiles * tile.threads ** 2, steps, 4, rows * shape.co, gpu.traits);
      const partial = cut.count > 1;
      const parts = partial ? gpu.empty([cut.count, rows * shape.co]) : null;
      const finish = ending(partial, relu);
      gpu.run({
        label: `conv ${tileName(tile)} ${lane(deep)} ${lane(channels)}${partial ? ' partial' : ''}${relu ? ' relu' : ''}`,
        bindings: [
          reads('x', lane(deep), x),
          reads('f', lane(channels), filter),
          reads('bias', lane(channels), bias),
          writes('y', lane(channels), parts ?? y),
        ],
        sizes: { ...convSizes(shape), rows, chunks, steps, length: cut.length },
        workgroups: [columnTiles, rowTiles, cut.count],
        code: () => `${tiledProduct({
          tile,
          rows: 'u.rows',
          eachStep: `    let tap = step / u.chunks;
    let begin = (step - tap * u.chunks) * ${tile.depth}u;
    let ky = tap / u.k;
    let kx = tap - ky * u.k;`,
          a: {
            along: 'inner',
            prepare: (row, s) => `  let line${s} = ${row} / u.wo;
  let x${s} = (${row} - line${s} * u.wo) * u.stride;
  let n${s} = line${s} / u.ho;
  let y${s} = (line${s} - n${s} * u.ho) * u.stride;`,
            fetch: (row, inner, s) => ({
              before: `    let c${s} = begin + ${inner};
    let top${s} = y${s} + ky - u.padding;
    let left${s} = x${s} + kx - u.padding;
    let v${s} = ${every(`${row} < u.rows`, `top${s} < u.h`, `left${s} < u.w`)};
    let i${s} = ((n${s} * u.h + top${s}) * u.w + left${s}) * u.ci + c${s};`,
              value: deep
                ? `select(vec4f(0), x[i${s} / 4u], v${s} & (c${s} < u.ci))`
                : `vec4f(${[0, 1, 2, 3].map((e) => `select(0, x[i${s} + ${e}u], v${s} & (c${s} + ${e}u < u.ci))`).join(', ')})`,
            }),
          },
          b: {
            along: 'outer',
            prepare: () => '',
            fetch: (column, inner, s) => ({
              before: `    let k${s} = begin + ${inner};
    let i${s} = (tap * u.ci + k${s}) * u.co + ${column};`,
              value: `select(vec4f(0), ${channels ? `f[i${s} / 4u]` : load4('f', `i${s}`, false)}, ${every(`k${s} < u.ci`, `${column} < u.co`)})`,
            }),
          },
          store: (row, column, value) =>
            storeRow(
              'y',
              `(group.z * u.rows + ${row}) * u.co + ${column}`,
              column,
              'u.co',
              value,
              channels,
              finish,
            ),
        })}
${relu && !partial ? RELU : ''}`,
      });
      if (!parts) return;
      sumSplits(gpu, parts, cut.count, rows * shape.co, shape.co, y, { bias, relu });
      parts.dispose();
    },
  };
}

const RELU = ['f32', 'vec4f']
  .map((t) => `fn relu_${t}(z: ${t}) -> ${t} { return select(z, ${t}(0), z < ${t}(0)); }`)
  .join('\n');
/** What is done to a sum before it is stored. A NaN passes the ReLU: it is not below zero. */
const ending = (partial: boolean, relu: boolean): Finish =>
  partial
    ? (sum) => sum
    : (sum, column, type) => {
        const z = `${sum} + bias[${type === 'vec4f' ? `(${column}) / 4u` : column}]`;
        return relu ? `relu_${type}(${z})` : z;
      };

export const convolutionForward = new Kernel<ConvShape, ForwardOperands>('convolution', convClass, [
  ...TILES.map(tiled),
  registers(8, 8, ({ co }) => co > 4),
  registers(8, 4, () => true),
]);
