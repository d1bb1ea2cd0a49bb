/**
 * What a run may plan with, told before anything is computed. Whether the plan itself is right:
 * memory.test.ts.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { availableBackends } from '../../src/engine/platform/backend';
import { memoryLimits } from '../../src/engine/platform/memory-limits';

const GIB = 2 ** 30;
const adapter = (limits: object) => ({
  gpu: { requestAdapter: async () => ({ info: { description: 'a card' }, limits }) },
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('memory limits', () => {
  it('of an adapter: the smaller of its largest buffer and its largest binding', async () => {
    for (const limits of [
      { maxBufferSize: 256e6, maxStorageBufferBindingSize: 128e6 },
      { maxBufferSize: 128e6, maxStorageBufferBindingSize: 256e6 },
    ]) {
      expect(memoryLimits('webgpu', limits).largest).toBe(128e6);
      vi.stubGlobal('navigator', adapter(limits));
      const [report] = await availableBackends();
      expect(report).toMatchObject({ id: 'webgpu', available: true, limits: { largest: 128e6 } });
    }
  });

  it('of wasm: half the main memory, and never more than its addresses hold', async () => {
    const wasm = async (deviceMemory: number): Promise<number> => {
      vi.stubGlobal('navigator', { deviceMemory });
      return (await availableBackends()).find(({ id }) => id === 'wasm')!.limits!.bytes;
    };
    const [two, eight, large] = [await wasm(2), await wasm(8), await wasm(64)];
    expect(two).toBeLessThan(GIB);
    expect(eight).toBeCloseTo(4 * two, -1);
    expect(large).toBe(eight);
    expect(large).toBeLessThan(4 * GIB);
  });

  it('of a backend that is not there: none', async () => {
    vi.stubGlobal('navigator', {});
    expect((await availableBackends())[0]).toMatchObject({ id: 'webgpu', available: false });
    expect((await availableBackends())[0]).not.toHaveProperty('limits');
  });
});
