/** Forks under the run they come from: a table that shows families, whatever it is sorted by. */
import type { RunRecord } from '../../storage/schema';

export interface FamilyMember<E> {
  readonly entry: E;
  /** Forks above it that are in the list. */
  readonly depth: number;
  /** It was forked from a run that is not in the list. */
  readonly orphan: boolean;
}

/** The entries in their order, but each fork after its parent, among its siblings in that order. */
export function familyOrder<E extends Pick<RunRecord, 'id' | 'config'>>(
  entries: readonly E[],
): readonly FamilyMember<E>[] {
  const known = new Set(entries.map(({ id }) => id));
  const parentOf = ({ id, config }: E): string | null => {
    const parent = config.origin?.runId;
    return parent !== undefined && parent !== id && known.has(parent) ? parent : null;
  };
  const children = new Map<string | null, E[]>();
  for (const entry of entries)
    children.set(parentOf(entry), [...(children.get(parentOf(entry)) ?? []), entry]);
  const walk = (parent: string | null, depth: number): FamilyMember<E>[] =>
    (children.get(parent) ?? []).flatMap((entry) => [
      { entry, depth, orphan: Boolean(entry.config.origin) && depth === 0 },
      ...walk(entry.id, depth + 1),
    ]);
  return walk(null, 0);
}
