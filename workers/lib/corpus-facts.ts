/**
 * The facts of a stored corpus for the statistics worker: read once, kept until another corpus, configuration or
 * pack of features is asked about.
 */
import { StorageError } from '../../src/core/errors/errors';
import type { Facts } from '../../src/core/corpus/statistics/facts';
import type { CorpusManifest } from '../../src/core/corpus/types';
import type { CorpusAbout, LevelsKnown } from '../../src/core/protocol/contracts/stats';
import { splitFacts } from '../../src/core/splits/facts';
import { storedCorpus } from '../../src/storage/corpora';
import { packId } from '../../src/storage/feature-packs';
import type { Database } from '../../src/storage/schema';

export interface CorpusFacts {
  readonly manifest: CorpusManifest;
  readonly facts: Facts;
  readonly levels: LevelsKnown;
}

let kept: { readonly key: string; readonly answer: CorpusFacts } | null = null;

/** @throws StorageError `corpus-missing` */
export async function corpusFacts(db: Database, about: CorpusAbout): Promise<CorpusFacts> {
  const { corpusId, setting, features } = about;
  const pack = await db.get('packs', packId(corpusId, features));
  const key = JSON.stringify([about, pack?.createdAt, pack?.bytes]);
  if (kept?.key === key) return kept.answer;
  const corpus = await storedCorpus(db, corpusId);
  if (!corpus) throw new StorageError('corpus-missing', { corpus: corpusId });
  const levels = pack?.levels ?? {};
  const facts = splitFacts(corpus.manifest, setting, levels);
  const known = facts.utterances.reduce((sum, { id }) => sum + Number(levels[id] !== undefined), 0);
  const answer = {
    manifest: corpus.manifest,
    facts,
    levels: { known, features: !pack ? 'none' : pack.levels ? 'some' : 'older' },
  } as const;
  kept = { key, answer };
  return answer;
}
