/** A block of steps of version 1 had no version. Its rows are as today's: what a row lacks was not measured. */
import type { Migration } from '../../core/migration';

export const stepsFromVersion1: Migration = {
  name: 'a block of steps has a version',
  from: 1,
  migrate: (old) => old,
};
