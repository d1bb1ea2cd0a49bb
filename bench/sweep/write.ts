/** Reads the sweep's runs, kept or committed, and writes data, pictures and the report's part of docs/results.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { committed, jsonOf, type SweepRun } from './data';
import { plannedRuns } from './plan';
import { reportOf } from './report';
import type { KeptRun } from './run';
import { scoresPicture } from './scores-picture';
import { weightsPicture } from './weights-picture';

const DATA = 'docs/demo-sweep.json';
const REPORT = 'docs/results.md';
const [BEGIN, END] = ['<!-- npm run sweep: begin -->', '<!-- npm run sweep: end -->'];

const readKept = (folder: string): readonly SweepRun[] => plannedRuns().map(({ key, label }) => committed(label, JSON.parse(readFileSync(`${folder}/${key}.json`, 'utf8')) as KeptRun));

/** Puts the text between the two marks; what is written by hand around them stays. */
function replaced(document: string, text: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${REPORT} has lost its marks ${BEGIN} and ${END}.`);
  return `${before}${BEGIN}\n${text}\n${END}${after}`;
}

/** @param kept the folder of finished runs; null: what is committed  @returns the files written */
export async function writeReport(kept: string | null): Promise<readonly string[]> {
  if (kept) writeFileSync(DATA, jsonOf(readKept(kept)));
  const runs = JSON.parse(readFileSync(DATA, 'utf8')) as SweepRun[];
  const files = {
    'docs/demo-sweep-scores.svg': scoresPicture(runs), 'docs/demo-sweep-weights.svg': weightsPicture(runs),
    [REPORT]: replaced(readFileSync(REPORT, 'utf8'), await reportOf(runs)),
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
  return [...(kept ? [DATA] : []), ...Object.keys(files)];
}
