/**
 * When a run goes back to its checkpoint by itself, and when it stops trying. Carried out in a browser:
 * e2e/recovery.spec.ts.
 */
import { describe, expect, it } from 'vitest';
import {
  BackendError,
  ConfigError,
  DivergenceError,
  EquipoiseError,
  StorageError,
  toWire,
  WorkerError,
  type WireError,
} from '../../src/core/errors/errors';
import { isCurable, MAX_TRIES, nextTry, NO_TRIES, progressed } from '../../src/core/training/recovery';

const lost = toWire(new BackendError('device-lost'));
const diverged = (step: number) => toWire(new DivergenceError('not-finite', { step }));
const codeOf = (next: number | EquipoiseError) => (next instanceof EquipoiseError ? next.code : next);

/** The tries of one run, as faults and checkpoints come. */
class RecoveryCount {
  private tries = NO_TRIES;
  reset(): void {
    this.tries = NO_TRIES;
  }
  progressed(): void {
    this.tries = progressed(this.tries);
  }
  next(fault: WireError): number | EquipoiseError {
    const [tries, next] = nextTry(this.tries, fault);
    this.tries = tries;
    return next;
  }
}

describe('tries to recover', () => {
  it('are two in a row; then the run stops and says what the last fault was', () => {
    const count = new RecoveryCount();
    expect([count.next(lost), count.next(lost)]).toEqual([1, 2]);
    expect(count.next(lost)).toMatchObject({
      code: 'gave-up',
      details: { tries: MAX_TRIES, fault: 'device-lost', message: 'The graphics device was lost.' },
    });
    expect(MAX_TRIES).toBe(2);
  });

  it('begin again after a checkpoint, and with another run', () => {
    const count = new RecoveryCount();
    for (let i = 0; i < 10; i++) {
      expect([count.next(lost), count.next(lost)]).toEqual([1, 2]);
      if (i % 2 === 0) count.progressed();
      else count.reset();
    }
  });

  it('are not spent on a training that diverges at the same step again', () => {
    const count = new RecoveryCount();
    expect([count.next(diverged(7)), count.next(diverged(7))].map(codeOf)).toEqual([1, 'diverges']);
    count.reset();
    // Elsewhere, it may have been the machine; and a number that broke once, long ago, is no evidence against
    // a new run.
    expect([count.next(diverged(7)), count.next(diverged(9))].map(codeOf)).toEqual([1, 2]);
    expect(codeOf(count.next(lost))).toBe('gave-up');
  });

  it('are for workers, backends and what nobody foresaw, not for storage and configuration', () => {
    const wrapped = [
      new WorkerError('worker-gone', { worker: 'trainer' }),
      new BackendError('out-of-memory', { backend: 'wasm' }),
      new DivergenceError('not-finite', { step: 3 }),
      new TypeError('x is undefined'),
    ];
    expect(wrapped.map((error) => isCurable(toWire(error)))).toEqual([true, true, true, true]);
    const lasting = [
      new StorageError('quota'),
      new ConfigError('bad-config', { field: 'seed', why: 'whole' }),
    ];
    expect(lasting.map((error) => isCurable(toWire(error)))).toEqual([false, false]);
    expect(codeOf(new RecoveryCount().next(toWire(lasting[0])))).toBe('quota');
  });
});
