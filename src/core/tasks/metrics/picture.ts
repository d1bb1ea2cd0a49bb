/**
 * What a number's picture shows in place of a confusion matrix: some of the utterances as points, and the
 * calibration over all of them. Small, since every epoch's record has one.
 */

export interface NumberPicture {
  /** Labelled utterances, of which `points` are evenly spaced ones, the same ones every epoch. */
  readonly of: number;
  /** [true, predicted]. */
  readonly points: readonly (readonly [number, number])[];
  /** Utterances in order of what is predicted, in parts of equal size: the means of each part. */
  readonly bins: readonly {
    readonly predicted: number;
    readonly truth: number;
    readonly count: number;
  }[];
}

const POINTS = 200;
const BINS = 10;
/** Fewer in a part than this would be noise. */
const LEAST = 5;

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param targets,predictions one an utterance; without a target it is not drawn */
export function numberPicture(targets: ArrayLike<number>, predictions: ArrayLike<number>): NumberPicture {
  const all = Array.from(targets, (truth, i) => [truth, predictions[i]!] as const).filter(
    ([truth]) => !Number.isNaN(truth),
  );
  const drawn = Math.min(all.length, POINTS);
  const parts = Math.max(1, Math.min(BINS, Math.floor(all.length / LEAST)));
  const sorted = all.toSorted((a, b) => a[1] - b[1]);
  const cut = (i: number): number => Math.round((i * sorted.length) / parts);
  return {
    of: all.length,
    points: Array.from({ length: drawn }, (_, i) => all[Math.floor((i * all.length) / drawn)]!),
    bins: Array.from({ length: parts }, (_, i) => sorted.slice(cut(i), cut(i + 1)))
      .filter((part) => part.length > 0)
      .map((part) => ({
        truth: mean(part.map(([truth]) => truth)),
        predicted: mean(part.map(([, predicted]) => predicted)),
        count: part.length,
      })),
  };
}
