/**
 * The programs of matrix multiplication: a tile of a few rows x 16 (8, 4) columns whose sums stay in
 * registers, and the copies that bring matrices into the order in which a tile reads them. Convolutions and
 * their gradients, and linear layers, are all made of them; product.ts says how. Addresses and strides are
 * bytes.
 *
 * 2 x 16 reaches 90 % of what the processor's multipliers and adders can do in four lanes, both in V8 11 and
 * in V8 15; tiles with more sums spill registers in one of them. Relaxed SIMD's fused multiply-add was
 * measured and gains nothing (processors multiply and add side by side), so it is not used: results are the
 * same bits on every machine.
 */
import { f32x4, i32, sequence, v128, type Code, type Program } from './assembler';

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const bytes = (n: number): Code => i32.constant(n);

/**
 * For each group of `rows` entries of `table` - (where the row begins relative to `left`, where its sums go
 * relative to
 * `out`) - the products of that row with a panel, [depth][16]. A row is `segments` x `run` floats, `step`
 * apart, with `skip` more after each run.
 * @param add adds to what is there; otherwise sums begin with `bias` and end at no less than `floor` (a
 * float32's address)
 */
const tile = (rows: number, vectors: number, add: boolean): Program => ({
  parameters: 11,
  body: (f, table, groups, left, panel, segments, run, skip, step, out, bias, floor) => {
    const each = <T>(make: (row: number, vector: number) => T): T[] =>
      range(rows).flatMap((i) => range(vectors).map((j) => make(i, j)));
    const sums = range(rows).map(() => range(vectors).map(() => f.local('v128')));
    const sum = (i: number, j: number) => sums[i]![j]!;
    const [at, to] = [range(rows).map(() => f.local('i32')), range(rows).map(() => f.local('i32'))];
    const [factors, factor, q] = [range(vectors).map(() => f.local('v128')), f.local('v128'), f.local('i32')];
    const multiplyAdd = sequence(
      ...factors.map((local, j) => local.set(v128.load(q.get, 16 * j))),
      ...at.map((address, i) =>
        sequence(
          factor.set(v128.loadSplat(address.get)),
          ...factors.map((local, j) =>
            sum(i, j).set(f32x4.add(sum(i, j).get, f32x4.mul(factor.get, local.get))),
          ),
        ),
      ),
      ...at.map((address) => address.advance(step.get)),
      q.advance(bytes(16 * vectors)),
    );
    return f.times(
      groups.get,
      sequence(
        ...at.map((local, i) => local.set(i32.add(left.get, i32.load(table.get, 8 * i)))),
        ...to.map((local, i) => local.set(i32.add(out.get, i32.load(table.get, 8 * i + 4)))),
        q.set(panel.get),
        ...each((i, j) => sum(i, j).set(v128.load(add ? to[i]!.get : bias.get, 16 * j))),
        f.times(
          segments.get,
          sequence(f.times(run.get, multiplyAdd), ...at.map((address) => address.advance(skip.get))),
        ),
        ...(add ? [] : [factor.set(v128.loadSplat(floor.get))]),
        ...each((i, j) =>
          v128.store(to[i]!.get, add ? sum(i, j).get : f32x4.max(sum(i, j).get, factor.get), 16 * j),
        ),
        table.advance(bytes(8 * rows)),
      ),
    );
  },
});

/** `rows` pieces of 16 x `vectors` bytes, `fromRow` apart, to pieces `toRow` apart. */
const copyRows = (vectors: number): Program => ({
  parameters: 5,
  body: (f, from, to, rows, fromRow, toRow) =>
    f.times(
      rows.get,
      sequence(
        ...range(vectors).map((j) => v128.store(to.get, v128.load(from.get, 16 * j), 16 * j)),
        from.advance(fromRow.get),
        to.advance(toRow.get),
      ),
    ),
});

/** to[c * toColumn + r * toRow] = from[r * fromRow + c]. */
const transpose: Program = {
  parameters: 7,
  body: (f, from, to, rows, columns, fromRow, toRow, toColumn) => {
    const [source, target] = [f.local('i32'), f.local('i32')];
    return f.times(
      rows.get,
      sequence(
        source.set(from.get),
        target.set(to.get),
        f.times(
          columns.get,
          sequence(
            i32.store(target.get, i32.load(source.get)),
            source.advance(bytes(4)),
            target.advance(toColumn.get),
          ),
        ),
        from.advance(fromRow.get),
        to.advance(toRow.get),
      ),
    );
  },
};

/**
 * out[row][0..1] = the dot products of rows of `left`, four at a time, with two neighbouring rows of
 * `weight`; then the next two, `pairs` times. `table` as for a tile; a row is `length` x 4 floats, and of the
 * weight `weightRow` bytes.
 */
const dotRows: Program = {
  parameters: 8,
  body: (f, table, groups, left, weight, length, weightRow, pairs, out) => {
    const [at, to, q] = [
      range(4).map(() => f.local('i32')),
      f.local('i32'),
      [f.local('i32'), f.local('i32')],
    ];
    const [entry, row] = [f.local('i32'), f.local('v128')];
    const columns = [f.local('v128'), f.local('v128')];
    const sums = range(4).map(() => [f.local('v128'), f.local('v128')]);
    const all = <T>(make: (row: number, column: number) => T): T[] =>
      range(4).flatMap((i) => [0, 1].map((j) => make(i, j)));
    const sum = (i: number, j: number) => sums[i]![j]!;
    const total = (code: Code): Code =>
      sequence(
        row.set(code),
        row.set(f32x4.add(row.get, v128.upper(row.get))),
        f32x4.add(row.get, v128.second(row.get)),
      );
    return f.times(
      pairs.get,
      sequence(
        entry.set(table.get),
        f.times(
          groups.get,
          sequence(
            ...at.map((local, i) => local.set(i32.add(left.get, i32.load(entry.get, 8 * i)))),
            q[0]!.set(weight.get),
            q[1]!.set(i32.add(weight.get, weightRow.get)),
            ...all((i, j) => sum(i, j).set(v128.zero)),
            f.times(
              length.get,
              sequence(
                ...columns.map((local, j) => local.set(v128.load(q[j]!.get))),
                ...at.map((address, i) =>
                  sequence(
                    row.set(v128.load(address.get)),
                    ...columns.map((local, j) =>
                      sum(i, j).set(f32x4.add(sum(i, j).get, f32x4.mul(row.get, local.get))),
                    ),
                  ),
                ),
                ...[...at, ...q].map((address) => address.advance(bytes(16))),
              ),
            ),
            ...range(4).map((i) =>
              sequence(
                to.set(i32.add(out.get, i32.load(entry.get, 8 * i + 4))),
                ...[0, 1].map((j) => v128.storeLane(to.get, total(sum(i, j).get), 4 * j)),
              ),
            ),
            entry.advance(bytes(32)),
          ),
        ),
        weight.advance(i32.add(weightRow.get, weightRow.get)),
        out.advance(bytes(8)),
      ),
    );
  },
};

export const TILE_PROGRAMS = {
  tile16: tile(2, 4, false),
  tile16Add: tile(2, 4, true),
  tile8: tile(4, 2, false),
  tile8Add: tile(4, 2, true),
  tile4: tile(4, 1, false),
  tile4Add: tile(4, 1, true),
  copy16: copyRows(4),
  copy8: copyRows(2),
  copy4: copyRows(1),
  transpose,
  dotRows,
} as const satisfies Readonly<Record<string, Program>>;
