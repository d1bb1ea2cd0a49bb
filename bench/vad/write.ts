/** Reads the V/A/D sweep's runs, kept or committed, and writes data and the report's part of docs/results.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readRun } from '../support/kept-run';
import { replaced } from '../sweep/marks';
import { committed, jsonOf, type VadRun } from './data';
import { plannedRuns } from './plan';
import { reportOf } from './report';

const DATA = 'docs/vad-weights.json';
const REPORT = 'docs/results.md';
/** Fewer epochs or seeds than the report has. */
const isRehearsal = process.env['EPOCHS'] !== undefined || process.env['SEEDS'] !== undefined;

const readCommitted = (): readonly VadRun[] =>
  existsSync(DATA) ? (JSON.parse(readFileSync(DATA, 'utf8')) as VadRun[]) : [];

/** The work that is committed. */
export const committedKeys = (): ReadonlySet<string> => new Set(readCommitted().map(({ key }) => key));

/** What was trained here, else what is committed of the same work. @throws Error where one has not been made */
function readKept(folder: string): readonly VadRun[] {
  const before = new Map(readCommitted().map((run) => [run.key, run]));
  return plannedRuns().map(({ key, label }) => {
    const kept = readRun(folder, key);
    const known = kept ? committed(key, label, kept) : before.get(key);
    if (!known) throw new Error(`${label} has not been made: ${key}.`);
    return known;
  });
}

/**
 * @param kept the folder of finished runs; null: what is committed
 * @returns the files written; a rehearsal prints its report and writes none
 */
export async function writeReport(kept: string | null): Promise<readonly string[]> {
  const runs = kept ? readKept(kept) : readCommitted();
  const report = reportOf(runs);
  if (isRehearsal) {
    console.log(report);
    return ['nothing: a rehearsal'];
  }
  if (kept) writeFileSync(DATA, jsonOf(runs));
  writeFileSync(REPORT, replaced(readFileSync(REPORT, 'utf8'), 'npm run sweep -- --vad', report, REPORT));
  return [...(kept ? [DATA] : []), REPORT];
}
