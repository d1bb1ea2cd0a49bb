/**
 * How the breakdowns of a real device (in software) are told. What becomes of a run:
 * e2e/recovery.webgpu.spec.ts.
 */
import { expect, it } from 'vitest';
import type { BackendError } from '../../../src/core/errors/errors';
import { makeBackend } from '../../../src/engine/kernels/webgpu/backend';
import { watchDevice } from '../../../src/engine/platform/faults';

/** A device of its own, and a promise of the first thing that is told of it. */
async function watched() {
  const device = await (await navigator.gpu.requestAdapter())!.requestDevice();
  const backend = await makeBackend(device);
  const errors: BackendError[] = [];
  const told = new Promise<BackendError>((resolve) => {
    watchDevice(backend, (error) => {
      errors.push(error);
      resolve(error);
    });
  });
  return { device, told, errors };
}

it('a lost device, with its reason', async () => {
  const { device, told } = await watched();
  device.destroy();
  expect(await told).toMatchObject({
    name: 'BackendError',
    code: 'device-lost',
    details: { backend: 'webgpu', reason: 'destroyed' },
  });
});

it('a call that the device refuses, though no call returned an error; and only the first one', async () => {
  const { device, told, errors } = await watched();
  const refused = (): GPUBuffer => device.createBuffer({ size: 2 ** 40, usage: GPUBufferUsage.STORAGE });
  refused();
  refused();
  await device.queue.onSubmittedWorkDone(); // Chromium tells of it with the next answer
  expect(await told).toMatchObject({ code: 'device-error', details: { backend: 'webgpu' } });
  expect((await told).message).toContain('size');
  device.destroy();
  await device.lost;
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
  expect(errors).toHaveLength(1);
});
