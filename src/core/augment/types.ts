/**
 * The contract of an augmentation: a pure function of a picture (or of the finished images of a batch) and a
 * named random stream. To add one: docs/adding-an-augmentation.md.
 */
import type { Fields, Values } from '../options/field';
import { entrySchema } from '../options/schema';
import type { RandomStream } from '../random/streams';
import type { Picture } from '../spectrogram/picture';

/** What the draws need of a {@link RandomStream}. */
export type Draws = Pick<RandomStream, 'between' | 'uniform' | 'uint32' | 'normal'>;

interface Described<Id extends string, F extends Fields> {
  readonly id: Id;
  readonly fields: F;
  /** A second one in the list would change nothing. */
  readonly once?: true;
}

/** Acts on one utterance. */
interface PictureSpec<Id extends string, F extends Fields> extends Described<Id, F> {
  /** Never changes the picture it is given. */
  readonly change: (picture: Picture, options: Values<F>, stream: Draws) => Picture;
  /** Acts on validation pictures too, with one draw that never changes: it brings them to the canvas. */
  readonly inValidation?: true;
  /** The first part of its stream's name; absent: `augment/<id>/<how many of it come before>`. */
  readonly stream?: string;
}

/** How the examples of a batch are mixed: image and targets of example i with those of `partners[i]`. */
export interface Mixing {
  /** Of the example itself, 0.5 to 1; its partner counts for the rest. */
  readonly lambda: number;
  /** A permutation of 0..count-1. */
  readonly partners: readonly number[];
}

/** Acts on the batch, after every picture is an image. */
interface BatchSpec<Id extends string, F extends Fields> extends Described<Id, F> {
  readonly mix: (count: number, options: Values<F>, stream: Draws) => Mixing;
}

export const pictureAugmentation = <const Id extends string, const F extends Fields>(
  spec: PictureSpec<Id, F>,
) => ({ ...spec, kind: 'picture' as const, schema: entrySchema('id', spec.id, spec.fields) });

export const batchAugmentation = <const Id extends string, const F extends Fields>(
  spec: BatchSpec<Id, F>,
) => ({ ...spec, kind: 'batch' as const, schema: entrySchema('id', spec.id, spec.fields) });
