import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { modelFlops } from '../../src/core/model/flops';

const HEADS = [
  { task: 'emotion', classes: 4 },
  { task: 'speaker', classes: 10 },
  { task: 'gender', classes: 2 },
];
const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b);

/**
 * By hand, multiply-adds of VGG-11 at 224 x 224: positions x 9 x channels in x channels out. With three input
 * channels and torchvision's fully connected layers the sum is its published 7.609 G; one input channel saves
 * 57.8 M of the first layer.
 */
const VGG11_224 = [
  224 ** 2 * 9 * 1 * 64,
  112 ** 2 * 9 * 64 * 128,
  56 ** 2 * 9 * 128 * 256,
  56 ** 2 * 9 * 256 * 256,
  28 ** 2 * 9 * 256 * 512,
  28 ** 2 * 9 * 512 * 512,
  14 ** 2 * 9 * 512 * 512,
  14 ** 2 * 9 * 512 * 512,
];
const LINEAR = [25088 * 2048, ...HEADS.flatMap(({ classes }) => [2048 * 512, 512 * classes])];

describe('operations of a model', () => {
  it('are those counted by hand for VGG-11 at 224 x 224, two for each multiply-add; the images’ own gradient is not asked for', () => {
    const spec = buildModel({ architecture: 'vgg11-bn-multitask', width: 1, inputSize: 224, heads: HEADS });
    const forward = sum([...VGG11_224, ...LINEAR]);
    expect(sum(VGG11_224)).toBe(7_427_653_632);
    expect(modelFlops(spec, 1).forward).toBe(2 * forward);
    expect(modelFlops(spec, 4)).toEqual({
      forward: 4 * 2 * forward,
      step: 4 * 2 * (3 * forward - VGG11_224[0]!),
    });
  });

  it('counted the same way are torchvision’s published 7.609 G with its input and fully connected layers', () => {
    const convolutions = sum(VGG11_224) + 2 * VGG11_224[0]!;
    expect((convolutions + 25088 * 4096 + 4096 * 4096 + 4096 * 1000) / 1e9).toBeCloseTo(7.609, 3);
  });

  it('are those counted by hand for AlexNet at 224 x 224, strides and the even filter included', () => {
    // 224 -> 55 -> pooled 27 -> 27 -> pooled 13 -> 13 -> 13 -> 12 -> pooled 5
    const counts = [
      55 ** 2 * 121 * 1 * 64,
      27 ** 2 * 25 * 64 * 192,
      13 ** 2 * 9 * 192 * 384,
      13 ** 2 * 9 * 384 * 256,
      12 ** 2 * 16 * 256 * 256,
      25 * 256 * 2048,
      2048 * 512,
      512 * 4,
    ];
    const spec = buildModel({
      architecture: 'alexnet-single',
      width: 1,
      inputSize: 224,
      heads: HEADS.slice(0, 1),
    });
    expect(modelFlops(spec, 1)).toEqual({
      forward: 2 * sum(counts),
      step: 2 * (3 * sum(counts) - counts[0]!),
    });
  });
});
