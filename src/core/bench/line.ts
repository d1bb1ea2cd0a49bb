/**
 * A benchmark's result: one line of JSON per case, both sides and their ratio, always with the machine; as
 * text to pass on. The command line and the page `#/bench` write the same lines.
 */

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** `node 20.20.2`, or the browser with its version. */
  readonly runtime: string;
  /** The graphics adapter, where one is used. */
  readonly adapter?: string;
}

/** A limit the ratio must keep; `at` says on which side of it. */
export interface Target {
  readonly at: 'most' | 'least';
  readonly value: number;
}

export interface Line {
  /** What is measured; unique together with `backend`. */
  readonly case: string;
  readonly backend: string;
  /** null where a side could not be measured; `note` then says why. */
  readonly ours: number | null;
  readonly theirs: number | null;
  /** What theirs is: `PyTorch CPU`, `tfjs wasm as shipped`. */
  readonly against: string;
  readonly unit: string;
  /** Which way round `ratio` is. */
  readonly of: 'ours/theirs' | 'theirs/ours';
  readonly target?: Target;
  /** The same on both sides. */
  readonly threads: number;
  readonly note?: string;
  /** Further numbers of the case: repetitions, spread, sizes. */
  readonly [detail: string]: unknown;
}

export type Recorded = Line & {
  readonly ratio: number | null;
  readonly met: boolean | null;
  readonly machine: Machine;
};

/** What was counted stays exact. */
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** A measured case with its ratio and, where it has a target, whether it is met. */
export function recorded(measured: Line, on: Machine): Recorded {
  const { ours, theirs, of, target } = measured;
  const ratio =
    ours === null || theirs === null ? null : rounded(of === 'ours/theirs' ? ours / theirs : theirs / ours);
  const met =
    ratio === null || !target ? null : target.at === 'most' ? ratio <= target.value : ratio >= target.value;
  return {
    ...measured,
    ours: ours === null ? null : rounded(ours),
    theirs: theirs === null ? null : rounded(theirs),
    ratio,
    met,
    machine: on,
  };
}

/** One JSON object per line. */
export const toJsonLines = (lines: readonly Recorded[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** A table for an issue or a document, the machine above it. */
export function toMarkdown(lines: readonly Recorded[]): string {
  const machines = [
    ...new Set(
      lines.map(({ machine: { cpu, cores, runtime, adapter } }) =>
        [cpu, `${cores} cores`, runtime, adapter].filter(Boolean).join(', '),
      ),
    ),
  ];
  const cell = (value: unknown): string =>
    String(value ?? '–')
      .replaceAll('|', '\\|')
      .replaceAll('\n', ' ');
  const row = (cells: readonly unknown[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [
    ...machines.map((machine) => `Machine: ${machine}`),
    '',
    row(['case', 'backend', 'ours', 'theirs', 'unit', 'ratio', 'against', 'note']),
    row(Array.from({ length: 8 }, () => '---')),
    ...lines.map((line) =>
      row([
        line.case,
        line.backend,
        line.ours,
        line.theirs,
        line.unit,
        line.ratio,
        line.against,
        line.note ?? '',
      ]),
    ),
    '',
  ].join('\n');
}
