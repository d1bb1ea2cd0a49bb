/**
 * Large tensors to and from the host piece by piece, bit for bit: the largest array of the paper's model has
 * 205 MB, and a checkpoint of it must not need that much memory on the host. Not here: which tensors, and
 * where the pieces go.
 */
import { BackendError } from '../../core/errors/errors';
import { kernelTable } from '../backends/kernels/current';
import type * as tf from '../tf';

/** Floats in a piece: 8 MiB. */
export const PIECE_LENGTH = 2 ** 21;

/** A tensor by name, to be read or replaced. */
export interface Cell {
  readonly name: string;
  readonly shape: readonly number[];
  tensor: tf.Tensor;
}

/**
 * The values in order, `pieceLength` at a time; each piece is a copy. The tensor must not change meanwhile.
 */
export async function* readPieces(
  tensor: tf.Tensor,
  pieceLength = PIECE_LENGTH,
): AsyncGenerator<Float32Array> {
  const { read } = kernelTable().memory;
  for (let start = 0; start < tensor.size; start += pieceLength)
    yield await read(tensor, start, Math.min(tensor.size, start + pieceLength));
}

/**
 * Replaces a cell's values with those of the pieces. @throws BackendError `program-fault` where they are not exactly as many
 */
export async function fill(
  cell: Cell,
  pieces: AsyncIterable<Float32Array> | Iterable<Float32Array>,
): Promise<void> {
  const write = kernelTable().memory.writer(cell);
  const needed = cell.tensor.size;
  const wrong = (given: number): BackendError =>
    new BackendError('program-fault', { why: 'values', name: cell.name, needed, given });
  let at = 0;
  for await (const piece of pieces) {
    if (at + piece.length > needed) throw wrong(at + piece.length);
    write(piece, at);
    at += piece.length;
  }
  if (at !== needed) throw wrong(at);
}
