/**
 * Between the engine's array layout and PyTorch's, so that weights travel both ways (`load_state_dict`,
 * `state_dict`): each operation declares the order of its axes (ops/). Convolutions are [kh, kw, in, out] here
 * and [out, in, kh, kw] there, fully connected layers [in, out] and [out, in]; what reads flattened images
 * counts its inputs as (row, column, channel) here and as (channel, row, column) there.
 */
import type { ParameterSpec } from './plan';
import type { TorchLayout } from './ops/op';

/** Calls `visit(engine, torch)` with the place of each number in the engine's order and in PyTorch's. */
function walk({ view, axes }: TorchLayout, visit: (engine: number, torch: number) => void): void {
  const strides = new Array<number>(view.length).fill(1);
  for (let i = axes.length - 2; i >= 0; i--) strides[axes[i]!] = strides[axes[i + 1]!]! * view[axes[i + 1]!]!;
  let at = 0;
  const along = (axis: number, torch: number): void => {
    const [count, stride] = [view[axis]!, strides[axis]!];
    if (axis === view.length - 1) for (let i = 0; i < count; i++) visit(at++, torch + i * stride);
    else for (let i = 0; i < count; i++) along(axis + 1, torch + i * stride);
  };
  along(0, 0);
}

const isSame = ({ axes }: TorchLayout): boolean => axes.every((axis, i) => axis === i);

/** A parameter's values in PyTorch's order. */
export function toPyTorch({ torch }: ParameterSpec, data: Float32Array): Float32Array {
  if (isSame(torch)) return data;
  const out = new Float32Array(data.length);
  walk(torch, (from, to) => {
    out[to] = data[from]!;
  });
  return out;
}

/** The inverse of {@link toPyTorch}: values in PyTorch's order become the engine's. */
export function fromPyTorch({ torch }: ParameterSpec, data: Float32Array): Float32Array {
  if (isSame(torch)) return data;
  const out = new Float32Array(data.length);
  walk(torch, (to, from) => {
    out[to] = data[from]!;
  });
  return out;
}
