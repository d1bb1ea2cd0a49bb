/**
 * The smallest and the largest of any stretch of a growing list of numbers, without reading the whole
 * stretch: blocks remember theirs. For charts of runs with hundreds of thousands of steps, which are thinned
 * again with every batch of new ones.
 */
const BLOCK = 128;

export class Extremes {
  private values = new Float64Array(1024);
  private lows: number[] = [];
  private highs: number[] = [];
  private count = 0;
  /** Numbers that were looked at since it was made; what the bound is tested with. */
  looked = 0;

  get length(): number {
    return this.count;
  }

  /** What is no number counts as infinitely large, so that it is not thinned away. */
  push(value: number): void {
    if (this.count === this.values.length) {
      const larger = new Float64Array(2 * this.count);
      larger.set(this.values);
      this.values = larger;
    }
    const at = this.count++;
    this.values[at] = Number.isNaN(value) ? Infinity : value;
    const block = Math.floor(at / BLOCK);
    if (at % BLOCK === 0) {
      this.lows[block] = at;
      this.highs[block] = at;
    } else {
      if (this.values[at] < this.values[this.lows[block]!]!) this.lows[block] = at;
      if (this.values[at] > this.values[this.highs[block]!]!) this.highs[block] = at;
    }
  }

  /** Forgets everything from `length` on. */
  truncate(length: number): void {
    if (length >= this.count) return;
    const from = Math.floor(length / BLOCK) * BLOCK;
    const kept = this.values.slice(from, length);
    this.count = from;
    this.lows.length = from / BLOCK;
    this.highs.length = from / BLOCK;
    for (const value of kept) this.push(value);
  }

  /** Indices of the first smallest and the first largest in [from, to), which must not be empty. */
  within(from: number, to: number): readonly [low: number, high: number] {
    let [low, high] = [from, from];
    const look = (a: number, b: number): void => {
      this.looked++;
      if (this.values[a]! < this.values[low]!) low = a;
      if (this.values[b]! > this.values[high]!) high = b;
    };
    for (let at = from; at < to;) {
      if (at % BLOCK === 0 && at + BLOCK <= to) {
        look(this.lows[at / BLOCK]!, this.highs[at / BLOCK]!);
        at += BLOCK;
      } else {
        look(at, at);
        at++;
      }
    }
    return [low, high];
  }
}
