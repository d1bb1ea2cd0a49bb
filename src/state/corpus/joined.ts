/**
 * Joining the corpora that were opened: their manifests, where the sound of each can be read, and what the user
 * made of their labels, remembered by the corpus. Not here: opening one of them (corpus.ts).
 */
import { corpora, folders, settings } from '../../clients/shelf';
import { corpusClient, synthClient } from '../../clients/workers';
import type { ClassMap, Joined, PartOrigin } from '../../core/corpus/joined/joined';
import type { CorpusManifest } from '../../core/corpus/types';
import { CorpusError } from '../../core/errors/errors';
import type { FolderSource } from '../../core/protocol/contracts/corpus';
import { sourceOf, type CorpusHandle } from './corpus-handle';
import type { Progress } from '../../core/progress';

type JoinedSource = Extract<FolderSource, { kind: 'joined' }>;

/** Folders read since the page was loaded, by fingerprint: files and zips that no handle leads to again. */
const read = new Map<string, FolderSource>();
export const rememberSource = (id: string, source: FolderSource): void => void read.set(id, source);

const KEY = 'class-maps';
/** The oldest give way. */
const MOST = 200;

type ClassMaps = Readonly<Record<string, ClassMap>>;

const classMaps = async (): Promise<ClassMaps> =>
  (await settings.get<ClassMaps>(KEY).catch(() => undefined)) ?? {};

/** @param maps by fingerprint of a part; null: forgets what was remembered of it */
export async function rememberClasses(maps: Readonly<Record<string, ClassMap | null>>): Promise<void> {
  const others = Object.entries(await classMaps()).filter(([id]) => !Object.hasOwn(maps, id));
  const kept = Object.entries(maps).flatMap(([id, map]) => (map ? [[id, map] as const] : []));
  await settings.put(KEY, Object.fromEntries([...others, ...kept].slice(-MOST)));
}

interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

const demoSource = async (
  { seed, difficulty }: Extract<PartOrigin, { kind: 'demo' }>,
  watched: Partial<Watched> = {},
): Promise<FolderSource> => {
  const { directory } = await synthClient.connect().call('make', { seed, difficulty }, watched);
  return { kind: 'demo', directory };
};

/** @returns the fingerprint of a corpus that is to be a part; a demo corpus is made and read first */
async function idOf(origin: PartOrigin, watched: Watched): Promise<string> {
  if (origin.kind === 'folder') return origin.id;
  const source = await demoSource(origin, watched);
  const { fingerprint } = await corpusClient
    .connect()
    .call('scan', { source, name: 'demo', adapter: null, sample: null }, watched);
  rememberSource(fingerprint, source);
  return fingerprint;
}

/** @throws CorpusError `join-part`, and what joining and making a demo corpus throw */
export async function joinParts(
  name: string,
  origins: readonly PartOrigin[],
  watched: Watched,
): Promise<CorpusManifest> {
  const known = await classMaps();
  const parts = [];
  for (const origin of origins) {
    const id = await idOf(origin, watched);
    parts.push({ origin, id, classOf: known[id] });
  }
  return corpusClient.connect().call('join', { name, parts });
}

/**
 * Where the sound of each part is.
 * @param ask the browser may ask the user for permission (needs a gesture); else a folder that it would ask for is
 * not connected
 */
export async function sourceOfParts({ parts }: Joined, ask: boolean): Promise<JoinedSource> {
  const known = await folders.list();
  const sources: [string, FolderSource | null][] = [];
  for (const { name, id, origin } of parts) {
    const handle = known.find((folder) => folder.id === id)?.handle;
    const source =
      read.get(id) ??
      (origin.kind === 'demo' ? await demoSource(origin) : handle ? await openHandle(handle, ask) : null);
    if (source) rememberSource(id, source);
    sources.push([name, source]);
  }
  return { kind: 'joined', parts: Object.fromEntries(sources) };
}

/** @returns null where it may not be read, or is gone */
async function openHandle(handle: CorpusHandle, ask: boolean): Promise<FolderSource | null> {
  const permission = await (ask
    ? handle.requestPermission({ mode: 'read' })
    : handle.queryPermission({ mode: 'read' }));
  return permission === 'granted' ? sourceOf(handle).catch(() => null) : null;
}

/** Names of the parts whose folders are not connected. */
export const closedParts = ({ parts }: JoinedSource): readonly string[] =>
  Object.entries(parts).flatMap(([name, source]) => (source ? [] : [name]));

/** @throws CorpusError `corpus-not-open` where it is not stored, or is no joined one */
export async function storedJoined(
  id: string,
): Promise<{ readonly name: string; readonly manifest: CorpusManifest; readonly joined: Joined }> {
  const record = await corpora.get(id);
  const joined = record?.manifest.joined;
  if (!record || !joined) throw new CorpusError('corpus-not-open', { name: record?.name ?? '' });
  return { name: record.name, manifest: record.manifest, joined };
}
