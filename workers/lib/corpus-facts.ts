/**
 * The facts of a stored corpus for the statistics worker: read once, kept until another corpus, configuration or
 * pack of features is asked about.
 */
import { StorageError } from '../../src/core/errors/errors';
import type { Level } from '../../src/core/audio/level';
import { joinedName } from '../../src/core/corpus/joined/joined';
import type { Facts } from '../../src/core/corpus/statistics/facts';
import type { CorpusManifest } from '../../src/core/corpus/types';
import type { CorpusAbout, LevelsKnown } from '../../src/core/protocol/contracts/stats';
import { splitFacts } from '../../src/core/splits/facts';
import { storedCorpus } from '../../src/storage/corpora';
import { packId } from '../../src/storage/feature-packs';
import type { Database, PackRecord } from '../../src/storage/schema';

export interface CorpusFacts {
  readonly manifest: CorpusManifest;
  readonly facts: Facts;
  readonly levels: LevelsKnown;
}

/** The pack, or those of a joined corpus' parts with what stands in front of their names there. */
async function packsOf(
  db: Database,
  id: string,
): Promise<readonly { readonly pack: PackRecord; readonly prefix: string }[]> {
  const pack = await db.get('packs', id);
  if (!pack) return [];
  if (!pack.parts) return [{ pack, prefix: '' }];
  const parts = await Promise.all(
    Object.entries(pack.parts).map(async ([name, part]) => ({
      pack: await db.get('packs', part),
      prefix: joinedName(name, ''),
    })),
  );
  return parts.flatMap((one) => (one.pack ? [{ pack: one.pack, prefix: one.prefix }] : []));
}

let kept: { readonly key: string; readonly answer: CorpusFacts } | null = null;

/** @throws StorageError `corpus-missing` */
export async function corpusFacts(db: Database, about: CorpusAbout): Promise<CorpusFacts> {
  const { corpusId, setting, features } = about;
  const packs = await packsOf(db, packId(corpusId, features));
  const key = JSON.stringify([about, packs.map(({ pack }) => [pack.createdAt, pack.bytes])]);
  if (kept?.key === key) return kept.answer;
  const corpus = await storedCorpus(db, corpusId);
  if (!corpus) throw new StorageError('corpus-missing', { corpus: corpusId });
  const measured = packs.filter(({ pack }) => pack.levels);
  const levels = Object.assign(
    {},
    ...measured.map(({ pack, prefix }) =>
      Object.fromEntries(Object.entries(pack.levels ?? {}).map(([id, level]) => [prefix + id, level])),
    ),
  ) as Readonly<Record<string, Level>>;
  const facts = splitFacts(corpus.manifest, setting, levels);
  const known = facts.utterances.reduce((sum, { id }) => sum + Number(levels[id] !== undefined), 0);
  const answer = {
    manifest: corpus.manifest,
    facts,
    levels: { known, features: packs.length === 0 ? 'none' : measured.length > 0 ? 'some' : 'older' },
  } as const;
  kept = { key, answer };
  return answer;
}
