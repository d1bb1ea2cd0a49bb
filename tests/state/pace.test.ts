/** Speed and time left of what is worked on. */
import { expect, it } from 'vitest';
import { paceOf } from '../../src/state/run/pace';

it('does not count as speed what was there before', () => {
  // 4,490 of 5,531 were cached; 21.25 a second are computed: 49 seconds are left, not 10.
  expect(paceOf({ done: 4490, total: 5531 }, 4490, 0)).toBeNull();
  expect(paceOf({ done: 4490, total: 5531 }, 4490, 2)).toBeNull();
  expect(paceOf({ done: 4660, total: 5531 }, 4490, 8)).toEqual({ perSecond: 21.25, etaSeconds: 871 / 21.25 });
  expect(paceOf({ done: 5531, total: 5531 }, 4490, 49)).toEqual({ perSecond: 1041 / 49, etaSeconds: 0 });
});
