/**
 * The range of the loss charts follows the data; a zero has no place on a logarithmic axis and no say in its
 * range.
 */
import { expect, it } from 'vitest';
import { gapsOf, lossAxis } from '../../src/ui/charts/loss-axis';

it('keeps a logarithmic range to the decades of the data when a loss is zero, negative or no number', () => {
  const steps = [
    ...Array.from({ length: 50 }, (_, i) => 0.2 + i / 50),
    0,
    0,
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ];
  expect(lossAxis(steps, [0.9, 0, Number.NaN], true)).toEqual({ domain: [0.1, 10], ticks: [0.1, 1, 10] });
  expect(gapsOf(steps)).toBe(3);
});

it('follows small losses below any floor', () => {
  expect(lossAxis([3e-6, 8e-6], [5e-6], true).domain).toEqual([1e-6, 1e-5]);
  expect(lossAxis([3e-6, 8e-6], [5e-6], false).domain).toEqual([0, 8e-6]);
});

it('cuts spikes and dips of single steps off, never those of epochs', () => {
  const steps = [1e-9, ...Array.from({ length: 98 }, () => 0.5), 1000];
  expect(lossAxis(steps, [], true).domain).toEqual([0.1, 1]);
  expect(lossAxis(steps, [2e-4], true).domain).toEqual([1e-4, 1]);
});

it('has an axis for nothing at all, and for nothing but zeros', () => {
  expect(lossAxis([], [], true).domain).toEqual([0.001, 1]);
  expect(lossAxis([0, 0], [0], true).domain).toEqual([0.001, 1]);
  expect(lossAxis([], [], false).domain).toEqual([0, 1]);
  expect(lossAxis([0], [Number.NaN], false).domain).toEqual([0, 1]);
});
