/** Manifests of version 1 did not always say how large their chunks are: then as large as 0.1.0 made them. */
import { filled, type Migration } from '../../core/migration';

/** Chunks of version 0.1.0, whatever size they are written in today. */
const CHUNK_BYTES = 32 * 1024 * 1024;

export const manifestFromVersion1: Migration = {
  name: 'a manifest says how large its chunks are',
  from: 1,
  migrate: (old) => filled(old, { chunkBytes: CHUNK_BYTES }),
};
