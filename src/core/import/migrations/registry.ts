/** config.json of exported runs of earlier versions, as today's. A format that changes gets a step here. */
import { migrated, type Migration } from '../../migration';
import { headFromVersion1 } from './head-from-version-1';

export const EXPORT_MIGRATIONS: readonly Migration[] = [headFromVersion1];

/** @param head of whatever version; untrusted, and not checked here */
export const currentHead = (head: unknown): unknown => migrated(EXPORT_MIGRATIONS, head);
