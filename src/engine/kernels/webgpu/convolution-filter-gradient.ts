/**
 * The gradients of a convolution's filter and bias as an implicit matrix product: rows are taps times input
 * channels, columns output channels, and the inner dimension runs over every position of the batch. That is
 * few outputs and a very long loop, so the loop is cut into pieces whose sums a second pass adds up.
 */
import type * as tf from '../../tf';
import type { ConvShape } from '../shared/conv-shape';
import { convClass, convSizes, groupShape, split, type Split } from './conv-work';
import { reads, writes, type Gpu, type Operand } from './gpu';
import { Kernel, type Variant } from './registry';
import { sumSplits } from './sum-splits';
import { TILES, tileBytes, tileName, tileSide, tiledProduct, type Tile } from './tiled';
import { XYZW, divides4, every, lane, load4, storeRow, unroll } from './wgsl';

export interface FilterGradientOperands {
  /** [n, h, w, ci] */
  readonly x: Operand;
  /** [n, ho, wo, co] */
  readonly dy: Operand;
  /** [k, k, ci, co] */
  readonly df: Operand;
  /** [co], or null where the bias' gradient is known otherwise. */
  readonly db: Operand | null;
}

const rowsOf = ({ k, ci }: ConvShape): number => k * k * ci;

/** Where a variant writes: at once, or into parts with the bias' sums as one row more. */
function destination(
  gpu: Gpu,
  shape: ConvShape,
  cut: Split,
  { df, db }: FilterGradientOperands,
): { parts: tf.Tensor | null; finish: () => void } {
  if (cut.count === 1) return { parts: null, finish: () => undefined };
  const [length, tail] = [rowsOf(shape) * shape.co, db ? shape.co : 0];
  const parts = gpu.empty([cut.count, length + tail]);
  return {
    parts,
    finish: () => {
      sumSplits(gpu, parts, cut.count, length, shape.co, df, { tail: db ? { to: db, length: tail } : null });
      parts.dispose();
    },
  };
}

const cutOf = (gpu: Gpu, shape: ConvShape, invocations: number, steps: number, shortest: number): Split =>
  split(invocations, steps, shortest, (rowsOf(shape) + 1) * shape.co, gpu.traits);

/** Where part `z` begins in the output, counted in numbers. */
const partStart = (z: string, partial: boolean, bias: boolean): string =>
  partial ? `${z} * (u.rows${bias ? ' + 1u' : ''}) * u.co + ` : '';

/** Every invocation holds `tall` rows times `wide` channels in registers and walks along image rows. */
function registers(
  tall: number,
  wide: number,
  fits: (shape: ConvShape) => boolean,
): Variant<ConvShape, FilterGradientOperands> {
  return {
    name: `registers-${tall}x${wide}`,
    software: true,
    supports: fits,
    run(gpu: Gpu, shape, operands) {
      const { x, dy, df, db } = operands;
      const [deep, channels] = [divides4(shape.ci), divides4(shape.co)];
      const rows = rowsOf(shape);
      const [columnTiles, rowTiles] = [Math.ceil(shape.co / wide), Math.ceil(rows / tall)];
      const steps = shape.n * shape.ho;
      const cut = cutOf(gpu, shape, columnTiles * rowTiles, steps, Math.ceil(16 / shape.wo));
      const { parts, finish } = destination(gpu, shape, cut, operands);
      const [gx, gy] = groupShape(columnTiles);
      const [partial, bias] = [parts !== null, db !== null];
      // Rows come in groups that share a tap: four channels at once, or one.
      const per = deep ? 4 : 1;
      const groups = tall / per;
      gpu.run({
        label: `conv df ${tall}x${wide} ${lane(deep)} ${lane(channels)} ${gx}${partial ? ' partial' : ''}${bias ? ' bias' : ''}`,
        bindings: [
          reads('x', lane(deep), x),
          reads('dy', lane(channels), dy),
          writes('df', lane(channels), parts ?? df),
          ...(db && !partial ? [writes('db', lane(channels), db)] : []),
        ],
        sizes: {
          ...convSizes(shape),
          rows,
          inner: shape.ci / per,
          pitch: channels ? shape.co / 4 : shape.co,
          steps,
          length: cut.length,
        },
        workgroups: [Math.ceil(columnTiles / gx), Math.ceil(rowTiles / gy), cut.count],
        code: () => `
@compute @workgroup_size(${gx}, ${gy})
fn main(@builtin(global_invocation_id) id: vec3u) {
  let column = id.x * ${wide}u;
  let row = id.y * ${tall}u;
  if (row >= u.rows || column >= u.co) { return; }
${unroll(
  groups,
  (g) => `
  let r${g} = min(row + ${g * per}u, u.rows - 1u) / ${per}u;
  let tap${g} = r${g} / u.inner;
  let k${g} = i32(r${g} - tap${g} * u.inner);
  let ky${g} = i32(tap${g} / u.k) - i32(u.padding);
  let kx${g} = i32(tap${g} % u.k) - i32(u.padding);`,
)}
${unroll(tall, (i) => unroll(wide / 4, (j) => `  var c${i}_${j} = vec4f(0);`))}
${bias ? unroll(wide / 4, (j) => `  var s${j} = vec4f(0);`) : ''}
  let end = min((id.z + 1u) * u.length, u.steps);
  for (var step = id.z * u.length; step < end; step++) {
    let image = step / u.ho;
    let top = i32((step - image * u.ho) * u.stride);
    let start = i32(image * u.h);
${unroll(
  groups,
  (g) => `
    let in${g} = u32(top + ky${g}) < u.h;
    let a${g} = (start + top + ky${g}) * i32(u.w * u.inner) + k${g};`,
)}
    var b = step * u.wo * u.pitch + ${channels ? 'column / 4u' : 'column'};
    for (var ox = 0u; ox < u.wo; ox++) {
      let left = i32(ox * u.stride);
${unroll(wide / 4, (j) => `      let B${j} = ${load4('dy', `b + ${channels ? j : 4 * j}u`, channels)};`)}
      b += u.pitch;
${bias ? unroll(wide / 4, (j) => `      s${j} += B${j};`) : ''}
${unroll(
  groups,
  (g) => `      {
        let at = left + kx${g};
        let A = select(${lane(deep)}(0), x[a${g} + at * i32(u.inner)], in${g} & (u32(at) < u.w));
${unroll(per, (e) => unroll(wide / 4, (j) => `        c${g * per + e}_${j} += A${deep ? `.${XYZW[e]!}` : ''} * B${j};`))}
      }`,
)}
    }
  }
${unroll(
  tall,
  (i) => `  if (row + ${i}u < u.rows) {
${unroll(wide / 4, (j) => storeRow('df', `${partStart('id.z', partial, bias)}(row + ${i}u) * u.co + column + ${4 * j}u`, `column + ${4 * j}u`, 'u.co', `c${i}_${j}`, channels))}
  }`,
)}
${
  bias
    ? `  if (row == 0u) {
${unroll(wide / 4, (j) => storeRow(partial ? 'df' : 'db', `${partial ? `${partStart('id.z', true, true)}u.rows * u.co + ` : ''}column + ${4 * j}u`, `column + ${4 * j}u`, 'u.co', `s${j}`, channels))}
  }`
    : ''
}
}`,
      });
      finish();
    },
  };
}

/**
 * Positions of the batch come in steps of the tile's depth; the bias' gradient is a row of ones more in a.
 */
function tiled(tile: Tile): Variant<ConvShape, FilterGradientOperands> {
  const side = tileSide(tile);
  return {
    name: tileName(tile),
    supports: (shape, traits) =>
      traits.workgroupBytes >= tileBytes(tile) &&
      traits.invocationsPerWorkgroup >= tile.threads ** 2 &&
      shape.co > side / 4 &&
      rowsOf(shape) > side / 4,
    run(gpu, shape, operands) {
      const { x, dy, df, db } = operands;
      const [deep, channels] = [divides4(shape.ci), divides4(shape.co)];
      const rows = rowsOf(shape);
      const bias = db !== null;
      const [columnTiles, rowTiles] = [Math.ceil(shape.co / side), Math.ceil((rows + (bias ? 1 : 0)) / side)];
      const positions = shape.n * shape.ho * shape.wo;
      const steps = Math.ceil(positions / tile.depth);
      const cut = cutOf(gpu, shape, columnTiles * rowTiles * tile.threads ** 2, steps, 4);
      const { parts, finish } = destination(gpu, shape, cut, operands);
      const partial = parts !== null;
      const one = (row: string, e: number): string => `pick(${row} + ${e}u, image, top, left, here)`;
      gpu.run({
        label: `conv df ${tileName(tile)} ${lane(deep)} ${lane(channels)}${partial ? ' partial' : ''}${bias ? ' bias' : ''}`,
        bindings: [
          reads('x', lane(deep), x),
          reads('dy', lane(channels), dy),
          writes('df', lane(channels), parts ?? df),
          ...(db && !partial ? [writes('db', lane(channels), db)] : []),
        ],
        sizes: { ...convSizes(shape), rows, positions, steps, length: cut.length },
        workgroups: [columnTiles, rowTiles, cut.count],
        code: () => `
fn pick(row: u32, image: u32, top: i32, left: i32, here: bool) -> ${lane(deep)} {
  let tap = row / u.ci;
  let y = top + i32(tap / u.k);
  let x0 = left + i32(tap % u.k);
  let at = ((image * u.h + u32(y)) * u.w + u32(x0)) * u.ci + row - tap * u.ci;
  return select(${lane(deep)}(0), x[at${deep ? ' / 4u' : ''}], ${every('here', 'row < u.rows', 'u32(y) < u.h', 'u32(x0) < u.w')});
}
fn four(row: u32, position: u32) -> vec4f {
  let line = position / u.wo;
  let image = line / u.ho;
  let top = i32((line - image * u.ho) * u.stride) - i32(u.padding);
  let left = i32((position - line * u.wo) * u.stride) - i32(u.padding);
  let here = position < u.positions;
  ${
    bias
      ? `if (row <= u.rows && row + 4u > u.rows) {
    var last = vec4f(${[0, 1, 2, 3].map((e) => `select(0f, 1f, here & (row + ${e}u == u.rows))`).join(', ')});
    ${deep ? '' : `last += vec4f(${[0, 1, 2, 3].map((e) => one('row', e)).join(', ')});`}
    return last;
  }`
      : ''
  }
  return ${deep ? one('row', 0) : `vec4f(${[0, 1, 2, 3].map((e) => one('row', e)).join(', ')})`};
}
${tiledProduct({
  tile,
  rows: bias ? 'u.rows + 1u' : 'u.rows',
  eachStep: '',
  a: {
    along: 'outer',
    prepare: () => '',
    fetch: (row, inner) => ({ before: '', value: `four(${row}, step * ${tile.depth}u + ${inner})` }),
  },
  b: {
    along: 'outer',
    prepare: () => '',
    fetch: (column, inner, s) => ({
      before: `    let p${s} = step * ${tile.depth}u + ${inner};\n    let i${s} = p${s} * u.co + ${column};`,
      value: `select(vec4f(0), ${channels ? `dy[i${s} / 4u]` : load4('dy', `i${s}`, false)}, ${every(`p${s} < u.positions`, `${column} < u.co`)})`,
    }),
  },
  store: (row, column, value) => {
    const main = storeRow(
      'df',
      `${partStart('group.z', partial, bias)}${row} * u.co + ${column}`,
      column,
      'u.co',
      value,
      channels,
    );
    return db && !partial
      ? `    if (${row} == u.rows) {\n${storeRow('db', column, column, 'u.co', value, channels)}\n    } else {\n${main}\n    }`
      : main;
  },
})}`,
      });
      finish();
    },
  };
}

export const convolutionFilterGradient = new Kernel<ConvShape, FilterGradientOperands>(
  'convolution-filter-gradient',
  convClass,
  [...TILES.map(tiled), registers(8, 8, ({ co }) => co > 4), registers(8, 4, () => true)],
);
