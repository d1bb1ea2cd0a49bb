/**
 * The SIMD inner loops of training, four float32 at a time, as WebAssembly programs. Addresses and strides
 * are bytes; channels come in groups of four. What calls them with which numbers is in simd.ts.
 */
import {
  f32x4,
  f64x2,
  i32,
  i32x4,
  sequence,
  v128,
  type Code,
  type FunctionBuilder,
  type Local,
  type Program,
} from './assembler';
import { TILE_PROGRAMS } from './tile';

const bytes = (n: number): Code => i32.constant(n);

/** Adds two running float32x4 sums to float64 totals at `a` and `b`, two lanes at a time. */
const flush = (a: Local, b: Local, first: Local, second: Local): Code =>
  sequence(
    ...[
      [a, first],
      [b, second],
    ].flatMap(([to, from]) => [
      v128.store(to!.get, f64x2.add(v128.load(to!.get), f64x2.promoteLower(from!.get))),
      v128.store(to!.get, f64x2.add(v128.load(to!.get, 16), f64x2.promoteLower(v128.upper(from!.get))), 16),
    ]),
  );

/**
 * Blocks of positions, per group of channels: `each` adds to `first` and `second`; the totals are float64.
 * @param sources advance from position to position by `rowBytes`, from group to group by 16
 */
function reduction(
  f: FunctionBuilder,
  sources: readonly Local[],
  [blocks, positions, groups, rowBytes]: readonly Local[],
  totals: readonly [Local, Local],
  tables: readonly (readonly [Local, number])[],
  make: (at: readonly Local[], first: Local, second: Local) => { before: Code; each: Code },
): Code {
  const [group, at] = [sources.map(() => f.local('i32')), sources.map(() => f.local('i32'))];
  const [a, b, first, second] = [f.local('i32'), f.local('i32'), f.local('v128'), f.local('v128')];
  const { before, each } = make(at, first, second);
  const starts = tables.map(([table]) => ({ table, start: f.local('i32') }));
  return sequence(
    ...starts.map(({ table, start }) => start.set(table.get)),
    f.times(
      blocks!.get,
      sequence(
        ...sources.map((s, i) => group[i]!.set(s.get)),
        a.set(totals[0].get),
        b.set(totals[1].get),
        ...starts.map(({ table, start }) => table.set(start.get)),
        f.times(
          groups!.get,
          sequence(
            before,
            first.set(v128.zero),
            second.set(v128.zero),
            ...group.map((g, i) => at[i]!.set(g.get)),
            f.times(positions!.get, sequence(each, ...at.map((local) => local.advance(rowBytes!.get)))),
            flush(a, b, first, second),
            a.advance(bytes(32)),
            b.advance(bytes(32)),
            ...group.map((g) => g.advance(bytes(16))),
            ...tables.map(([table, size]) => table.advance(bytes(size))),
          ),
        ),
        ...sources.map((s) => s.advance(i32.multiply(positions!.get, rowBytes!.get))),
      ),
    ),
  );
}

/** Sums of x - shift and of its square, per channel. */
const statistics: Program = {
  parameters: 8,
  body: (f, x, shift, sums, squares, blocks, positions, groups, rowBytes) => {
    const [k, t] = [f.local('v128'), f.local('v128')];
    return reduction(
      f,
      [x],
      [blocks, positions, groups, rowBytes],
      [sums, squares],
      [[shift, 16]],
      ([at], first, second) => ({
        before: k.set(v128.load(shift.get)),
        each: sequence(
          t.set(f32x4.sub(v128.load(at!.get), k.get)),
          first.set(f32x4.add(first.get, t.get)),
          second.set(f32x4.add(second.get, f32x4.mul(t.get, t.get))),
        ),
      }),
    );
  },
};

/** Coefficients per group of four channels, float32x4 each: mean, factor, offset, slope, shift. */
export const COEFFICIENTS = 5;

/** y = max(0, (x - mean) * factor + offset). */
const normalise: Program = {
  parameters: 5,
  body: (f, x, y, table, positions, groups) => {
    const at = f.local('i32');
    return f.times(
      positions.get,
      sequence(
        at.set(table.get),
        f.times(
          groups.get,
          sequence(
            v128.store(
              y.get,
              f32x4.max(
                v128.zero,
                f32x4.add(
                  f32x4.mul(f32x4.sub(v128.load(x.get), v128.load(at.get)), v128.load(at.get, 16)),
                  v128.load(at.get, 32),
                ),
              ),
            ),
            ...[x, y].map((p) => p.advance(bytes(16))),
            at.advance(bytes(16 * COEFFICIENTS)),
          ),
        ),
      ),
    );
  },
};

/** dy where the normalised activation is positive, else 0. */
const passed = (dy: Code, centred: Code, table: Code): Code =>
  v128.and(
    dy,
    f32x4.gt(f32x4.add(f32x4.mul(centred, v128.load(table, 16)), v128.load(table, 32)), v128.zero),
  );

/** Sums of the passed gradient and of its product with x - mean, per channel. */
const gradientSums: Program = {
  parameters: 9,
  body: (f, dy, x, table, sums, products, blocks, positions, groups, rowBytes) => {
    const [centred, g] = [f.local('v128'), f.local('v128')];
    return reduction(
      f,
      [dy, x],
      [blocks, positions, groups, rowBytes],
      [sums, products],
      [[table, 16 * COEFFICIENTS]],
      ([d, at], first, second) => ({
        before: [],
        each: sequence(
          centred.set(f32x4.sub(v128.load(at!.get), v128.load(table.get))),
          g.set(passed(v128.load(d!.get), centred.get, table.get)),
          first.set(f32x4.add(first.get, g.get)),
          second.set(f32x4.add(second.get, f32x4.mul(g.get, centred.get))),
        ),
      }),
    );
  },
};

/** dx = factor * passed gradient + slope * (x - mean) + shift. */
const gradient: Program = {
  parameters: 6,
  body: (f, dy, x, dx, table, positions, groups) => {
    const [at, centred] = [f.local('i32'), f.local('v128')];
    return f.times(
      positions.get,
      sequence(
        at.set(table.get),
        f.times(
          groups.get,
          sequence(
            centred.set(f32x4.sub(v128.load(x.get), v128.load(at.get))),
            v128.store(
              dx.get,
              f32x4.add(
                f32x4.mul(v128.load(at.get, 16), passed(v128.load(dy.get), centred.get, at.get)),
                f32x4.add(f32x4.mul(v128.load(at.get, 48), centred.get), v128.load(at.get, 64)),
              ),
            ),
            ...[dy, x, dx].map((p) => p.advance(bytes(16))),
            at.advance(bytes(16 * COEFFICIENTS)),
          ),
        ),
      ),
    );
  },
};

/**
 * One row of pooled positions with the index of each maximum; `base` is where index 0 lies, `taps` are
 * offsets after the first.
 */
const maxPoolRow: Program = {
  parameters: 9,
  body: (f, x, y, source, base, taps, tapCount, columns, groups, skip) => {
    const [at, tap] = [f.local('i32'), f.local('i32')];
    const [best, index, value, mask] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')];
    const indexOf = (address: Local): Code =>
      i32x4.add(i32x4.splat(i32.shiftRight(i32.sub(address.get, base.get), bytes(2))), i32x4.lanes);
    return f.times(
      columns.get,
      sequence(
        f.times(
          groups.get,
          sequence(
            best.set(v128.load(x.get)),
            index.set(indexOf(x)),
            tap.set(taps.get),
            f.times(
              tapCount.get,
              sequence(
                at.set(i32.add(x.get, i32.load(tap.get))),
                value.set(v128.load(at.get)),
                mask.set(v128.or(f32x4.gt(value.get, best.get), f32x4.ne(value.get, value.get))),
                best.set(v128.select(value.get, best.get, mask.get)),
                index.set(v128.select(indexOf(at), index.get, mask.get)),
                tap.advance(bytes(4)),
              ),
            ),
            v128.store(y.get, best.get),
            v128.store(source.get, index.get),
            ...[x, y, source].map((p) => p.advance(bytes(16))),
          ),
        ),
        x.advance(skip.get),
      ),
    );
  },
};

/** sum += more. */
const add: Program = {
  parameters: 3,
  body: (f, sum, more, groups) =>
    f.times(
      groups.get,
      sequence(
        v128.store(sum.get, f32x4.add(v128.load(sum.get), v128.load(more.get))),
        ...[sum, more].map((p) => p.advance(bytes(16))),
      ),
    ),
};

export const PROGRAMS = {
  ...TILE_PROGRAMS,
  statistics,
  normalise,
  gradientSums,
  gradient,
  maxPoolRow,
  add,
} as const satisfies Readonly<Record<string, Program>>;
