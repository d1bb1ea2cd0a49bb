/**
 * A run configuration as the query of a link (`#/train?preset=compact&strategy=weighted-average&seed=7`) and
 * back. Only what differs from the preset is written; a link carries configuration, never data. A bad value
 * is reported and the preset's stays. Not here: lang, theme, kiosk and autostart, which are the page's
 * (src/app).
 */
import type { WireError } from '../errors/errors';
import { refusedValue, repeatedKeys, unknownKeys } from './link-problems';
import { PRESETS, type PresetId } from './presets';
import { decodedAgain, readQuery, writeQuery } from './query';
import type { RunConfig } from './run-config';
import { parseRunConfig } from './parse';
import { SETTINGS } from './settings/registry';
import type { LinkEntry } from './settings/setting';

/** In the order in which they are read: settings/registry.ts says why. */
const FIELDS: readonly LinkEntry[] = SETTINGS.flatMap(({ link }): readonly LinkEntry[] => link);

/** What only concerns the page that is opened with the link (src/app/link.ts). */
export const PAGE_KEYS: readonly string[] = ['lang', 'theme', 'kiosk', 'autostart'];

/** What a link may carry. */
const LINK_KEYS: readonly string[] = ['preset', ...FIELDS.map(({ key }) => key)];

/** The query (without `?`) that {@link fromQuery} turns into the same config. */
export function toQuery(config: RunConfig, preset: PresetId): string {
  const base = parseRunConfig({ ...PRESETS[preset], tasks: PRESETS[preset].tasks });
  const query = new Map<string, string>();
  if (preset !== 'compact') query.set('preset', preset);
  for (const field of FIELDS) {
    const value = field.read(config);
    if (value !== '' && value !== field.read(base)) query.set(field.key, value);
  }
  // Another strategy's defaults are not the preset's options: leave them out as well.
  if (query.has('options') && config.strategy.id !== base.strategy.id) {
    const plain = parseRunConfig({ ...config, strategy: { id: config.strategy.id, options: {} } });
    if (JSON.stringify(plain.strategy.options) === JSON.stringify(config.strategy.options))
      query.delete('options');
  }
  return writeQuery(query);
}

/**
 * @param pageKeys names in the link that somebody else reads
 * @returns a valid config and preset, with one problem for each value that was refused and each name that
 * means nothing
 */
export function fromQuery(
  query: string,
  pageKeys: readonly string[] = [],
): { readonly config: RunConfig; readonly preset: PresetId; readonly problems: readonly WireError[] } {
  const given = readQuery(query);
  const problems: WireError[] = [];
  const wanted = given.get('preset') ?? 'compact';
  const preset: PresetId = Object.hasOwn(PRESETS, wanted) ? (wanted as PresetId) : 'compact';
  if (wanted !== preset) problems.push(refusedValue('preset', wanted));
  let config = parseRunConfig(PRESETS[preset]);
  for (const field of FIELDS) {
    const text = given.get(field.key);
    if (text === undefined) continue;
    try {
      config = written(config, field, text);
    } catch (error) {
      problems.push(refusedValue(field.key, text, error));
    }
  }
  return {
    config,
    preset,
    problems: [
      ...problems,
      ...repeatedKeys(query, LINK_KEYS),
      ...unknownKeys([...given.keys()], [...LINK_KEYS, ...pageKeys]),
    ],
  };
}

/**
 * With the value of a link; one that means nothing is decoded once more, since some programs encode links
 * twice. @throws ConfigError
 */
function written(config: RunConfig, field: LinkEntry, text: string): RunConfig {
  try {
    return parseRunConfig(field.write(config, text));
  } catch (error) {
    const again = decodedAgain(text);
    if (again === null) throw error;
    return parseRunConfig(field.write(config, again));
  }
}
