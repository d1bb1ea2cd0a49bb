/**
 * Run records and checkpoints of earlier versions, as today's. A format that changes gets a step here: a file
 * and a line. Applied where storage reads (storage/runs.ts, storage/checkpoints.ts) and nowhere else.
 */
import { migrated, type Migration } from '../../migration';
import type { CheckpointState } from '../checkpoint';
import type { RunRecord } from '../record';
import { checkpointFromVersion1 } from './checkpoint-from-version-1';
import { recordFromVersion1 } from './record-from-version-1';
import { recordFromVersion2 } from './record-from-version-2';

export const RECORD_MIGRATIONS: readonly Migration[] = [recordFromVersion1, recordFromVersion2];
export const CHECKPOINT_MIGRATIONS: readonly Migration[] = [checkpointFromVersion1];

/** @param stored by whatever version, its configuration being this version's already */
export const currentRecord = (stored: unknown): RunRecord =>
  migrated(RECORD_MIGRATIONS, stored, 1) as RunRecord;

/** The part of a checkpoint that is not arrays. @param stored by whatever version */
export const currentCheckpoint = (stored: unknown): CheckpointState =>
  migrated(CHECKPOINT_MIGRATIONS, stored, 1) as CheckpointState;
