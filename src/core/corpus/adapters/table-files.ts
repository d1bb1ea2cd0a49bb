/**
 * A corpus that a table describes, instead of the names of its files: CSV and TSV, with or without published
 * parts, lines of JSON, audformat, EmoBox (tables/forms.ts). What its columns are is only known after it was read:
 * the manifest carries its own description, made by the user's mapping or the suggested one.
 */
import { CorpusError } from '../../errors/errors';
import type { Problem } from '../../errors/problem';
import type { CorpusAdapter, Listing, Scan, ScanOptions } from '../adapter';
import { cancellable, filesBelow, reportInto, type Report } from '../listing';
import { readRecordings, reportIdentical } from '../recordings';
import { notThisCorpus } from '../refusals';
import { chooseTable, LOOKED_AT, type ChosenTable } from '../tables/choose-table';
import { AUDIO_NAME } from '../tables/csv';
import { describe, reportTable, UNREAD } from '../tables/describe';
import { TABLE_FORMS } from '../tables/forms';
import type { GatheredTable, NamedFile } from '../tables/gather';
import { headerKey, type TableMapping } from '../tables/mapping';
import { recordingsOf } from '../tables/rows';
import type { CorpusDirectory, Detection, Evidence } from '../types';

const TITLE = { name: 'CSV / audformat / EmoBox', lookedFor: 'labels.csv, db.yaml, metadata.jsonl' };

export const tableFiles: CorpusAdapter = { id: 'table-files', ...TITLE, detect, scan, ...UNREAD };

/** Columns that are named in the evidence. */
const NAMED = 6;

/** By the share of a table's paths that are files of the folder, as far as it is listed. */
async function detect({ files, head }: Listing): Promise<Omit<Detection, 'adapter'>> {
  const sounds = files.filter((path) => AUDIO_NAME.test(path));
  for (const form of TABLE_FORMS) {
    const tables = await form.look(files, head);
    if (tables.length === 0) continue;
    // The beginning of a header says no more.
    if (tables[0]!.rows.length === 0)
      return {
        score: form.score,
        evidence: [{ key: 'tableHeader', values: { file: tables[0]!.files.join(', ') } }],
      };
    const chosen = chooseTable(tables, sounds);
    if (!chosen) continue;
    const { table, mapping, found } = chosen;
    const rows = Math.min(LOOKED_AT, table.rows.length);
    const [column = ''] = Object.entries(mapping.columns).find(([, { role }]) => role === 'audio') ?? [];
    const columns = Object.values(mapping.columns)
      .filter(({ role }) => role !== 'ignore' && role !== 'audio')
      .map(({ id }) => id);
    const evidence: Evidence[] = [
      { key: 'tablePaths', values: { file: table.files.join(', '), column, count: found, total: rows } },
      { key: 'tableColumns', values: { columns: columns.slice(0, NAMED).join(', ') } },
    ];
    // A table whose recordings are elsewhere is still a table.
    const score = found === 0 ? 0.1 : form.score * (0.6 + (0.4 * found) / rows);
    return { score, evidence };
  }
  return { score: 0, evidence: [] };
}

/** @throws CorpusError `not-a-corpus`; `no-usable-utterance` with `skipped` */
async function scan(root: CorpusDirectory, options: ScanOptions): Promise<Scan> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  options.onProgress?.({ done: 0, total: 0, current: root.name });
  const files = await filesBelow(cancellable(root, options.signal), report);
  const sounds = files.filter(({ path }) => AUDIO_NAME.test(path));
  const chosen = await readTable(files, sounds, report, options);
  if (!chosen) throw notThisCorpus(root.name, [TITLE], await root.entries());
  const { table, mapping: suggested } = chosen;
  const mapping = remembered(table, options.mappings) ?? suggested;
  const { recordings, named } = recordingsOf(table, mapping, sounds, report);
  for (const { path } of sounds)
    if (!named.has(path)) report('unlabelled-audio', path, { key: 'notInTable' });
  const { utterances, ...fingerprints } = await readRecordings(recordings, problems, options);
  const described = describe(table, mapping, utterances);
  const told = reportTable(table, mapping, suggested);
  if (utterances.length === 0) {
    const count = (code: Problem['code']): number => problems.filter((one) => one.code === code).length;
    const error = new CorpusError('no-usable-utterance', {
      folder: root.name,
      labels: table.rows.length,
      audio: sounds.length,
      missing: count('missing-audio'),
      unreadable: count('unreadable-audio'),
      unlabelled: count('unlabelled-row'),
    });
    error.skipped = problems;
    throw error;
  }
  const [{ column }] = described.schemes;
  if (column !== '') reportIdentical(utterances, column, problems);
  return {
    ...fingerprints,
    utterances,
    problems,
    described,
    table: told,
    found: { labels: table.rows.length, audio: sounds.length, sessions: [] },
  };
}

async function readTable(
  files: readonly NamedFile[],
  sounds: readonly NamedFile[],
  report: Report,
  { signal }: ScanOptions,
): Promise<ChosenTable | null> {
  for (const form of TABLE_FORMS) {
    const tables = await form.read(files, report, signal);
    if (tables.length === 0) continue;
    const chosen = chooseTable(
      tables,
      sounds.map(({ path }) => path),
    );
    if (!chosen) continue;
    const { table } = chosen;
    for (const other of tables)
      if (!other.files.some((path) => table.files.includes(path)))
        for (const path of other.files)
          report('ignored-file', path, { key: 'otherRead', values: { path: table.files[0]! } });
    return chosen;
  }
  return null;
}

const remembered = ({ header }: GatheredTable, mappings: ScanOptions['mappings']): TableMapping | undefined =>
  mappings?.[headerKey(header)];
