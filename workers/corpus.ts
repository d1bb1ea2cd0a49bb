/**
 * The corpus worker: scans a folder into a manifest, off the page's thread, and stores it (its store:
 * `corpora`).
 */
import { scanCorpus } from '../src/core/corpus/scan-corpus';
import type { CorpusContract } from '../src/core/protocol/contracts/corpus';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled } from '../src/core/progress';
import { Connection } from '../src/storage/connection';
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
});

holdLifeline(lifeline);
