/**
 * Joins the manifests of two or more corpora into one. Ids, paths and groups get the part's name before them, so
 * that neither two recordings nor two speakers can be taken for one; labels become shared classes. Nothing is
 * read: the parts' manifests say it all.
 */
import { CorpusError } from '../../errors/errors';
import type { Problem } from '../../errors/problem';
import { hashName } from '../../random/streams';
import { descriptionOf } from '../adapters/registry';
import { JOINED_ADAPTER, joinedSchemes } from '../adapters/joined-corpora';
import type { CorpusManifest, LabelValue, Utterance } from '../types';
import type { Votes } from '../votes';
import { joinedColumns, joinedGroups } from './columns';
import { CORPUS, joinedName, type ClassMap, type Joined, type JoinedPart, type PartOrigin } from './joined';
import { countValues, mappedColumn, sharedClasses, suggestedClasses } from './mapping';
import { partNames } from './part-names';

/** A corpus that is to be joined. */
export interface JoinedFrom {
  readonly origin: PartOrigin;
  readonly manifest: CorpusManifest;
  /** What the user made of its values; absent: what is suggested. */
  readonly classOf?: ClassMap | undefined;
}

/**
 * @param from in any order: the same corpora under the same mapping are the same joined corpus
 * @throws CorpusError `join-one`, `join-twice`, `join-joined`, `join-classes` where fewer than two classes remain
 */
export function joinCorpora(from: readonly JoinedFrom[]): CorpusManifest {
  const sorted = partNames(refused(from)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const parts = sorted.map(({ name, origin, manifest, classOf }): JoinedPart => {
    const column = mappedColumn(manifest);
    const suggested = suggestedClasses(manifest);
    const values = countValues(manifest, column);
    const kept = Object.entries(classOf ?? suggested).filter(([value]) => Object.hasOwn(values, value));
    return {
      name,
      id: manifest.fingerprint,
      origin,
      adapter: manifest.adapter,
      column,
      values,
      classOf: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))),
      suggested,
      ...(manifest.sample ? { sample: manifest.sample } : {}),
    };
  });
  const { common, all } = sharedClasses(parts);
  if (all.length < 2) throw new CorpusError('join-classes', { count: all.length });
  const manifests = sorted.map(({ manifest }) => manifest);
  const columns = joinedColumns(parts, manifests);
  const utterances = parts.flatMap((part, i) =>
    manifests[i]!.utterances.map((utterance) =>
      joinedUtterance(part, manifests[i]!, columns.taken, utterance),
    ),
  );
  const id = fingerprint(parts);
  return {
    version: 2,
    adapter: JOINED_ADAPTER,
    joined: { parts, dropped: columns.dropped },
    described: {
      schemes: joinedSchemes(common, all),
      columns: columns.specs(all),
      groups: joinedGroups(parts, manifests),
    },
    fingerprint: id,
    sizesFingerprint: id,
    utterances: utterances.sort((a, b) => (a.id < b.id ? -1 : 1)),
    problems: parts.flatMap(({ name }, i) =>
      manifests[i]!.problems.map((problem): Problem => ({
        ...problem,
        where: joinedName(name, problem.where),
      })),
    ),
    found: {
      labels: sum(manifests.map(({ found, utterances: { length } }) => found?.labels ?? length)),
      audio: sum(manifests.map(({ found, utterances: { length } }) => found?.audio ?? length)),
      sessions: [],
    },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function refused(from: readonly JoinedFrom[]): readonly JoinedFrom[] {
  if (from.length < 2) throw new CorpusError('join-one');
  if (new Set(from.map(({ manifest }) => manifest.fingerprint)).size < from.length)
    throw new CorpusError('join-twice');
  if (from.some(({ manifest }) => manifest.joined)) throw new CorpusError('join-joined');
  return from;
}

/** Of the parts' fingerprints and what became of their values; values of which there are none do not count. */
const fingerprint = (parts: Joined['parts']): string =>
  hashName(
    JSON.stringify(['joined', ...parts.map(({ name, id, classOf }) => [name, id, Object.entries(classOf)])]),
  );

function joinedUtterance(
  { name, column, classOf }: JoinedPart,
  manifest: CorpusManifest,
  taken: ReadonlySet<string>,
  utterance: Utterance,
): Utterance {
  const { id, path, labels, groups, votes } = utterance;
  const kept: Record<string, LabelValue> = { emotion: mapped(name, classOf, labels[column]), [CORPUS]: name };
  for (const [key, value] of Object.entries(labels))
    if (taken.has(key) && key !== 'emotion') kept[key] = value;
  if (typeof labels['speaker'] === 'string') kept['speaker'] = joinedName(name, labels['speaker']);
  const meant = new Set(descriptionOf(manifest).groups.flatMap((group) => (group.parts ? [group.id] : [])));
  const own = Object.entries(groups).map(([key, value]) => [
    key,
    meant.has(key) ? value : joinedName(name, value),
  ]);
  const chosen = votes?.[column];
  return {
    ...utterance,
    id: joinedName(name, id),
    path: joinedName(name, path),
    labels: kept,
    groups: { ...Object.fromEntries(own), [CORPUS]: name },
    ...(votes === undefined ? {} : { votes: chosen ? { emotion: mappedVotes(name, classOf, chosen) } : {} }),
  };
}

/** The shared class; of what has none, the value with its corpus' name, so that it is counted by it. */
function mapped(part: string, classOf: ClassMap, value: LabelValue | undefined): string | null {
  const text = String(value ?? '');
  if (Object.hasOwn(classOf, text)) return classOf[text]!;
  return text === '' ? null : `${part}: ${text}`;
}

function mappedVotes(part: string, classOf: ClassMap, { raters, counts }: Votes): Votes {
  const joined: Record<string, number> = {};
  for (const [value, count] of Object.entries(counts)) {
    const name = mapped(part, classOf, value) ?? `${part}: `;
    joined[name] = (joined[name] ?? 0) + count;
  }
  return { raters, counts: joined };
}
