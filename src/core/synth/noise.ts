/**
 * White noise and small random numbers at audio rate: xorshift32 (Marsaglia 2003), a few operations a draw.
 * RandomStream decides everything that is planned; this only fills samples, several million a second.
 */
export class Noise {
  private state: number;

  /** @param seed any integer */
  constructor(seed: number) {
    this.state = seed | 0 || 0x6b79d8a5;
  }

  /** Uniform in [-1, 1), variance 1/3. */
  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return x / 0x80000000;
  }
}
