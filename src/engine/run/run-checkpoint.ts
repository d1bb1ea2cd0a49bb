/**
 * A run's arrays to and from a checkpoint: parameters, running statistics, the optimiser's slots
 * and averaged gradients, under one naming scheme (`parameter/…`, `adam.m/…`, `average/<task>/…`), piece by
 * piece. Storing them is storage/checkpoints.ts.
 */
import { DivergenceError, StorageError } from '../../core/errors/errors';
import type { TensorPieces } from '../../storage/chunks';
import type { Optimizer } from '../optimizers/optimizer';
import { nameFault } from '../platform/faults';
import type { GradientAverages } from '../step/gradient-averages';
import type { Network } from '../network/network';
import { fill, readPieces, type Cell } from '../tensors/pieces';
import type { TrainerState } from '../../core/run/checkpoint';

/** What of a run is arrays. */
export interface RunArrays {
  readonly network: Network;
  readonly optimizer: Optimizer;
  readonly averages: GradientAverages;
}

const AVERAGE = 'average/';

/** Everything a checkpoint holds, in its order. */
function* cells({ network, optimizer, averages }: RunArrays): Generator<Cell> {
  for (const parameter of network.parameters)
    yield {
      name: `parameter/${parameter.spec.name}`,
      shape: parameter.spec.shape,
      get tensor() {
        return parameter.value;
      },
      set tensor(value) {
        parameter.value = value;
      },
    };
  yield* optimizer.cells();
  for (const average of averages.cells())
    yield {
      name: `${AVERAGE}${average.name}`,
      shape: average.shape,
      get tensor() {
        return average.tensor;
      },
      set tensor(value) {
        average.tensor = value;
      },
    };
}

/**
 * Reads array after array, so that a model of any size passes through one piece of memory.
 * @param step named in the error  @param onPiece called for every piece  @throws DivergenceError `not-finite`
 * at the first value that is no finite number; BackendError
 */
export function* runTensors(
  run: RunArrays,
  step: number,
  onPiece: () => void = () => undefined,
): Generator<TensorPieces> {
  for (const { name, shape, tensor } of cells(run))
    yield { name, shape, pieces: finite(name, readPieces(tensor), step, onPiece) };
}

const EXPONENT = 0x7f80_0000;

/** A number is infinite or none when all bits of its exponent are set. */
function allFinite(values: Float32Array): boolean {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < bits.length; i++) if ((bits[i]! & EXPONENT) === EXPONENT) return false;
  return true;
}

async function* finite(
  name: string,
  pieces: AsyncIterable<Float32Array>,
  step: number,
  onPiece: () => void,
): AsyncGenerator<Float32Array> {
  try {
    for await (const piece of pieces) {
      onPiece();
      if (!allFinite(piece)) throw new DivergenceError('not-finite', { step, why: 'state', name });
      yield piece;
    }
  } catch (error) {
    throw nameFault(error);
  }
}

/**
 * Writes such tensors into the run, the inverse, bit for bit. Averages that belong to the strategy a run was
 * forked from stay where they are.
 * @throws StorageError `checkpoint-mismatch` when names or sizes are another model's
 */
export async function restoreRun(
  run: RunArrays,
  tensors: AsyncIterable<TensorPieces> | Iterable<TensorPieces>,
  { adamIterations, averages }: Pick<TrainerState, 'adamIterations' | 'averages'>,
): Promise<void> {
  if (averages) run.averages.begin();
  else run.averages.end();
  const missing = new Map([...cells(run)].map((cell) => [cell.name, cell]));
  for await (const { name, shape, pieces } of tensors) {
    if (!averages && name.startsWith(AVERAGE)) continue;
    const cell = missing.get(name);
    if (!cell || cell.shape.join() !== shape.join())
      throw new StorageError('checkpoint-mismatch', { why: 'array', name });
    await fill(cell, pieces);
    missing.delete(name);
  }
  if (missing.size > 0)
    throw new StorageError('checkpoint-mismatch', { why: 'missing', count: missing.size });
  run.optimizer.updates = adamIterations;
}
