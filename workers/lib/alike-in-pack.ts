/**
 * Looks for near-identical recordings among the spectrograms of a feature pack, once, and keeps what was found
 * in its index. Not here: what counts as nearly the same (core/preflight/alike.ts).
 */
import { identicalAudio } from '../../src/core/corpus/identical-audio';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { findAlike, type AlikeReport } from '../../src/core/preflight/alike';
import type { CancelSignal } from '../../src/core/progress';
import { readSpectrogram, type OpenPack } from '../../src/storage/feature-packs';
import type { PackRecord } from '../../src/storage/schema';
import { breathe } from './breathe';

interface Task {
  readonly pack: OpenPack;
  /** Of the pack's corpus: sample rates, and what sounds the same to the last sample. */
  readonly manifest: CorpusManifest;
  /** The pack's index as it is now, under its lock. */
  readonly update: (change: (now: PackRecord | undefined) => PackRecord | undefined) => Promise<void>;
  readonly signal: CancelSignal;
}

/**
 * Of recordings with the same samples the first is compared: the others are told as identical.
 * @returns null where the pack was written to meanwhile: it is looked at again when that is done
 * @throws CancelledError, StorageError `pack-damaged`
 */
export async function alikeInPack({ pack, manifest, update, signal }: Task): Promise<AlikeReport | null> {
  const { record } = pack;
  if (record.alike) return record.alike;
  const { setting, records } = record;
  const again = new Set(identicalAudio(manifest.utterances).flatMap((group) => group.slice(1)));
  const candidates = manifest.utterances.flatMap((utterance) => {
    const at = records[utterance.id];
    if (!at || again.has(utterance)) return [];
    return [
      {
        id: utterance.id,
        frames: at.frames,
        rate: (setting.sampleRate ?? utterance.sampleRate) / setting.hop,
      },
    ];
  });
  try {
    const alike = await findAlike(candidates, {
      nMels: setting.nMels,
      read: async (id) => (await readSpectrogram(pack, id)).decibels,
      breathe,
      signal,
    });
    // The index of a joined corpus is composed anew of its parts' each time.
    if (record.parts === undefined)
      await update((now) =>
        now && now.createdAt === record.createdAt && now.bytes === record.bytes
          ? { ...now, alike }
          : undefined,
      );
    return alike;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
