/**
 * SpecAugment's masks (Park et al., "SpecAugment: a simple data augmentation method for automatic speech
 * recognition", Interspeech 2019), without its time warping: bands of time and of frequency are overwritten.
 *
 * Of each mask a width is drawn, uniform of 0..floor(share * size), then its start, uniform of
 * 0..size - width; both ends included, time masks first. The size is that of the picture at this place of
 * the list: after the dice 512 frames, before them the utterance's own. The fill is the least level (black)
 * or the mean of all cells but padding, as they were before the first mask. What is not masked keeps its
 * grey, even where a mask covers the loudest cell.
 */
import { choiceField, numberField } from '../options/field';
import { copyOf, withScale, type Picture } from '../spectrogram/picture';
import { pictureAugmentation, type Draws } from './types';

const count = numberField({ default: 2, min: 0, max: 10, integer: true, step: 1 });

export const specAugment = pictureAugmentation({
  id: 'spec-augment',
  fields: {
    timeMasks: count,
    timeShare: numberField({ default: 0.1, min: 0, max: 1, step: 0.01 }),
    frequencyMasks: count,
    frequencyShare: numberField({ default: 0.15, min: 0, max: 1, step: 0.01 }),
    fill: choiceField({ choices: ['mean', 'minimum'], default: 'mean' }),
  },
  change: (picture, { timeMasks, timeShare, frequencyMasks, frequencyShare, fill }, stream) => {
    const masked = withScale(copyOf(picture));
    const { decibels, nMels, frames } = masked;
    const level = fill === 'mean' ? meanOf(masked) : masked.scale!.least;
    for (let k = 0; k < timeMasks; k++) {
      const { start, end } = drawMask(frames, timeShare, stream);
      for (let m = 0; m < nMels; m++) decibels.fill(level, m * frames + start, m * frames + end);
    }
    for (let k = 0; k < frequencyMasks; k++) {
      const { start, end } = drawMask(nMels, frequencyShare, stream);
      decibels.fill(level, start * frames, end * frames);
    }
    return masked;
  },
});

function drawMask(
  size: number,
  share: number,
  stream: Draws,
): { readonly start: number; readonly end: number } {
  const width = stream.between(0, Math.floor(share * size));
  const start = stream.between(0, size - width);
  return { start, end: start + width };
}

/** In float64, of all cells that are not padding. */
function meanOf({ decibels, scale }: Picture): number {
  let [sum, cells] = [0, 0];
  for (const value of decibels)
    if (value !== -Infinity) {
      sum += value;
      cells++;
    }
  return cells === 0 ? scale!.least : sum / cells;
}
