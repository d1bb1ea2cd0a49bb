/** A matrix as a picture: every count, shaded by its row's share, nothing outside, names escaped. */
import { expect, it } from 'vitest';
import { matrixSvg, type MatrixPicture } from '../../src/ui/charts/matrix-svg';

const picture: MatrixPicture = {
  title: 'Confusion: <gender>',
  matrix: [
    [30, 10],
    [0, 0],
  ],
  classes: ['female', 'male & co'],
  words: { predicted: 'predicted', truth: 'true', recall: 'recall' },
  caption: 'Validation. Epoch 3.',
  font: 'sans-serif',
  colors: { ground: '#fff', ink: '#000', quiet: '#666', sunken: '#eee', cell: '#00587c' },
  count: String,
  share: (value) => `${value * 100}%`,
  widthOf: (text, size) => text.length * size * 0.6,
};

it('has every count, shades of 55 % at most by the share of the row, and a dash for a class without utterances', () => {
  const { text, width, height } = matrixSvg(picture);
  expect(
    [...text.matchAll(/class="cell"[^>]*fill-opacity="([\d.]+)"/g)].map((match) => Number(match[1])),
  ).toEqual([0.4125, 0.1375, 0, 0]);
  const words = [...text.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]);
  expect(words).toEqual([
    'Confusion: &lt;gender&gt;',
    'predicted',
    'true',
    'recall',
    'female',
    'male &amp; co',
    'female',
    '30',
    '10',
    '75%',
    'male &amp; co',
    '0',
    '0',
    '–',
    'Validation. Epoch 3.',
  ]);
  for (const [, x, y] of text.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g))
    expect(Number(x) > 0 && Number(x) < width && Number(y) > 0 && Number(y) < height).toBe(true);
});

it('stands names of many classes upright', () => {
  const many = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, (__, j) => i * j));
  expect(
    matrixSvg({ ...picture, matrix: many, classes: many.map((_, k) => `Ses0${k}F long`) }).text.match(
      /rotate\(-90/g,
    ),
  ).toHaveLength(11);
});
