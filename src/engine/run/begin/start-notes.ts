/** What the log of a run says first: what it was told on the page, its data, its backend, where it goes on. */
import type { RunConfig } from '../../../core/config/run-config';
import { asDetails } from '../../../core/errors/errors';
import { copyNotes } from '../../../core/training/notes/copy-notes';
import { rateNotes } from '../../../core/training/notes/rate-notes';
import { MAX_TRIES, type RecoveryNote } from '../../../core/training/recovery';
import type { TrainerState } from '../../../core/run/checkpoint';
import type { Note } from '../trainer-host';
import type { Material } from './material';

/** Of its examples. @param begins false where it goes on: what its recordings are has been said */
export const dataNotes = (
  { manifest, dataset, notes }: Material,
  config: RunConfig,
  begins: boolean,
): Note[] => [
  ...notes,
  ...(begins
    ? [...rateNotes(manifest, dataset, config.features.sampleRate), ...copyNotes(manifest, dataset)]
    : []),
];

/** Of the faults that a recovery gets over; nothing where there was none. @param step that it goes on from */
export const recoveryNotes = (recovery: RecoveryNote | null, step: number): Note[] =>
  recovery === null
    ? []
    : [
        ...recovery.unlogged.map((fault): Note => ({
          level: 'warning',
          code: 'fault',
          details: asDetails(fault),
        })),
        { level: 'warning', code: 'recovered', details: { step, attempt: recovery.attempt, of: MAX_TRIES } },
      ];

/** Said once, by the fork's first start. */
export const forkNotes = ({ origin, strategy }: RunConfig, state: TrainerState | null): Note[] =>
  state && origin && state.step === origin.step
    ? [
        {
          level: 'info',
          code: 'forked',
          details: { name: origin.name, step: state.step, epoch: state.epoch, strategy: strategy.id },
        },
      ]
    : [];

/** It went on another backend before: from here on its numbers are that backend's. */
export const movedNotes = (state: TrainerState | null, backend: string): Note[] =>
  state && state.backend !== backend
    ? [{ level: 'warning', code: 'backend-changed', details: { from: state.backend, to: backend } }]
    : [];
