/**
 * The IEMOCAP adapter: a folder in, a manifest of usable utterances and a report of everything else out.
 * Joins labels with audio, reads every audio header, so that whatever the manifest names can be decoded, and
 * what its samples are. Not here: where the folders are (find-sessions.ts, layout.ts), what the text
 * means (labels.ts).
 */
import type { Digest } from '../../audio/content';
import { CorpusError } from '../../errors/errors';
import type { Progress } from '../../protocol/contracts';
import { throwIfCancelled, type CancelSignal } from '../../protocol/rpc';
import { hashName } from '../../random/streams';
import { findSessions } from './find-sessions';
import { identicalAudio } from '../identical-audio';
import { joinLabels, type Candidate } from './join-labels';
import { Lengths } from './lengths';
import { cancellable, reportInto } from '../listing';
import { asProblem, probeAudio, type Probe } from '../probe-audio';
import type { CorpusDirectory, CorpusManifest, Problem, ScanCounts, Utterance } from '../types';

export interface ScanOptions {
  /** Counts audio files once all are listed; before that `total` is 0 and `current` names the session. */
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: CancelSignal;
  /** SHA-256, where there is a faster one than ours. */
  readonly digest?: Digest;
}

/** Files being read at a time: enough to hide the latency of a network drive or an SD card. */
const CONCURRENCY = 16;

/**
 * Scans an IEMOCAP folder: the release, a single session of it, or the folder around it; its name does not
 * matter. No bad file stops the rest: what is skipped, or kept with a reservation, is in `problems`.
 * @throws CorpusError `empty-folder`, `not-a-corpus`, `no-labels`, `no-audio`, `no-usable-utterance`; the
 * last three with `skipped`
 * @throws PermissionLostError (or the browser's NotAllowedError) when the folder can no longer be read at all
 * @throws CancelledError
 */
export async function scanIemocap(
  root: CorpusDirectory,
  { onProgress, signal, digest }: ScanOptions = {},
): Promise<CorpusManifest> {
  const problems: Problem[] = [];
  const report = reportInto(problems);
  const { candidates, found } = await joinLabels(
    await findSessions(cancellable(root, signal), report),
    report,
    signal,
    (name) => onProgress?.({ done: 0, total: 0, current: name }),
  );

  const probed = await probeAll(candidates, onProgress, signal, digest);
  const utterances: Utterance[] = [];
  const facts: string[] = [];
  const sizes: string[] = [];
  const lengths = new Lengths();
  for (const [i, { label, name, path }] of candidates.entries()) {
    const outcome = probed[i]!;
    if ('failure' in outcome) {
      const { failure, ...more } = outcome;
      report('unreadable-audio', path, failure, more);
      continue;
    }
    const {
      info: { sampleRate, frames, warnings },
      size,
      content,
    } = outcome;
    problems.push(...warnings.map((warning) => asProblem(warning, path)));
    if (!warnings.some((warning) => warning.startsWith('truncated')))
      lengths.add(label.end - label.start, frames / sampleRate, path);
    const { speaker, gender, session, dialog, scripted } = name;
    utterances.push({
      id: label.id,
      speaker,
      gender,
      session,
      dialog,
      scripted,
      label: label.label,
      vad: label.vad,
      path,
      sampleRate,
      frames,
      content,
    });
    facts.push(`${label.id}|${label.label}|${content}`);
    sizes.push(`${label.id}|${label.label}|${size}`);
  }
  if (utterances.length === 0) throw nothingUsable(root.name, problems, found);
  lengths.report(root.name, report);
  utterances.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const [first, ...others] of identicalAudio(utterances))
    for (const { path, label } of others) {
      const values = { id: first!.id, theirs: first!.label, label };
      const same = label === first!.label;
      report(
        'identical-audio',
        path,
        `the same sound as ${values.id}${same ? '' : `, which is labelled ${values.theirs} and not ${label}`}`,
        { kept: true, said: { key: same ? 'sameSound' : 'sameSoundOtherLabel', values } },
      );
    }
  return {
    version: 1,
    corpus: 'iemocap',
    fingerprint: fingerprint(facts),
    sizesFingerprint: fingerprint(sizes),
    utterances,
    problems,
    found,
  };
}

/** Headers and contents of all candidates, in their order, {@link CONCURRENCY} at a time. */
async function probeAll(
  candidates: readonly Candidate[],
  onProgress: ScanOptions['onProgress'],
  signal: CancelSignal | undefined,
  digest: Digest | undefined,
): Promise<readonly Probe[]> {
  const results = new Array<Probe>(candidates.length);
  let next = 0;
  let done = 0;
  const drain = async (): Promise<void> => {
    while (next < candidates.length) {
      throwIfCancelled(signal, 'scan');
      const index = next++;
      const { path, file } = candidates[index]!;
      results[index] = await probeAudio(file, signal, digest);
      onProgress?.({ done: ++done, total: candidates.length, current: path });
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, drain));
  return results;
}

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
      ? new CorpusError(
          'no-labels',
          `The folder “${folder}” holds audio (${audio} files) but no label for it.`,
          'dialog/EmoEvaluation must be in the copy, too.',
          details,
        )
      : labels > 0 && audio === 0
        ? new CorpusError(
            'no-audio',
            `The folder “${folder}” holds labels (${labels}) but no audio for them.`,
            'sentences/wav must be in the copy, too.',
            details,
          )
        : new CorpusError(
            'no-usable-utterance',
            `The folder “${folder}” holds no utterance with both a label and readable audio.`,
            'Copy dialog/EmoEvaluation and sentences/wav again from the release.',
            details,
          );
  error.skipped = problems;
  return error;
}

/** 64 bits over facts about each utterance, in order of id. */
function fingerprint(facts: string[]): string {
  return hashName(facts.sort().join('\n'));
}
