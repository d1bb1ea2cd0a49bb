/** The pre-flight report as a file of its own: `preflight.json`, in the export of every run and from Data. */
import type { Preflight } from './preflight';

/** Goes up whenever a field gets another meaning. */
const PREFLIGHT_VERSION = 1;

/** NaN, where there is nothing to divide by, becomes null. */
export const preflightFile = (report: Preflight): string =>
  `${JSON.stringify({ format: 'equipoise-preflight', version: PREFLIGHT_VERSION, ...report }, null, 2)}\n`;
