/**
 * What wasm's threads share beside the backend's heap: the workspace of the largest product that is given to
 * them, with sizes instead of arrays, as src/engine/kernels/wasm lays it out (convolve.ts,
 * filter-gradient.ts, simd.ts). The memory never shrinks, so the largest counts. Whoever changes what a
 * product allocates changes it here; a test compares both.
 */
import { conv } from '../../model/ops/conv';
import { outputSize } from '../../model/graph';
import type { ConvAttributes } from '../../model/ops/conv';
import type { ModelPlan, PlannedNode } from '../../model/plan';

/**
 * Of the engine: bytes of a page, of what the ring takes, of a cache line; a table's group of rows and the
 * width of a panel.
 */
const [PAGE, BASE, LINE, GROUP, PANEL] = [64 * 1024, 64 * 1024, 64, 4, 4] as const;
/**
 * Padded image worked on at a time, for each thread; positions of the filter gradient, and its shortest run.
 */
const [CACHE, POSITIONS, RUN] = [256 * 1024, 256, 64] as const;
/** Fewer operations, in all or for each byte that is copied, stay with one thread. */
const WORTH = { operations: 2e7, perByte: 20 } as const;
/** One piece is made ready while the other is computed. */
const BUFFERS = 2;

const lines = (...bytes: readonly number[]): number =>
  bytes.reduce((sum, each) => sum + Math.ceil(each / LINE) * LINE, 0);
const table = (rows: number): number => Math.ceil(rows / GROUP) * GROUP * 8;
const isWorth = (operations: number, floats: number): boolean =>
  operations >= Math.max(WORTH.operations, WORTH.perByte * 4 * floats);

interface Geometry {
  readonly examples: number;
  readonly kernel: number;
  readonly stride: number;
  /** Side of the padded image, its channels, and those that come out of it. */
  readonly side: number;
  readonly channels: number;
  readonly out: number;
  readonly outChannels: number;
}

/** A convolution's workspace (convolve.ts), forward or towards the input. */
function convolution(
  { examples, kernel, stride, side, channels, out, outChannels }: Geometry,
  threads: number,
): number {
  const cache = CACHE * threads;
  const row = side * channels * 4;
  const whole = side * row <= cache;
  const together = Math.min(examples, Math.max(1, Math.floor(cache / (side * row))));
  const outRows = whole ? out : Math.min(out, Math.max(1, Math.floor((cache / row - kernel) / stride) + 1));
  const blockRows = whole ? side : (outRows - 1) * stride + kernel;
  const filter = kernel ** 2 * channels * outChannels * 4;
  const last = table((examples % together || together) * (out % outRows || outRows) * out);
  return (
    lines(filter, filter, (outChannels + 1) * 4, outChannels * 4, table(together * outRows * out), last) +
    BUFFERS * lines(together * blockRows * row, together * outRows * out * outChannels * 4)
  );
}

/** The filter gradient's (filter-gradient.ts). */
function filterGradient(
  { examples, kernel, stride, side, channels, out, outChannels }: Geometry,
  inside: number,
): number {
  const groups = stride === 1 ? Math.ceil(examples / Math.ceil(RUN / out)) : examples;
  const most = Math.ceil(examples / groups);
  const rows = Math.min(out, Math.max(1, Math.floor(POSITIONS / (out * most))));
  const plane = (Math.ceil((side ** 2 * most * 4) / LINE) | 1) * LINE;
  const filter = kernel ** 2 * channels;
  const tables = examples % most === 0 ? 1 : 2;
  return (
    BUFFERS * lines(channels * plane, rows * out * most * outChannels * 4) +
    tables * lines(table(filter)) +
    lines(
      (outChannels + 1) * 4,
      inside ** 2 * channels * 4,
      rows * out * outChannels * 4,
      filter * outChannels * 4,
    )
  );
}

/** @param first whether nothing trainable comes before: then the input has no gradient */
function ofConvolution(
  { attributes, values: [x] }: PlannedNode,
  examples: number,
  threads: number,
  first: boolean,
): number {
  const { kernel, stride, padding, channels: outChannels } = attributes as ConvAttributes;
  const [size, , inChannels] = x!.shape as readonly [number, number, number];
  const out = outputSize(size, kernel, stride, padding);
  const side = size + 2 * padding;
  const weights = kernel ** 2 * inChannels * outChannels;
  const [before, after] = [examples * size ** 2 * inChannels, examples * out ** 2 * outChannels];
  const forward: Geometry = { examples, kernel, stride, side, channels: inChannels, out, outChannels };
  const needs: number[] = [0];
  if (outChannels % PANEL === 0) {
    const operations = 2 * after * kernel ** 2 * inChannels;
    if (isWorth(operations, after + weights)) needs.push(convolution(forward, threads));
    if (isWorth(operations, before + after + weights)) needs.push(filterGradient(forward, size));
  }
  if (!first && inChannels % PANEL === 0 && isWorth(2 * before * kernel ** 2 * outChannels, before + weights))
    needs.push(
      convolution(
        {
          examples,
          kernel,
          stride: 1,
          side: size + kernel - 1,
          channels: outChannels,
          out: size,
          outChannels: inChannels,
        },
        threads,
      ),
    );
  return Math.max(...needs);
}

/** Bytes. @param examples at a time  @param threads that compute, at least two */
export function threadMemory({ nodes }: ModelPlan, examples: number, threads: number): number {
  const largest = Math.max(
    0,
    ...nodes
      .filter(({ op }) => op === conv.id)
      .map((node) => ofConvolution(node, examples, threads, !nodes[node.inputs[0]!]!.trained)),
  );
  return Math.ceil(Math.max(2 * BASE, BASE + largest) / PAGE) * PAGE;
}
