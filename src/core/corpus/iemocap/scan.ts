/**
 * The scan of an IEMOCAP folder: joins labels with audio and reports everything that is skipped. Not here:
 * where the folders are (find-sessions.ts, layout.ts), what the text means (labels.ts), what is in the audio
 * (../recordings.ts).
 */
import { CorpusError } from '../../errors/errors';
import type { Scan, ScanOptions } from '../adapter';
import { cancellable, reportInto } from '../listing';
import { readRecordings, reportIdentical, type Recording } from '../recordings';
import { countVotes } from '../votes';
import type { CorpusDirectory, ScanCounts } from '../types';
import type { Problem } from '../../errors/problem';
import { columnsOf } from './columns';
import { findSessions } from './find-sessions';
import { joinLabels, type Candidate } from './join-labels';
import { LABEL_OF, type Rating } from './labels';
import { Lengths } from './lengths';
import { readTranscripts } from './transcripts';

/**
 * Scans an IEMOCAP folder: the release, a single session of it, or the folder around it; its name does not
 * matter. No bad file stops the rest: what is skipped, or kept with a reservation, is in `problems`.
 * @throws CorpusError `empty-folder`, `not-a-corpus`, `no-labels`, `no-audio`, `no-usable-utterance`; the
 * last three with `skipped`
 * @throws PermissionLostError (or the browser's NotAllowedError) when the folder can no longer be read at all
 * @throws CancelledError
 */
export async function scanIemocap(root: CorpusDirectory, options: ScanOptions = {}): Promise<Scan> {
  const { onProgress, signal } = options;
  const problems: Problem[] = [];
  const report = reportInto(problems);
  const sessions = await findSessions(cancellable(root, signal), report);
  const { candidates, found } = await joinLabels(sessions, report, signal, (name) =>
    onProgress?.({ done: 0, total: 0, current: name }),
  );

  const texts = await readTranscripts(sessions, report, signal);
  const lengths = new Lengths();
  const { utterances, ...fingerprints } = await readRecordings(
    candidates.map((candidate) => recordingOf(candidate, texts.get(candidate.label.id))),
    problems,
    options,
    (i, seconds) => {
      const { label, path } = candidates[i]!;
      lengths.add(label.end - label.start, seconds, path);
    },
  );
  if (utterances.length === 0) throw nothingUsable(root.name, problems, found);
  lengths.report(root.name, report);
  reportIdentical(utterances, 'emotion', problems);
  return { ...fingerprints, utterances, problems, found };
}

const recordingOf = ({ label, name, path, file }: Candidate, text: string | undefined): Recording => ({
  id: label.id,
  path,
  file,
  label: label.label,
  ...columnsOf(name, label.label, label.vad),
  ...(text === undefined ? {} : { text }),
  ...(label.votes.length === 0
    ? {}
    : {
        votes: {
          emotion: countVotes(
            label.votes.map((one) => one.map((category) => LABEL_OF[category] ?? category)),
          ),
        },
      }),
  ...(label.ratings.length === 0 ? {} : { ratings: ratingsOf(label.ratings) }),
});

/** By column, as columns.ts names them. */
const ratingsOf = (ratings: readonly Rating[]): Record<string, readonly number[]> =>
  Object.fromEntries(
    ['valence', 'activation', 'dominance']
      .map((column, i) => [column, ratings.flatMap((rating) => rating[i] ?? [])] as const)
      .filter(([, given]) => given.length > 0),
  );

/** Why nothing is left; the error carries what was skipped, so that it can be listed. */
function nothingUsable(
  folder: string,
  problems: readonly Problem[],
  { labels, audio }: ScanCounts,
): CorpusError {
  const count = (code: Problem['code']): number => problems.filter((problem) => problem.code === code).length;
  const details = {
    folder,
    labels,
    audio,
    missing: count('missing-audio'),
    unreadable: count('unreadable-audio'),
    unlabelled: count('unlabelled-audio'),
  };
  const error =
    audio > 0 && labels === 0
      ? new CorpusError('no-labels', details)
      : labels > 0 && audio === 0
        ? new CorpusError('no-audio', details)
        : new CorpusError('no-usable-utterance', details);
  error.skipped = problems;
  return error;
}
