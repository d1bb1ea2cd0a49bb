/** The generated folder of every corpus is read by its adapter, with its counts; no adapter is without one. */
import { expect, it } from 'vitest';
import { JOINED_ADAPTER } from '../../src/core/corpus/adapters/joined-corpora';
import { ADAPTERS } from '../../src/core/corpus/adapters/registry';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { everyCorpus } from '../support/every-corpus';
import { memoryDirectory } from '../support/memory-directory';

const corpora = await everyCorpus();

it('there is one for every adapter that reads a folder', () => {
  // Corpora are joined from others, not read.
  const read = ADAPTERS.filter(({ id }) => id !== JOINED_ADAPTER);
  expect(Object.keys(corpora).sort()).toEqual(read.map(({ id }) => id).sort());
});

it.each(Object.entries(corpora))('%s', async (id, { files, emotions, speakers }) => {
  const { adapter, utterances } = await scanCorpus(memoryDirectory(files));
  expect(adapter).toBe(id);
  const counts: Record<string, number> = {};
  for (const { labels } of utterances)
    if (labels['emotion'] !== null) counts[labels['emotion']!] = (counts[labels['emotion']!] ?? 0) + 1;
  expect(counts).toEqual(emotions);
  const told = new Set(utterances.flatMap(({ labels }) => labels['speaker'] ?? []));
  if (speakers !== null) expect(told.size).toBe(speakers);
});
