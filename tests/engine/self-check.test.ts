/**
 * The check at start in Node: SIMD kernels that are really wrong, a backend that stays wrong, and what
 * becomes of the choice.
 */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { chooseBackend } from '../../src/engine/platform/backend';
import { checkSimdKernels, simdChecks } from '../../src/engine/kernels/wasm/check';
import { registerWasmConvolutionGradients } from '../../src/engine/kernels/wasm/convolution';
import {
  installSimdKernels,
  isSimdKernelOn,
  switchSimdKernel,
  type SimdKernel,
} from '../../src/engine/kernels/wasm/simd';
import { SIMD_KERNELS } from '../../src/engine/kernels/wasm/simd-kernels';
import * as tf from '../../src/engine/tf';
import './support';

/** The kernels as they are, but for those named here, which compute something and get it wrong. */
let wrong: Readonly<Record<string, SimdKernel>> = {};

/** What a kernel makes, with its last number off by a hundredth: in place where it makes nothing new. */
const slightlyOff =
  (kernel: SimdKernel): SimdKernel =>
  (machine, inputs, attributes) => {
    const made = kernel(machine, inputs, attributes);
    const spoilt = made?.[0] ?? inputs[0]!;
    const values = machine.floatsAt(machine.address(spoilt), tf.util.sizeFromShape(spoilt.shape));
    values[values.length - 1] = values.at(-1)! + 0.01;
    return made;
  };
const throws: SimdKernel = () => {
  throw new WebAssembly.RuntimeError('unreachable');
};

// Installed before the backend is chosen for the first time, so that the check meets them as it would meet a
// broken processor.
beforeAll(async () => {
  registerWasmConvolutionGradients();
  await tf.setBackend('wasm');
  const bendable = Object.entries(SIMD_KERNELS).map(([name, kernel]): [string, SimdKernel] => [
    name,
    (...given) => (wrong[name] ?? kernel)(...given),
  ]);
  expect(installSimdKernels(tf.backend() as BackendWasm, Object.fromEntries(bendable))).toBe(true);
});
afterEach(() => {
  wrong = {};
  for (const name of Object.keys(SIMD_KERNELS)) switchSimdKernel(name, true);
});

describe('SIMD kernels', () => {
  it('each have a check, pass it, and leave nothing behind', () => {
    expect(
      simdChecks()
        .map(({ kernel }) => kernel)
        .sort(),
    ).toEqual(Object.keys(SIMD_KERNELS).sort());
    const before = tf.memory().numTensors;
    expect(checkSimdKernels()).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each(Object.keys(SIMD_KERNELS))(
    '%s is found out when it is slightly off, and replaced alone',
    (name) => {
      wrong = { [name]: slightlyOff(SIMD_KERNELS[name]!) };
      expect(checkSimdKernels()).toEqual([name]);
      expect(Object.keys(SIMD_KERNELS).filter((kernel) => !isSimdKernelOn(kernel))).toEqual([name]);
      // The plain kernel in its place is right.
      const { run } = simdChecks().find(({ kernel }) => kernel === name)!;
      for (const [found, expected] of run())
        found
          .dataSync()
          .forEach((value, i) => expect(Math.abs(value - expected(i).value)).toBeLessThan(1e-3));
    },
  );

  it('a kernel that traps is replaced, too', () => {
    wrong = { [tf.FusedConv2D]: throws };
    expect(checkSimdKernels()).toEqual([tf.FusedConv2D]);
  });
});

/** Makes a registered kernel return zeros. @returns puts it back */
function zeroed(name: string, backend: 'wasm'): () => void {
  const kernel = tf.getKernel(name, backend);
  tf.unregisterKernel(name, backend);
  tf.registerKernel({
    ...kernel,
    kernelFunc: (given) => {
      const out = kernel.kernelFunc(given) as tf.TensorInfo;
      (given.backend as BackendWasm).typedArrayFromHeap(out).fill(0);
      return out;
    },
  });
  return () => {
    tf.unregisterKernel(name, backend);
    tf.registerKernel(kernel);
  };
}

describe('choosing a backend', () => {
  // In this order: a backend that has passed is not checked again.
  it('refuses one that stays wrong without any kernel of ours, and `auto` takes the next', async () => {
    const back = zeroed(tf._FusedMatMul, 'wasm');
    await expect(chooseBackend('wasm')).rejects.toMatchObject({
      name: 'BackendError',
      code: 'self-check',
      details: { backend: 'wasm' },
      hint: expect.stringMatching(/another backend/) as string,
    });
    const report = await chooseBackend('auto');
    back();
    expect(report).toMatchObject({ id: 'cpu', passedOver: [{ id: 'wasm', error: { code: 'self-check' } }] });
    expect(tf.getBackend()).toBe('cpu');
  });

  it('names what it replaced, and the network passes with the plain kernels', async () => {
    wrong = {
      [tf.Conv2DBackpropFilter]: slightlyOff(SIMD_KERNELS[tf.Conv2DBackpropFilter]!),
      EquipoiseLinear: throws,
    };
    expect(await chooseBackend('wasm')).toMatchObject({
      id: 'wasm',
      replaced: [tf.Conv2DBackpropFilter, 'EquipoiseLinear'],
    });
    wrong = {};
    // Said again to whoever chooses it next.
    expect(await chooseBackend('auto')).toMatchObject({
      id: 'wasm',
      replaced: [tf.Conv2DBackpropFilter, 'EquipoiseLinear'],
    });
  });
});
