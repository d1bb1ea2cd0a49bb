/**
 * The architectures as data: what `buildModel` returns, the engine executes and the parameter counter walks.
 * Convolutional parts are torchvision's VGG-11 (configuration A) and AlexNet with one input channel; the
 * fully connected parts are the paper's. Names are those a PyTorch `nn.Sequential` would give, so that
 * weights travel. Not here: initial values and execution (src/engine).
 */
import { ConfigError } from '../errors/errors';
import type { ArchitectureId, Layer, ModelSpec } from './types';

/**
 * Widths with a name: the paper's, the one for machines without a GPU, and the smallest that still learns.
 */
export const WIDTHS = { paper: 1, compact: 0.25, tiny: 0.125 } as const;

export interface HeadChoice {
  readonly task: string;
  readonly classes: number;
  /** Absent: classes. A number is one output. */
  readonly kind?: 'classes' | 'number';
}

export interface ModelChoice {
  readonly architecture: ArchitectureId;
  /** Multiplies every hidden channel and feature count (rounded, at least 1); inputs and classes stay. */
  readonly width: number;
  /** Side of the square, one-channel input in pixels. */
  readonly inputSize: number;
  readonly heads: readonly HeadChoice[];
}

type Convolution = {
  readonly channels: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
};
type Pooling = { readonly pool: number; readonly stride: number };
type Feature = Convolution | Pooling;

const conv3 = (channels: number): Convolution => ({ channels, kernel: 3, stride: 1, padding: 1 });
const HALVE: Pooling = { pool: 2, stride: 2 };
const OVERLAPPING: Pooling = { pool: 3, stride: 2 };

const VGG11: readonly Feature[] = [
  conv3(64),
  HALVE,
  conv3(128),
  HALVE,
  conv3(256),
  conv3(256),
  HALVE,
  conv3(512),
  conv3(512),
  HALVE,
  conv3(512),
  conv3(512),
  HALVE,
];
/**
 * The last convolution is 4x4: the paper's table prints 3x3, but its output size and parameter count need
 * 4x4.
 */
const ALEXNET: readonly Feature[] = [
  { channels: 64, kernel: 11, stride: 4, padding: 2 },
  OVERLAPPING,
  { channels: 192, kernel: 5, stride: 1, padding: 2 },
  OVERLAPPING,
  conv3(384),
  conv3(256),
  { channels: 256, kernel: 4, stride: 1, padding: 1 },
  OVERLAPPING,
];

const RECIPES: Readonly<
  Record<
    ArchitectureId,
    {
      readonly features: readonly Feature[];
      readonly batchNorm: boolean;
      readonly multitask: boolean;
      /** Dropout inside each head of a multitask model, 0 for none. */
      readonly headDropout: number;
    }
  >
> = {
  'vgg11-bn-multitask': { features: VGG11, batchNorm: true, multitask: true, headDropout: 0 },
  'vgg11-single': { features: VGG11, batchNorm: false, multitask: false, headDropout: 0 },
  'alexnet-single': { features: ALEXNET, batchNorm: false, multitask: false, headDropout: 0 },
  'alexnet-multitask': { features: ALEXNET, batchNorm: false, multitask: true, headDropout: 0.75 },
};

/**
 * Output size of a convolution or pooling along one side, as PyTorch rounds it (down); below 1 it does not
 * fit.
 */
export const outputSize = (input: number, kernel: number, stride: number, padding = 0): number =>
  Math.floor((input + 2 * padding - kernel) / stride) + 1;

function sizeAfter(features: readonly Feature[], inputSize: number): number {
  let size = inputSize;
  for (const f of features) {
    size = 'pool' in f ? outputSize(size, f.pool, f.stride) : outputSize(size, f.kernel, f.stride, f.padding);
    if (size < 1) return 0;
  }
  return size;
}

/** The smallest input side in pixels that leaves at least one position after the last pooling. */
export function minimumInputSize(architecture: ArchitectureId): number {
  let size = 1;
  while (sizeAfter(RECIPES[architecture].features, size) < 1) size++;
  return size;
}

/** Whether a model of this architecture must have exactly one head. */
export const isSingleTask = (architecture: ArchitectureId): boolean => !RECIPES[architecture].multitask;

/**
 * Builds a model.
 *
 * Fully connected parts (`F` is the flattened feature map, hidden sizes before `width`):
 * - single task: F -> 2048 -> ReLU -> dropout 0.5 -> 512 -> ReLU -> classes, named `classifier.N`;
 * - multitask: shared F -> 2048 -> dropout 0.5 -> ReLU (`shared.N`), then per task 2048 -> 512 -> ReLU ->
 *   classes (`heads.<task>.N`). The multitask AlexNet, which the paper does not tabulate, is read as the same
 *   arrangement with dropout 0.75 in each head after the activation of its 512 features, and with the shared
 *   dropout kept.
 *
 * @throws ConfigError `input-size` (too small for the poolings), `width`, `heads` (none, several for a
 * single-task
 *   model, repeated tasks, or fewer than two classes)
 */
export function buildModel(choice: ModelChoice): ModelSpec {
  const { architecture, width, inputSize, heads } = choice;
  const recipe = RECIPES[architecture];
  check(choice);
  const scaled = (n: number): number => Math.max(1, Math.round(n * width));
  const { layers, channels } = featureLayers(recipe.features, recipe.batchNorm, scaled);
  const flat = sizeAfter(recipe.features, inputSize) ** 2 * channels;
  const [shared, hidden] = [scaled(2048), scaled(512)];
  const trunk: Layer[] = [...layers, { kind: 'flatten' }];
  if (!recipe.multitask) {
    return {
      architecture,
      inputSize,
      trunk,
      heads: heads.map((head) => ({
        ...head,
        layers: [
          linear('classifier.0', flat, shared),
          { kind: 'relu' },
          { kind: 'dropout', name: 'classifier.2', rate: 0.5 },
          linear('classifier.3', shared, hidden),
          { kind: 'relu' },
          linear('classifier.5', hidden, head.classes),
        ],
      })),
    };
  }
  trunk.push(
    linear('shared.0', flat, shared),
    { kind: 'dropout', name: 'shared.1', rate: 0.5 },
    { kind: 'relu' },
  );
  return {
    architecture,
    inputSize,
    trunk,
    heads: heads.map((head) => {
      const name = `heads.${head.task}`;
      const dropout: Layer[] =
        recipe.headDropout > 0 ? [{ kind: 'dropout', name: `${name}.2`, rate: recipe.headDropout }] : [];
      const last = linear(`${name}.${2 + dropout.length}`, hidden, head.classes);
      return { ...head, layers: [linear(`${name}.0`, shared, hidden), { kind: 'relu' }, ...dropout, last] };
    }),
  };
}

const linear = (name: string, inFeatures: number, outFeatures: number): Layer => ({
  kind: 'linear',
  name,
  inFeatures,
  outFeatures,
});

function featureLayers(features: readonly Feature[], batchNorm: boolean, scaled: (n: number) => number) {
  const layers: Layer[] = [];
  let channels = 1;
  for (const f of features) {
    if ('pool' in f) {
      layers.push({ kind: 'maxPool', kernel: f.pool, stride: f.stride });
      continue;
    }
    const { kernel, stride, padding } = f;
    const outChannels = scaled(f.channels);
    layers.push({
      kind: 'conv',
      name: `features.${layers.length}`,
      inChannels: channels,
      outChannels,
      kernel,
      stride,
      padding,
    });
    if (batchNorm)
      layers.push({ kind: 'batchNorm', name: `features.${layers.length}`, channels: outChannels });
    layers.push({ kind: 'relu' });
    channels = outChannels;
  }
  return { layers, channels };
}

function check({ architecture, width, inputSize, heads }: ModelChoice): void {
  if (!(width > 0 && width <= 4))
    throw new ConfigError(
      'width',
      `A width of ${width} is out of range.`,
      'Choose a width above 0 and up to 4.',
      { width },
    );
  const minimum = minimumInputSize(architecture);
  if (!Number.isInteger(inputSize) || inputSize < minimum)
    throw new ConfigError(
      'input-size',
      `${architecture} does not fit an input of ${inputSize} pixels.`,
      `Choose at least ${minimum} pixels, or another architecture.`,
      { architecture, inputSize, minimum },
    );
  const tasks = new Set(heads.map((h) => h.task));
  const wanted = RECIPES[architecture].multitask ? heads.length > 0 : heads.length === 1;
  if (
    !wanted ||
    tasks.size !== heads.length ||
    heads.some((h) => (h.kind === 'number' ? h.classes !== 1 : !Number.isInteger(h.classes) || h.classes < 2))
  )
    throw new ConfigError(
      'heads',
      `${architecture} cannot be built with ${heads.length} head(s) of these tasks and classes.`,
      'Choose each task once, with at least two classes; a single-task model takes exactly one task.',
      { architecture, heads: heads.map((h) => `${h.task}:${h.classes}`).join(', ') },
    );
}
