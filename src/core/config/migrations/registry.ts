/**
 * What an earlier version wrote, brought to this version's form step by step. A step is one file with a name
 * and one line here. Not here: whether the result is valid (parse.ts).
 */
import { fromVersion1 } from './from-version-1';

export type Plain = Readonly<Record<string, unknown>>;

export interface Migration {
  readonly name: string;
  /** The version it reads; it writes the next one. */
  readonly from: number;
  readonly migrate: (config: Plain) => Plain;
}

export const CONFIG_MIGRATIONS: readonly Migration[] = [fromVersion1];

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns of a configuration of an earlier version this version's; anything else as it is */
export function migratedConfig(value: unknown): unknown {
  if (!isPlain(value)) return value;
  return CONFIG_MIGRATIONS.reduce(
    (config, { from, migrate }) =>
      config['version'] === from ? { ...migrate(config), version: from + 1 } : config,
    value,
  );
}
