/**
 * The corpus worker: scans a folder into a manifest, off the page's thread, joins manifests, and stores them (its
 * store: `corpora`).
 */
import { joinCorpora } from '../src/core/corpus/joined/join';
import { scanCorpus } from '../src/core/corpus/scan-corpus';
import { CorpusError } from '../src/core/errors/errors';
import type { CorpusContract } from '../src/core/protocol/contracts/corpus';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled } from '../src/core/progress';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { openFolder } from '../src/storage/folder-source';
import { sha256 } from '../src/storage/sha256';
import { decodeOnDemand } from './lib/decode-on-demand';
import { holdLifeline } from './lib/lifeline';

/** Milliseconds between two progress messages: ten a second is all a progress bar shows. */
const PROGRESS_INTERVAL = 100;

const database = new Connection();

const { lifeline } = serve<CorpusContract>(self as unknown as Endpoint, {
  scan: async ({ source, name, adapter, sample, mappings }, { signal, progress }) => {
    let last = -Infinity;
    const manifest = await scanCorpus(await openFolder(source), {
      chosen: adapter,
      ...(sample === null ? {} : { sample }),
      mappings,
      signal,
      digest: sha256,
      decode: decodeOnDemand,
      onProgress: (state) => {
        const now = performance.now();
        if (now - last < PROGRESS_INTERVAL && state.done < state.total) return;
        last = now;
        progress(state);
      },
    });
    throwIfCancelled(signal, 'scan');
    await (
      await database.get()
    ).put('corpora', { id: manifest.fingerprint, name, manifest, scannedAt: Date.now() });
    return manifest;
  },
  join: async ({ name, parts }) => {
    const db = await database.get();
    const from = await Promise.all(
      parts.map(async ({ origin, id, classOf }) => {
        const corpus = await storedCorpus(db, id);
        if (!corpus)
          throw new CorpusError('join-part', { name: origin.kind === 'folder' ? origin.name : 'demo' });
        return { origin, manifest: corpus.manifest, classOf };
      }),
    );
    const manifest = joinCorpora(from);
    await db.put('corpora', { id: manifest.fingerprint, name, manifest, scannedAt: Date.now() });
    return manifest;
  },
});

holdLifeline(lifeline);
