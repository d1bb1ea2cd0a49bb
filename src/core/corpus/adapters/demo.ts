/**
 * The demo corpus (core/synth): synthetic speech in IEMOCAP's layout, so that it is read as IEMOCAP is; a
 * note in the folder tells the two apart.
 */
import type { CorpusAdapter, Listing } from '../adapter';
import { IEMOCAP_COLUMNS } from '../iemocap/description';
import { scanIemocap } from '../iemocap/scan';
import { baseName } from '../listing';
import type { Detection } from '../types';

/** How the folder's README.txt begins. */
const NOTE = 'Synthetic speech in the folder layout of IEMOCAP, made by Equipoise';

export const demo: CorpusAdapter = {
  id: 'demo',
  name: 'Demo',
  lookedFor: 'README.txt',
  builtIn: true,
  detect,
  scan: scanIemocap,
  ...IEMOCAP_COLUMNS,
};

async function detect({ files, head }: Listing): Promise<Omit<Detection, 'adapter'>> {
  for (const path of files.filter((file) => baseName(file) === 'README.txt'))
    if ((await head(path)).startsWith(NOTE))
      return { score: 1, evidence: [{ key: 'note', values: { example: path } }] };
  return { score: 0, evidence: [] };
}
