/**
 * What a benchmark says: one JSON line per case, always with the machine it ran on. With BENCH_RECORD (a
 * file, named by scripts/bench.mjs) the line also takes the place of the same case in that file. Not here:
 * measuring (src/core/bench) and the document made of the file (document.ts).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { recorded, type Line, type Machine, type Recorded } from '../../src/core/bench/line';

/** This process's machine; a browser's differs in runtime and adapter. */
export const machine = (runtime = `Node ${process.versions.node}`, adapter?: string): Machine => ({
  cpu: cpus()[0]?.model.trim() || 'unknown',
  cores: cpus().length,
  runtime,
  ...(adapter ? { adapter } : {}),
});

/** Prints a case as one line of JSON, and records it. @returns what was printed */
export function line(measured: Line, on: Machine = machine()): Recorded {
  const entry = say(measured, on);
  const file = process.env['BENCH_RECORD'];
  if (file) writeFileSync(file, jsonOf(merged(linesIn(file), entry)));
  return entry;
}

/** Prints a case that is no matter of speed: it is not recorded. */
export function say(measured: Line, on: Machine = machine()): Recorded {
  const entry = recorded(measured, on);
  console.log(JSON.stringify(entry));
  return entry;
}

/** Recorded lines; none where there is no such file. */
export const linesIn = (file: string): readonly Recorded[] =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded[]) : [];

/** The same case of the same backend is replaced where it stands; another one goes to the end. */
export function merged(kept: readonly Recorded[], entry: Recorded): readonly Recorded[] {
  const at = kept.findIndex((other) => other.case === entry.case && other.backend === entry.backend);
  return at < 0 ? [...kept, entry] : kept.with(at, entry);
}

/** A list of lines as the file has it: one a line, so that a difference shows the case. */
export const jsonOf = (lines: readonly Recorded[]): string =>
  `[\n${lines.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`;
