/** What is wrong with a mapping before it is applied: told in the editor, which then does not apply it. */
import type { Role } from './column-names';
import type { TableMapping } from './mapping';

export type MappingFault =
  | { readonly kind: 'no-audio' }
  /** At most one column each. */
  | { readonly kind: 'twice'; readonly role: Role }
  | { readonly kind: 'same-name'; readonly id: string }
  | { readonly kind: 'no-name'; readonly header: string };

const ONCE: readonly Role[] = ['audio', 'start', 'end'];

/** @returns in the order in which they are found; empty: it can be applied */
export function mappingFaults({ columns }: TableMapping): readonly MappingFault[] {
  const used = Object.entries(columns).filter(([, { role }]) => role !== 'ignore');
  const faults: MappingFault[] = [];
  const counts = ONCE.map((role) => used.filter(([, one]) => one.role === role).length);
  if (counts[0] === 0) faults.push({ kind: 'no-audio' });
  for (const [i, role] of ONCE.entries()) if (counts[i]! > 1) faults.push({ kind: 'twice', role });
  const ids = new Set<string>();
  for (const [header, { id, role }] of used) {
    if (ONCE.includes(role) || role === 'filter') continue;
    if (id.trim() === '') faults.push({ kind: 'no-name', header });
    else if (ids.has(id)) faults.push({ kind: 'same-name', id });
    ids.add(id);
  }
  return faults;
}

/** The mapping with one column changed; the column of labels stays one of classes. */
export function withColumn(
  { columns, main }: TableMapping,
  header: string,
  change: Partial<TableMapping['columns'][string]>,
): TableMapping {
  const next = { ...columns, [header]: { ...columns[header]!, ...change } };
  const classes = Object.entries(next).flatMap(([name, { role }]) => (role === 'classes' ? [name] : []));
  return { columns: next, main: main !== null && classes.includes(main) ? main : (classes[0] ?? null) };
}

/** The mapping with one value of a column changed. @param name null: as if nothing stood there */
export function withValue(
  mapping: TableMapping,
  header: string,
  value: string,
  name: string | null,
): TableMapping {
  const { [value]: _before, ...others } = mapping.columns[header]!.values ?? {};
  return withColumn(mapping, header, { values: name === value ? others : { ...others, [value]: name } });
}
