/**
 * Repetition: an utterance shorter than the canvas is repeated from its beginning until the canvas is full, the
 * last time cut off; of a longer one the middle 512 frames are seen. Nothing is drawn: training and validation see
 * the same.
 */
import { CANVAS_FRAMES, centred, copyOf } from '../spectrogram/picture';
import { pictureAugmentation } from './types';

export const repeat = pictureAugmentation({
  id: 'repeat',
  fields: {},
  once: true,
  inValidation: true,
  change: (picture) => {
    const loose = picture.placement ? copyOf(picture) : picture;
    const { frames } = loose;
    const placement =
      frames < CANVAS_FRAMES
        ? { width: frames * Math.ceil(CANVAS_FRAMES / frames), start: 0 }
        : centred(frames);
    return { ...loose, placement };
  },
});
