/**
 * Between the engine's array layout and PyTorch's, so that weights travel both ways (`load_state_dict`,
 * `state_dict`): convolutions [kh, kw, in, out] -> [out, in, kh, kw], linear [in, out] -> [out, in], and the
 * linear layer behind the flattening, whose inputs the engine counts as (row, column, channel) and PyTorch as
 * (channel, row, column).
 */
import type { ModelSpec, ParameterSpec } from './types';

/**
 * The shape that PyTorch gives a parameter: conv [out, in, kh, kw], linear [out, in], vectors as they are.
 */
export function pyTorchShape({ shape }: ParameterSpec): readonly number[] {
  if (shape.length === 4) return [shape[3]!, shape[2]!, shape[0]!, shape[1]!];
  return shape.toReversed();
}

/** Channels of the feature map in front of each linear layer that reads it flattened; others are absent. */
export function flattenedChannels(spec: ModelSpec): ReadonlyMap<string, number> {
  const channels = spec.trunk.reduce(
    (found, layer) => (layer.kind === 'conv' ? layer.outChannels : found),
    1,
  );
  const afterFlatten = spec.trunk.slice(spec.trunk.findIndex((layer) => layer.kind === 'flatten') + 1);
  const names = new Map<string, number>();
  const first = afterFlatten.find((layer) => layer.kind === 'linear');
  if (first?.kind === 'linear') names.set(`${first.name}.weight`, channels);
  // A trunk that ends with the flattening feeds every head's first linear layer.
  else
    for (const { layers } of spec.heads)
      for (const layer of layers.slice(0, 1))
        if (layer.kind === 'linear') names.set(`${layer.name}.weight`, channels);
  return names;
}

/**
 * Walks a parameter once: `visit(engine, torch)` gets the index of each number in the engine's order and in
 * PyTorch's.
 */
function walk(
  { shape }: ParameterSpec,
  channels: number | undefined,
  visit: (engine: number, torch: number) => void,
): void {
  if (shape.length === 4) {
    const [kh, kw, cin, cout] = shape as [number, number, number, number];
    for (let y = 0, at = 0; y < kh; y++)
      for (let x = 0; x < kw; x++)
        for (let i = 0; i < cin; i++)
          for (let o = 0; o < cout; o++) visit(at++, ((o * cin + i) * kh + y) * kw + x);
    return;
  }
  const [rows, cols = 1] = shape as [number, number?];
  const pixels = channels ? rows / channels : 0;
  for (let r = 0, at = 0; r < rows; r++) {
    // (pixel, channel) -> (channel, pixel)
    const to = channels ? (r % channels) * pixels + Math.floor(r / channels) : r;
    for (let c = 0; c < cols; c++) visit(at++, c * rows + to);
  }
}

/**
 * A parameter's values in PyTorch's order. @param channels of {@link flattenedChannels} for this parameter,
 * or undefined
 */
export function toPyTorch(
  parameter: ParameterSpec,
  data: Float32Array,
  channels: number | undefined,
): Float32Array {
  if (parameter.shape.length === 1) return data;
  const out = new Float32Array(data.length);
  walk(parameter, channels, (engine, torch) => {
    out[torch] = data[engine]!;
  });
  return out;
}

/** The inverse of {@link toPyTorch}: values in PyTorch's order become the engine's. */
export function fromPyTorch(
  parameter: ParameterSpec,
  data: Float32Array,
  channels: number | undefined,
): Float32Array {
  if (parameter.shape.length === 1) return data;
  const out = new Float32Array(data.length);
  walk(parameter, channels, (engine, torch) => {
    out[engine] = data[torch]!;
  });
  return out;
}
