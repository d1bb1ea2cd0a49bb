/** Every operation that a graph may have. A new one is a file in this folder and a line here. */
import { ModelError } from '../../errors/errors';
import { gelu, sigmoid, silu, tanh } from './activations';
import { add } from './add';
import { attentionPool } from './attention-pool';
import { averagePool } from './average-pool';
import { batchNorm } from './batch-norm';
import { concat } from './concat';
import { conv } from './conv';
import { deltas } from './deltas';
import { dropout } from './dropout';
import { flatten } from './flatten';
import { frames } from './frames';
import { globalAveragePool } from './global-average-pool';
import { input } from './input';
import { layerNorm } from './layer-norm';
import { linear } from './linear';
import { maxPool } from './max-pool';
import type { AnyOp } from './op';
import { gru, lstm } from './recurrent';
import { relu } from './relu';

export const OPS = [
  input,
  conv,
  batchNorm,
  relu,
  maxPool,
  flatten,
  linear,
  dropout,
  add,
  concat,
  averagePool,
  globalAveragePool,
  layerNorm,
  sigmoid,
  tanh,
  silu,
  gelu,
  frames,
  deltas,
  lstm,
  gru,
  attentionPool,
] as const;

const byId: ReadonlyMap<string, AnyOp> = new Map(OPS.map((op) => [op.id, op as unknown as AnyOp]));

/** @throws ModelError `graph-op` for an id that no operation has */
export function opOf(id: string): AnyOp {
  const found = byId.get(id);
  if (found) return found;
  throw new ModelError('graph-op', { op: id, known: [...byId.keys()].join(', ') });
}
