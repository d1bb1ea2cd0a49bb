/**
 * Turns a list of layers into the blocks that execute them on the current backend, fusing convolution,
 * normalisation, ReLU and (webgpu) pooling.
 */
import type { Layer } from '../../core/model/types';
import * as tf from '../tf';
import type { Block, Parameter } from './block';
import { convNormRelu, convRelu } from './conv';
import { convNormReluPoolOnGpu, convReluOnGpu } from './conv-webgpu';
import { chain } from './chain';
import { dropoutBlock, flattenBlock, linearBlock, maxPoolBlock, reluBlock } from './simple';

/**
 * @param find the parameter of that name @throws where a convolution or normalisation is not followed by a
 * ReLU
 */
export function compile(layers: readonly Layer[], find: (name: string) => Parameter): Block[] {
  const blocks: Block[] = [];
  const onWebgpu = tf.getBackend() === 'webgpu';
  const both = (name: string) => ({ weight: find(`${name}.weight`), bias: find(`${name}.bias`) });
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    switch (layer.kind) {
      case 'conv': {
        const norm = layers[i + 1]?.kind === 'batchNorm' ? layers[++i] : undefined;
        if (layers[++i]?.kind !== 'relu') throw new Error(`${layer.name}: a convolution must end in a ReLU.`);
        const parameters = both(layer.name);
        if (norm?.kind !== 'batchNorm') {
          const plain = convRelu(parameters, layer);
          blocks.push(onWebgpu ? convReluOnGpu(parameters, layer, plain) : plain);
          break;
        }
        const statistics = {
          scale: find(`${norm.name}.weight`),
          offset: find(`${norm.name}.bias`),
          runningMean: find(`${norm.name}.running_mean`),
          runningVariance: find(`${norm.name}.running_var`),
        };
        const plain = convNormRelu(parameters, layer, statistics);
        if (!onWebgpu) {
          blocks.push(plain);
          break;
        }
        const pool = layers[i + 1];
        const apart = pool?.kind === 'maxPool' && pool.kernel === pool.stride ? pool : null;
        if (apart) i++;
        blocks.push(
          convNormReluPoolOnGpu(
            parameters,
            layer,
            statistics,
            apart?.kernel ?? 1,
            apart ? chain([plain, maxPoolBlock(apart)]) : plain,
          ),
        );
        break;
      }
      case 'batchNorm':
        throw new Error(`${layer.name}: batch normalisation must follow a convolution.`);
      case 'linear':
        blocks.push(linearBlock(both(layer.name)));
        break;
      case 'maxPool':
        blocks.push(maxPoolBlock(layer));
        break;
      case 'flatten':
        blocks.push(flattenBlock());
        break;
      case 'relu':
        blocks.push(reluBlock());
        break;
      case 'dropout':
        blocks.push(dropoutBlock(layer.name, layer.rate));
        break;
    }
  }
  return blocks;
}
