/**
 * What a copy of IEMOCAP has, beside what the full release has: a copy that broke off, a listing that lost
 * entries or half of the labels gone would otherwise look like a smaller corpus. Not here: why something was
 * skipped (the manifest's problems).
 */
import type { ScanCounts, SessionCounts } from '../types';

/**
 * Labelled utterances of the release by session, counted from its 151 label files; 10,039 in all, and each
 * has its audio.
 */
const RELEASE: readonly number[] = [1819, 1811, 2136, 2103, 2170];
export const RELEASE_UTTERANCES = RELEASE.reduce((sum, count) => sum + count, 0);

export interface SessionCompleteness extends SessionCounts {
  /** Labelled utterances of the release. */
  readonly release: number;
}

export interface Completeness {
  /** All five sessions, those that are not there with zeros. */
  readonly sessions: readonly SessionCompleteness[];
  readonly labels: number;
  readonly audio: number;
  readonly both: number;
  /** Sessions of which nothing is there. */
  readonly absent: readonly number[];
  /** Sessions of which something is there, but not all labels with their audio. */
  readonly partial: readonly number[];
}

/** Compares the counts of a scan with the release. */
export function completeness({ sessions: counted }: ScanCounts): Completeness {
  const sessions = RELEASE.map((release, i) => {
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
