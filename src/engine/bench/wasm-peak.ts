/**
 * What this processor can do at most in WebAssembly: multiplications and additions of four float32 at a time
 * in registers, with no memory touched. The yardstick beside which a kernel's GFLOP/s mean something.
 */
import { assemble, f32x4, sequence, v128, type Program } from '../kernels/wasm/assembler';

/**
 * Enough sums that none waits for its last result, and as many as sixteen registers hold beside two operands
 * and one that engines keep for themselves.
 */
const SUMS = 13;
const FLOP = SUMS * 4 * 2;

const spin: Program = {
  parameters: 2,
  body: (f, numbers, turns) => {
    const [factor, term] = [f.local('v128'), f.local('v128')];
    const sums = Array.from({ length: SUMS }, () => f.local('v128'));
    return sequence(
      factor.set(v128.loadSplat(numbers.get)),
      term.set(v128.loadSplat(numbers.get, 4)),
      ...sums.map((sum) => sum.set(term.get)),
      f.times(
        turns.get,
        sequence(...sums.map((sum) => sum.set(f32x4.add(f32x4.mul(sum.get, factor.get), term.get)))),
      ),
      ...sums.map((sum, i) => v128.store(numbers.get, sum.get, 16 * (i + 1))),
    );
  },
};

const TURN_MS = 15;
const TURNS = 15;

/** @returns GFLOP/s, the best of a few short runs; null where there is no SIMD */
export function wasmSimdPeak(now: () => number = () => performance.now()): number | null {
  const module = assemble({ spin });
  if (!WebAssembly.validate(module)) return null;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module), { env: { memory } });
  const run = exports['spin'] as (numbers: number, turns: number) => void;
  new Float32Array(memory.buffer).set([0.5, 1]);
  let best = 0;
  for (let turns = 1 << 16, measured = 0; measured < TURNS;) {
    const began = now();
    run(0, turns);
    const ms = now() - began;
    if (ms < TURN_MS) turns *= 2;
    else {
      best = Math.max(best, (turns * FLOP) / ms / 1e6);
      measured++;
    }
  }
  return best;
}
