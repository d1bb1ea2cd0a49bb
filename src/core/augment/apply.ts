/**
 * The ordered list of augmentations of a run, applied. What is drawn depends on the run's seed, the utterance
 * and the epoch alone, so that a run resumed anywhere, with any number of samplers, draws the same.
 */
import { RandomStream } from '../random/streams';
import { greyImage } from '../spectrogram/image';
import type { Picture } from '../spectrogram/picture';
import { AUGMENTATIONS, type AugmentationChoice } from './registry';
import type { Draws, Mixing } from './types';

/** What names the draws of one picture. */
export interface DrawKey {
  readonly seed: number;
  readonly utteranceId: string;
  /** Null: a validation picture, whose one draw never changes. */
  readonly epoch: number | null;
}

type Registered = (typeof AUGMENTATIONS)[number];
/** An entry of the registry whose own options are checked by its schema already. */
interface PictureEntry {
  readonly change: (picture: Picture, options: AugmentationChoice, stream: Draws) => Picture;
  readonly inValidation?: true;
  readonly stream?: string;
}
interface BatchEntry {
  readonly mix: (count: number, options: AugmentationChoice, stream: Draws) => Mixing;
}

const entryOf = (id: AugmentationChoice['id']): Registered =>
  AUGMENTATIONS.find((candidate) => candidate.id === id)!;

const streamFor = (
  choices: readonly AugmentationChoice[],
  position: number,
  { seed, utteranceId, epoch }: DrawKey,
): RandomStream => {
  const { id } = choices[position]!;
  const name = (entryOf(id) as PictureEntry).stream;
  const earlier = choices.slice(0, position).filter((choice) => choice.id === id).length;
  return name
    ? new RandomStream(seed, name, utteranceId, epoch ?? 'validation')
    : new RandomStream(seed, 'augment', id, earlier, utteranceId, epoch ?? 'validation');
};

/** The picture after all that act on pictures, in their order; in validation, after those that act there. */
export const augmented = (picture: Picture, choices: readonly AugmentationChoice[], key: DrawKey): Picture =>
  choices.reduce((current, choice, i) => {
    const entry = entryOf(choice.id);
    if (entry.kind !== 'picture') return current;
    const { change, inValidation } = entry as PictureEntry;
    return key.epoch === null && !inValidation
      ? current
      : change(current, choice, streamFor(choices, i, key));
  }, picture);

/**
 * From a spectrogram to the image a model sees.
 * @param inputSize side of the image
 * @param out uint8 [inputSize][inputSize], a new array unless given
 * @returns `out`; low frequencies at the bottom
 */
export const modelImage = (
  picture: Picture,
  choices: readonly AugmentationChoice[],
  key: DrawKey,
  inputSize: number,
  out?: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> => greyImage(augmented(picture, choices, key), inputSize, out);

/** How the examples of a training batch are mixed; null where the list does not mix. */
export function mixingOf(
  choices: readonly AugmentationChoice[],
  seed: number,
  utteranceIds: readonly string[],
  epoch: number,
): Mixing | null {
  const position = choices.findIndex(({ id }) => entryOf(id).kind === 'batch');
  if (position < 0) return null;
  // A batch is named by its first utterance: within an epoch no other batch has it.
  const stream = streamFor(choices, position, { seed, utteranceId: utteranceIds[0]!, epoch });
  const { mix } = entryOf(choices[position]!.id) as unknown as BatchEntry;
  return mix(utteranceIds.length, choices[position]!, stream);
}

/**
 * lambda * image + (1 - lambda) * its partner's image, each level rounded to the nearest whole one.
 * @param images uint8, one image of a batch after the other
 */
export function mixImages(images: Uint8Array, { lambda, partners }: Mixing): Uint8Array<ArrayBuffer> {
  const pixels = images.length / partners.length;
  const mixed = new Uint8Array(images.length);
  partners.forEach((partner, i) => {
    const [own, other] = [i * pixels, partner * pixels];
    for (let k = 0; k < pixels; k++)
      mixed[own + k] = Math.round(lambda * images[own + k]! + (1 - lambda) * images[other + k]!);
  });
  return mixed;
}
