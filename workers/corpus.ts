/**
 * The corpus worker: scans a folder into a manifest, off the page's thread, joins manifests, and stores them (its
 * store: `corpora`); reads one recording for the player.
 */
import { hear } from '../src/core/audio/heard';
import type { Sound } from '../src/core/audio/sound';
import { decodeSamples } from '../src/core/audio/wav';
import type { GreyPicture } from '../src/core/augment/preview';
import { joinCorpora } from '../src/core/corpus/joined/join';
import { scanCorpus } from '../src/core/corpus/scan-corpus';
import { CorpusError, EquipoiseError } from '../src/core/errors/errors';
import type { CorpusContract } from '../src/core/protocol/contracts/corpus';
import { serve, Transfer, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled } from '../src/core/progress';
import { greyLevels } from '../src/core/spectrogram/image';
import { logMel } from '../src/core/spectrogram/log-mel';
import { pictureOf } from '../src/core/spectrogram/picture';
import type { FeatureSetting } from '../src/core/spectrogram/setting';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { fileAt, openFolder } from '../src/storage/folder-source';
import { sha256 } from '../src/storage/sha256';
import { decodeOnDemand } from './lib/decode-on-demand';
import { holdLifeline } from './lib/lifeline';
import { readScanned } from './lib/read-scanned';

/** Milliseconds between two progress messages: ten a second is all a progress bar shows. */
const PROGRESS_INTERVAL = 100;

const database = new Connection();

type Listen = CorpusContract['requests']['listen'];

async function listen({
  source,
  utterance,
  setting,
  columns,
}: Listen['payload']): Promise<Transfer<Listen['result']>> {
  const sound = await readScanned(await fileAt(source, utterance.path), utterance);
  const heard = hear(sound, columns);
  const picture = pictureFor(sound, setting);
  return new Transfer({ ...heard, picture }, [
    heard.wav.buffer,
    ...heard.waves.map(({ buffer }) => buffer),
    ...(picture ? [picture.levels.buffer] : []),
  ]);
}

/** A setting may not fit a recording - bands beyond its rate, a window longer than it - which can be heard all the same. */
function pictureFor(sound: Sound, setting: FeatureSetting): GreyPicture | null {
  try {
    const { samples, sampleRate } = decodeSamples(sound, setting.channel);
    const { decibels, frames } = logMel(samples, sampleRate, setting);
    return { nMels: setting.nMels, frames, levels: greyLevels(pictureOf(decibels, setting.nMels, frames)) };
  } catch (error) {
    if (error instanceof EquipoiseError) return null;
    throw error;
  }
}

const { lifeline } = serve<CorpusContract>(self as unknown as Endpoint, {
  listen,
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
