/**
 * The features worker: coordinates the pool, and alone writes feature packs (files and the store `packs`).
 * Not here: the work between two files (lib/extraction.ts), the transform itself (core/spectrogram).
 */
import { previewAugmentations, previewFeatures } from '../src/core/augment/preview';
import { decodeSamples, type Wave } from '../src/core/audio/wav';
import { splitJoined } from '../src/core/corpus/joined/joined';
import type { CorpusManifest } from '../src/core/corpus/types';
import { StorageError } from '../src/core/errors/errors';
import type {
  FeatureFailure,
  FeaturesContract,
  FeatureSummary,
} from '../src/core/protocol/contracts/features';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import { pictureOf, type Picture } from '../src/core/spectrogram/picture';
import { heldLocks, withLock } from '../src/storage/blocked';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import {
  cachedFeatures,
  deletePack,
  isPackComplete,
  openPack,
  packId,
  readSpectrogram,
} from '../src/storage/feature-packs';
import { fileAt } from '../src/storage/folder-source';
import type { PackRecord } from '../src/storage/schema';
import { alikeInPack } from './lib/alike-in-pack';
import { extractMissing } from './lib/extraction';
import { arePartsCached, extractParts, sourceOf } from './lib/joined-extraction';
import { FeaturePool } from './lib/feature-pool';
import { holdLifeline } from './lib/lifeline';
import { openPackFile } from './lib/open-pack-file';
import { readScanned } from './lib/read-scanned';

type Extract = FeaturesContract['requests']['extract'];
type Alike = FeaturesContract['requests']['alike'];
type Augment = FeaturesContract['requests']['augment'];
type Preview = FeaturesContract['requests']['preview'];

const database = new Connection();

/**
 * Runs `work` while holding the pack's lock; another tab that holds it is waited for, and its work then found
 * done.
 */
async function withPackLock<T>(id: string, signal: CancelSignal, work: () => Promise<T>): Promise<T> {
  const waiting = new AbortController();
  signal.addEventListener('abort', () => waiting.abort());
  let begun = false;
  try {
    return await withLock(
      `pack:${id}`,
      () => {
        begun = true;
        return work();
      },
      { signal: waiting.signal },
    );
  } catch (error) {
    if (!begun) throwIfCancelled(signal, 'feature extraction');
    throw error;
  }
}

/**
 * A pack that a run reads must stay: its file and its index would be of two ages. @throws StorageError
 * `features-in-use`
 */
async function assertUnused(): Promise<void> {
  if ((await heldLocks()).some((name) => name.startsWith('run:'))) throw new StorageError('features-in-use');
}

async function manifestOf(corpusId: string): Promise<CorpusManifest> {
  const corpus = await storedCorpus(await database.get(), corpusId);
  if (!corpus) throw new StorageError('corpus-missing', { corpus: corpusId });
  return corpus.manifest;
}

async function extract(
  payload: Extract['payload'],
  signal: CancelSignal,
  progress: (value: Extract['progress']) => void,
): Promise<Extract['result']> {
  const manifest = await manifestOf(payload.corpusId);
  if (!manifest.joined) return extractOne(payload, manifest, signal, progress);
  const db = await database.get();
  return extractParts(payload, manifest.joined, {
    extract: async (part, told) => extractOne(part, await manifestOf(part.corpusId), signal, told),
    isCached: (corpusId, ids) => isPackComplete(db, packId(corpusId, payload.setting), ids),
    stored: (id) => db.get('packs', id),
    save: (record) => db.put('packs', record),
    progress,
    now: () => performance.now(),
  });
}

async function extractOne(
  payload: Extract['payload'],
  { utterances }: CorpusManifest,
  signal: CancelSignal,
  progress: (value: Extract['progress']) => void,
): Promise<Extract['result']> {
  const started = performance.now();
  const { source, corpusId, utteranceIds, setting, fresh = false } = payload;
  const id = packId(corpusId, setting);
  const db = await database.get();
  const scanned = new Map(utterances.map((utterance) => [utterance.id, utterance]));

  const summary = (
    record: PackRecord,
    failures: readonly FeatureFailure[],
    computed: number,
    cached: boolean,
  ): FeatureSummary => {
    const asked = new Set(utteranceIds);
    return {
      packId: id,
      bytes: record.bytes,
      computed,
      cached,
      ms: performance.now() - started,
      utterances: [...asked].filter((utterance) => record.records[utterance] !== undefined).length,
      failures: failures.filter((failure) => asked.has(failure.id)),
      warnings: record.warnings.filter((warning) => asked.has(warning.id)),
    };
  };

  return withPackLock(id, signal, async () => {
    if (fresh) {
      await assertUnused();
      await deletePack(db, id);
    }
    const previous = await db.get('packs', id);
    // A complete pack is not opened for writing: samplers may be reading it.
    if (previous && (await isPackComplete(db, id, utteranceIds)))
      return summary(previous, previous.failures, 0, true);
    const file = await openPackFile(id);
    const pool = new FeaturePool(payload.workers);
    try {
      const { record, failures, computed } = await extractMissing({
        packId: id,
        corpusId,
        setting,
        utteranceIds,
        previous,
        file,
        signal,
        progress,
        lanes: pool.lanes,
        compute: async (utterance) => {
          const found = scanned.get(utterance);
          if (!found) throw new StorageError('unknown-utterance', { utterance });
          return pool.logMel(await fileAt(source, found.path), found, setting);
        },
        save: (next) => db.put('packs', next),
        now: () => performance.now(),
      });
      return summary(record, failures, computed, false);
    } finally {
      pool.close();
      file.close();
    }
  });
}

async function alike(
  { corpusId, setting }: Alike['payload'],
  signal: CancelSignal,
): Promise<Alike['result']> {
  const id = packId(corpusId, setting);
  const db = await database.get();
  const [pack, corpus] = [await openPack(db, id).catch(() => null), await storedCorpus(db, corpusId)];
  if (!pack || !corpus) return null;
  const update: Parameters<typeof alikeInPack>[0]['update'] = (change) =>
    withPackLock(id, signal, async () => {
      const next = change(await db.get('packs', id));
      if (next) await db.put('packs', next);
    });
  return alikeInPack({ pack, manifest: corpus.manifest, update, signal });
}

async function augment(payload: Augment['payload']): Promise<Augment['result']> {
  const { augmentations, seed, draw, utteranceId, partnerId } = payload;
  const pack = await openPack(await database.get(), payload.packId);
  const pictureFor = async (id: string): Promise<Picture> => {
    const { decibels, frames } = await readSpectrogram(pack, id);
    return pictureOf(decibels, pack.record.setting.nMels, frames);
  };
  const partner = { picture: await pictureFor(partnerId), utteranceId: partnerId };
  const key = { seed, utteranceId, epoch: draw };
  return previewAugmentations(await pictureFor(utteranceId), augmentations, key, partner);
}

/** @throws StorageError `unknown-utterance`; PermissionLostError `part-closed`; what reading throws */
async function soundOf(payload: Preview['payload']): Promise<Wave> {
  const { source, corpusId, utteranceId, setting } = payload;
  const { joined, utterances } = await manifestOf(corpusId);
  const [name, own] = joined ? splitJoined(utteranceId) : ['', ''];
  const part = joined?.parts.find((one) => one.name === name);
  if (part)
    return soundOf({
      ...payload,
      source: sourceOf(source, name, false),
      corpusId: part.id,
      utteranceId: own,
    });
  const found = utterances.find(({ id }) => id === utteranceId);
  if (!found) throw new StorageError('unknown-utterance', { utterance: utteranceId });
  return decodeSamples(await readScanned(await fileAt(source, found.path), found), setting.channel);
}

/** The sound that was looked at last: while one drags, the setting changes and the recording stays. */
let heard: { readonly key: string; readonly wave: Wave } | null = null;

async function preview(payload: Preview['payload']): Promise<Preview['result']> {
  const { corpusId, utteranceId, setting, augmentations, seed, draw, inputSize } = payload;
  const key = JSON.stringify([corpusId, utteranceId, setting.channel]);
  if (heard?.key !== key) heard = { key, wave: await soundOf(payload) };
  const { samples, sampleRate } = heard.wave;
  return previewFeatures(
    samples,
    sampleRate,
    setting,
    augmentations,
    { seed, utteranceId, epoch: draw },
    inputSize,
  );
}

const { lifeline } = serve<FeaturesContract>(self as unknown as Endpoint, {
  extract: (payload, { signal, progress }) => extract(payload, signal, progress),
  has: async ({ corpusId, setting, utteranceIds }) => {
    const db = await database.get();
    const joined = (await storedCorpus(db, corpusId))?.manifest.joined;
    const isCached = (id: string, ids: readonly string[]): Promise<boolean> =>
      isPackComplete(db, packId(id, setting), ids);
    return joined ? arePartsCached(joined, utteranceIds, isCached) : isCached(corpusId, utteranceIds);
  },
  alike: (payload, { signal }) => alike(payload, signal),
  augment,
  caches: async () => cachedFeatures(await database.get()),
  deleteCache: async ({ packId: id }, { signal }) =>
    withPackLock(id, signal, async () => {
      await assertUnused();
      await deletePack(await database.get(), id);
      return null;
    }),
  preview,
});

holdLifeline(lifeline);
