/** The trials of the WGSL kernels: the host's reference values hold for every variant, and a kernel that is bent is found out. */
import { beforeAll, describe, expect, it } from 'vitest';
import { kernels } from '../../../src/engine/kernels/webgpu/registry';
import { noiseAt } from '../../../src/engine/kernels/webgpu/trials/noise';
import { checkCases } from '../../../src/engine/kernels/webgpu/trials/all';
import { Stage } from '../../../src/engine/kernels/webgpu/trials/stage';
import { Verification } from '../../../src/engine/kernels/webgpu/trials/verify';
import type { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { checked, webgpu } from './support';

let device: Gpu;
beforeAll(async () => { device = await webgpu(); });

it('knows on the host what the device wrote', async () => {
  const stage = new Stage(device);
  const [plain, shifted] = [stage.noise(1000), stage.noise(70, 0.75)];
  stage.reset();
  const read = (await stage.read([{ slice: plain, start: 0, count: 1000 }, { slice: shifted, start: 10, count: 60 }])).map((bytes) => [...new Float32Array(bytes)]);
  expect(read[0]).toEqual(Array.from({ length: 1000 }, (_, i) => plain.at(i)));
  expect(read[1]).toEqual(Array.from({ length: 60 }, (_, i) => shifted.at(i + 10)));
  stage.dispose();
  // No pattern that a wrong index could hide behind.
  const values = Array.from({ length: 4096 }, (_, i) => noiseAt(i, 99));
  expect(Math.abs(values.reduce((a, b) => a + b) / 4096)).toBeLessThan(0.02);
  expect(new Set(values).size).toBeGreaterThan(3800);
});

it('has a case for every kernel there is', () => {
  expect(checkCases().map(({ kernel }) => kernel).sort()).toEqual(kernels().map(({ name }) => name).sort());
});

describe.each(checkCases())('$kernel', (one) => {
  it('is right in every variant, and leaves nothing behind', async () => {
    await checked(device, async () => {
      const verification = new Verification(device, one);
      const names = one.variants(device.traits).map(({ name }) => name);
      const verdicts = await verification.verdicts(names);
      verification.dispose();
      expect(Object.fromEntries(verdicts)).toEqual(Object.fromEntries(names.map((name) => [name, { right: true }])));
    });
  });
});
