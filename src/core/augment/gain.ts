/**
 * Gain: the recording as if it were louder or softer by a number of dB, uniform of -decibels..decibels. Every
 * cell moves by it, under the grey scale that the picture had before: louder is brighter, and what passes
 * white or black is clipped (were the scale taken anew, a gain would change nothing). Padding stays black.
 */
import { numberField } from '../options/field';
import { copyOf, withScale } from '../spectrogram/picture';
import { pictureAugmentation } from './types';

export const gain = pictureAugmentation({
  id: 'gain',
  fields: { decibels: numberField({ default: 6, min: 0, max: 40, step: 0.5, unit: 'dB' }) },
  change: (picture, options, stream) => {
    const louder = withScale(copyOf(picture));
    const by = (2 * stream.uniform() - 1) * options.decibels;
    for (let i = 0; i < louder.decibels.length; i++) louder.decibels[i]! += by;
    return louder;
  },
});
