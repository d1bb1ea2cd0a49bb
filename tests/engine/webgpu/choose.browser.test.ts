/**
 * Choosing webgpu for the first time, with kernels that are really wrong: only they give way, the user is
 * told, the network comes out right.
 */
import { expect, it } from 'vitest';
import { chooseBackend } from '../../../src/engine/platform/backend';
import { kernels } from '../../../src/engine/kernels/webgpu/registry';
import { selfCheck } from '../../../src/engine/platform/self-check';
import * as tf from '../../../src/engine/tf';
import { bend } from './bend';

it('replaces only what is wrong, and then passes the check of the whole network', async () => {
  // Every variant of one kernel, the only one of another, the first one of a third.
  const back = [
    bend({ label: /^conv dx/, change: (code) => code.replaceAll('+ u.padding', '+ 1u + u.padding') }),
    bend({
      label: /^norm relu pool/,
      change: (code) => code.replace('let b = offset[channel]', 'let b = scale[channel]'),
    }),
    bend({ label: /^conv 8x8/, change: (code) => code.replace('b += pitch', 'b += pitch + 1u') }),
  ];
  const report = await chooseBackend('webgpu');
  for (const one of back) one();
  expect(report).toMatchObject({
    id: 'webgpu',
    software: true,
    replaced: ['convolution-input-gradient', 'batch-norm-relu-pool'],
    avoided: ['convolution/registers-8x8'],
  });
  expect(
    kernels()
      .filter(({ on }) => !on)
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(['batch-norm-relu-pool', 'convolution-input-gradient']);
  expect(tf.getBackend()).toBe('webgpu');
  await selfCheck('webgpu');
});
