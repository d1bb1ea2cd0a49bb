/** Reads the study's runs, kept or committed, and writes its data and its part of docs/results.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { keyOf } from '../support/kept-run';
import { replaced } from '../sweep/marks';
import { jsonOf, readStudy, type StudyRun } from './data';
import { plannedRuns } from './plan';
import { reportOf } from './report';

const DATA = 'docs/emodb-study.json';
const REPORT = 'docs/results.md';

const readCommitted = (): readonly StudyRun[] =>
  existsSync(DATA) ? readStudy(readFileSync(DATA, 'utf8')) : [];

/** The work that is committed. */
export const committedKeys = (): ReadonlySet<string> =>
  new Set(readCommitted().map(({ config }) => keyOf(config)));

function readKept(folder: string): readonly StudyRun[] {
  const before = new Map(readCommitted().map((run) => [keyOf(run.config), run]));
  return plannedRuns().map(({ key, label, protocol, fold }) => {
    const file = `${folder}/${key}.json`;
    const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as StudyRun) : before.get(key);
    if (!known) throw new Error(`${label}, ${protocol} ${fold} has not been made: ${key}.`);
    return known;
  });
}

/** @param kept the folder of finished runs; null: what is committed  @returns the files written */
export async function writeReport(kept: string | null): Promise<readonly string[]> {
  const runs = kept ? readKept(kept) : readCommitted();
  const text = replaced(
    readFileSync(REPORT, 'utf8'),
    'npm run sweep -- --emodb',
    await reportOf(runs),
    REPORT,
  );
  if (kept) writeFileSync(DATA, jsonOf(runs));
  writeFileSync(REPORT, text);
  return [...(kept ? [DATA] : []), REPORT];
}
