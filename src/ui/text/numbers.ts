/** How scores, differences and probabilities are written, on screen and in files that are read by people. */
import type { TFunction } from 'i18next';
import type { MetricId } from '../../core/compare/values';
import { metric as metricOf } from '../../core/tasks/metrics/registry';
import type { Format } from './format';

export interface Numbers {
  /** A score: a percentage, or a number with three decimals. */
  readonly score: (value: number | null | undefined, metric: MetricId) => string;
  /** A standard deviation in the unit of the score. */
  readonly spread: (value: number | null | undefined, metric: MetricId) => string;
  /** A signed difference: percentage points, or in the metric's own unit. */
  readonly delta: (value: number | null | undefined, metric: MetricId) => string;
  /** Both ends of an interval of differences. */
  readonly interval: (
    low: number | null | undefined,
    high: number | null | undefined,
    metric: MetricId,
  ) => string;
  /** Never “0”: below a ten-thousandth it says so. */
  readonly p: (value: number | null | undefined) => string;
  /** The same for behind a “p”: `= 0.016`, `< 0.0001`. */
  readonly equals: (value: number) => string;
}

/** Recall, precision and F1 of a class are shares like those of all. */
const isShare = (id: MetricId): boolean => metricOf(id)?.share ?? true;

export function numbersFor(t: TFunction, format: Format): Numbers {
  const signed = (value: number, digits: number): string =>
    `${value > 0 ? '+' : ''}${format.fixed(value, digits)}`;
  const plain = (value: number, metric: MetricId): string =>
    isShare(metric) ? signed(value * 100, 1) : signed(value, 3);
  const unit = (text: string, metric: MetricId): string =>
    isShare(metric) ? t('compare.table.points', { value: text }) : text;
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
    score: (value, metric) => (isShare(metric) ? format.percent(value, 1) : format.fixed(value, 3)),
    spread: (value, metric) =>
      isShare(metric)
        ? format.fixed(value === null || value === undefined ? value : value * 100, 1)
        : format.fixed(value, 3),
    delta: (value, metric) => (typeof value === 'number' ? unit(plain(value, metric), metric) : '–'),
    interval: (low, high, metric) => {
      if (typeof low !== 'number' || typeof high !== 'number') return '–';
      // No difference of scores is larger than the scale is long; losses and errors have no end.
      const [least, most] = metricOf(metric)?.scale ?? [0, 1];
      const widest = most - least;
      const cut = [low < -widest, high > widest].filter(Boolean);
      if (cut.length === 2) return t('intervals.beyond');
      const text = unit(
        t('compare.tests.interval', {
          low: plain(Math.max(-widest, low), metric),
          high: plain(Math.min(widest, high), metric),
        }),
        metric,
      );
      return cut.length === 0 ? text : t('intervals.cut', { interval: text });
    },
  };
}
