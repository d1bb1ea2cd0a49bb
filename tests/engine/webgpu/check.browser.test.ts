/**
 * The check at start on webgpu, with kernels that are really wrong: only they give way, the rest stays, and
 * the network comes out right.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkWebGpuKernels } from '../../../src/engine/kernels/webgpu/check';
import { Gpu } from '../../../src/engine/kernels/webgpu/gpu';
import { kernels, switchKernel } from '../../../src/engine/kernels/webgpu/registry';
import { checkCases } from '../../../src/engine/kernels/webgpu/trials/all';
import { memory } from '../../../src/engine/platform/backend';
import { bend } from './bend';
import { webgpu } from './support';

let device: Gpu;
beforeAll(async () => {
  device = await webgpu();
});
afterEach(() => {
  for (const { name } of kernels()) switchKernel(name, true);
});

const off = (): string[] =>
  kernels()
    .filter(({ on }) => !on)
    .map(({ name }) => name);
/** The cases of the kernels at hand, with nothing compiled yet. */
const check = (...names: readonly string[]) =>
  checkWebGpuKernels(
    new Gpu(device.backend, true),
    checkCases().filter(({ kernel }) => names.includes(kernel)),
  );

it('finds nothing wrong on this adapter, and leaves nothing behind', async () => {
  const before = memory();
  expect(await checkWebGpuKernels(device)).toEqual({ replaced: [], avoided: [] });
  expect(off()).toEqual([]);
  expect(memory().tensors).toBe(before.tensors);
});

const ONE_LINERS: readonly (readonly [kernel: string, label: RegExp, from: string, to: string])[] = [
  ['relu', /^relu vec/, 'value < vec4f(0)', 'value < vec4f(-1)'],
  ['relu-gradient', /^relu gradient/, 'y[index] > vec4f(0)', 'y[index] < vec4f(0)'],
  ['add-to', /^add to/, '+=', '-='],
  ['scale', /^scale/, '*= v.factor', '*= 1f'],
  ['dropout', /^dropout$/, 'round < 10', 'round < 9'],
  ['images', /^images$/, '& 255u', '& 127u'],
  ['adam', /^adam vec/, 'sqrt(kept3)', 'kept3'],
  ['adam-decay', /^adam-decay/, 'v.decay *', 'v.beta1 *'],
  ['adamw', /^adamw/, '* v.kept', ' '],
  ['sgd', /^sgd vec/, 'v.decay *', 'v.rate *'],
  ['sgd-momentum', /^sgd-momentum/, 'v.last *', 'v.now *'],
  ['clip-norm', /^clip chunks/, 'gradient[i] * gradient[i]', 'gradient[i]'],
  ['max-pool', /^max pool 3/, 'let stays = next <= best', 'let stays = next < best + 0.25'],
  ['max-pool-gradient', /^max pool gradient/, 'sum += select', 'sum = select'],
  ['cross-entropy', /^cross-entropy$/, '/ f32(u.batch)', '/ f32(u.count)'],
  ['batch-norm-relu-pool', /^norm relu pool/, 'let b = offset[channel]', 'let b = scale[channel]'],
  ['convolution-filter-gradient', /^conv df/, '- i32(u.padding)', '- 1 - i32(u.padding)'],
  ['convolution-input-gradient', /^conv dx/, '+ u.padding', '+ 1u + u.padding'],
  ['gram-matrix', /^gram chunks/, 'sum += stack[a + i]', 'sum = stack[a + i]'],
  ['batch-norm-relu-pool-backward', /^norm backward 2/, 'f32(u.positions)', 'f32(u.count)'],
];

describe('a kernel that is wrong', () => {
  it.each(ONE_LINERS)('%s is found out', async (kernel, label, from, to) => {
    const back = bend({ label, change: (code) => code.replaceAll(from, to) });
    const { replaced } = await check(kernel);
    back();
    expect(replaced).toEqual([kernel]);
    expect(off()).toEqual([kernel]);
  });

  // The rest of this file does without these variants.
  it.each([
    ['reads out of step', 'convolution', /^conv 8x8/, 'b += pitch', 'b += pitch + 1u'],
    ['does not compile', 'convolution-input-gradient', /^conv dx 8x8/, 'var step', 'var stop'],
    ['writes nothing', 'convolution-filter-gradient', /^conv df 8x8/, 'if (row >= u.rows', 'if (row >= 0u'],
  ] as const)(
    'gives way to another variant of ours where that is right: one that %s',
    async (_how, kernel, label, from, to) => {
      const back = bend({ label, change: (code) => code.replace(from, to) });
      const found = await check(kernel);
      back();
      expect(found).toEqual({ replaced: [], avoided: [{ kernel, variant: 'registers-8x8' }] });
      expect(off()).toEqual([]);
    },
  );
});
