/**
 * Features of a joined corpus: those of its parts, each in the pack that it has alone, and an index that names
 * them. What a part has computed before, by itself or in another joining, is not computed again. Free of browser
 * objects: whoever computes and stores comes in as functions.
 */
import { joinedName, splitJoined, type Joined } from '../../src/core/corpus/joined/joined';
import { PermissionLostError } from '../../src/core/errors/errors';
import type { FolderSource } from '../../src/core/protocol/contracts/corpus';
import type {
  FeatureFailure,
  FeatureProgress,
  FeaturesContract,
  FeatureSummary,
} from '../../src/core/protocol/contracts/features';
import { packId } from '../../src/storage/feature-packs';
import type { PackRecord } from '../../src/storage/schema';

type Payload = FeaturesContract['requests']['extract']['payload'];

type IsCached = (corpusId: string, utteranceIds: readonly string[]) => Promise<boolean>;

export interface PartsPorts {
  /** Computes what a part lacks. */
  readonly extract: (payload: Payload, progress: (value: FeatureProgress) => void) => Promise<FeatureSummary>;
  readonly isCached: IsCached;
  readonly stored: (packId: string) => Promise<PackRecord | undefined>;
  readonly save: (record: PackRecord) => Promise<unknown>;
  readonly progress: (value: FeatureProgress) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

/** What of the utterances is of which part, by the ids that the part has. */
function asked({ parts }: Joined, utteranceIds: readonly string[]): readonly (readonly string[])[] {
  const byPart = new Map<string, string[]>(parts.map(({ name }) => [name, []]));
  for (const id of utteranceIds) {
    const [name, own] = splitJoined(id);
    byPart.get(name)?.push(own);
  }
  return parts.map(({ name }) => byPart.get(name)!);
}

export async function arePartsCached(
  joined: Joined,
  utteranceIds: readonly string[],
  isCached: IsCached,
): Promise<boolean> {
  const ids = asked(joined, utteranceIds);
  const cached = await Promise.all(joined.parts.map(({ id }, i) => isCached(id, ids[i]!)));
  return cached.every(Boolean);
}

/** @throws PermissionLostError `part-closed` before anything is computed; what `extract` throws */
export async function extractParts(
  payload: Payload,
  joined: Joined,
  ports: PartsPorts,
): Promise<FeatureSummary> {
  const started = ports.now();
  const { source, corpusId, setting, fresh = false } = payload;
  const ids = asked(joined, payload.utteranceIds);
  const total = ids.reduce((sum, one) => sum + one.length, 0);
  const sources: FolderSource[] = [];
  for (const [i, { id, name }] of joined.parts.entries())
    sources.push(sourceOf(source, name, !fresh && (await ports.isCached(id, ids[i]!))));
  const summaries: FeatureSummary[] = [];
  let [done, cached] = [0, 0];
  for (const [i, { id, name }] of joined.parts.entries()) {
    let own = 0;
    const part = { ...payload, source: sources[i]!, corpusId: id, utteranceIds: ids[i]! };
    summaries.push(
      await ports.extract(part, (value) => {
        own = value.cached;
        const current = value.current && joinedName(name, value.current);
        ports.progress({ done: done + value.done, total, cached: cached + own, current });
      }),
    );
    done += ids[i]!.length;
    cached += summaries[i]!.cached ? ids[i]!.length : own;
  }
  const id = packId(corpusId, setting);
  const parts = Object.fromEntries(joined.parts.map(({ name }, i) => [name, summaries[i]!.packId]));
  const cachedAll = summaries.every((summary) => summary.cached);
  const before = cachedAll ? await ports.stored(id) : undefined;
  // What was found out about these very spectrograms is kept with it.
  if (!before?.parts || JSON.stringify(before.parts) !== JSON.stringify(parts))
    await ports.save({
      packId: id,
      corpusId,
      setting,
      parts,
      records: {},
      warnings: [],
      failures: [],
      bytes: 0,
      createdAt: Date.now(),
    });
  const sum = (of: (summary: FeatureSummary) => number): number =>
    summaries.reduce((all, summary) => all + of(summary), 0);
  const listed = (key: 'warnings' | 'failures'): FeatureFailure[] =>
    summaries.flatMap((summary, i) =>
      summary[key].map((one) => ({ ...one, id: joinedName(joined.parts[i]!.name, one.id) })),
    );
  return {
    packId: id,
    utterances: sum(({ utterances }) => utterances),
    computed: sum(({ computed }) => computed),
    bytes: sum(({ bytes }) => bytes),
    cached: cachedAll,
    warnings: listed('warnings'),
    failures: listed('failures'),
    ms: ports.now() - started,
  };
}

/** @param cached nothing of the part will be read  @throws PermissionLostError `part-closed` */
export function sourceOf(source: FolderSource, name: string, cached: boolean): FolderSource {
  const part = source.kind === 'joined' ? source.parts[name] : undefined;
  if (part) return part;
  if (cached) return { kind: 'files', files: [] };
  throw new PermissionLostError('part-closed', { name });
}
