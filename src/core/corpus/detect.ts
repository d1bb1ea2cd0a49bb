/**
 * Which corpus a folder holds: every adapter looks at the names in it, level by level, until one is sure. Not
 * here: reading it (scan-corpus.ts).
 */
import { isAudioName } from '../audio/names';
import type { CancelSignal } from '../progress';
import type { CorpusAdapter, Listing } from './adapter';
import { ADAPTERS } from './adapters/registry';
import {
  cancellable,
  isDirectory,
  isFile,
  list,
  NEVER_IN_IEMOCAP,
  quiet,
  walk,
  type Listed,
} from './listing';
import { emptyFolder, notThisCorpus } from './refusals';
import type { CorpusDirectory, CorpusFile, Detection } from './types';

/** A score from which on no deeper folder is listed: a real corpus has ten thousand files there. */
const SURE = 0.9;
/** Bytes of a file that an adapter may look at. */
const HEAD_BYTES = 4096;
/** Somebody may have opened their home folder: so many names of sound and so many others are looked at. */
const MOST_NAMES = 20_000;

/**
 * @returns what every adapter says, highest score first; the first score is above 0
 * @throws CorpusError `empty-folder`; `no-known-corpus` where no adapter knows the folder; CancelledError
 */
export async function detectCorpus(
  root: CorpusDirectory,
  signal?: CancelSignal,
  adapters: readonly CorpusAdapter[] = ADAPTERS,
): Promise<readonly Detection[]> {
  const files = new Map<string, CorpusFile>();
  const folders: string[] = [];
  let sounds = 0;
  const take = ({ prefix, entries }: Listed): void => {
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (isFile(entry) && isAudioName(entry.name)) {
        if (sounds++ < MOST_NAMES) files.set(path, entry);
      } else if (files.size - Math.min(sounds, MOST_NAMES) + folders.length < MOST_NAMES) {
        if (isFile(entry)) files.set(path, entry);
        else folders.push(path);
      }
    }
  };
  const ask = async (): Promise<Detection[]> => {
    const listing = { name: root.name, files: [...files.keys()], folders, head: headOf(files) };
    const said: Detection[] = [];
    for (const { id, detect } of adapters) said.push({ adapter: id, ...(await detect(listing)) });
    return said.sort((a, b) => b.score - a.score);
  };
  const top = await list(cancellable(root, signal), '', quiet);
  if (top.entries.length === 0) throw emptyFolder(root.name);
  take(top);
  let detected = await ask();
  if (detected[0]!.score < SURE && top.entries.some(isDirectory))
    await walk(
      top,
      quiet, // the scan walks the same folders, and tells
      async (level) => {
        for (const folder of level) take(folder);
        detected = await ask();
        return detected[0]!.score >= SURE ? [] : level;
      },
      NEVER_IN_IEMOCAP,
    );
  if (detected[0]!.score === 0)
    throw notThisCorpus(
      root.name,
      adapters.filter(({ builtIn }) => !builtIn),
      top.entries,
    );
  return detected;
}

const headOf =
  (files: ReadonlyMap<string, CorpusFile>): Listing['head'] =>
  async (path) => {
    try {
      const bytes = (await files.get(path)?.bytes(0, HEAD_BYTES)) ?? new Uint8Array();
      return String.fromCharCode(...bytes);
    } catch {
      return '';
    }
  };
