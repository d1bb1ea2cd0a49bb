/**
 * What a run's log says at its start about recordings that are on both sides under different names. Not here:
 * the same fact on the Data screen.
 */
import { heardInTraining } from '../../corpus/identical-audio';
import type { CorpusManifest } from '../../corpus/types';
import type { Dataset } from '../dataset';
import type { LogEntry } from '../events';

/** Nothing where no sound of the validation side is in training. */
export function copyNotes(
  manifest: CorpusManifest,
  { train, validation, test = [] }: Dataset,
): Pick<LogEntry, 'level' | 'code' | 'details'>[] {
  const count = heardInTraining(manifest.utterances, train, validation).length;
  const tested = heardInTraining(manifest.utterances, [...train, ...validation], test).length;
  return [
    ...(count === 0
      ? []
      : ([
          { level: 'warning', code: 'copies-on-both-sides', details: { count, total: validation.length } },
        ] as const)),
    ...(tested === 0
      ? []
      : ([
          { level: 'warning', code: 'copies-in-test', details: { count: tested, total: test.length } },
        ] as const)),
  ];
}
