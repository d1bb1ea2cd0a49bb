/** IEMOCAP (Busso et al. 2008): the release, whole or in part, and copies of it in other folders. */
import type { CorpusAdapter, Listing } from '../adapter';
import { IEMOCAP_COLUMNS, IEMOCAP_NAME } from '../iemocap/description';
import { isUtteranceAudio, isLabelName } from '../iemocap/file-names';
import { SESSION_NAME } from '../iemocap/find-sessions';
import { scanIemocap } from '../iemocap/scan';
import { baseName } from '../listing';
import type { Detection, Evidence } from '../types';

export const iemocap: CorpusAdapter = {
  id: 'iemocap',
  ...IEMOCAP_NAME,
  detect,
  scan: scanIemocap,
  ...IEMOCAP_COLUMNS,
  published: [
    {
      id: 'iemocap-sessions',
      name: 'Leave one session out',
      source: '5 folds, as SUPERB, emotion2vec and EmoBox report',
      column: 'session',
      division: { by: 'each' },
    },
    {
      id: 'iemocap-speakers',
      name: 'Leave one speaker out',
      source: '10 folds, as emotion2vec reports beside the sessions',
      column: 'speaker',
      division: { by: 'each' },
    },
  ],
  // Counted from the release's 151 label files; 10,039 in all, and each has its audio.
  release: [1819, 1811, 2136, 2103, 2170],
};

/** By the folders of the release; where they are gone, by the names of the files. */
function detect({ files, folders }: Listing): Omit<Detection, 'adapter'> {
  const sessions = folders.filter((path) => SESSION_NAME.test(baseName(path)));
  const parts = folders.filter((path) => /^(dialog|sentences)$/i.test(baseName(path)));
  const named = files.filter((path) => isUtteranceAudio(baseName(path)) || isLabelName(baseName(path)));
  const evidence: Evidence[] = [];
  if (sessions.length > 0)
    evidence.push({ key: 'sessionFolders', values: { count: sessions.length, example: sessions[0]! } });
  if (parts.length > 0)
    evidence.push({ key: 'releaseFolders', values: { count: parts.length, example: parts[0]! } });
  if (named.length > 0)
    evidence.push({ key: 'namedFiles', values: { count: named.length, example: named[0]! } });
  const score = parts.length > 0 ? 0.95 : named.length > 0 ? 0.9 : sessions.length > 0 ? 0.5 : 0;
  return { score, evidence };
}
