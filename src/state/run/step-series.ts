/** All step rows of the run on screen, outside React; charts draw at most a few hundred of them. */
import type { StepRow } from '../../core/training/events';
import { Extremes } from '../corpus/extremes';
import type { Series } from '../types';

const lossSum = (row: StepRow): number => row.losses.reduce((sum, loss) => sum + loss, 0);

/**
 * Min-max decimation: the range is cut into stretches and of each the rows with the smallest and the largest
 * summed loss stay, in order, so that spikes survive. First and last row always do. @param maxPoints at least
 * 4
 */
function thin(rows: readonly StepRow[], sums: Extremes, maxPoints: number): readonly StepRow[] {
  if (rows.length <= maxPoints) return rows;
  const stretches = Math.floor((maxPoints - 2) / 2);
  const inner = rows.length - 2;
  const out: StepRow[] = [rows[0]!];
  for (let s = 0; s < stretches; s++) {
    const [low, high] = sums.within(
      1 + Math.floor((s * inner) / stretches),
      1 + Math.floor(((s + 1) * inner) / stretches),
    );
    out.push(rows[Math.min(low, high)]!);
    if (low !== high) out.push(rows[Math.max(low, high)]!);
  }
  out.push(rows.at(-1)!);
  return out;
}

/**
 * Rows and the extremes of their summed losses, which grow and shrink together, so that drawing does not read
 * them all.
 */
class Kept {
  rows: StepRow[] = [];
  readonly sums = new Extremes();
  push(row: StepRow): void {
    this.rows.push(row);
    this.sums.push(lossSum(row));
  }
  /** Drops what is at or after this step. */
  cutFrom(step: number): void {
    while (this.rows.length > 0 && this.rows.at(-1)!.step >= step) this.rows.pop();
    this.sums.truncate(this.rows.length);
  }
  thinned(maxPoints: number): readonly StepRow[] {
    return this.rows.length <= maxPoints ? [...this.rows] : thin(this.rows, this.sums, maxPoints);
  }
}

export class StepSeries implements Series {
  private readonly all = new Kept();
  private readonly seen = new Kept();
  get length(): number {
    return this.all.rows.length;
  }
  get measuredLength(): number {
    return this.seen.rows.length;
  }
  /** Of the summed losses. */
  get sums(): Extremes {
    return this.all.sums;
  }
  /** Rows of a step already present (a resumed run repeats them) replace what was there. */
  push(rows: readonly StepRow[]): void {
    const first = rows[0];
    if (!first) return;
    for (const kept of [this.all, this.seen]) kept.cutFrom(first.step);
    for (const row of rows) {
      this.all.push(row);
      if (row.gradients) this.seen.push(row);
    }
  }
  reset(rows: readonly StepRow[]): void {
    for (const kept of [this.all, this.seen]) kept.cutFrom(Number.NEGATIVE_INFINITY);
    this.push(rows);
  }
  /** At most `maxPoints` rows; all of them, as a copy, where there are no more. */
  rows(maxPoints: number): readonly StepRow[] {
    return this.all.thinned(maxPoints);
  }
  measured(maxPoints: number): readonly StepRow[] {
    return this.seen.thinned(maxPoints);
  }
  latest(count: number): readonly StepRow[] {
    return this.all.rows.slice(-count);
  }
}
