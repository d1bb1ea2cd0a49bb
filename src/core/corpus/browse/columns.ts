/**
 * A list's columns, and their values in a form in which hundreds of thousands of rows are quickly filtered and
 * sorted: each text once, and of each row its number. Whatever takes long is a generator that yields now and
 * then, so that a page can draw meanwhile. Not here: which columns a corpus has (compare/recordings).
 */

/** Work in slices of a millisecond or so each; what it returns is its result. */
export type Slices<T> = Generator<void, T, void>;

interface ColumnOf<Kind extends string, Value> {
  readonly id: string;
  readonly kind: Kind;
  /** @param row its place in the corpus */
  readonly read: (row: number) => Value;
  /** A word alone is looked for in it. */
  readonly searched?: true;
}

/** Texts; empty: none. */
export type TextColumn = ColumnOf<'text', string>;
/** Several texts a row, or none. */
export type SetColumn = ColumnOf<'set', readonly string[]>;
/** Numbers; null: none. */
export type NumberColumn = ColumnOf<'number', number | null>;
export type Column = TextColumn | SetColumn | NumberColumn;

export interface CodedTexts {
  readonly kind: 'text';
  /** Of each row, its place in `values`. */
  readonly codes: Uint32Array;
  /** In the order in which they first occur; of a set its texts, else one, or none. */
  readonly values: readonly (readonly string[])[];
}
export interface CodedNumbers {
  readonly kind: 'number';
  /** NaN: none. */
  readonly values: Float64Array;
}
export type Coded = CodedTexts | CodedNumbers;

/** Rows between two pauses. */
export const SLICE = 4096;

/** A list: its columns, each coded when it is first needed and then kept. */
export class Table {
  private readonly coded = new Map<string, Coded>();
  private readonly byId: ReadonlyMap<string, Column>;

  constructor(
    readonly columns: readonly Column[],
    readonly rows: number,
  ) {
    this.byId = new Map(columns.map((column) => [column.id, column]));
  }

  column(id: string): Column | undefined {
    return this.byId.get(id);
  }

  *code(column: Column): Slices<Coded> {
    const known = this.coded.get(column.id);
    if (known) return known;
    const made = column.kind === 'number' ? yield* this.numbers(column) : yield* this.texts(column);
    this.coded.set(column.id, made);
    return made;
  }

  private *numbers({ read }: NumberColumn): Slices<CodedNumbers> {
    const values = new Float64Array(this.rows);
    for (let row = 0; row < this.rows; row++) {
      if (row % SLICE === 0) yield;
      values[row] = read(row) ?? Number.NaN;
    }
    return { kind: 'number', values };
  }

  private *texts(column: TextColumn | SetColumn): Slices<CodedTexts> {
    const codes = new Uint32Array(this.rows);
    const values: (readonly string[])[] = [];
    const known = new Map<string, number>();
    for (let row = 0; row < this.rows; row++) {
      if (row % SLICE === 0) yield;
      const parts = partsOf(column, row);
      const key = column.kind === 'text' ? (parts[0] ?? '') : JSON.stringify(parts);
      let code = known.get(key);
      if (code === undefined) {
        code = values.length;
        known.set(key, code);
        values.push(parts);
      }
      codes[row] = code;
    }
    return { kind: 'text', codes, values };
  }
}

const partsOf = (column: TextColumn | SetColumn, row: number): readonly string[] => {
  if (column.kind === 'set') return column.read(row);
  const text = column.read(row);
  return text === '' ? [] : [text];
};

/** Does sliced work at once: in a worker or a test. */
export function atOnce<T>(work: Slices<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
