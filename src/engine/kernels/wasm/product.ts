/**
 * Matrix products in a workspace: rows that a table points at, times a matrix packed into panels of 16, 8 and
 * 4 columns. A convolution's rows are windows of a padded image, so nothing is ever unrolled into a larger
 * matrix. Not here: which rows and which matrix (convolve.ts, filter-gradient.ts, linear.ts).
 */
import type { Call, Workspace } from './workspace';

interface Panel {
  readonly first: number;
  readonly width: 4 | 8 | 16;
}

/** Rows a tile takes at a time; tables are padded to whole groups by repeating the last row. */
const TILE_ROWS = { 16: 2, 8: 4, 4: 4 } as const;
const GROUP = 4;
/** Rows that are worth a call of their own. */
const CALL_ROWS = 32;

/** The panels of a number of columns, which must be a multiple of four. */
function panelsOf(columns: number): Panel[] {
  const panels: Panel[] = [];
  for (let first = 0; first < columns;) {
    const width = columns - first >= 16 ? 16 : columns - first >= 8 ? 8 : 4;
    panels.push({ first, width });
    first += width;
  }
  return panels;
}

/** Whether panels can be made of so many columns. */
export const fitsPanels = (columns: number): boolean => columns > 0 && columns % 4 === 0;

/** Bytes of a table of so many rows. */
export const tableBytes = (rows: number): number => Math.ceil(rows / GROUP) * GROUP * 8;

/** Writes a table: where each row begins, and where its sums go. */
export function fillTable(
  work: Workspace,
  table: number,
  rows: number,
  from: (row: number) => number,
  to: (row: number) => number,
): void {
  const values = work.integersAt(table, tableBytes(rows) / 4);
  for (let i = 0; i < rows; i++) {
    values[2 * i] = from(i);
    values[2 * i + 1] = to(i);
  }
  for (let i = 2 * rows; i < values.length; i++) values[i] = values[i - 2]!;
}

/**
 * Packs `rows` rows of a row-major matrix, `stride` bytes apart; they become rows `at`, `at + every`, ... of
 * `depth` in the panels.
 */
export function pack(
  work: Workspace,
  from: number,
  to: number,
  columns: number,
  rows: number,
  stride: number,
  depth: number,
  at = 0,
  every = 1,
): void {
  for (const { first, width } of panelsOf(columns))
    work.run[`copy${width}`](
      from + first * 4,
      to + (first * depth + at * width) * 4,
      rows,
      stride,
      every * width * 4,
    );
}

/**
 * Packs the transpose: row r of `from` becomes column r. `columns` (a multiple of four) is the number of rows
 * of `from`.
 */
export function packTransposed(
  work: Workspace,
  from: number,
  to: number,
  columns: number,
  rows: number,
  stride: number,
  depth: number,
  at = 0,
): void {
  for (const { first, width } of panelsOf(columns))
    work.run.transpose(
      from + first * stride,
      to + (first * depth + at * width) * 4,
      width,
      rows,
      stride,
      4,
      width * 4,
    );
}

/** Two addresses: that of `count` zeros, and a float32 below which nothing falls. */
export function nothing(
  work: Workspace,
  count: number,
  floor: number,
): { readonly zeros: number; readonly floor: number } {
  const zeros = work.allocate((count + 1) * 4);
  work.floats().fill(0, zeros / 4, zeros / 4 + count)[zeros / 4 + count] = floor;
  return { zeros, floor: zeros + count * 4 };
}

export interface Product {
  /** Filled by {@link fillTable}. */
  readonly table: number;
  readonly rows: number;
  /** What the table's first numbers are relative to. */
  readonly left: number;
  readonly segments: number;
  /** Floats of a segment. */
  readonly run: number;
  /** From one float to the next, 4 where they are neighbours. */
  readonly step: number;
  /** From the end of a segment to the next. */
  readonly skip: number;
  /** The packed matrix, segments * run deep. */
  readonly panels: number;
  readonly columns: number;
  readonly out: number;
  /** What the sums begin with, one float32 a column; null adds to what is there. */
  readonly bias: number | null;
  /** A float32 that results do not fall below (zero for ReLU). Unused when adding. */
  readonly floor: number;
}

/** Every sum is made by one call in one order: the result is the same bits with any number of threads. */
export function begin(work: Workspace, p: Product): void {
  const depth = p.segments * p.run;
  const parts =
    work.threads === 1 ? 1 : Math.max(1, Math.min(2 * work.threads, Math.floor(p.rows / CALL_ROWS)));
  const calls: Call[] = [];
  for (const { first, width } of panelsOf(p.columns)) {
    const program = p.bias === null ? (`tile${width}Add` as const) : (`tile${width}` as const);
    const groups = Math.ceil(p.rows / TILE_ROWS[width]);
    for (let part = 0; part < parts; part++) {
      const [from, to] = [Math.floor((part * groups) / parts), Math.floor(((part + 1) * groups) / parts)];
      calls.push({
        program,
        parameters: [
          p.table + from * TILE_ROWS[width] * 8,
          to - from,
          p.left,
          p.panels + first * depth * 4,
          p.segments,
          p.run,
          p.skip,
          p.step,
          p.out + first * 4,
          p.bias === null ? 0 : p.bias + first * 4,
          p.floor,
        ],
      });
    }
  }
  work.begin(calls);
}

/** {@link begin}, until it is done. */
export function multiply(work: Workspace, p: Product): void {
  begin(work, p);
  work.finish();
}
