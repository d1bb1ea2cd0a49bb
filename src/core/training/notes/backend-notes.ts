/** What the log says at a run's start of the backend that computes, where its choice was not plain. */
import { asDetails } from '../../errors/errors';
import type { BackendReport, LogEntry } from '../events';

type Note = Pick<LogEntry, 'level' | 'code' | 'details'>;

/** Better backends that failed, kernels and variants that were given up, and wasm's threads. */
export const backendNotes = (backend: BackendReport): Note[] => [
  ...choiceNotes(backend),
  ...threadNotes(backend),
];

const choiceNotes = ({ id, passedOver = [], replaced = [], avoided = [] }: BackendReport): Note[] => [
  ...passedOver.map(({ id: better, error }): Note => ({
    level: 'warning',
    code: 'backend-passed-over',
    details: { ...asDetails(error), backend: better, instead: id },
  })),
  ...listed('kernels-replaced', id, 'kernels', replaced),
  ...listed('variants-avoided', id, 'variants', avoided),
];

const listed = (code: string, backend: string, key: string, names: readonly string[]): Note[] =>
  names.length === 0 ? [] : [{ level: 'warning', code, details: { backend, [key]: names.join(', ') } }];

function threadNotes({ threads }: BackendReport): Note[] {
  if (!threads) return [];
  const { used, reason, measured, failure } = threads;
  if (reason === 'failed') return [{ level: 'warning', code: 'threads-failed', details: failure ?? {} }];
  if (reason === 'pinned') return [{ level: 'info', code: 'threads-pinned', details: { threads: used } }];
  return measured
    ? [
        {
          level: 'info',
          code: used > 1 ? 'threads-faster' : 'threads-no-gain',
          details: { threads: measured.threads, gain: Number(measured.gain.toFixed(2)) },
        },
      ]
    : [];
}
