/**
 * The SIMD inner loops of training, four float32 at a time, as WebAssembly programs. Addresses and strides are bytes;
 * channels come in groups of four. What calls them with which numbers is in simd.ts.
 */
import { f32x4, f64x2, i32, i32x4, sequence, v128, type Code, type FunctionBuilder, type Local, type Program } from './assembler';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const bytes = (n: number): Code => i32.constant(n);

/**
 * Adds to a filter's gradient [k][o] the products of a block of positions: 4 filter rows x 8 outputs stay in registers
 * while the positions go by. `offsets[k]` is where row k's pixel lies relative to the position's corner in x.
 * @param contiguous rows come in fours of neighbouring channels, so one address serves all four
 */
function filterGradient(contiguous: boolean): Program {
  return { parameters: 13, body: (f, x, dy, sums, offsets, rowTiles, outputTiles, images, rows, columns, xPixel, xRow, xImage, dyPixel) => {
    const four = range(4);
    const p = contiguous ? [f.local('i32')] : four.map(() => f.local('i32'));
    const from = (i: number): Code => (contiguous ? v128.loadSplat(p[0]!.get, 4 * i) : v128.loadSplat(p[i]!.get));
    const [outputs, out, q] = [f.local('i32'), f.local('i32'), f.local('i32')];
    const row = four.map(() => f.local('i32'));
    const sum = four.map(() => [f.local('v128'), f.local('v128')] as const);
    const [left, right, value] = [f.local('v128'), f.local('v128'), f.local('v128')];
    const advance = (by: Code): Code => sequence(...p.map((local) => local.advance(by)));
    const position = sequence(
      left.set(v128.load(q.get)), right.set(v128.load(q.get, 16)),
      ...four.map((i) => sequence(value.set(from(i)),
        sum[i]![0].set(f32x4.add(sum[i]![0].get, f32x4.mul(value.get, left.get))),
        sum[i]![1].set(f32x4.add(sum[i]![1].get, f32x4.mul(value.get, right.get))))),
      advance(xPixel.get), q.advance(dyPixel.get));
    const tile = sequence(
      ...p.map((local, i) => local.set(i32.add(x.get, i32.load(offsets.get, 4 * i)))), q.set(outputs.get),
      row[0]!.set(out.get), ...[1, 2, 3].map((i) => row[i]!.set(i32.add(row[i - 1]!.get, dyPixel.get))),
      ...four.flatMap((i) => [0, 1].map((j) => sum[i]![j]!.set(v128.load(row[i]!.get, 16 * j)))),
      f.times(images.get, sequence(f.times(rows.get, sequence(f.times(columns.get, position), advance(xRow.get))), advance(xImage.get))),
      ...four.flatMap((i) => [0, 1].map((j) => v128.store(row[i]!.get, sum[i]![j]!.get, 16 * j))),
      outputs.advance(bytes(32)), out.advance(bytes(32)));
    return f.times(rowTiles.get, sequence(
      outputs.set(dy.get), out.set(sums.get), f.times(outputTiles.get, tile),
      offsets.advance(bytes(16)), sums.advance(i32.multiply(dyPixel.get, bytes(4)))));
  } };
}

/** Adds two running float32x4 sums to float64 totals at `a` and `b`, two lanes at a time. */
const flush = (a: Local, b: Local, first: Local, second: Local): Code => sequence(...[[a, first], [b, second]].flatMap(([to, from]) => [
  v128.store(to!.get, f64x2.add(v128.load(to!.get), f64x2.promoteLower(from!.get))),
  v128.store(to!.get, f64x2.add(v128.load(to!.get, 16), f64x2.promoteLower(v128.upper(from!.get))), 16),
]));

/**
 * Blocks of positions, per group of channels: `each` adds to `first` and `second`; the totals are float64.
 * @param sources advance from position to position by `rowBytes`, from group to group by 16
 */
function reduction(
  f: FunctionBuilder, sources: readonly Local[], [blocks, positions, groups, rowBytes]: readonly Local[], totals: readonly [Local, Local],
  tables: readonly (readonly [Local, number])[],
  make: (at: readonly Local[], first: Local, second: Local) => { before: Code; each: Code },
): Code {
  const [group, at] = [sources.map(() => f.local('i32')), sources.map(() => f.local('i32'))];
  const [a, b, first, second] = [f.local('i32'), f.local('i32'), f.local('v128'), f.local('v128')];
  const { before, each } = make(at, first, second);
  const starts = tables.map(([table]) => ({ table, start: f.local('i32') }));
  return sequence(...starts.map(({ table, start }) => start.set(table.get)), f.times(blocks!.get, sequence(
    ...sources.map((s, i) => group[i]!.set(s.get)), a.set(totals[0].get), b.set(totals[1].get),
    ...starts.map(({ table, start }) => table.set(start.get)),
    f.times(groups!.get, sequence(
      before, first.set(v128.zero), second.set(v128.zero), ...group.map((g, i) => at[i]!.set(g.get)),
      f.times(positions!.get, sequence(each, ...at.map((local) => local.advance(rowBytes!.get)))),
      flush(a, b, first, second), a.advance(bytes(32)), b.advance(bytes(32)),
      ...group.map((g) => g.advance(bytes(16))), ...tables.map(([table, size]) => table.advance(bytes(size))))),
    ...sources.map((s) => s.advance(i32.multiply(positions!.get, rowBytes!.get))))));
}

/** Sums of x - shift and of its square, per channel. */
const statistics: Program = { parameters: 8, body: (f, x, shift, sums, squares, blocks, positions, groups, rowBytes) => {
  const [k, t] = [f.local('v128'), f.local('v128')];
  return reduction(f, [x], [blocks, positions, groups, rowBytes], [sums, squares], [[shift, 16]], ([at], first, second) => ({
    before: k.set(v128.load(shift.get)),
    each: sequence(t.set(f32x4.sub(v128.load(at!.get), k.get)),
      first.set(f32x4.add(first.get, t.get)), second.set(f32x4.add(second.get, f32x4.mul(t.get, t.get)))),
  }));
} };

/** Coefficients per group of four channels, float32x4 each: mean, factor, offset, slope, shift. */
export const COEFFICIENTS = 5;

/** y = max(0, (x - mean) * factor + offset). */
const normalise: Program = { parameters: 5, body: (f, x, y, table, positions, groups) => {
  const at = f.local('i32');
  return f.times(positions.get, sequence(at.set(table.get), f.times(groups.get, sequence(
    v128.store(y.get, f32x4.max(v128.zero,
      f32x4.add(f32x4.mul(f32x4.sub(v128.load(x.get), v128.load(at.get)), v128.load(at.get, 16)), v128.load(at.get, 32)))),
    ...[x, y].map((p) => p.advance(bytes(16))), at.advance(bytes(16 * COEFFICIENTS))))));
} };

/** dy where the normalised activation is positive, else 0. */
const passed = (dy: Code, centred: Code, table: Code): Code =>
  v128.and(dy, f32x4.gt(f32x4.add(f32x4.mul(centred, v128.load(table, 16)), v128.load(table, 32)), v128.zero));

/** Sums of the passed gradient and of its product with x - mean, per channel. */
const gradientSums: Program = { parameters: 9, body: (f, dy, x, table, sums, products, blocks, positions, groups, rowBytes) => {
  const [centred, g] = [f.local('v128'), f.local('v128')];
  return reduction(f, [dy, x], [blocks, positions, groups, rowBytes], [sums, products], [[table, 16 * COEFFICIENTS]], ([d, at], first, second) => ({
    before: [],
    each: sequence(centred.set(f32x4.sub(v128.load(at!.get), v128.load(table.get))),
      g.set(passed(v128.load(d!.get), centred.get, table.get)),
      first.set(f32x4.add(first.get, g.get)), second.set(f32x4.add(second.get, f32x4.mul(g.get, centred.get)))),
  }));
} };

/** dx = factor * passed gradient + slope * (x - mean) + shift. */
const gradient: Program = { parameters: 6, body: (f, dy, x, dx, table, positions, groups) => {
  const [at, centred] = [f.local('i32'), f.local('v128')];
  return f.times(positions.get, sequence(at.set(table.get), f.times(groups.get, sequence(
    centred.set(f32x4.sub(v128.load(x.get), v128.load(at.get))),
    v128.store(dx.get, f32x4.add(f32x4.mul(v128.load(at.get, 16), passed(v128.load(dy.get), centred.get, at.get)),
      f32x4.add(f32x4.mul(v128.load(at.get, 48), centred.get), v128.load(at.get, 64)))),
    ...[dy, x, dx].map((p) => p.advance(bytes(16))), at.advance(bytes(16 * COEFFICIENTS))))));
} };

/** One row of pooled positions with the index of each maximum; `base` is where index 0 lies, `taps` are offsets after the first. */
const maxPoolRow: Program = { parameters: 9, body: (f, x, y, source, base, taps, tapCount, columns, groups, skip) => {
  const [at, tap] = [f.local('i32'), f.local('i32')];
  const [best, index, value, mask] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')];
  const indexOf = (address: Local): Code => i32x4.add(i32x4.splat(i32.shiftRight(i32.sub(address.get, base.get), bytes(2))), i32x4.lanes);
  return f.times(columns.get, sequence(f.times(groups.get, sequence(
    best.set(v128.load(x.get)), index.set(indexOf(x)), tap.set(taps.get),
    f.times(tapCount.get, sequence(
      at.set(i32.add(x.get, i32.load(tap.get))), value.set(v128.load(at.get)),
      mask.set(v128.or(f32x4.gt(value.get, best.get), f32x4.ne(value.get, value.get))),
      best.set(v128.select(value.get, best.get, mask.get)), index.set(v128.select(indexOf(at), index.get, mask.get)),
      tap.advance(bytes(4)))),
    v128.store(y.get, best.get), v128.store(source.get, index.get),
    ...[x, y, source].map((p) => p.advance(bytes(16))))), x.advance(skip.get)));
} };

/** Adam; `constants`: beta1, 1 - beta1, beta2, 1 - beta2, rate, 1 / sqrt(1 - beta2^t), epsilon. */
const adam: Program = { parameters: 9, body: (f, w, g, m, v, newW, newM, newV, constants, groups) => {
  const [beta1, rest1, beta2, rest2, rate, correction, epsilon] = range(7).map(() => f.local('v128'));
  const all = [beta1!, rest1!, beta2!, rest2!, rate!, correction!, epsilon!];
  const [gradientNow, first, second] = [f.local('v128'), f.local('v128'), f.local('v128')];
  return sequence(...all.map((c, i) => c.set(v128.loadSplat(constants.get, 4 * i))), f.times(groups.get, sequence(
    gradientNow.set(v128.load(g.get)),
    first.set(f32x4.add(f32x4.mul(beta1!.get, v128.load(m.get)), f32x4.mul(rest1!.get, gradientNow.get))),
    second.set(f32x4.add(f32x4.mul(beta2!.get, v128.load(v.get)), f32x4.mul(f32x4.mul(rest2!.get, gradientNow.get), gradientNow.get))),
    v128.store(newM.get, first.get), v128.store(newV.get, second.get),
    v128.store(newW.get, f32x4.sub(v128.load(w.get),
      f32x4.div(f32x4.mul(rate!.get, first.get), f32x4.add(f32x4.mul(f32x4.sqrt(second.get), correction!.get), epsilon!.get)))),
    ...[w, g, m, v, newW, newM, newV].map((p) => p.advance(bytes(16))))));
} };

export const PROGRAMS = {
  filterGradient: filterGradient(false), filterGradientContiguous: filterGradient(true),
  statistics, normalise, gradientSums, gradient, maxPoolRow, adam,
} as const satisfies Readonly<Record<string, Program>>;
