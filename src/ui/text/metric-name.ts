/** A metric's name on screen: translated, else its id. */
import type { TFunction } from 'i18next';
import type { MetricId } from '../../core/compare/values';
import { say } from './lookup';

export const metricName = (t: TFunction, id: MetricId): string => say(t, `compare.metrics.${id}`, id);
