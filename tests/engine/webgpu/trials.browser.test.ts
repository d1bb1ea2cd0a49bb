/**
 * The trials of the WGSL kernels: the host's reference values hold for every variant, and a kernel that is
 * bent is found out.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { convShape } from '../../../src/engine/kernels/shared/conv-shape';
import { kernels } from '../../../src/engine/kernels/webgpu/registry';
import { noiseAt } from '../../../src/engine/kernels/webgpu/trials/noise';
import { checkCases } from '../../../src/engine/kernels/webgpu/trials/all';
import { forwardTrial } from '../../../src/engine/kernels/webgpu/trials/convolution';
import { caseOf } from '../../../src/engine/kernels/webgpu/trials/trial';
import { Stage } from '../../../src/engine/kernels/webgpu/trials/stage';
import { Verification } from '../../../src/engine/kernels/webgpu/trials/verify';
import { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { bend } from './bend';
import { checked, webgpu } from './support';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});

it('knows on the host what the device wrote', async () => {
  const stage = new Stage(device);
  const [plain, shifted] = [stage.noise(1000), stage.noise(70, 0.75)];
  stage.reset();
  const read = (
    await stage.read([
      { slice: plain, start: 0, count: 1000 },
      { slice: shifted, start: 10, count: 60 },
    ])
  ).map((bytes) => [...new Float32Array(bytes)]);
  expect(read[0]).toEqual(Array.from({ length: 1000 }, (_, i) => plain.at(i)));
  expect(read[1]).toEqual(Array.from({ length: 60 }, (_, i) => shifted.at(i + 10)));
  stage.dispose();
  // No pattern that a wrong index could hide behind.
  const values = Array.from({ length: 4096 }, (_, i) => noiseAt(i, 99));
  expect(Math.abs(values.reduce((a, b) => a + b) / 4096)).toBeLessThan(0.02);
  expect(new Set(values).size).toBeGreaterThan(3800);
});

it('has a case for every kernel there is', () => {
  expect(
    checkCases()
      .map(({ kernel }) => kernel)
      .sort(),
  ).toEqual(
    kernels()
      .map(({ name }) => name)
      .sort(),
  );
});

describe.each(checkCases())('$kernel', (one) => {
  it('is right in every variant, and leaves nothing behind', async () => {
    await checked(device, async () => {
      const verification = new Verification(device, one);
      const names = one.variants(device.traits).map(({ name }) => name);
      const verdicts = await verification.verdicts(names);
      verification.dispose();
      expect(Object.fromEntries(verdicts)).toEqual(
        Object.fromEntries(names.map((name) => [name, { right: true }])),
      );
    });
  });
});

describe('a variant that is wrong where nobody looks', () => {
  // Half a million results, of which half are read and some thousands computed on the host.
  const shape = { ...convShape([8, 64, 64, 8], [3, 3, 8, 16], { stride: 1, padding: 1 }), bias: true };
  const verdicts = async (names: readonly string[]) => {
    const verification = new Verification(new Gpu(device.backend, true), caseOf(forwardTrial, shape));
    const back = bend({
      label: /^conv 8x8/,
      change: (code) =>
        code.replace('var c0_0 = vec4f(0)', 'var c0_0 = select(vec4f(0), vec4f(1), row == 1616u)'),
    });
    const found = await verification.verdicts(names);
    back();
    verification.dispose();
    return Object.fromEntries([...found].map(([name, { right }]) => [name, right]));
  };

  it('passes alone, and is found out beside another, whichever comes first', async () => {
    expect(await verdicts(['registers-8x8'])).toEqual({ 'registers-8x8': true });
    expect(await verdicts(['registers-8x8', 'registers-8x4'])).toEqual({
      'registers-8x8': false,
      'registers-8x4': true,
    });
    expect(await verdicts(['registers-8x4', 'registers-8x8'])).toEqual({
      'registers-8x8': false,
      'registers-8x4': true,
    });
  });
});
