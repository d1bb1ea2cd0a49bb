/** The operations on backends whose memory JavaScript can see: cpu and wasm. */
import { CONV_NORM_RELU, CONV_RELU, HOST_FUSIONS } from '../../core/model/fusion';
import { gelu, sigmoid, silu, tanh } from '../ops/activations';
import { averagePool, globalAveragePool } from '../ops/averages';
import { batchNorm } from '../ops/batch-norm';
import { concat } from '../ops/concat';
import { conv, convNormRelu, convRelu } from '../ops/conv';
import { attentionPool, deltas, frames, gru, layerNorm, lstm } from '../ops/sequence';
import { add, dropout, flatten, linear, maxPool, relu } from '../ops/simple';
import type { Backend } from './backend';

/** Of every backend, unless it has something better. */
export const COMMON = {
  conv,
  [CONV_RELU.id]: convRelu,
  [CONV_NORM_RELU.id]: convNormRelu,
  'batch-norm': batchNorm,
  relu,
  'max-pool': maxPool,
  flatten,
  linear,
  dropout,
  add,
  concat,
  'average-pool': averagePool,
  'global-average-pool': globalAveragePool,
  'layer-norm': layerNorm,
  sigmoid,
  tanh,
  silu,
  gelu,
  frames,
  deltas,
  lstm,
  gru,
  'attention-pool': attentionPool,
};

export const host: Backend = { fusions: HOST_FUSIONS, ops: COMMON };
