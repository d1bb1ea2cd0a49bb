/**
 * From a log-mel spectrogram of any length to the grey-level image a model sees: size unification with its
 * random draws, min-max scaling, flip and cubic resize (the paper's steps 4 to 8).
 * Not here: the spectrogram (log-mel.ts) and where it is cached (storage/feature-packs.ts).
 */
import { RandomStream } from '../random/streams';
import { resizeCubic } from './resize';

/** Frames that every utterance is brought to. */
export const CANVAS_FRAMES = 512;

/** Step 8: grey level to network input, (v / 255 - 0.5) / 0.225, each operation rounded to float32. */
export const NORMALISE: Float32Array<ArrayBuffer> = Float32Array.from(
  { length: 256 },
  (_, v) => Math.fround(Math.fround(v / 255) - 0.5) / Math.fround(0.225),
);

/**
 * The random numbers of one image: fresh ones every epoch in training, always the same in validation (`epoch`
 * null).
 */
export const sampleStream = (seed: number, utteranceId: string, epoch: number | null): RandomStream =>
  new RandomStream(seed, 'sample', utteranceId, epoch ?? 'validation');

/** What the draws need of a {@link RandomStream}: a uniform integer, both ends included. */
export type Draws = Pick<RandomStream, 'between'>;

/** Where the utterance lies on the canvas. */
export interface Placement {
  /** Frames after tiling, a multiple of the utterance's own. */
  readonly width: number;
  /** First frame of the window when `width` >= 512, else the column where the utterance begins. */
  readonly start: number;
}

/**
 * Step 4's draws. Longer than the canvas: a random window. Shorter: D from {1,2,3,4}; D = 1 places it at
 * random between zeros, else it is tiled r times, r from {1..D-1}, and all begins again (r = 1 draws again,
 * as the source does).
 */
export function drawPlacement(frames: number, stream: Draws): Placement {
  let width = frames;
  while (width < CANVAS_FRAMES) {
    const d = stream.between(1, 4);
    if (d === 1) return { width, start: stream.between(0, CANVAS_FRAMES - width) };
    width *= stream.between(1, d - 1);
  }
  return { width, start: width === CANVAS_FRAMES ? 0 : stream.between(0, width - CANVAS_FRAMES) };
}

/** Reused between calls: uint8 [nMels][512]. */
let canvas = new Uint8Array(0);

/**
 * Steps 4 to 7.
 * @param decibels float32 [nMels][frames], rows from low to high frequency
 * @param inputSize side of the image
 * @param stream see {@link sampleStream}
 * @param out uint8 [inputSize][inputSize], a new array unless given
 * @returns `out`; low frequencies at the bottom
 */
export function modelImage(
  decibels: Float32Array,
  nMels: number,
  frames: number,
  inputSize: number,
  stream: Draws,
  out: Uint8Array<ArrayBuffer> = new Uint8Array(inputSize * inputSize),
): Uint8Array<ArrayBuffer> {
  const placement = drawPlacement(frames, stream);
  if (canvas.length !== nMels * CANVAS_FRAMES) canvas = new Uint8Array(nMels * CANVAS_FRAMES);
  paint(decibels, nMels, frames, placement, canvas);
  return resizeCubic(canvas, CANVAS_FRAMES, nMels, inputSize, inputSize, out);
}

/**
 * Steps 4 to 6 on the canvas. A padded utterance is scaled before it is placed, anything else after it is
 * cut; scaling the padded canvas once more (step 5) changes nothing, because its levels already span 0..255.
 */
function paint(
  decibels: Float32Array,
  nMels: number,
  frames: number,
  { width, start }: Placement,
  to: Uint8Array,
): void {
  const padded = width < CANVAS_FRAMES;
  // The columns that are seen, before tiling: all of them, or a window of a long utterance.
  const from = frames > CANVAS_FRAMES ? start : 0;
  const count = Math.min(frames, CANVAS_FRAMES);
  const [least, range] = span(decibels, nMels, frames, from, count);
  // Tile `count` columns over the columns left..right, the first of them being column `phase` of the
  // utterance.
  const left = padded ? start : 0;
  const right = padded ? start + width : CANVAS_FRAMES;
  const phase = padded || frames > CANVAS_FRAMES ? 0 : start % frames;
  const line = new Uint8Array(count);
  for (let m = 0; m < nMels; m++) {
    scaleRow(decibels, m * frames + from, least, range, line);
    const row = to.subarray((nMels - 1 - m) * CANVAS_FRAMES, (nMels - m) * CANVAS_FRAMES);
    row.fill(0, 0, left);
    row.fill(0, right);
    for (let x = left, at = phase; x < right; at = 0) {
      const piece = line.subarray(at, Math.min(count, at + right - x));
      row.set(piece, x);
      x += piece.length;
    }
  }
}

/** Least value and range of the columns `from`..`from + count` of a [nMels][frames] array. */
function span(
  values: Float32Array,
  nMels: number,
  frames: number,
  from: number,
  count: number,
): readonly [least: number, range: number] {
  let least = Infinity;
  let most = -Infinity;
  for (let m = 0; m < nMels; m++) {
    for (let i = m * frames + from, end = i + count; i < end; i++) {
      const value = values[i]!;
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  return [least, Math.fround(most - least)];
}

/**
 * (value - least) / range * 255 in float32 as numpy computes it, truncated; all 0 where there is no range.
 */
function scaleRow(
  values: Float32Array,
  offset: number,
  least: number,
  range: number,
  line: Uint8Array,
): void {
  const f = Math.fround;
  if (range === 0) {
    line.fill(0);
    return;
  }
  for (let i = 0; i < line.length; i++) line[i] = f(f(f(values[offset + i]! - least) / range) * 255);
}
