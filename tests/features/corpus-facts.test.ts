/** Levels reach the statistics from the packs of features: of one corpus, and of the parts of joined ones. */
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { packId } from '../../src/storage/feature-packs';
import type { Database, PackRecord } from '../../src/storage/schema';
import { corpusFacts } from '../../workers/lib/corpus-facts';

const { labelScheme, split, seed, features } = parseRunConfig(PRESETS.compact);
const about = (corpusId: string, bytes = 0) => ({
  corpusId,
  setting: { labelScheme, split, seed },
  features,
  bytes,
});
const utterance = (id: string): CorpusManifest['utterances'][number] => ({
  id,
  path: `${id}.wav`,
  sampleRate: 16_000,
  frames: 16_000,
  content: id,
  labels: { emotion: 'ang', speaker: 'Ses01F', gender: 'female' },
  groups: { speaker: 'Ses01F', session: '1' },
});
const corpus = (id: string, ids: readonly string[]) => ({
  id,
  name: id,
  scannedAt: 0,
  manifest: {
    version: 2,
    adapter: 'iemocap',
    fingerprint: id,
    utterances: ids.map(utterance),
    problems: [],
  } satisfies CorpusManifest,
});
const pack = (corpusId: string, more: Partial<PackRecord>): PackRecord => ({
  packId: packId(corpusId, features),
  corpusId,
  setting: features,
  records: {},
  warnings: [],
  failures: [],
  bytes: 1,
  createdAt: 1,
  ...more,
});
const database = (corpora: readonly { id: string }[], packs: readonly PackRecord[]): Database =>
  ({
    get: (store: string, key: string) =>
      Promise.resolve(
        store === 'packs' ? packs.find(({ packId: id }) => id === key) : corpora.find(({ id }) => id === key),
      ),
  }) as unknown as Database;

describe('levels of a corpus', () => {
  it('are those of its features, or a word why there are none', async () => {
    const one = corpus('one', ['a', 'b']);
    const levels = { a: { rms: -20, peak: -3 } };
    const some = await corpusFacts(database([one], [pack('one', { levels })]), about('one'));
    expect(some.levels).toEqual({ known: 1, features: 'some' });
    expect(some.facts.columns.find(({ id }) => id === '$rms')).toMatchObject({
      values: Float64Array.of(-20, Number.NaN),
    });
    expect((await corpusFacts(database([one], []), about('one'))).levels.features).toBe('none');
    const older = await corpusFacts(database([one], [pack('one', {})]), about('one', 1));
    expect(older.levels).toEqual({ known: 0, features: 'older' });
  });

  it('of joined corpora are those of their parts', async () => {
    const joined = corpus('both', ['x/a', 'y/a', 'y/b']);
    const parts = [
      pack('x', { levels: { a: { rms: -10, peak: 0 } } }),
      pack('y', { levels: { a: { rms: -30, peak: 0 }, b: { rms: -40, peak: 0 } } }),
    ];
    const whole = pack('both', { parts: { x: parts[0]!.packId, y: parts[1]!.packId } });
    const { facts, levels } = await corpusFacts(database([joined], [whole, ...parts]), about('both'));
    expect(levels).toEqual({ known: 3, features: 'some' });
    expect(facts.columns.find(({ id }) => id === '$rms')).toMatchObject({
      values: Float64Array.of(-10, -30, -40),
    });
  });

  it('cannot be had of a corpus that is not stored', async () => {
    await expect(corpusFacts(database([], []), about('gone'))).rejects.toMatchObject({
      code: 'corpus-missing',
    });
  });
});
