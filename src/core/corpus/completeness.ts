/**
 * What a copy of a corpus has, beside what the full release has: a copy that broke off, a listing that lost
 * entries or half of the labels gone would otherwise look like a smaller corpus. Not here: why something was
 * skipped (the manifest's problems), what the release has (the adapter).
 */
import type { ScanCounts, SessionCounts } from './types';

export interface SessionCompleteness extends SessionCounts {
  /** Labelled utterances of the release. */
  readonly release: number;
}

export interface Completeness {
  /** All sessions of the release, those that are not there with zeros. */
  readonly sessions: readonly SessionCompleteness[];
  readonly labels: number;
  readonly audio: number;
  readonly both: number;
  /** Sessions of which nothing is there. */
  readonly absent: readonly number[];
  /** Sessions of which something is there, but not all labels with their audio. */
  readonly partial: readonly number[];
}

/**
 * Compares the counts of a scan with the release.
 * @param releaseCounts labelled utterances of the release by session, the first one first
 */
export function completeness(
  { sessions: counted }: ScanCounts,
  releaseCounts: readonly number[],
): Completeness {
  const sessions = releaseCounts.map((release, i) => {
    const { labels = 0, audio = 0, both = 0 } = counted.find(({ session }) => session === i + 1) ?? {};
    return { session: i + 1, labels, audio, both, release };
  });
  const sum = (key: 'labels' | 'audio' | 'both'): number =>
    sessions.reduce((total, one) => total + one[key], 0);
  const absent = sessions.filter(({ labels, audio }) => labels + audio === 0);
  return {
    sessions,
    labels: sum('labels'),
    audio: sum('audio'),
    both: sum('both'),
    absent: absent.map(({ session }) => session),
    partial: sessions
      .filter((one) => !absent.includes(one) && one.both < one.release)
      .map(({ session }) => session),
  };
}
