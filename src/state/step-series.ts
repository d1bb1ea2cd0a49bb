/** All step rows of the run on screen, outside React; charts draw at most a few hundred of them. */
import type { StepRow } from '../core/training/events';
import type { Series } from './types';

const lossSum = (row: StepRow): number => row.losses.reduce((sum, loss) => sum + loss, 0);

/**
 * Min-max decimation: the range is cut into stretches and of each the rows with the smallest and the largest summed loss
 * stay, in order, so that spikes survive. First and last row always do. @param maxPoints at least 4
 */
export function decimate(rows: readonly StepRow[], maxPoints: number): readonly StepRow[] {
  if (rows.length <= maxPoints) return rows;
  const stretches = Math.floor((maxPoints - 2) / 2);
  const inner = rows.length - 2;
  const out: StepRow[] = [rows[0]!];
  for (let s = 0; s < stretches; s++) {
    const from = 1 + Math.floor((s * inner) / stretches);
    const to = 1 + Math.floor(((s + 1) * inner) / stretches);
    let low = from, high = from;
    for (let i = from + 1; i < to; i++) {
      if (lossSum(rows[i]!) < lossSum(rows[low]!)) low = i;
      if (lossSum(rows[i]!) > lossSum(rows[high]!)) high = i;
    }
    out.push(rows[Math.min(low, high)]!);
    if (low !== high) out.push(rows[Math.max(low, high)]!);
  }
  out.push(rows.at(-1)!);
  return out;
}

export class StepSeries implements Series {
  private all: StepRow[] = [];
  private seen: StepRow[] = [];
  get length(): number {
    return this.all.length;
  }
  /** Rows of a step already present (a resumed run repeats them) replace what was there. */
  push(rows: readonly StepRow[]): void {
    const first = rows[0];
    if (!first) return;
    for (const kept of [this.all, this.seen]) while (kept.length > 0 && kept.at(-1)!.step >= first.step) kept.pop();
    for (const row of rows) {
      this.all.push(row);
      if (row.gradients) this.seen.push(row);
    }
  }
  reset(rows: readonly StepRow[]): void {
    this.all = [...rows];
    this.seen = rows.filter(({ gradients }) => gradients !== undefined);
  }
  rows(maxPoints: number): readonly StepRow[] {
    return decimate(this.all, maxPoints);
  }
  measured(maxPoints: number): readonly StepRow[] {
    return decimate(this.seen, maxPoints);
  }
}
