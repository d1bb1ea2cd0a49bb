/**
 * A part of a corpus that is too large to be read whole: the first utterances by name, or a draw that keeps
 * the shares of classes and speakers. Which one is in the manifest, and so are its utterances in the corpus'
 * fingerprint: another sample is another corpus.
 */
import { RandomStream } from '../random/streams';
import type { Recording } from './recordings';

/** More utterances than that are not read unasked: a corpus of 300,000 is a day of sound. */
export const LARGE_CORPUS = 20_000;

export type SampleChoice =
  | { readonly kind: 'all' }
  | { readonly kind: 'first'; readonly count: number }
  | { readonly kind: 'proportional'; readonly count: number; readonly seed: number };

/** What was taken, and of how many. */
export type SampleNote = Exclude<SampleChoice, { readonly kind: 'all' }> & { readonly of: number };

/** What the draw asks of a recording. */
export type Sampled = Pick<Recording, 'id' | 'label' | 'groups'>;

/**
 * Indices of the recordings that are taken, ascending; all of them where there are no more than `count`.
 *
 * Proportional (stratified): the recordings in order of class, then speaker, then at random, and of that row every k-th.
 * Each class, and each speaker within it, is there by its share, less than one recording more or less.
 */
export function sampleOf(recordings: readonly Sampled[], choice: SampleChoice): readonly number[] {
  const order = Uint32Array.from(recordings.keys()).sort((a, b) =>
    compare(recordings[a]!.id, recordings[b]!.id),
  );
  if (choice.kind === 'all' || recordings.length <= choice.count) return Array.from(recordings.keys());
  if (choice.kind === 'first') return Array.from(order.subarray(0, choice.count).sort());
  const { count, seed } = choice;
  const random = new RandomStream(seed, 'corpus-sample');
  // The order of names first: the draw does not depend on the order in which a disk lists its files.
  const drawn = new Float64Array(recordings.length);
  for (const index of order) drawn[index] = random.uniform();
  const row = order.sort((a, b) => {
    const [first, second] = [recordings[a]!, recordings[b]!];
    return (
      compare(first.label, second.label) ||
      compare(first.groups['speaker'] ?? '', second.groups['speaker'] ?? '') ||
      drawn[a]! - drawn[b]!
    );
  });
  const start = random.uniform();
  return Array.from({ length: count }, (_, k) => row[Math.floor(((k + start) * row.length) / count)]!).sort(
    (a, b) => a - b,
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
