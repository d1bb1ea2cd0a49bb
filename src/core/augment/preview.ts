/** What a list of augmentations does to one utterance, as grey levels to look at. */
import { greyLevels, paint } from '../spectrogram/image';
import { logMel } from '../spectrogram/log-mel';
import { CANVAS_FRAMES, copyOf, levelsOf, pictureOf, type Picture } from '../spectrogram/picture';
import type { FeatureSetting } from '../spectrogram/setting';
import { augmented, mixImages, mixingOf, modelImage, type DrawKey } from './apply';
import type { AugmentationChoice } from './registry';

/** Grey levels [nMels][frames], low frequencies at the bottom. */
export interface GreyPicture {
  readonly nMels: number;
  readonly frames: number;
  readonly levels: Uint8Array<ArrayBuffer>;
}

export interface AugmentationPreview {
  readonly before: GreyPicture;
  readonly after: GreyPicture;
  /** Where the list mixes: what the utterance itself counts for. */
  readonly lambda: number | null;
}

/** An utterance to be mixed with. */
export interface PreviewPartner {
  readonly picture: Picture;
  readonly utteranceId: string;
}

const shown = (picture: Picture): GreyPicture => {
  const { nMels, frames } = picture;
  return { nMels, frames, levels: greyLevels(picture) };
};

/**
 * @param key the draw; its epoch is a number
 * @param partner mixed with where the list mixes, in place of another example of its batch
 */
export function previewAugmentations(
  picture: Picture,
  choices: readonly AugmentationChoice[],
  key: DrawKey & { readonly epoch: number },
  partner: PreviewPartner,
): AugmentationPreview {
  const before = shown(picture);
  const ids = [key.utteranceId, partner.utteranceId];
  const mixing = mixingOf(choices, key.seed, ids, key.epoch);
  const own = augmented(picture, choices, key);
  if (!mixing) return { before, after: shown(copyOf(own)), lambda: null };
  const other = augmented(partner.picture, choices, { ...key, utteranceId: partner.utteranceId });
  const size = picture.nMels * CANVAS_FRAMES;
  const pair = new Uint8Array(2 * size);
  paint(own, pair.subarray(0, size));
  paint(other, pair.subarray(size));
  const mixed = mixImages(pair, { lambda: mixing.lambda, partners: [1, 0] });
  return {
    before,
    after: { nMels: picture.nMels, frames: CANVAS_FRAMES, levels: mixed.slice(0, size) },
    lambda: mixing.lambda,
  };
}

/** A spectrogram to look at, beside what the model is shown of it. */
export interface FeaturePreview {
  readonly whole: GreyPicture;
  /** Of the spectrogram; a long one is shown by every k-th of them. */
  readonly frames: number;
  /** What the model sees, [size][size]. */
  readonly image: GreyPicture;
  /** Hz, of what was transformed. */
  readonly sampleRate: number;
  readonly seconds: number;
  /** dB of black and white in `whole`. */
  readonly least: number;
  readonly most: number;
}

/** Columns that are shown at most: a screen has no more, and a canvas may not have many more. */
const MOST_COLUMNS = 2048;

function thinned(picture: GreyPicture): GreyPicture {
  const { nMels, frames, levels } = picture;
  const every = Math.ceil(frames / MOST_COLUMNS);
  if (every === 1) return picture;
  const columns = Math.ceil(frames / every);
  const fewer = new Uint8Array(nMels * columns);
  for (let m = 0; m < nMels; m++)
    for (let x = 0; x < columns; x++) fewer[m * columns + x] = levels[m * frames + x * every]!;
  return { nMels, frames: columns, levels: fewer };
}

/**
 * What a setting makes of a recording, as extraction and samplers compute it.
 * @param samples mono, at `sampleRate` Hz  @param size side of the model's image in pixels
 * @throws as `logMel`
 */
export function previewFeatures(
  samples: Float32Array,
  sampleRate: number,
  setting: FeatureSetting,
  choices: readonly AugmentationChoice[],
  key: DrawKey,
  size: number,
): FeaturePreview {
  const { decibels, frames } = logMel(samples, sampleRate, setting);
  const picture = pictureOf(decibels, setting.nMels, frames);
  const { least, range } = levelsOf(picture);
  return {
    whole: thinned(shown(picture)),
    frames,
    image: { nMels: size, frames: size, levels: modelImage(picture, choices, key, size) },
    sampleRate: setting.sampleRate ?? sampleRate,
    seconds: samples.length / sampleRate,
    least,
    most: least + range,
  };
}
