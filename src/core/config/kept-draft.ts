/**
 * The configuration being edited, as text that outlives a reload, and back. What does not fit any more -
 * another version wrote it, or somebody else - is dropped field by field and told; the rest stays. Not here:
 * where it is kept (src/state/draft.ts).
 */
import { ConfigError, toWire, type WireError } from '../errors/errors';
import { parseJson } from './bounded-json';
import { PRESETS, type PresetId } from './presets';
import type { RunConfig } from './run-config';
import { SCHEMA } from './schema';
import { parseRunConfig } from './parse';
import { migratedConfig } from './migrations/registry';

export interface Draft {
  readonly config: RunConfig;
  readonly preset: PresetId;
}

/** Of the text's format; the configuration has a version of its own. */
const VERSION = 1;

export const draftText = ({ config, preset }: Draft): string =>
  JSON.stringify({ version: VERSION, preset, config });

export interface ReadDraft extends Draft {
  /** One problem that names everything that was dropped; none where all is as it was left. */
  readonly problems: readonly WireError[];
}

/**
 * The tasks follow from the architecture, and the options from the tasks: taken together or, where they do
 * not fit each other, not at all.
 */
const TOGETHER: readonly (readonly (keyof RunConfig)[])[] = [
  ['architecture', 'tasks', 'strategy'],
  ['architecture', 'tasks'],
];

/** @param text of {@link draftText}, or anything @returns null where it is no draft at all */
export function readDraft(text: string): ReadDraft | null {
  const kept = recordOf(parsed(text));
  const given = kept && recordOf(migratedConfig(kept['config']));
  if (!kept || !given) return null;
  const preset = isPreset(kept['preset']) ? kept['preset'] : 'compact';
  const whole = attempt(given);
  if (whole) return { config: whole, preset, problems: [] };
  let config = parseRunConfig(PRESETS[preset]);
  for (const keys of TOGETHER) {
    if (!keys.every((key) => Object.hasOwn(given, key))) continue;
    const next = attempt({ ...config, ...Object.fromEntries(keys.map((key) => [key, given[key]])) });
    if (!next) continue;
    config = next;
    break;
  }
  const dropped: string[] = [];
  for (const [key, value] of Object.entries(given)) {
    if (JSON.stringify((config as unknown as Record<string, unknown>)[key]) === JSON.stringify(value))
      continue;
    // A field that is absent by default is none of the preset's.
    const next = Object.hasOwn(SCHEMA.entries, key) ? attempt({ ...config, [key]: value }) : null;
    if (next) config = next;
    else dropped.push(key.slice(0, 40));
  }
  return { config, preset, problems: dropped.length === 0 ? [] : [incomplete(dropped)] };
}

/** Never `String(value)`: what was kept may be an object whose `toString` is no function. */
const isPreset = (value: unknown): value is PresetId =>
  typeof value === 'string' && Object.hasOwn(PRESETS, value);

function attempt(value: unknown): RunConfig | null {
  try {
    return parseRunConfig(value);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    // Bounded: what nests ten thousand levels deep would end every attempt to look at it, and with it every
    // start of the page.
    return parseJson(text);
  } catch {
    return null;
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null;

/** Fields that were dropped, or null where nothing of the draft could be read. */
export const incomplete = (dropped: readonly string[] | null): WireError =>
  dropped === null
    ? toWire(new ConfigError('draft-unreadable'))
    : toWire(new ConfigError('draft-incomplete', { fields: dropped.slice(0, 12).join(', ') }));
