/**
 * The other side of a benchmark: TensorFlow.js as shipped. A training step is what a user of the library
 * writes: the same model out of its layers' functions, its gradient tape, its Adam. Must have a worker (or
 * process) of its own, because our engine registers kernels in place of the library's. The gradients'
 * registration is the importer's (shipped-gradients.ts; in Node the umbrella package).
 */
import { BackendError } from '../../core/errors/errors';
import type { BenchCase, KernelCase, StepCase } from '../../core/bench/cases';
import { buildModel } from '../../core/model/architectures';
import type { PlannedNode, Section } from '../../core/model/plan';
import { PRESETS } from '../../core/config/presets';
import type { BackendId } from '../../core/config/run-config';
import { initialValue } from '../network/initial';
import * as tf from '../tf';
import { filled, readyKernel, type Ready } from './side';

/**
 * @param wasmFiles where the bundler put the binaries; null in Node @throws where the backend does not start
 */
export async function startShipped(
  id: BackendId,
  wasmFiles: Readonly<Record<string, string>> | null,
): Promise<void> {
  if (id === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (id === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    // One thread, as on our side.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    if (wasmFiles) setWasmPaths({ ...wasmFiles });
  }
  if (!(await tf.setBackend(id)))
    throw new BackendError('backend-missing', { backend: id, why: 'not-started' });
  await tf.ready();
}

type Find = (name: string) => tf.Variable;

/** As a user of the library writes it; only what the benchmarks' models have. */
function apply({ op, name, attributes }: PlannedNode, [x]: readonly tf.Tensor[], find: Find): tf.Tensor {
  const number = (key: string): number => attributes[key] as number;
  switch (op) {
    case 'conv':
      return tf.add(
        tf.conv2d(
          x as tf.Tensor4D,
          find(`${name}.weight`) as unknown as tf.Tensor4D,
          number('stride'),
          number('padding'),
        ),
        find(`${name}.bias`),
      );
    case 'batch-norm': {
      const { mean, variance } = tf.moments(x!, [0, 1, 2]);
      return tf.batchNorm(x!, mean, variance, find(`${name}.bias`), find(`${name}.weight`), 1e-5);
    }
    case 'relu':
      return tf.relu(x!);
    case 'max-pool':
      return tf.maxPool(x as tf.Tensor4D, number('kernel'), number('stride'), 'valid');
    case 'flatten':
      return tf.reshape(x!, [x!.shape[0], x!.size / x!.shape[0]]);
    case 'linear':
      return tf.add(
        tf.matMul(x as tf.Tensor2D, find(`${name}.weight`) as unknown as tf.Tensor2D),
        find(`${name}.bias`),
      );
    case 'dropout':
      return tf.dropout(x!, number('rate'), undefined, 1);
    default:
      throw new BackendError('program-fault', { why: 'no-operation', op });
  }
}

function step({ model, batch }: StepCase): Ready {
  const spec = buildModel(model);
  const all = spec.parameters.filter(({ trainable }) => trainable);
  // The library keeps variables by name for ever; unnamed ones can be made again.
  const variables = new Map(
    all.map((p) => [p.name, tf.variable(tf.tensor(initialValue(p, 1), [...p.shape]))]),
  );
  const find: Find = (name) => variables.get(name)!;
  const images = filled(batch, spec.inputSize, spec.inputSize, 1);
  const targets = spec.heads.map(({ classes }) =>
    tf.oneHot(
      tf.tensor1d(
        Array.from({ length: batch }, (_, i) => i % classes),
        'int32',
      ),
      classes,
    ),
  );
  const through = ({ nodes, input, output }: Section, x: tf.Tensor): tf.Tensor => {
    const values = new Map([[input, x]]);
    for (const node of nodes)
      values.set(
        node.id,
        apply(
          node,
          node.inputs.map((id) => values.get(id)!),
          find,
        ),
      );
    return values.get(output)!;
  };
  const loss = (): tf.Scalar => {
    const shared = through(spec.trunk, images);
    return tf.addN(
      spec.heads.map((head, i) => tf.losses.softmaxCrossEntropy(targets[i]!, through(head, shared))),
    ) as unknown as tf.Scalar;
  };
  const { optimizer } = PRESETS.compact;
  if (optimizer.id !== 'adam')
    throw new BackendError('program-fault', { why: 'optimiser', optimiser: optimizer.id });
  const { learningRate, beta1, beta2, epsilon } = optimizer;
  const optimiser = tf.train.adam(learningRate, beta1, beta2, epsilon);
  const last = all.at(-1)!.name;
  return {
    // The loss is read in every step, as a loop that shows it must.
    run: async () => {
      const cost = optimiser.minimize(loss, true, [...variables.values()])!;
      await cost.data();
      cost.dispose();
    },
    settle: async () => {
      await find(last).data();
    },
    dispose: () => {
      optimiser.dispose();
      for (const tensor of [...variables.values(), images, ...targets]) tensor.dispose();
    },
  };
}

function kernel(one: KernelCase): Ready {
  if (one.kernel === 'matmul') {
    const [a, b] = [filled(one.rows, one.inner), filled(one.inner, one.columns)];
    return readyKernel([a, b], () => tf.matMul(a, b));
  }
  const { batch, size, inChannels, outChannels } = one;
  const filterShape = [3, 3, inChannels, outChannels];
  const [x, dy, filter] = [
    filled(batch, size, size, inChannels),
    filled(batch, size, size, outChannels),
    filled(...filterShape),
  ];
  const attributes = { strides: 1, pad: 1, dataFormat: 'NHWC' };
  const runs: Readonly<Record<typeof one.kernel, () => tf.Tensor>> = {
    'conv-forward': () => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 1),
    'conv-input-gradient': () =>
      tf.engine().runKernel(tf.Conv2DBackpropInput, { dy, filter }, { ...attributes, inputShape: x.shape }),
    'conv-filter-gradient': () =>
      tf.engine().runKernel(tf.Conv2DBackpropFilter, { x, dy }, { ...attributes, filterShape }),
  };
  return readyKernel([x, dy, filter], runs[one.kernel]);
}

export const prepareShipped = (one: BenchCase): Ready => (one.kind === 'step' ? step(one) : kernel(one));
