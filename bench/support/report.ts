/**
 * What a benchmark says: one JSON line per case, always with the machine it ran on. With BENCH_RECORD (a file; `npm run
 * bench -- --record` names docs/performance.json) the line also takes the place of the same case in that file.
 * Not here: measuring (src/core/bench) and the document made of the file.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { recorded, type Line, type Machine, type Recorded } from '../../src/core/bench/line';

/** This process's machine; a browser's differs in runtime and adapter. */
export const machine = (runtime = `node ${process.versions.node}`, adapter?: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, runtime, ...(adapter ? { adapter } : {}),
});

/** Prints a case as one line of JSON, and records it. @returns what was printed */
export function line(measured: Line, on: Machine = machine()): Recorded {
  const entry = recorded(measured, on);
  console.log(JSON.stringify(entry));
  const file = process.env['BENCH_RECORD'];
  if (file) record(file, entry);
  return entry;
}

function record(file: string, entry: Recorded): void {
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Recorded[]) : [];
  const at = kept.findIndex((other) => other.case === entry.case && other.backend === entry.backend);
  const all = at < 0 ? [...kept, entry] : kept.with(at, entry);
  writeFileSync(file, `[\n${all.map((one) => `  ${JSON.stringify(one)}`).join(',\n')}\n]\n`);
}
