/**
 * What an earlier version wrote, brought to this version's form step by step. A step is one file with a name
 * and one line here. Not here: whether the result is valid (parse.ts).
 */
import { migrated, type Migration } from '../../migration';
import { fromVersion1 } from './from-version-1';

export const CONFIG_MIGRATIONS: readonly Migration[] = [fromVersion1];

/** @returns of a configuration of an earlier version this version's; anything else as it is */
export const migratedConfig = (value: unknown): unknown => migrated(CONFIG_MIGRATIONS, value);
