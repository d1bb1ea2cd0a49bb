/** Scanned corpora in the database, whatever version wrote them. */
import { currentManifest } from '../core/corpus/manifest-versions';
import type { CorpusRecord, Database } from './schema';

/** @returns the corpus with its manifest as today's */
export async function storedCorpus(db: Database, id: string): Promise<CorpusRecord | undefined> {
  const record = await db.get('corpora', id);
  return record && { ...record, manifest: currentManifest(record.manifest) };
}
