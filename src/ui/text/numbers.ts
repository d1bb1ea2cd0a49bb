/** How scores, differences and probabilities are written, on screen and in files that are read by people. */
import type { TFunction } from 'i18next';
import type { Metric } from '../../core/compare/values';
import type { Format } from './format';

export interface Numbers {
  /** A score: a percentage, or a loss with three decimals. */
  readonly score: (value: number | null | undefined, metric: Metric) => string;
  /** A standard deviation in the unit of the score. */
  readonly spread: (value: number | null | undefined, metric: Metric) => string;
  /** A signed difference: percentage points, or of losses. */
  readonly delta: (value: number | null | undefined, metric: Metric) => string;
  /** Both ends of an interval of differences. */
  readonly interval: (
    low: number | null | undefined,
    high: number | null | undefined,
    metric: Metric,
  ) => string;
  /** Never “0”: below a ten-thousandth it says so. */
  readonly p: (value: number | null | undefined) => string;
  /** The same for behind a “p”: `= 0.016`, `< 0.0001`. */
  readonly equals: (value: number) => string;
}

export function numbersFor(t: TFunction, format: Format): Numbers {
  const signed = (value: number, digits: number): string =>
    `${value > 0 ? '+' : ''}${format.fixed(value, digits)}`;
  const plain = (value: number, metric: Metric): string =>
    metric === 'loss' ? signed(value, 3) : signed(value * 100, 1);
  const unit = (text: string, metric: Metric): string =>
    metric === 'loss' ? text : t('compare.table.points', { value: text });
  const p = (value: number | null | undefined): string =>
    typeof value !== 'number'
      ? '–'
      : value < 1e-4
        ? `< ${format.fixed(1e-4, 4)}`
        : value < 0.001
          ? format.fixed(value, 4)
          : format.fixed(value, 3);
  return {
    p,
    equals: (value) => (value < 1e-4 ? p(value) : `= ${p(value)}`),
    score: (value, metric) => (metric === 'loss' ? format.fixed(value, 3) : format.percent(value, 1)),
    spread: (value, metric) =>
      metric === 'loss'
        ? format.fixed(value, 3)
        : format.fixed(value === null || value === undefined ? value : value * 100, 1),
    delta: (value, metric) => (typeof value === 'number' ? unit(plain(value, metric), metric) : '–'),
    interval: (low, high, metric) => {
      if (typeof low !== 'number' || typeof high !== 'number') return '–';
      // No difference of scores is larger than the scale; a loss has none.
      const cut = metric === 'loss' ? [] : [low < -1, high > 1].filter(Boolean);
      if (cut.length === 2) return t('intervals.beyond');
      const text = unit(
        t('compare.tests.interval', {
          low: plain(metric === 'loss' ? low : Math.max(-1, low), metric),
          high: plain(metric === 'loss' ? high : Math.min(1, high), metric),
        }),
        metric,
      );
      return cut.length === 0 ? text : t('intervals.cut', { interval: text });
    },
  };
}
