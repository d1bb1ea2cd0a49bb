/**
 * What is told of a run while it goes and stored of its history: rows in batches, epochs, the log, the state
 * it is in. Not here: what happens (trainer.ts) and checkpoints, which store the weights.
 */
import type { WireError } from '../../core/errors/errors';
import type { EpochRecord, LogEntry, RunState, StepRow } from '../../core/training/events';
import type { TrainerHost } from './trainer-host';
import type { Weighing } from '../step/weighing';

const EVENTS_EVERY_MS = 120;
/**
 * Rows that are kept after they were stored: a busy page hears of them later, by some epochs of a small
 * model.
 */
const KEPT_ROWS = 4096;

export class Journal {
  private rows: StepRow[] = [];
  private unsavedRows: StepRow[] = [];
  private unsavedEpochs: EpochRecord[] = [];
  /**
   * What was stored last, over several savings: the page may not have heard of it when it tells what it
   * knows.
   */
  private lastSaved: readonly StepRow[] = [];
  private logSeq: number;
  private lastEmit = 0;

  constructor(private readonly host: TrainerHost) {
    this.logSeq = host.firstLogSeq;
  }

  step(row: StepRow): void {
    this.rows.push(row);
    this.unsavedRows.push(row);
  }

  /** Told with the rows before it. */
  epoch(record: EpochRecord, stepsPerEpoch: number): void {
    this.unsavedEpochs.push(record);
    this.flush(true, stepsPerEpoch);
    this.host.emit({ kind: 'epoch', runId: this.host.runId, record });
  }

  state(state: RunState, error: WireError | null): void {
    this.host.emit({ kind: 'state', runId: this.host.runId, state, backend: this.host.backend, error });
  }

  weighing({ told }: Weighing): void {
    this.host.emit({ kind: 'strategy', runId: this.host.runId, ...told });
  }

  /**
   * Settles when it is stored, or could not be: the page has it in any case, and a full disk is told by the
   * checkpoint.
   */
  log(level: LogEntry['level'], code: string, step: number, details: LogEntry['details']): Promise<void> {
    const entry: LogEntry = { seq: this.logSeq++, at: Date.now(), level, code, step, details };
    this.host.emit({ kind: 'log', runId: this.host.runId, entries: [entry] });
    return this.host.saveLog([entry]).catch(() => undefined);
  }

  /** Sends the rows that have gathered, at most every EVENTS_EVERY_MS unless forced. */
  flush(force: boolean, stepsPerEpoch: number): void {
    const now = performance.now();
    if (this.rows.length === 0 || (!force && now - this.lastEmit < EVENTS_EVERY_MS)) return;
    this.host.emit({ kind: 'steps', runId: this.host.runId, rows: this.rows, stepsPerEpoch });
    this.host.emit({ kind: 'memory', runId: this.host.runId, ...this.host.memory() });
    this.rows = [];
    this.lastEmit = now;
  }

  /** What could not be stored is kept for the next try. */
  async save(): Promise<void> {
    const [rows, epochs] = [this.unsavedRows, this.unsavedEpochs];
    await this.host.saveHistory(rows, epochs);
    this.lastSaved = [...this.lastSaved, ...rows].slice(-KEPT_ROWS);
    // Nothing is told while it is stored; but a history that is written again may look.
    this.unsavedRows = this.unsavedRows.slice(rows.length);
    this.unsavedEpochs = this.unsavedEpochs.slice(epochs.length);
  }

  /** Every row that was stored before, of those that somebody else knows and the last ones stored here. */
  stored(known: readonly StepRow[]): readonly StepRow[] {
    const next = this.unsavedRows[0]?.step ?? Infinity;
    const first = this.lastSaved[0]?.step ?? Infinity;
    return [...known.filter(({ step }) => step < first), ...(first < Infinity ? this.lastSaved : [])].filter(
      ({ step }) => step < next,
    );
  }
}
