/** Numbers as English and Russian write them. */
import { expect, it } from 'vitest';
import { formatFor } from '../../src/ui/text/format';

it('writes numbers in the language, with a true minus', () => {
  expect(formatFor('en').fixed(-0.4521, 2)).toBe('−0.45');
  expect(formatFor('ru').fixed(-0.4521, 2)).toBe('−0,45');
  expect(formatFor('en').integer(63_762_576)).toBe('63,762,576');
});

it('shows a dash for what is no number', () => {
  const { fixed, percent, duration } = formatFor('en');
  expect([fixed(null, 2), fixed(Number.NaN, 2), percent(undefined), duration(null)]).toEqual([
    '–',
    '–',
    '–',
    '–',
  ]);
});

it('reads small numbers with significant places where fixed decimals would read zero', () => {
  const { reading } = formatFor('en');
  expect([reading(0.0000123, 4), reading(-0.00099, 4), reading(0.001, 4), reading(1.23456, 4)]).toEqual([
    '1.23e−5',
    '−9.9e−4',
    '0.0010',
    '1.2346',
  ]);
  expect([
    reading(0.00512, 3),
    reading(0.01, 3),
    reading(0, 4),
    reading(Number.NaN, 4),
    reading(null, 4),
  ]).toEqual(['0.00512', '0.010', '0.0000', '–', '–']);
  expect(formatFor('ru').reading(0.0000123, 4)).toBe('1,23e−5');
});

it('writes durations and sizes', () => {
  const { duration, bytes } = formatFor('en');
  expect([duration(0), duration(65.4), duration(3725)]).toEqual(['0:00', '1:05', '1:02:05']);
  expect([
    duration(86_399),
    duration(86_400),
    duration(480 * 3600 + 10 * 60 + 24),
    duration(25.5 * 3600),
  ]).toEqual(['23:59:59', '1 d 0 h', '20 d 0 h', '1 d 1 h']);
  expect(formatFor('ru').duration(480 * 3600)).toBe('20 д 0 ч');
  expect([bytes(0), bytes(12_400_000)]).toEqual(['0 byte', '12 MB']);
});

it('writes what is far below one with an exponent, so that it fits beside an axis', () => {
  expect(formatFor('en').significant(-0.00025)).toBe('−2.5e−4');
  expect(formatFor('ru').significant(0.0000123456)).toBe('1,23e−5');
  expect([
    formatFor('en').significant(0),
    formatFor('en').significant(0.001),
    formatFor('en').significant(0.0625),
  ]).toEqual(['0', '0.001', '0.0625']);
});

it('writes a formula’s numbers as the language does, and keeps them apart', () => {
  const line = 'L = 0.3·1.2 + 0.7·2.1 = 1.83;  ∂L/∂Lᵢ = (0.25, 0.5, −0.1),   pᵢ = Lᵢ / Σ Lⱼ';
  expect(formatFor('en').formula(line)).toBe(line);
  expect(formatFor('ru').formula(line)).toBe(
    'L = 0,3·1,2 + 0,7·2,1 = 1,83;  ∂L/∂Lᵢ = (0,25; 0,5; −0,1),   pᵢ = Lᵢ / Σ Lⱼ',
  );
});
