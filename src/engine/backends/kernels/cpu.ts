/** The kernels of the cpu backend: loops of ours over its arrays, and stock operations. */
import { accumulate } from '../../kernels/host/accumulate';
import { batchNormRelu, batchNormReluBackward } from '../../kernels/host/batch-norm';
import { channelSum } from '../../kernels/host/channel-sum';
import { clipped } from '../../kernels/host/clip-norm';
import { maxPool, maxPoolTraining } from '../../kernels/host/max-pool';
import { update } from '../../kernels/host/update';
import type { Kernels } from '../../kernels/kernels';
import {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
} from '../../kernels/stock/convolution';
import { images, relu, reluGradient, scaled } from '../../kernels/stock/elementwise';
import { gramBy, readAtOnce } from '../../kernels/stock/gram';
import { oneAfterTheOther } from '../../kernels/stock/layer-gradients';
import { linear, linearInputGradient, linearWeightGradient } from '../../kernels/stock/linear';
import { looseParameters } from '../../tensors/loose-parameters';
import { cpuMemory } from '../../tensors/memory/cpu';

export const CPU: Kernels = {
  convolution,
  convolutionFilterGradient,
  convolutionInputGradient,
  linear,
  linearWeightGradient,
  linearInputGradient,
  layerGradients: oneAfterTheOther({ convolutionFilterGradient, linearWeightGradient, channelSum }),
  channelSum,
  batchNormRelu,
  batchNormReluBackward,
  maxPool,
  maxPoolTraining,
  relu,
  reluGradient,
  images,
  accumulate,
  scaled,
  gram: gramBy(readAtOnce),
  clipped,
  update,
  deviceLosses: null,
  parameters: looseParameters({ clipped, update }),
  memory: cpuMemory,
};
