/**
 * A model's weights as PyTorch saves them: `torch.save_file(model.state_dict())` in, the same out. Pieces and
 * arrays go through one after the other, so that a model of any size needs little memory. Not here: the file
 * format (safetensors.ts), where weights are kept (storage) and the network they go into (engine).
 */
import { WeightsError } from '../errors/errors';
import { buildModel, type ModelChoice } from '../model/architectures';
import { sizeOf } from '../model/graph';
import type { ModelPlan } from '../model/plan';
import { toPyTorch } from '../model/pytorch-layout';
import { BYTES_OF, isFloat, toFloat32 } from './dtypes';
import { readable } from './header-parser';
import { inferModel, requireFit } from './match';
import {
  readExactly,
  readSafetensors,
  safetensorsHeader,
  type ByteSource,
  type TensorEntry,
} from './safetensors';
import { unwrapNames } from './wrappers';

/**
 * How often BatchNorm has updated its statistics. PyTorch keeps it; with a fixed momentum nothing reads it.
 */
const BATCHES = 'num_batches_tracked';
const counters = ({ trunk, heads }: ModelPlan): string[] =>
  [trunk, ...heads]
    .flatMap(({ nodes }) => nodes)
    .filter(({ parameters }) => parameters.some(({ role }) => role === 'runningMean'))
    .map(({ name }) => `${name}.${BATCHES}`);

/**
 * What a file says of itself, in `__metadata__`; all of it is optional and none of it is needed to load the
 * arrays.
 */
export interface Provenance {
  readonly architecture: string;
  readonly width: number;
  readonly inputSize: number;
  /** Class names by task, in order. */
  readonly classes: readonly (readonly [task: string, names: readonly string[]])[];
  readonly step: number;
  readonly epoch: number;
  readonly software: string;
}

const metadataOf = (from: Provenance): Record<string, string> => ({
  format: 'pt',
  architecture: from.architecture,
  width: String(from.width),
  inputSize: String(from.inputSize),
  tasks: from.classes.map(([task]) => task).join(','),
  classes: JSON.stringify(from.classes.map(([, names]) => names)),
  step: String(from.step),
  epoch: String(from.epoch),
  software: from.software,
});

/**
 * The safetensors file of a model, piece by piece: all that `model.state_dict()` has, under its names and in
 * its layout.
 * @param arrays every parameter and running statistic in the engine's layout, in the order of
 * `parameters(spec)`
 * @throws WeightsError `weights-order` where they are another model's
 */
export async function* stateDictFile(
  spec: ModelPlan,
  from: Provenance,
  arrays: AsyncIterable<{ readonly name: string; readonly data: Float32Array }>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const all = spec.parameters;
  const batches = counters(spec);
  // The 64-bit numbers first: then every array is aligned to its own size, as the reference implementation
  // has it.
  yield safetensorsHeader(
    [
      ...batches.map((name) => ({ name, dtype: 'I64' as const, shape: [] })),
      ...all.map((p) => ({ name: p.name, dtype: 'F32' as const, shape: p.torch.shape })),
    ],
    metadataOf(from),
  );
  if (batches.length > 0) yield new Uint8Array(BigInt64Array.from(batches, () => BigInt(from.step)).buffer);
  let next = 0;
  for await (const { name, data } of arrays) {
    const parameter = all[next++];
    if (parameter?.name !== name || data.length !== sizeOf(parameter.shape))
      throw new WeightsError('weights-order', { architecture: spec.architecture, name, at: next });
    const array = toPyTorch(parameter, data);
    yield new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
  }
  if (next !== all.length)
    throw new WeightsError('weights-order', {
      why: 'few',
      architecture: spec.architecture,
      at: next,
      count: all.length,
    });
}

/**
 * A file whose header was read, whose names and types are those of a state dict, and whose arrays are still
 * to be read.
 */
export interface StateDict {
  /** The weights under PyTorch's names, in the order of the file. */
  readonly arrays: readonly TensorEntry[];
  readonly dataStart: number;
  /** The model they belong to. */
  readonly model: ModelChoice;
  /** What the file says about its classes, by task; empty where it does not. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
  /**
   * What was taken off the names, as DataParallel and torch.compile put it there: `module.`,
   * `module._orig_mod.`; else empty.
   */
  readonly prefix: string;
  /** Arrays that are not float32 and become it. */
  readonly converted: number;
}

/**
 * @param choice the model at hand: its input size is taken where the shapes allow several, and arrays of no
 * model of ours are
 *   compared with it
 * @throws WeightsError those of {@link readSafetensors}, `weights-integers` for whole numbers where weights
 * belong, and
 *   `weights-mismatch`
 */
export async function openStateDict(source: ByteSource, choice: ModelChoice): Promise<StateDict> {
  const { tensors, metadata, dataStart } = await readSafetensors(source);
  const { entries: named, prefix } = unwrapNames(tensors);
  // PyTorch itself does without the counters: files of its early versions have none.
  const arrays = named.filter(
    ({ name, shape, dtype }) => !(name.endsWith(`.${BATCHES}`) && shape.length === 0 && !isFloat(dtype)),
  );
  const whole = arrays.find(({ dtype }) => !isFloat(dtype));
  if (whole) throw new WeightsError('weights-integers', { name: readable(whole.name), dtype: whole.dtype });
  const number = (key: string): number | undefined =>
    metadata.has(key) ? Number(metadata.get(key)) : undefined;
  const tasks = metadata.get('tasks')?.split(',') ?? [];
  const model = inferModel(arrays, {
    width: number('width'),
    inputSize: number('inputSize') ?? choice.inputSize,
    tasks,
  });
  if (!model) requireFit(buildModel(choice), arrays);
  return {
    arrays,
    dataStart,
    model: model ?? choice,
    prefix,
    classes: classNames(tasks, metadata.get('classes')),
    converted: arrays.filter(({ dtype }) => dtype !== 'F32').length,
  };
}

/** Only what is a list of names per task is believed. */
function classNames(tasks: readonly string[], json = ''): ReadonlyMap<string, readonly string[]> {
  try {
    const lists = JSON.parse(json) as unknown;
    const good =
      Array.isArray(lists) &&
      lists.length === tasks.length &&
      lists.every(
        (names) =>
          Array.isArray(names) &&
          names.length < 1000 &&
          names.every((name) => typeof name === 'string' && name.length < 100),
      );
    return new Map(good ? tasks.map((task, i) => [task, (lists as readonly string[][])[i]!]) : []);
  } catch {
    return new Map();
  }
}

/** Whole numbers of every type. */
const PIECE_BYTES = 4 * 1024 * 1024;

/**
 * An array's numbers as float32, in pieces.
 * @param seen is given every byte, for a checksum
 * @throws WeightsError `weights-not-finite`: a model with such a number computes nothing else
 */
export async function* readArray(
  source: ByteSource,
  { name, dtype, begin, end }: TensorEntry,
  seen?: (bytes: Uint8Array) => void,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  for (let at = begin; at < end; at += PIECE_BYTES) {
    const bytes = await readExactly(source, at, Math.min(end, at + PIECE_BYTES));
    seen?.(bytes);
    const piece = toFloat32(bytes, dtype);
    const bad = piece.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const index = (at - begin) / BYTES_OF[dtype] + bad;
      throw new WeightsError('weights-not-finite', {
        name: readable(name),
        value: String(piece[bad]),
        index,
      });
    }
    yield piece;
  }
}

/** Weights that are not stored here, as an error that names the file to look for. */
export const weightsMissing = ({ id, name }: { readonly id: string; readonly name: string }): WeightsError =>
  new WeightsError('weights-missing', { name, id: id.slice(0, 8) });
