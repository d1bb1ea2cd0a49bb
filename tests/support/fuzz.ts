/**
 * How often a parser is tried with generated input: a part of it in the suite, and as often as one says with
 * `FUZZ_CASES=20000 npx vitest run --project node -t fuzz`, which prints what was tried, how long it took and the
 * seed; `FUZZ_SEED` tries the same again.
 */
import fc from 'fast-check';

const CASES = process.env['FUZZ_CASES'];
const SEED = process.env['FUZZ_SEED'];

/**
 * @param usual cases where `FUZZ_CASES` does not say how many
 * @throws where the property does not hold, with the seed and the smallest input for which it does not
 */
export async function fuzz(name: string, property: fc.IRawProperty<unknown>, usual = 1000): Promise<void> {
  const numRuns = Number(CASES ?? usual);
  const seed = SEED === undefined ? crypto.getRandomValues(new Uint32Array(1))[0]! >>> 1 : Number(SEED);
  const began = performance.now();
  await fc.assert(property, { numRuns, seed });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (CASES !== undefined) console.log(`fuzz ${name}: ${numRuns} cases in ${seconds} s, seed ${seed}`);
}
