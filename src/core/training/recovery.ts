/**
 * Which faults of a running training are worth going back to the last checkpoint for, and how often
 * (docs/reliability.md). Not here: carrying it out (core/run/faults.ts) and noticing faults (engine,
 * clients).
 */
import { DivergenceError, EquipoiseError, fromWire, type WireError } from '../errors/errors';

/** Tries in a row without a new checkpoint in between. */
export const MAX_TRIES = 2;

/** Which try this is; travels to the new trainer, which puts it into the run's log. */
export interface RecoveryNote {
  /** 1-based. */
  readonly attempt: number;
  /** What it has to get over. */
  readonly fault: WireError;
  /**
   * The faults since the run was last under way that the log does not tell yet, oldest first: their workers
   * could not, or a try never began.
   */
  readonly unlogged: readonly WireError[];
}

/**
 * Whether another trainer, started from the checkpoint, may get over it: workers and backends that fail,
 * numbers that stop being finite, and what nobody foresaw. Storage, configuration and corpus stay as they are
 * however often one tries.
 */
export const isCurable = ({ name, code }: WireError): boolean =>
  name === 'WorkerError' || name === 'BackendError' || name === 'DivergenceError' || code === 'unexpected';

/** The tries of one run; NO_TRIES for a new run, or one taken up by hand. */
export interface Tries {
  /** In a row, without a new checkpoint. */
  readonly count: number;
  /** The step at which numbers last stopped being finite. */
  readonly divergedAt: number | null;
}

export const NO_TRIES: Tries = { count: 0, divergedAt: null };

/** A checkpoint was written: the next fault is a new one. */
export const progressed = (tries: Tries): Tries => ({ ...tries, count: 0 });

/** @returns the number of the try that is due, from 1, or the error with which the run stops */
export function nextTry(tries: Tries, fault: WireError): readonly [Tries, number | EquipoiseError] {
  if (!isCurable(fault)) return [tries, fromWire(fault)];
  let { divergedAt } = tries;
  if (fault.name === 'DivergenceError') {
    const step = Number(fault.details['step'] ?? 0);
    // The same step, from the same checkpoint, with the same random numbers: it is the training itself, not
    // the machine.
    if (divergedAt === step) return [tries, diverges(step)];
    divergedAt = step;
  }
  const { count } = tries;
  return count < MAX_TRIES
    ? [{ count: count + 1, divergedAt }, count + 1]
    : [{ count, divergedAt }, gaveUp(count, fault)];
}

const diverges = (step: number): DivergenceError => new DivergenceError('diverges', { step });

const gaveUp = (tries: number, { code, message }: WireError): EquipoiseError =>
  new EquipoiseError('gave-up', { tries, fault: code, message });
