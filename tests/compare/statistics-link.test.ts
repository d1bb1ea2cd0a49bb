/** A bar and a cell lead to a list of as many utterances as they count. */
import { expect, it } from 'vitest';
import { atOnce, Table } from '../../src/core/corpus/browse/columns';
import { filterRows } from '../../src/core/corpus/browse/filter';
import { parseQuery } from '../../src/core/corpus/browse/query';
import { crossOf, histogramOf } from '../../src/core/corpus/statistics/answers';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { statisticsLinks } from '../../src/core/compare/statistics-link';
import { utteranceColumns } from '../../src/core/compare/utterance-columns';
import { listFromQuery } from '../../src/core/compare/utterance-link';
import { parseRunConfig } from '../../src/core/config/parse';
import { PRESETS } from '../../src/core/config/presets';
import { splitFacts } from '../../src/core/splits/facts';

/** 60 utterances, some outside the scheme, lengths on the very ends of bins among them. */
const manifest: CorpusManifest = {
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'f',
  problems: [],
  utterances: Array.from({ length: 60 }, (_, i) => {
    const speaker = `Ses0${(i % 3) + 1}F`;
    const dialog = `${speaker}_impro0${i % 2}`;
    return {
      id: `${dialog}_F${String(i).padStart(3, '0')}`,
      path: `${i}.wav`,
      sampleRate: i % 4 === 0 ? 8000 : 16_000,
      frames: 8000 + 800 * (i % 17),
      content: String(i),
      labels: {
        emotion: ['ang', 'hap', 'neu', 'sad', 'xxx'][(i * 7) % 5]!,
        speaker,
        gender: 'female',
        valence: i % 9 === 0 ? null : 1 + (i % 4),
        activation: 3,
        dominance: 3,
      },
      groups: { speaker, session: speaker[4]!, dialog, 'odd, "name"': i % 2 === 0 ? 'a b' : 'c' },
    };
  }),
};
const config = parseRunConfig({
  ...PRESETS.compact,
  split: { kind: 'speaker', speaker: 'Ses02F' },
  exclude: [manifest.utterances[2]!.id, manifest.utterances[5]!.id],
});
const facts = splitFacts(manifest, config, {});
const links = statisticsLinks(manifest, config);
const table = new Table(utteranceColumns(manifest, config), manifest.utterances.length);

/** How many utterances the list shows behind a link. */
function listed(path: string | null): number {
  const { choice, problems } = listFromQuery(path!.split('?')[1]!);
  expect(problems).toEqual([]);
  const { count, problems: told } = atOnce(filterRows(table, parseQuery(choice.query)));
  expect(told).toEqual([]);
  return count;
}

it.each([
  ['$duration', null],
  ['$duration', 'speaker'],
  ['$duration', '$side'],
  ['valence', 'emotion'],
  ['valence', null],
] as const)('every bar of %s by %s', (column, by) => {
  const answer = histogramOf(facts, column, by)!;
  for (const [i, group] of answer.groups.entries())
    for (const [bin, count] of answer.counts[i]!.entries())
      if (count > 0) expect(listed(links.bin(answer, group, bin))).toBe(count);
});

it.each([
  ['emotion', 'speaker'],
  ['dialog', '$side'],
  ['$rate', 'gender'],
  ['session', 'emotion'],
] as const)('every cell of %s by %s', (rows, columns) => {
  const answer = crossOf(facts, rows, columns)!;
  for (const [i, row] of answer.rows.names.entries())
    for (const [k, column] of answer.columns.names.entries())
      expect(listed(links.cell(answer, row, column))).toBe(answer.table[i]![k]);
});

it('leads nowhere where the list has no such column', () => {
  const level = splitFacts(
    manifest,
    config,
    Object.fromEntries(manifest.utterances.map(({ id }, i) => [id, { rms: -i, peak: 0 }])),
  );
  expect(links.bin(histogramOf(level, '$rms', null)!, '', 0)).toBeNull();
  const without = statisticsLinks(manifest, { ...config, tasks: [] });
  expect(without.cell(crossOf(facts, 'emotion', 'speaker')!, 'angry', 'Ses01F')).toBeNull();
});

it('names utterances as long as a link holds them', () => {
  const ids = manifest.utterances.map(({ id }) => id);
  expect(listed(links.named(ids.slice(0, 7)))).toBe(7);
  expect(links.named(Array.from({ length: 500 }, (_, i) => `utterance ${i}`))).toBeNull();
});
