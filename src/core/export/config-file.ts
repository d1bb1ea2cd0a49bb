/**
 * A run's configuration as a file, and back: everything a run is made of, where a share link carries what is
 * usual. The trust boundary for configuration files and pasted links; the values themselves are checked by
 * run-config-schema.ts.
 */
import * as v from 'valibot';
import { ConfigError, type WireError } from '../errors/errors';
import { parseJson } from '../config/bounded-json';
import { fromQuery, PAGE_KEYS, toQuery } from '../config/link';
import { PRESETS, type PresetId } from '../config/presets';
import { RUN_EXPORT_VERSION } from './run-files';
import type { RunConfig } from '../config/run-config';
import { parseRunConfig } from '../config/parse';

const FORMAT = 'equipoise-config';
const VERSION = 1;
/** Of an exported run's config.json, which is read as well. */
const RUN_FORMAT = 'equipoise-run';
/** Bytes; a configuration has about two thousand. */
export const CONFIG_FILE_LIMIT = 256 * 1024;
const LINK_LIMIT = 8 * 1024;

export function configFileText(config: RunConfig, softwareVersion: string): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, softwareVersion, config }, null, 2)}\n`;
}

const ENVELOPE = v.looseObject({
  format: v.picklist([FORMAT, RUN_FORMAT]),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
  config: v.unknown(),
});

/**
 * @param text of a configuration file, of an exported run's config.json, or a bare configuration
 * @throws ConfigError `file-too-large`, `not-json`, `not-a-config`, `newer-file`, or `bad-config` naming the
 * first field that does not fit
 */
export function readConfigFile(text: string): RunConfig {
  if (text.length > CONFIG_FILE_LIMIT) throw fileTooLarge(text.length, CONFIG_FILE_LIMIT);
  const value = parseJson(text);
  if (isRecord(value) && !('format' in value) && 'strategy' in value) return parseRunConfig(value);
  const envelope = v.safeParse(ENVELOPE, value);
  if (!envelope.success) throw new ConfigError('not-a-config');
  const { format, version } = envelope.output;
  const known = format === RUN_FORMAT ? RUN_EXPORT_VERSION : VERSION;
  if (version > known) throw newerFile(version, known);
  return parseRunConfig(envelope.output.config);
}

export const newerFile = (version: number, known: number): ConfigError =>
  new ConfigError('newer-file', { version, known });

export interface ReadLink {
  readonly config: RunConfig;
  readonly preset: PresetId;
  /** One for each value that was refused and each key that is not known; the preset's value stays. */
  readonly problems: readonly WireError[];
}

/**
 * A share link that was pasted: the whole address, or its part from `#` or `?` on.
 * @throws ConfigError `link-too-long`, `not-a-link`
 */
export function readShareLink(text: string): ReadLink {
  const link = text.trim();
  if (link.length > LINK_LIMIT) throw new ConfigError('link-too-long', { limit: LINK_LIMIT });
  const found = /#\/train(?:\?(.*))?$/s.exec(link) ?? /^\?(.*)$/s.exec(link);
  if (!found || /\s/.test(link)) throw new ConfigError('not-a-link');
  return fromQuery(found[1] ?? '', PAGE_KEYS);
}

/** The preset that a configuration departs from least. */
export function nearestPreset(config: RunConfig): PresetId {
  const ids = Object.keys(PRESETS) as PresetId[];
  const length = (id: PresetId): number => toQuery(config, id).length;
  return ids.reduce((best, id) => (length(id) < length(best) ? id : best));
}

/**
 * @returns the query of a link that reproduces this configuration whole; null where a link cannot carry it
 * (other spectrograms, other Adam)
 */
export function completeQuery(config: RunConfig): string | null {
  const query = toQuery(config, nearestPreset(config));
  const back = fromQuery(query);
  const comparable = (one: RunConfig): string =>
    JSON.stringify(sorted({ ...one, corpus: one.corpus.kind === 'folder' ? one.corpus.id : one.corpus }));
  return back.problems.length === 0 && comparable(back.config) === comparable(config) ? query : null;
}

/** Keys in alphabetical order, so that equal values are equal text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fileTooLarge = (bytes: number, limit: number): ConfigError =>
  new ConfigError('file-too-large', { bytes, limit });
