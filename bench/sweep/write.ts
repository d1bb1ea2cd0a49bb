/**
 * Reads the sweep's runs, kept or committed, and writes data, pictures and the report's part of
 * docs/results.md.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseRunConfig } from '../../src/core/config/parse';
import { readSweep, committed, jsonOf, type SweepRun } from './data';
import { replaced } from './marks';
import { keyOf, readRun } from '../support/kept-run';
import { plannedRuns } from './plan';
import { reportOf } from './report';
import { scoresPicture } from './scores-picture';
import { weightsPicture } from './weights-picture';

const DATA = 'docs/demo-sweep.json';
const REPORT = 'docs/results.md';

const readCommitted = (): readonly SweepRun[] =>
  existsSync(DATA) ? readSweep(readFileSync(DATA, 'utf8')) : [];

/** Options that have come since have their defaults. */
const workOf = ({ config }: SweepRun): string => keyOf(parseRunConfig(config));

/** The work that is committed. */
export const committedKeys = (): ReadonlySet<string> => new Set(readCommitted().map(workOf));

/** What was trained here, else what is committed of the same work. */
function readKept(folder: string): readonly SweepRun[] {
  const before = new Map(readCommitted().map((run) => [workOf(run), run]));
  return plannedRuns().map(({ key, label, config }) => {
    const kept = readRun(folder, key);
    const known = kept ? committed(label, kept) : before.get(key);
    if (!known) throw new Error(`${label} has not been made: ${key}.`);
    return { ...known, config };
  });
}

/** @param kept the folder of finished runs; null: what is committed  @returns the files written */
export async function writeReport(kept: string | null): Promise<readonly string[]> {
  if (kept) writeFileSync(DATA, jsonOf(readKept(kept)));
  const runs = readCommitted();
  const files = {
    'docs/demo-sweep-scores.svg': scoresPicture(runs),
    'docs/demo-sweep-weights.svg': weightsPicture(runs),
    [REPORT]: replaced(readFileSync(REPORT, 'utf8'), 'npm run sweep', await reportOf(runs), REPORT),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
  return [...(kept ? [DATA] : []), ...Object.keys(files)];
}
