/**
 * What storage itself wrote around a run - the manifests of checkpoints and of weights, blocks of steps, epochs -
 * as today's. A format that changes gets a step here: a file and a line. What a run says of itself has its own
 * (core/run/migrations).
 */
import { migrated, type Migration } from '../../core/migration';
import type { EpochRecord } from '../../core/training/events';
import type { StoredTensors } from '../chunks';
import type { StepBlock, StoredEpoch } from '../schema';
import { epochFromVersion1 } from './epoch-from-version-1';
import { manifestFromVersion1 } from './manifest-from-version-1';
import { stepsFromVersion1 } from './steps-from-version-1';

export const MANIFEST_MIGRATIONS: readonly Migration[] = [manifestFromVersion1];
export const STEPS_MIGRATIONS: readonly Migration[] = [stepsFromVersion1];
export const EPOCH_MIGRATIONS: readonly Migration[] = [epochFromVersion1];

/** Of what is written now. */
export const MANIFEST_VERSION = 2;
export const HISTORY_VERSION = 2;

/** @param stored by whatever version: of a checkpoint, or of imported weights */
export const currentManifest = <M extends object>(stored: M): M & Pick<StoredTensors, 'chunkBytes'> =>
  migrated(MANIFEST_MIGRATIONS, stored, 1) as M & Pick<StoredTensors, 'chunkBytes'>;

export const currentSteps = (stored: StepBlock): StepBlock =>
  migrated(STEPS_MIGRATIONS, stored, 1) as StepBlock;

/** Without its number, which is storage's own. */
export function currentEpoch(stored: StoredEpoch): EpochRecord & { readonly runId: string } {
  const { version: _version, ...record } = migrated(EPOCH_MIGRATIONS, stored, 1) as StoredEpoch;
  return record;
}
