/**
 * The kernels of the wasm backend: those of cpu, whose registered kernels SIMD programs replace by the same names
 * (kernels/wasm/simd.ts), and fully connected layers of its own.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Kernels } from '../../kernels/kernels';
import { oneAfterTheOther } from '../../kernels/stock/layer-gradients';
import {
  LINEAR,
  LINEAR_INPUT_GRADIENT,
  LINEAR_WEIGHT_GRADIENT,
  linearFits,
  runLinear,
} from '../../kernels/wasm/linear';
import { hasSimdKernels, isSimdKernelOn } from '../../kernels/wasm/simd';
import { wasmMemory } from '../../tensors/memory/wasm';
import * as tf from '../../tf';
import { CPU } from './cpu';

type Linear = Pick<Kernels, 'linear' | 'linearWeightGradient' | 'linearInputGradient'>;

const fits = ({ shape }: tf.Tensor): boolean => linearFits(shape[0], shape[1]!);

/** Where the sizes fit. */
const SIMD: Linear = {
  linear: (x, weight, bias) =>
    fits(weight) ? runLinear(LINEAR, x, weight, bias) : CPU.linear(x, weight, bias),
  linearWeightGradient: (x, dy) =>
    linearFits(x.shape[1]!, dy.shape[1]!)
      ? runLinear(LINEAR_WEIGHT_GRADIENT, x, dy)
      : CPU.linearWeightGradient(x, dy),
  linearInputGradient: (dy, weight) =>
    fits(weight) ? runLinear(LINEAR_INPUT_GRADIENT, dy, weight) : CPU.linearInputGradient(dy, weight),
};

/** As the SIMD kernels are installed and switched. */
export function wasmKernels(): Kernels {
  const installed = hasSimdKernels(tf.backend() as BackendWasm);
  const tableFor = (kernel: string): Linear => (installed && isSimdKernelOn(kernel) ? SIMD : CPU);
  const { linearWeightGradient } = tableFor(LINEAR_WEIGHT_GRADIENT);
  return {
    ...CPU,
    linear: tableFor(LINEAR).linear,
    linearWeightGradient,
    linearInputGradient: tableFor(LINEAR_INPUT_GRADIENT).linearInputGradient,
    layerGradients: oneAfterTheOther({ ...CPU, linearWeightGradient }),
    memory: wasmMemory,
  };
}
