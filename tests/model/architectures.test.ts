import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/core/errors/errors';
import { buildModel, isSingleTask, minimumInputSize, WIDTHS } from '../../src/core/model/architectures';
import { parameterCount } from '../../src/core/model/parameters';
import type { ArchitectureId } from '../../src/core/model/architectures';

const EMOTION = [{ task: 'emotion', classes: 4 }];
const THREE = [...EMOTION, { task: 'speaker', classes: 10 }, { task: 'gender', classes: 2 }];
const build = (architecture: ArchitectureId, width: number, inputSize: number) =>
  buildModel({ architecture, width, inputSize, heads: isSingleTask(architecture) ? EMOTION : THREE });
const thrown = (fn: () => unknown): unknown => {
  try {
    fn();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('parameter counts', () => {
  it.each([
    ['alexnet-single', 17_073_348],
    ['vgg11-single', 61_652_740],
    ['vgg11-bn-multitask', 63_762_576],
  ] as const)('%s has the %i parameters of the paper', (architecture, count) => {
    expect(parameterCount(build(architecture, WIDTHS.paper, 224))).toBe(count);
  });

  // torchvision's published counts for 1,000 classes and three input channels (resnet18: 11,689,512, resnet50:
  // 25,557,032), less two channels of the 7x7 stem, with four classes.
  it.each([
    ['resnet18-single', 11_689_512 - 2 * 49 * 64 - 513 * 1000 + 513 * 4],
    ['resnet50-single', 25_557_032 - 2 * 49 * 64 - 2049 * 1000 + 2049 * 4],
    // The same trunk, and a head of 512 for each of three tasks.
    ['resnet18-multitask', 11_689_512 - 2 * 49 * 64 - 513 * 1000 + 3 * 513 * 512 + 513 * 16],
    ['resnet50-multitask', 25_557_032 - 2 * 49 * 64 - 2049 * 1000 + 3 * 2049 * 512 + 513 * 16],
  ] as const)('%s has the %i parameters of torchvision’s', (architecture, count) => {
    expect(parameterCount(build(architecture, WIDTHS.paper, 224))).toBe(count);
  });

  // PyTorch's, of reference/models_more.py.
  it.each([
    ['cnn-bilstm-single', 2_002_204],
    ['cnn-bilstm-multitask', 2_035_880],
    ['crnn-attention-single', 14_606_404],
    ['crnn-attention-multitask', 14_640_080],
  ] as const)('%s has the %i parameters of the reference', (architecture, count) => {
    expect(parameterCount(build(architecture, WIDTHS.paper, 224))).toBe(count);
  });

  it('differs from VGG without batch norm by exactly its 5,504 scales and offsets', () => {
    const inTrunk = (architecture: ArchitectureId) =>
      build(architecture, 1, 224)
        .parameters.filter((p) => p.name.startsWith('features.') && p.trainable)
        .reduce((n, p) => n + p.shape.reduce((a, b) => a * b), 0);
    expect(inTrunk('vgg11-bn-multitask') - inTrunk('vgg11-single')).toBe(5_504);
  });

  it('counts the compact model by hand', () => {
    const convs = [
      [1, 16],
      [16, 32],
      [32, 64],
      [64, 64],
      [64, 128],
      [128, 128],
      [128, 128],
      [128, 128],
    ].reduce((n, [i, o]) => n + 9 * i! * o! + o! + 2 * o!, 0);
    const heads = [4, 10, 2].reduce((n, classes) => n + 512 * 128 + 128 + 128 * classes + classes, 0);
    expect(parameterCount(build('vgg11-bn-multitask', WIDTHS.compact, 64))).toBe(
      convs + 512 * 512 + 512 + heads,
    );
  });
});

describe('names and shapes', () => {
  const names = (architecture: ArchitectureId) => build(architecture, 1, 224).parameters.map((p) => p.name);

  it('are torchvision’s for the convolutions', () => {
    const weights = (architecture: ArchitectureId) =>
      build(architecture, 1, 224)
        .parameters.filter((p) => p.op === 'conv' && p.role === 'weight')
        .map((p) => p.name);
    const at = (...indices: number[]) => indices.map((i) => `features.${i}.weight`);
    expect(weights('vgg11-single')).toEqual(at(0, 3, 6, 8, 11, 13, 16, 18));
    expect(weights('vgg11-bn-multitask')).toEqual(at(0, 4, 8, 11, 15, 18, 22, 25));
    expect(weights('alexnet-single')).toEqual(at(0, 3, 6, 8, 10));
  });

  it('name shared layers, heads and running statistics', () => {
    expect(names('vgg11-bn-multitask')).toEqual(
      expect.arrayContaining([
        'features.1.weight',
        'features.1.bias',
        'features.1.running_mean',
        'features.1.running_var',
        'shared.0.weight',
        'heads.emotion.0.weight',
        'heads.emotion.2.bias',
        'heads.gender.2.weight',
      ]),
    );
    expect(names('alexnet-multitask')).toContain('heads.speaker.3.weight');
    expect(names('alexnet-single').slice(-6)).toEqual([
      'classifier.0.weight',
      'classifier.0.bias',
      'classifier.3.weight',
      'classifier.3.bias',
      'classifier.5.weight',
      'classifier.5.bias',
    ]);
  });

  it('are unique, and only running statistics are not trainable', () => {
    for (const architecture of [
      'vgg11-bn-multitask',
      'vgg11-single',
      'alexnet-single',
      'alexnet-multitask',
    ] as const) {
      expect(new Set(names(architecture)).size).toBe(names(architecture).length);
      for (const p of build(architecture, 1, 224).parameters)
        expect(p.trainable).toBe(!p.name.includes('running_'));
    }
  });

  it('keeps the input channel and the classes at any width', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 2, noNaN: true }), (width) => {
        const all = build('vgg11-bn-multitask', width, 64).parameters;
        expect(all[0]!.shape.slice(0, 3)).toEqual([3, 3, 1]);
        expect(all.at(-1)!.shape).toEqual([2]);
        expect(all.every((p) => p.shape.every((n) => Number.isInteger(n) && n >= 1))).toBe(true);
      }),
    );
  });
});

describe('what does not fit', () => {
  it('AlexNet at 64 pixels', () => {
    const error = thrown(() => build('alexnet-single', 1, 64));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({
      code: 'input-size',
      details: { inputSize: 64, minimum: minimumInputSize('alexnet-single') },
    });
  });

  it('is exactly below the minimum', () => {
    expect(minimumInputSize('vgg11-single')).toBe(32);
    for (const architecture of ['alexnet-single', 'vgg11-bn-multitask'] as const) {
      const minimum = minimumInputSize(architecture);
      expect(() => build(architecture, 0.1, minimum)).not.toThrow();
      expect(() => build(architecture, 0.1, minimum - 1)).toThrow(ConfigError);
    }
  });

  it.each([
    [
      'two heads on a single-task model',
      () => buildModel({ architecture: 'vgg11-single', width: 1, inputSize: 64, heads: THREE }),
      'heads',
    ],
    [
      'no head',
      () => buildModel({ architecture: 'vgg11-bn-multitask', width: 1, inputSize: 64, heads: [] }),
      'heads',
    ],
    [
      'a task twice',
      () =>
        buildModel({
          architecture: 'vgg11-bn-multitask',
          width: 1,
          inputSize: 64,
          heads: [...EMOTION, ...EMOTION],
        }),
      'heads',
    ],
    [
      'one class',
      () =>
        buildModel({
          architecture: 'vgg11-single',
          width: 1,
          inputSize: 64,
          heads: [{ task: 'x', classes: 1 }],
        }),
      'heads',
    ],
    ['no width', () => build('vgg11-single', 0, 64), 'width'],
    ['a broken width', () => build('vgg11-single', Number.NaN, 64), 'width'],
    ['a fractional size', () => build('vgg11-single', 1, 64.5), 'input-size'],
  ])('%s', (_name, make, code) => {
    expect(thrown(make)).toMatchObject({ name: 'ConfigError', code });
  });
});
