/** All step rows of the run on screen, outside React; charts draw at most a few hundred of them. */
import type { StepRow } from '../core/training/events';
import { Extremes } from './extremes';
import type { Series } from './types';

const lossSum = (row: StepRow): number => row.losses.reduce((sum, loss) => sum + loss, 0);

/**
 * Min-max decimation: the range is cut into stretches and of each the rows with the smallest and the largest summed loss
 * stay, in order, so that spikes survive. First and last row always do. @param maxPoints at least 4
 */
export function decimate(rows: readonly StepRow[], maxPoints: number): readonly StepRow[] {
  const sums = new Extremes();
  for (const row of rows) sums.push(lossSum(row));
  return thin(rows, sums, maxPoints);
}

function thin(rows: readonly StepRow[], sums: Extremes, maxPoints: number): readonly StepRow[] {
  if (rows.length <= maxPoints) return rows;
  const stretches = Math.floor((maxPoints - 2) / 2);
  const inner = rows.length - 2;
  const out: StepRow[] = [rows[0]!];
  for (let s = 0; s < stretches; s++) {
    const [low, high] = sums.within(1 + Math.floor((s * inner) / stretches), 1 + Math.floor(((s + 1) * inner) / stretches));
    out.push(rows[Math.min(low, high)]!);
    if (low !== high) out.push(rows[Math.max(low, high)]!);
  }
  out.push(rows.at(-1)!);
  return out;
}

export class StepSeries implements Series {
  private all: StepRow[] = [];
  /** Of the summed losses; grows and shrinks with the rows, so that drawing does not read them all. */
  readonly sums = new Extremes();
  private seen: StepRow[] = [];
  get length(): number {
    return this.all.length;
  }
  /** Rows of a step already present (a resumed run repeats them) replace what was there. */
  push(rows: readonly StepRow[]): void {
    const first = rows[0];
    if (!first) return;
    for (const kept of [this.all, this.seen]) while (kept.length > 0 && kept.at(-1)!.step >= first.step) kept.pop();
    this.sums.truncate(this.all.length);
    this.add(rows);
  }
  reset(rows: readonly StepRow[]): void {
    this.all = [];
    this.seen = [];
    this.sums.truncate(0);
    this.add(rows);
  }
  /** At most `maxPoints` rows; all of them, as a copy, where there are no more. */
  rows(maxPoints: number): readonly StepRow[] {
    return this.all.length <= maxPoints ? [...this.all] : thin(this.all, this.sums, maxPoints);
  }
  private add(rows: readonly StepRow[]): void {
    for (const row of rows) {
      this.all.push(row);
      this.sums.push(lossSum(row));
      if (row.gradients) this.seen.push(row);
    }
  }
  measured(maxPoints: number): readonly StepRow[] {
    return decimate(this.seen, maxPoints);
  }
}
