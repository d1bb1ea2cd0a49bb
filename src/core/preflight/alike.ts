/**
 * Recordings that are nearly the same: one recoded, amplified, moved by a moment or with noise on it. Short
 * prints of all spectrograms are compared where the lengths allow, and the whole spectrograms where the
 * prints are close. Everything is bounded, and what was not compared is counted. Not here: files and storage.
 */
import { throwIfCancelled, type CancelSignal } from '../progress';
import { correlationOf, outlineOf, PRINT_LENGTH, printOf, type Outline } from '../spectrogram/likeness';

/**
 * Correlation of log-mel from which on two recordings are told. Of EmoDB's 535 recordings the closest two
 * that differ have 0.84, and two demo voices with one sentence 0.89; copies of EmoDB's have more than 0.9 (MP3
 * of 32 kbit/s, Opus, 8 kHz, noise 20 dB below, 50 ms later).
 */
export const ALIKE = 0.9;
/** Inner product of prints from which on the spectrograms are compared: of those copies, 0.78 and more. */
const CLOSE_PRINTS = 0.75;
/** Seconds by which the lengths of two recordings may differ, and by which one is moved against the other. */
const LENGTHS = 0.25;
const MOVED = 0.13;

/** Bounds: of memory (512 bytes a print), of comparisons of prints, and of spectrograms. */
export interface AlikeBounds {
  readonly recordings: number;
  readonly prints: number;
  readonly spectrograms: number;
}
const BOUNDS: AlikeBounds = { recordings: 100_000, prints: 50_000_000, spectrograms: 20_000 };
/** Comparisons of prints between two looks at the signal; outlines kept. */
const BREATH = 500_000;
const KEPT = 2000;

export interface AlikePair {
  readonly a: string;
  readonly b: string;
  /** 0.9..1. */
  readonly correlation: number;
}

export interface AlikeReport {
  /** Most alike first. */
  readonly pairs: readonly AlikePair[];
  /** Recordings that were compared. */
  readonly compared: number;
  /** Recordings that were not, because there are too many. */
  readonly left: number;
  /** Pairs of compared recordings, of about the same length, that were not compared, for the same reason. */
  readonly skipped: number;
}

/** A spectrogram that may be compared. */
export interface Candidate {
  readonly id: string;
  readonly frames: number;
  /** Of frames, by second: only recordings of one rate are compared. */
  readonly rate: number;
}

interface Task {
  readonly nMels: number;
  /** float32 [nMels][frames], dB. */
  readonly read: (id: string) => Promise<Float32Array>;
  /** Lets the worker look at its messages. */
  readonly breathe?: () => Promise<void>;
  readonly signal?: CancelSignal | undefined;
  readonly bounds?: AlikeBounds;
}

/** @throws CancelledError, and what `read` throws */
export async function findAlike(candidates: readonly Candidate[], task: Task): Promise<AlikeReport> {
  const { bounds = BOUNDS, signal } = task;
  const seconds = ({ frames, rate }: Candidate): number => frames / rate;
  const taken = candidates
    .filter(({ frames }) => frames > 0)
    .slice(0, bounds.recordings)
    .sort((a, b) => a.rate - b.rate || seconds(a) - seconds(b) || (a.id < b.id ? -1 : 1));
  const outlines = outlineReader(taken, task);
  const prints = new Float32Array(taken.length * PRINT_LENGTH);
  for (const i of taken.keys()) {
    throwIfCancelled(signal, 'comparison');
    prints.set(printOf(await outlines(i)), i * PRINT_LENGTH);
  }
  const { close, skipped } = await closePairs(taken, prints, { ...task, bounds });
  const pairs: AlikePair[] = [];
  for (const [i, j] of close) {
    throwIfCancelled(signal, 'comparison');
    const shift = Math.ceil(MOVED * taken[i]!.rate);
    const correlation = correlationOf(await outlines(i), await outlines(j), shift);
    const [a, b] = [taken[i]!.id, taken[j]!.id].sort() as [string, string];
    if (correlation >= ALIKE) pairs.push({ a, b, correlation });
  }
  pairs.sort((x, y) => y.correlation - x.correlation || (x.a + x.b < y.a + y.b ? -1 : 1));
  return { pairs, compared: taken.length, left: Math.max(0, candidates.length - bounds.recordings), skipped };
}

/** The outline of one of `taken`; the last ones are kept. */
function outlineReader(
  taken: readonly Candidate[],
  { nMels, read }: Task,
): (index: number) => Promise<Outline> {
  const kept = new Map<number, Outline>();
  return async (index) => {
    const { id, frames } = taken[index]!;
    const outline = kept.get(index) ?? outlineOf(await read(id), nMels, frames);
    kept.delete(index);
    kept.set(index, outline);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return outline;
  };
}

/**
 * Pairs of about the same length whose prints are close, in order of place; where there are too many, those
 * nearest in length are compared, and the closest are kept.
 * @param taken in order of rate and length
 */
async function closePairs(
  taken: readonly Candidate[],
  prints: Float32Array,
  { bounds, breathe, signal }: Task & { readonly bounds: AlikeBounds },
): Promise<{ readonly close: readonly (readonly [i: number, j: number])[]; readonly skipped: number }> {
  const window = Math.max(1, Math.floor(bounds.prints / Math.max(1, taken.length)));
  let close: { readonly i: number; readonly j: number; readonly product: number }[] = [];
  let [skipped, end, since, least] = [0, 0, 0, CLOSE_PRINTS];
  const keepClosest = (): void => {
    const sorted = close.sort((a, b) => b.product - a.product);
    skipped += Math.max(0, sorted.length - bounds.spectrograms);
    close = sorted.slice(0, bounds.spectrograms);
    if (close.length === bounds.spectrograms) least = Math.max(least, close.at(-1)?.product ?? 0);
  };
  for (const [i, { rate, frames }] of taken.entries()) {
    const near = (one: Candidate | undefined): boolean =>
      one?.rate === rate && one.frames - frames <= LENGTHS * rate;
    end = Math.max(end, i + 1);
    while (near(taken[end])) end++;
    const to = Math.min(end, i + 1 + window);
    skipped += end - to;
    for (let j = i + 1; j < to; j++) {
      let product = 0;
      for (let k = 0; k < PRINT_LENGTH; k++)
        product += prints[i * PRINT_LENGTH + k]! * prints[j * PRINT_LENGTH + k]!;
      if (product >= CLOSE_PRINTS && product < least) skipped++;
      else if (product >= least) close.push({ i, j, product });
    }
    if (close.length > 2 * bounds.spectrograms) keepClosest();
    since += to - i;
    if (since < BREATH) continue;
    since = 0;
    throwIfCancelled(signal, 'comparison');
    await breathe?.();
  }
  keepClosest();
  return {
    close: close.map(({ i, j }) => [i, j] as const).sort((a, b) => a[0] - b[0] || a[1] - b[1]),
    skipped,
  };
}
