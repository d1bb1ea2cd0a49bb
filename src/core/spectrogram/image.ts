/**
 * From a picture to the grey levels a model sees: min-max scaling, flip and cubic resize (the paper's steps 5
 * to 8). Not here: where the utterance lies on the canvas (core/augment/paper-dice.ts), the spectrogram
 * (log-mel.ts) and where it is cached (storage/feature-packs.ts).
 */
import { CANVAS_FRAMES, centred, levelsOf, viewOf, type GreyScale, type Picture } from './picture';
import { resizeCubic } from './resize';

/** Step 8: grey level to network input, (v / 255 - 0.5) / 0.225, each operation rounded to float32. */
export const NORMALISE: Float32Array<ArrayBuffer> = Float32Array.from(
  { length: 256 },
  (_, v) => Math.fround(Math.fround(v / 255) - 0.5) / Math.fround(0.225),
);

/** Reused between calls: uint8 [nMels][512]. */
let canvas = new Uint8Array(0);

/**
 * Steps 5 to 7.
 * @param inputSize side of the image
 * @param out uint8 [inputSize][inputSize], a new array unless given
 * @returns `out`; low frequencies at the bottom
 */
export function greyImage(
  picture: Picture,
  inputSize: number,
  out: Uint8Array<ArrayBuffer> = new Uint8Array(inputSize * inputSize),
): Uint8Array<ArrayBuffer> {
  const { nMels } = picture;
  if (canvas.length !== nMels * CANVAS_FRAMES) canvas = new Uint8Array(nMels * CANVAS_FRAMES);
  paint(picture, canvas);
  return resizeCubic(canvas, CANVAS_FRAMES, nMels, inputSize, inputSize, out);
}

/**
 * Steps 4 to 6 on the canvas, uint8 [nMels][512]. A padded utterance is scaled before it is placed, anything
 * else after it is cut; scaling the padded canvas once more (step 5) changes nothing, because its levels
 * already span 0..255.
 */
export function paint(picture: Picture, to: Uint8Array): void {
  const { decibels, nMels, frames } = picture;
  const { from, count, left, right, phase } = viewOf(frames, picture.placement ?? centred(frames));
  const scale = picture.scale ?? levelsOf(picture, from, count);
  const toGrey = picture.scale ? clippedRow : scaledRow;
  const line = new Uint8Array(count);
  for (let m = 0; m < nMels; m++) {
    if (scale.range === 0) line.fill(0);
    else toGrey(decibels, m * frames + from, scale, line);
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

/**
 * The whole picture in grey levels, at its own length and unresized, for looking at it.
 * @returns uint8 [nMels][frames], low frequencies at the bottom
 */
export function greyLevels(picture: Picture): Uint8Array<ArrayBuffer> {
  const { decibels, nMels, frames } = picture;
  const scale = picture.scale ?? levelsOf(picture);
  const levels = new Uint8Array(nMels * frames);
  if (scale.range > 0)
    for (let m = 0; m < nMels; m++) {
      const row = levels.subarray((nMels - 1 - m) * frames, (nMels - m) * frames);
      clippedRow(decibels, m * frames, scale, row);
    }
  return levels;
}

/** (value - least) / range * 255 in float32 as numpy computes it, truncated; padding becomes 0. */
function scaledRow(values: Float32Array, offset: number, scale: GreyScale, line: Uint8Array): void {
  const f = Math.fround;
  const { least, range } = scale;
  for (let i = 0; i < line.length; i++) line[i] = f(f(f(values[offset + i]! - least) / range) * 255);
}

/** The same under a scale that was fixed before, whose ends the values may pass. */
function clippedRow(values: Float32Array, offset: number, scale: GreyScale, line: Uint8Array): void {
  const f = Math.fround;
  const { least, range } = scale;
  for (let i = 0; i < line.length; i++) {
    const level = f(f(f(values[offset + i]! - least) / range) * 255);
    line[i] = level < 0 ? 0 : level > 255 ? 255 : level;
  }
}
