/** What a run's log says about sample rates. */
import { expect, it } from 'vitest';
import { rateNotes } from '../../src/core/training/notes/rate-notes';
import { en } from '../../src/app/i18n/en/index';
import { manifestOf, utterance } from '../corpus/manifests';

const rates = [8000, 16000, 44100, 44100, 48000];
const manifest = manifestOf(rates.map((sampleRate, i) => ({ ...utterance(1, 'F', 'ang', i), sampleRate })));
const dataset = (from: number, to: number) => {
  const examples = manifest.utterances.slice(from, to).map(({ id }) => ({ id, labels: [0] }));
  return { classes: [['angry']], train: examples.slice(1), validation: examples.slice(0, 1) };
};

it('counts what is resampled, and warns of what a higher rate cannot bring back', () => {
  expect(rateNotes(manifest, dataset(0, 5), 16000)).toEqual([
    { level: 'info', code: 'resampled', details: { rates: '8000, 44100, 48000', count: 4, target: '16000' } },
    { level: 'warning', code: 'resampled-up', details: { rates: '8000', count: 1, target: '16000' } },
  ]);
});

it('counts only what the run uses', () => {
  expect(rateNotes(manifest, dataset(2, 4), 16000)).toEqual([
    { level: 'info', code: 'resampled', details: { rates: '44100', count: 2, target: '16000' } },
  ]);
  expect(rateNotes(manifest, dataset(2, 4), 44100)).toEqual([]);
});

it('warns of unlike rates that stay as they are, and only then', () => {
  expect(rateNotes(manifest, dataset(1, 4), null)).toEqual([
    { level: 'warning', code: 'rates-mixed', details: { rates: '16000, 44100', count: 3 } },
  ]);
  expect(rateNotes(manifest, dataset(2, 4), null)).toEqual([]);
});

it('has a sentence for each', () => {
  const codes = [
    ...rateNotes(manifest, dataset(0, 5), 16000),
    ...rateNotes(manifest, dataset(0, 5), null),
  ].map(({ code }) => code);
  expect(codes.filter((code) => !(code in en.log.codes))).toEqual([]);
});
