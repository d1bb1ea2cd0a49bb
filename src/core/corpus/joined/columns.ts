/**
 * Columns and groups of a joined corpus: what the parts have alike. A column of numbers is on a scale of its
 * corpus' own - valence from 1 to 5 here, to 7 there -, so it is taken only where one adapter gives it; ages are
 * years everywhere.
 */
import { descriptionOf } from '../adapters/registry';
import type { ColumnSpec, GroupSpec } from '../description';
import type { CorpusManifest } from '../types';
import { CORPUS, type JoinedPart } from './joined';

const YEARS: ReadonlySet<string> = new Set(['age']);

/** What every joined corpus has of its own. */
const OWN: ReadonlySet<string> = new Set(['emotion', 'speaker', CORPUS]);

export interface JoinedColumns {
  /** Ids of the parts' columns whose values are kept as they are. */
  readonly taken: ReadonlySet<string>;
  /** Those that are not alike. */
  readonly dropped: readonly string[];
  readonly specs: (classes: readonly string[]) => readonly ColumnSpec[];
}

export function joinedColumns(
  parts: readonly Pick<JoinedPart, 'adapter' | 'column'>[],
  manifests: readonly CorpusManifest[],
): JoinedColumns {
  const found = new Map<string, { readonly spec: ColumnSpec; readonly adapter: string }[]>();
  for (const [i, manifest] of manifests.entries())
    for (const spec of descriptionOf(manifest).columns) {
      const one = { spec, adapter: parts[i]!.adapter };
      if (!OWN.has(spec.id) && spec.id !== parts[i]!.column)
        found.set(spec.id, [...(found.get(spec.id) ?? []), one]);
    }
  const alike = [...found.values()].flatMap((all) => {
    const [{ spec, adapter }] = all as [(typeof all)[number]];
    const same =
      spec.kind === 'number'
        ? YEARS.has(spec.id) || all.every((one) => one.adapter === adapter)
        : all.every((one) => JSON.stringify(one.spec.classes) === JSON.stringify(spec.classes));
    return same && all.every((one) => one.spec.kind === spec.kind) ? [spec] : [];
  });
  const speakers = manifests.some((manifest) => has(manifest, 'speaker'));
  return {
    taken: new Set(alike.map(({ id }) => id)),
    dropped: [...found.keys()].filter((id) => !alike.some((spec) => spec.id === id)).sort(),
    specs: (classes) => [
      { id: 'emotion', kind: 'classes', classes },
      ...(speakers ? [{ id: 'speaker', kind: 'classes' } as const] : []),
      ...alike,
      { id: CORPUS, kind: 'classes' },
    ],
  };
}

const has = (manifest: CorpusManifest, column: string): boolean =>
  descriptionOf(manifest).columns.some(({ id }) => id === column);

/** The corpus first, then the parts' groups; what leaks in one of them leaks. */
export function joinedGroups(
  parts: readonly Pick<JoinedPart, 'name'>[],
  manifests: readonly CorpusManifest[],
): readonly GroupSpec[] {
  const groups = new Map<string, GroupSpec>();
  for (const manifest of manifests)
    for (const { usual: _usual, counted: _counted, ...group } of descriptionOf(manifest).groups) {
      const known = groups.get(group.id);
      groups.set(group.id, {
        ...group,
        holdOut: group.holdOut || known?.holdOut === true,
        leaks: group.leaks || known?.leaks === true,
        ...(group.id === 'speaker' ? { counted: true } : {}),
      });
    }
  const corpus = { id: CORPUS, holdOut: true, leaks: false, counted: true } as const;
  return [{ ...corpus, usual: parts.map(({ name }) => name) }, ...groups.values()];
}
