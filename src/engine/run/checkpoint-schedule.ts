/**
 * Which checkpoints of a run are written, owed and due. Not here: what is in one (loop/checkpoints.ts), and where it
 * goes (TrainerHost).
 */
import { BackendError, DivergenceError, toWire, type WireError } from '../../core/errors/errors';

export type CheckpointKind = 'best' | 'last';

const EVERY_MS = 60_000;
/** Writing checkpoints in the middle of an epoch takes no more than a twentieth of the time. */
const SHARE = 20;

export class CheckpointSchedule {
  /** Of the last checkpoint that could be written. */
  savedStep: number;
  /** The user knows that what was done since then is not saved. */
  warned = false;
  private triedStep: number;
  private readonly owing = new Set<CheckpointKind>();
  /** Asked for while one is written, which may be of no use any more. */
  private readonly again = new Set<CheckpointKind>();
  private writtenAt = performance.now();
  private took = 0;

  /** @param step of the checkpoint that the run goes on from; null where it begins */
  constructor(step: number | null) {
    this.savedStep = step ?? 0;
    this.triedStep = step ?? -1;
  }

  /** To be written before another step is taken. */
  get owed(): boolean {
    return this.owing.size > 0;
  }

  owes(kind: CheckpointKind): boolean {
    return this.owing.has(kind);
  }

  owe(kind: CheckpointKind): void {
    this.owing.add(kind);
    this.again.add(kind);
    this.triedStep = -1;
  }

  /**
   * Whether one of this step was written, or could not be: then not again before the user has done something
   * about it.
   */
  tried(step: number): boolean {
    return this.triedStep === step;
  }

  /** Whether one is due in the middle of an epoch. */
  get due(): boolean {
    return performance.now() - this.writtenAt > Math.max(EVERY_MS, SHARE * this.took);
  }

  /**
   * @param kinds besides those still owed  @param save writes one that holds for all of them
   * @returns why it could not be saved: everything is owed then; null where it was  @throws BackendError,
   * DivergenceError: not the disk's fault
   */
  async write(
    step: number,
    kinds: readonly CheckpointKind[],
    save: (which: readonly CheckpointKind[]) => Promise<void>,
  ): Promise<WireError | null> {
    for (const kind of kinds) this.owing.add(kind);
    this.again.clear();
    this.triedStep = step;
    const started = performance.now();
    try {
      await save([...this.owing]);
      this.savedStep = step;
      this.warned = false;
      this.owing.clear();
      for (const kind of this.again) this.owing.add(kind);
      return null;
    } catch (error) {
      if (error instanceof BackendError || error instanceof DivergenceError) throw error;
      return toWire(error);
    } finally {
      this.writtenAt = performance.now();
      this.took = this.writtenAt - started;
    }
  }
}
