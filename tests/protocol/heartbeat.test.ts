/**
 * When silence counts as death. With real workers, a frozen tab and a clock that jumps: e2e/recovery.spec.ts.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANSWER_WITHIN_MS, Heartbeat } from '../../src/core/protocol/heartbeat';

describe('a silent worker', () => {
  it('is dead when what it announced has not come within its own time', () => {
    const heartbeat = new Heartbeat();
    heartbeat.announce(60_000);
    expect([20_000, 20_000, 20_000, 1].map((awake) => heartbeat.pass(awake, false))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('is alive while it announces, however little the page is awake and whatever else it says', () => {
    const heartbeat = new Heartbeat();
    for (let i = 0; i < 1000; i++) {
      heartbeat.announce(60_000);
      expect(heartbeat.pass(60_000, true)).toBe(true);
    }
    // That its event loop turns proves nothing about the step it is in.
    heartbeat.announce(60_000);
    for (let i = 0; i < 6; i++) {
      heartbeat.heard();
      expect(heartbeat.pass(10_001, true)).toBe(i < 5);
    }
  });

  it('may be silent for ever when nothing is due', () => {
    const heartbeat = new Heartbeat();
    fc.assert(
      fc.property(fc.nat(), (awake) => {
        expect(heartbeat.pass(awake, false)).toBe(true);
      }),
    );
    heartbeat.announce(1);
    heartbeat.announce(null);
    expect(heartbeat.pass(Number.MAX_SAFE_INTEGER, false)).toBe(true);
  });

  it('that was asked something must give a sign of life now and then', () => {
    const heartbeat = new Heartbeat();
    expect(heartbeat.pass(ANSWER_WITHIN_MS, true)).toBe(true);
    heartbeat.heard();
    expect(heartbeat.pass(ANSWER_WITHIN_MS, true)).toBe(true);
    expect(heartbeat.pass(1, true)).toBe(false);
  });
});
