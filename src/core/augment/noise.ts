/**
 * Noise added in the log-mel picture. A signal-to-noise ratio is drawn, uniform between the two given ones.
 * It is that of the mean power of the picture's cells (10^(dB/10), padding left out) to the mean power of the
 * noise: equal in every mel band, in each cell exponentially distributed on its own, as a bin of white
 * Gaussian noise is. Powers add, which is right on average where speech and noise are uncorrelated. It is
 * not the ratio of the waveforms: mel filters weigh frequencies. Padding receives noise like any silence.
 */
import { numberField } from '../options/field';
import { copyOf } from '../spectrogram/picture';
import { pictureAugmentation } from './types';

const ratio = (value: number) => numberField({ default: value, min: -20, max: 60, step: 1, unit: 'dB' });

export const noise = pictureAugmentation({
  id: 'noise',
  fields: { snrLow: ratio(10), snrHigh: ratio(30) },
  change: (picture, { snrLow, snrHigh }, stream) => {
    const noisy = copyOf(picture);
    const { decibels } = noisy;
    const snr = snrLow + (snrHigh - snrLow) * stream.uniform();
    const mean = meanPower(decibels) / 10 ** (snr / 10);
    for (let i = 0; i < decibels.length; i++) {
      const added = -mean * Math.log((stream.uint32() + 0.5) / 0x100000000);
      decibels[i] = 10 * Math.log10(10 ** (decibels[i]! / 10) + added);
    }
    return noisy;
  },
});

function meanPower(decibels: Float32Array): number {
  let [sum, cells] = [0, 0];
  for (const value of decibels)
    if (value !== -Infinity) {
      sum += 10 ** (value / 10);
      cells++;
    }
  return cells === 0 ? 0 : sum / cells;
}
