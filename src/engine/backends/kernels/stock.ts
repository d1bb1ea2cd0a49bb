/** What stands in on webgpu for a kernel of ours that is switched off: stock TensorFlow.js operations. */
import type { Kernels } from '../../kernels/kernels';
import { composedBatchNormRelu, composedBatchNormReluBackward } from '../../kernels/stock/batch-norm';
import { clipped } from '../../kernels/stock/clip-norm';
import { convolution, convolutionInputGradient } from '../../kernels/stock/convolution';
import { accumulate, channelSum, images, relu, reluGradient, scaled } from '../../kernels/stock/elementwise';
import { composedFilterGradient } from '../../kernels/stock/filter-gradient';
import { gramBy, readBack } from '../../kernels/stock/gram';
import { oneAfterTheOther } from '../../kernels/stock/layer-gradients';
import { linear, linearInputGradient, linearWeightGradient } from '../../kernels/stock/linear';
import { maxPool, maxPoolTraining } from '../../kernels/stock/max-pool';
import { update } from '../../kernels/stock/update';

export const STOCK: Omit<Kernels, 'parameters' | 'memory'> = {
  convolution,
  convolutionFilterGradient: composedFilterGradient,
  convolutionInputGradient,
  linear,
  linearWeightGradient,
  linearInputGradient,
  layerGradients: oneAfterTheOther({
    convolutionFilterGradient: composedFilterGradient,
    linearWeightGradient,
    channelSum,
  }),
  channelSum,
  batchNormRelu: composedBatchNormRelu,
  batchNormReluBackward: composedBatchNormReluBackward,
  maxPool,
  maxPoolTraining,
  relu,
  reluGradient,
  images,
  accumulate,
  scaled,
  gram: gramBy(readBack),
  clipped,
  update,
  deviceLosses: null,
};
