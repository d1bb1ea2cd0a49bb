/** What the user made of tables, remembered by what is said of their headers. */
import { settings } from '../../clients/shelf';
import type { TableMapping } from '../../core/corpus/tables/mapping';

export type TableMappings = Readonly<Record<string, TableMapping>>;

const KEY = 'table-mappings';
/** The oldest give way. */
const MOST = 200;

/** None where nothing can be stored. */
export const tableMappings = async (): Promise<TableMappings> =>
  (await settings.get<TableMappings>(KEY).catch(() => undefined)) ?? {};

/** @param mapping null: forgets what was remembered */
export async function rememberMapping(key: string, mapping: TableMapping | null): Promise<void> {
  const { [key]: _before, ...others } = await tableMappings();
  const entries = Object.entries(others).slice(-(MOST - 1));
  await settings.put(KEY, Object.fromEntries(mapping ? [...entries, [key, mapping]] : entries));
}
