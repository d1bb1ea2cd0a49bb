/** The kernels of the webgpu backend: our own WGSL, and stock operations for what is switched off. */
import type { Kernels } from '../../kernels/kernels';
import { isOurs } from '../../kernels/webgpu/backend';
import { clip } from '../../kernels/webgpu/clip';
import { convolutionFilterGradient } from '../../kernels/webgpu/convolution-filter-gradient';
import { convolutionForward } from '../../kernels/webgpu/convolution-forward';
import { convolutionInputGradient } from '../../kernels/webgpu/convolution-input-gradient';
import { crossEntropyKernel } from '../../kernels/webgpu/cross-entropy';
import { addTo, images, relu, reluGradient, scale } from '../../kernels/webgpu/elementwise';
import {
  clipApart,
  clipTogether,
  flatParameters,
  updateApart,
  updateTogether,
  type FlatPasses,
} from '../../kernels/webgpu/flat-parameters';
import { gram } from '../../kernels/webgpu/gram';
import { gramMatrix } from '../../kernels/webgpu/gram-matrix';
import { layerGradients } from '../../kernels/webgpu/layer-gradients';
import { maxPool, maxPoolGradient } from '../../kernels/webgpu/max-pool';
import * as ours from '../../kernels/webgpu/ops';
import { updateKernel } from '../../kernels/webgpu/update';
import { looseParameters } from '../../tensors/loose-parameters';
import { webgpuMemory } from '../../tensors/memory/webgpu';
import * as tf from '../../tf';
import { STOCK } from './stock';

interface Switchable {
  readonly on: boolean;
}

/** Entries of our table whose kernels are all in use. */
const where = <K extends keyof Kernels>(
  kernels: readonly Switchable[],
  table: Pick<Kernels, K>,
): Partial<Pick<Kernels, K>> => (kernels.every(({ on }) => on) ? table : {});

/** As the kernels are switched at this moment. */
export const webgpuKernels = (): Kernels => ({
  ...STOCK,
  ...where([convolutionForward], {
    convolution: ours.forward,
    linear: (x, weight, bias) => ours.forward(x, weight, bias, null),
  }),
  ...where([convolutionFilterGradient], {
    convolutionFilterGradient: (x, dy, filterShape, geometry) =>
      ours.parameterGradients(x, dy, filterShape, geometry, false).weight,
    linearWeightGradient: (x, dy) =>
      ours.parameterGradients(x, dy, [x.shape[1]!, dy.shape[1]!], null, false).weight,
    layerGradients,
  }),
  ...where([convolutionInputGradient], {
    convolutionInputGradient: ours.inputGradient,
    linearInputGradient: (dy, weight) => ours.inputGradient(dy, weight, [dy.shape[0], weight.shape[0]], null),
  }),
  ...where([maxPool], { maxPool: (x, geometry) => ours.maxPooled(x, geometry, false).y }),
  ...where([maxPool, maxPoolGradient], { maxPoolTraining: ours.maxPoolTraining }),
  ...where([relu], { relu: ours.reluOf }),
  ...where([reluGradient], { reluGradient: ours.reluGradientOf }),
  ...where([images], { images: ours.imagesOf }),
  ...where([addTo], { accumulate: ours.accumulate }),
  ...where([scale], { scaled: ours.scaled }),
  ...where([gramMatrix, addTo], { gram }),
  ...where([crossEntropyKernel, scale], {
    deviceLosses: { crossEntropies: ours.crossEntropies, scaleInPlace: ours.scaleInPlace },
  }),
  // Flat memory takes buffers that only our backend class makes.
  parameters: isOurs(tf.backend())
    ? (specs, values) => flatParameters(specs, values, flatPasses)
    : looseParameters(STOCK),
  memory: webgpuMemory,
});

/** Optimisers outlive a switch, and ask with every update. */
const flatPasses = (): FlatPasses => ({
  clip: clip.on ? clipTogether : clipApart(STOCK.clipped),
  update: (rule) => (updateKernel(rule).on ? updateTogether(rule) : updateApart(STOCK.update)(rule)),
});
