/** The operations on backends whose memory JavaScript can see: cpu and wasm. */
import { CONV_NORM_RELU, CONV_RELU, HOST_FUSIONS } from '../../core/model/fusion';
import { batchNorm } from '../ops/batch-norm';
import { conv, convNormRelu, convRelu } from '../ops/conv';
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
};

export const host: Backend = { fusions: HOST_FUSIONS, table: COMMON };
