/**
 * What a run's log says at its start about the sample rates of its recordings: nothing is resampled, or left
 * unlike, in silence. Not here: the resampling (audio/resample.ts), the same facts on the Data screen.
 */
import { countRates } from '../../corpus/summary';
import type { CorpusManifest } from '../../corpus/types';
import type { Dataset } from '../dataset';
import type { LogEntry } from '../events';

/** @param target the feature setting's sample rate, Hz; null leaves every recording at its own */
export function rateNotes(
  manifest: CorpusManifest,
  dataset: Dataset,
  target: number | null,
): Pick<LogEntry, 'level' | 'code' | 'details'>[] {
  const used = new Set(
    [...dataset.train, ...dataset.validation, ...(dataset.test ?? [])].map(({ id }) => id),
  );
  const rates = countRates(manifest.utterances.filter(({ id }) => used.has(id)));
  const facts = (of: typeof rates) => ({
    rates: of.map(({ hertz }) => hertz).join(', '),
    count: of.reduce((sum, { count }) => sum + count, 0),
  });
  if (target === null)
    return rates.length > 1 ? [{ level: 'warning', code: 'rates-mixed', details: facts(rates) }] : [];
  const resampled = rates.filter(({ hertz }) => hertz !== target);
  const lower = rates.filter(({ hertz }) => hertz < target);
  return [
    ...(resampled.length > 0
      ? [
          {
            level: 'info',
            code: 'resampled',
            details: { ...facts(resampled), target: String(target) },
          } as const,
        ]
      : []),
    ...(lower.length > 0
      ? [
          {
            level: 'warning',
            code: 'resampled-up',
            details: { ...facts(lower), target: String(target) },
          } as const,
        ]
      : []),
  ];
}
