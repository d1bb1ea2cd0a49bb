/**
 * Asks for training images a few batches ahead of the one being trained, across the end of an epoch, so that
 * the trainer does not wait. What is asked for depends on epoch and batch alone: looking ahead changes no
 * number.
 */
import type { Example } from '../../core/training/dataset';

export type ImageSource = (ids: readonly string[], epoch: number | null) => Promise<Uint8Array>;

export class Lookahead {
  private readonly pending = new Map<string, Promise<Uint8Array>>();

  /**
   * @param batches the batches of an epoch  @param depth how many batches to ask for beyond the current one
   * @param lastEpoch nothing is asked for after it
   */
  constructor(
    private readonly source: ImageSource,
    private readonly batches: (epoch: number) => readonly (readonly Example[])[],
    private readonly depth: number,
    private readonly lastEpoch: number,
  ) {}

  /** The images of a batch; `batch` is 0-based, `epoch` 1-based. */
  take(epoch: number, batch: number): Promise<Uint8Array> {
    let [e, b] = [epoch, batch];
    for (let ahead = 0; ahead <= this.depth && e <= this.lastEpoch; ahead++) {
      const ofEpoch = this.batches(e);
      this.ask(e, b, ofEpoch[b]!);
      if (++b >= ofEpoch.length) [e, b] = [e + 1, 0];
    }
    const key = `${epoch}/${batch}`;
    const images = this.pending.get(key)!;
    this.pending.delete(key);
    return images;
  }

  private ask(epoch: number, batch: number, examples: readonly Example[]): void {
    const key = `${epoch}/${batch}`;
    if (this.pending.has(key)) return;
    const images = this.source(
      examples.map(({ id }) => id),
      epoch,
    );
    images.catch(() => undefined); // reported when the batch is taken
    this.pending.set(key, images);
  }
}
