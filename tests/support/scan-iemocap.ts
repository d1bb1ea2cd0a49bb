/** A scan by IEMOCAP's adapter as a manifest, whatever the folder looks like to the others. */
import type { ScanOptions } from '../../src/core/corpus/adapter';
import { iemocap } from '../../src/core/corpus/adapters/iemocap';
import type { CorpusDirectory, CorpusManifest } from '../../src/core/corpus/types';

export const scanIemocap = async (
  root: CorpusDirectory,
  options: ScanOptions = {},
): Promise<CorpusManifest> => ({ version: 2, adapter: 'iemocap', ...(await iemocap.scan(root, options)) });
