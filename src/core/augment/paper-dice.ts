/**
 * The paper's dice (its step 4): every utterance comes to 512 frames. Longer: a random window. Shorter: D
 * from {1,2,3,4}; D = 1 places it at random between padding, else it is tiled r times, r from {1..D-1}, and
 * all begins again (r = 1 draws again, as the source does). A validation picture has one draw for good.
 */
import { CANVAS_FRAMES, copyOf, type Placement } from '../spectrogram/picture';
import { pictureAugmentation, type Draws } from './types';

/** @param frames at least 1 */
export function drawPlacement(frames: number, stream: Pick<Draws, 'between'>): Placement {
  let width = frames;
  while (width < CANVAS_FRAMES) {
    const d = stream.between(1, 4);
    if (d === 1) return { width, start: stream.between(0, CANVAS_FRAMES - width) };
    width *= stream.between(1, d - 1);
  }
  return { width, start: width === CANVAS_FRAMES ? 0 : stream.between(0, width - CANVAS_FRAMES) };
}

export const paperDice = pictureAugmentation({
  id: 'paper-dice',
  fields: {},
  once: true,
  inValidation: true,
  stream: 'sample',
  change: (picture, _, stream) => {
    const loose = picture.placement ? copyOf(picture) : picture;
    return { ...loose, placement: drawPlacement(loose.frames, stream) };
  },
});
