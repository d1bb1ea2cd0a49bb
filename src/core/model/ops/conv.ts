/** Convolution with square filters over images, channels last; initialised as torchvision's (Kaiming, fan-out). */
import { outputSize, sizeOf, type Value } from '../graph';
import { bytesOf, defineOp, requireAxes, requirePositions, type BackwardEvent, type OpUse } from './op';
import type { AttributesOf } from './attributes';

const FIELDS = {
  channels: { kind: 'whole', min: 1 },
  kernel: { kind: 'whole', min: 1 },
  stride: { kind: 'whole', min: 1, default: 1 },
  padding: { kind: 'whole', min: 0, default: 0 },
  bias: { kind: 'flag', default: true },
} as const;

export type ConvAttributes = AttributesOf<typeof FIELDS>;

/** Packed images a convolution works on at a time, and its table (src/engine/kernels/wasm/convolve.ts). */
const BLOCK = 512 * 1024;
/** Shortest run of positions and packed positions of the filter gradient (filter-gradient.ts). */
const [RUN, POSITIONS] = [64, 256];

const weightShape = (x: Value, { kernel, channels }: ConvAttributes) =>
  [kernel, kernel, x.shape[2]!, channels] as const;

/** Workspace of a forward or input-gradient product. */
export const convWork = ({ inputs: [x], attributes }: OpUse<typeof FIELDS>): number =>
  4 * sizeOf(weightShape(x!, attributes)) + BLOCK;

/** What the gradients of a convolution take, from dy of its own output on. */
export function convGradients(use: OpUse<typeof FIELDS>): readonly BackwardEvent[] {
  const {
    examples,
    inputs: [x],
    attributes: { kernel, stride, padding, channels, bias },
  } = use;
  const [size, , inChannels] = x!.shape as readonly [number, number, number];
  const out = outputSize(size, kernel, stride, padding);
  const together = stride === 1 ? Math.min(examples, Math.ceil(RUN / out)) : 1;
  const planes =
    4 * inChannels * ((size + 2 * padding) ** 2 * together + 32) +
    4 * channels * Math.max(POSITIONS, out * together);
  return [
    ...(bias ? [{ gradient: 'bias' }] : []),
    { gradient: 'weight', work: planes },
    { inputs: 'new', work: convWork(use) },
  ];
}

export const conv = defineOp({
  id: 'conv',
  inputs: 1,
  fields: FIELDS,
  output: ([x], { channels, kernel, stride, padding }) => {
    requireAxes('conv', x!, 3);
    const [h, w] = x!.shape as readonly [number, number];
    const shape = [outputSize(h, kernel, stride, padding), outputSize(w, kernel, stride, padding), channels];
    requirePositions('conv', shape);
    return { shape };
  },
  parameters: ([x], attributes) => {
    const { kernel, channels, bias } = attributes;
    const shape = weightShape(x!, attributes);
    const [, , inChannels] = shape;
    return [
      {
        suffix: 'weight',
        shape,
        role: 'weight',
        initial: { kind: 'normal', deviation: Math.sqrt(2 / (kernel * kernel * channels)) },
        torch: { shape: [channels, inChannels, kernel, kernel], view: shape, axes: [3, 2, 0, 1] },
      },
      ...(bias
        ? [
            {
              suffix: 'bias',
              shape: [channels],
              role: 'bias' as const,
              initial: { kind: 'constant' as const, value: 0 },
            },
          ]
        : []),
    ];
  },
  flops: ([x], { shape: [h, w, channels] }, { kernel }) =>
    2 * (h! * w!) * kernel ** 2 * x!.shape[2]! * channels!,
  memory: (use) => ({
    keeps: ['inputs'],
    forward: ['output', { work: convWork(use) }],
    backward: convGradients(use),
  }),
});

/** The same with a ReLU in one: the output is kept, and dy behind the ReLU takes an array (twice for a while). */
export function convReluMemory(use: OpUse<typeof FIELDS>) {
  const z = bytesOf(use.examples, use.output);
  return {
    keeps: ['inputs', 'output'] as const,
    forward: ['output', { work: convWork(use) }] as const,
    backward: [{ hold: z }, { work: z }, ...convGradients(use)] as const,
  };
}
