/** Sums of many arrays on cpu and wasm. */
import { describe, it } from 'vitest';
import { COUNTS, expectSum } from './sum';
import { on } from './support';

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  it.each(COUNTS)('the sum of %i arrays is exact and leaves nothing over', async (count) => {
    await on(backend, () => expectSum(count));
  });
});
