/** The counting of counts.test.ts is that of a real device: the same step on both, the same numbers. */
import { expect, it } from 'vitest';
import { count } from '../../../bench/support/counting';
import { countStep } from '../../../bench/support/count-step';
import { silentDevice } from '../../../bench/support/silent-device';
import { STEPS } from '../../../src/core/bench/cases';

it('a step asks the same of a real device and of one that computes nothing', async () => {
  const adapter = (await navigator.gpu.requestAdapter())!;
  const device = await adapter.requestDevice({
    requiredFeatures: ['subgroups'],
    requiredLimits: {
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
      maxBufferSize: adapter.limits.maxBufferSize,
    },
  });
  const real = await countStep('ours', STEPS.tiny, device, true);
  const silent = await countStep('ours', STEPS.tiny, silentDevice(), true);
  expect(real).toEqual(silent);
});

it('buffers count while they exist', () => {
  const device = silentDevice();
  const counter = count(device);
  const [a] = [device.createBuffer({ size: 100, usage: 0 }), device.createBuffer({ size: 50, usage: 0 })];
  a.destroy();
  a.destroy();
  device.createBuffer({ size: 60, usage: 0 });
  expect(counter.counts().peak).toBe(150);
});
