/**
 * A spectrogram on its way to the image a model sees: decibels of any length, where they will lie on the
 * canvas, and which decibels are black and white. Augmentations (core/augment) make one out of another.
 * Not here: the image itself (image.ts).
 */

/** Frames that every utterance is brought to. */
export const CANVAS_FRAMES = 512;

/** Where an utterance lies on the canvas. */
export interface Placement {
  /** Frames after tiling, a multiple of the utterance's own. */
  readonly width: number;
  /** First frame of the window when `width` >= 512, else the column where the utterance begins. */
  readonly start: number;
}

/** The decibels that become black (0) and white (255); what lies beyond is clipped. */
export interface GreyScale {
  readonly least: number;
  /** Of `least` and white, 0 where there is only one level; rounded to float32 as numpy does. */
  readonly range: number;
}

export interface Picture {
  readonly nMels: number;
  readonly frames: number;
  /** dB, float32 [nMels][frames], rows from low to high frequency; `-Infinity` is padding: no power. */
  readonly decibels: Float32Array;
  /** Null until an augmentation places it: then it comes to the middle of the canvas. */
  readonly placement: Placement | null;
  /** Null: the least and the greatest level of what is seen in the end. */
  readonly scale: GreyScale | null;
}

export const pictureOf = (decibels: Float32Array, nMels: number, frames: number): Picture => ({
  nMels,
  frames,
  decibels,
  placement: null,
  scale: null,
});

/** Without a draw: the middle window of a long utterance, a short one in the middle. */
export const centred = (frames: number): Placement => ({
  width: frames,
  start: Math.floor(Math.abs(frames - CANVAS_FRAMES) / 2),
});

/** The columns of an utterance that its placement shows, and the columns of the canvas they are tiled over. */
export interface View {
  /** First column of the utterance that is seen, and how many are. */
  readonly from: number;
  readonly count: number;
  /** The columns left..right of the canvas; `left` shows the column `phase` of those seen. */
  readonly left: number;
  readonly right: number;
  readonly phase: number;
}

export function viewOf(frames: number, { width, start }: Placement): View {
  const padded = width < CANVAS_FRAMES;
  return {
    from: frames > CANVAS_FRAMES ? start : 0,
    count: Math.min(frames, CANVAS_FRAMES),
    left: padded ? start : 0,
    right: padded ? start + width : CANVAS_FRAMES,
    phase: padded || frames > CANVAS_FRAMES ? 0 : start % frames,
  };
}

/** Least level and range of the columns `from`..`from + count`, padding left out; 0 and 0 of padding alone. */
export function levelsOf({ decibels, nMels, frames }: Picture, from = 0, count = frames): GreyScale {
  let least = Infinity;
  let most = -Infinity;
  for (let m = 0; m < nMels; m++) {
    for (let i = m * frames + from, end = i + count; i < end; i++) {
      const value = decibels[i]!;
      if (value < least && value !== -Infinity) least = value;
      if (value > most) most = value;
    }
  }
  return most === -Infinity ? { least: 0, range: 0 } : { least, range: Math.fround(most - least) };
}

/**
 * A copy whose cells may be changed: tiled, cut and padded as its placement says, where it has one. The
 * image of it is the same.
 */
export function copyOf(picture: Picture): Picture & { readonly decibels: Float32Array<ArrayBuffer> } {
  const { decibels, nMels, frames, placement } = picture;
  if (!placement) return { ...picture, decibels: decibels.slice() };
  const canvas = new Float32Array(nMels * CANVAS_FRAMES).fill(-Infinity);
  const { from, count, left, right, phase } = viewOf(frames, placement);
  for (let m = 0; m < nMels; m++) {
    const row = decibels.subarray(m * frames + from, m * frames + from + count);
    for (let x = left, at = phase; x < right; at = 0) {
      const piece = row.subarray(at, Math.min(count, at + right - x));
      canvas.set(piece, m * CANVAS_FRAMES + x);
      x += piece.length;
    }
  }
  return { ...picture, frames: CANVAS_FRAMES, decibels: canvas, placement: null };
}

/** The picture with its grey scale fixed: whatever is changed from now on, a level keeps its grey. */
export function withScale<P extends Picture>(picture: P): P {
  return picture.scale ? picture : { ...picture, scale: levelsOf(picture) };
}
