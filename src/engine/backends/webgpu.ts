/** The operations on webgpu: our own WGSL, and what stands in for a kernel that is switched off. */
import { CONV_NORM_RELU, CONV_NORM_RELU_POOL, CONV_RELU, HOST_FUSIONS } from '../../core/model/fusion';
import { dropout, reluGradient } from '../kernels/webgpu/elementwise';
import { fusedNorm } from '../kernels/webgpu/ops';
import { convNormRelu, convRelu } from '../ops/conv';
import { convNormReluPoolOnGpu, convReluOnGpu } from '../ops/conv-webgpu';
import { dropoutOnGpu } from '../ops/dropout-webgpu';
import { inTurn } from '../ops/in-turn';
import type { Operation } from '../ops/operation';
import { maxPool } from '../ops/simple';
import type { Backend } from './backend';
import { COMMON } from './host';

/** In inference, nothing is to be kept: the normalisation is folded into the convolution. */
const forTraining = (training: Operation, inference: Operation): Operation => ({
  forward: (step, xs, mode) => (mode.training ? training : inference).forward(step, xs, mode),
  backward: training.backward,
});

const pooledInTurn = inTurn(CONV_NORM_RELU.id, [
  { nodes: 3, operation: convNormRelu },
  { nodes: 1, operation: maxPool },
]);

/** As the kernels are switched at this moment. */
export function webgpu(): Backend {
  const norm = fusedNorm.every(({ on }) => on);
  return {
    fusions: [CONV_NORM_RELU_POOL, ...HOST_FUSIONS],
    ops: {
      ...COMMON,
      ...(dropout.on ? { dropout: dropoutOnGpu } : {}),
      [CONV_RELU.id]: reluGradient.on ? forTraining(convReluOnGpu, convRelu) : convRelu,
      [CONV_NORM_RELU.id]: norm ? forTraining(convNormReluPoolOnGpu, convNormRelu) : convNormRelu,
      [CONV_NORM_RELU_POOL.id]: norm ? forTraining(convNormReluPoolOnGpu, pooledInTurn) : pooledInTurn,
    },
  };
}
