/** Turns a list of layers into the blocks that execute them, fusing convolution, normalisation and ReLU. */
import type { Layer } from '../../core/model/types';
import type { Block, Parameter } from './block';
import { convNormRelu, convRelu } from './conv';
import { dropoutBlock, flattenBlock, linearBlock, maxPoolBlock, reluBlock } from './simple';

/** @param find the parameter of that name @throws where a convolution or normalisation is not followed by a ReLU */
export function compile(layers: readonly Layer[], find: (name: string) => Parameter): Block[] {
  const blocks: Block[] = [];
  const both = (name: string) => ({ weight: find(`${name}.weight`), bias: find(`${name}.bias`) });
  for (let i = 0; i < layers.length; i++) {
    const layer = layers[i]!;
    switch (layer.kind) {
      case 'conv': {
        const norm = layers[i + 1]?.kind === 'batchNorm' ? layers[++i] : undefined;
        if (layers[++i]?.kind !== 'relu') throw new Error(`${layer.name}: a convolution must end in a ReLU.`);
        blocks.push(norm?.kind === 'batchNorm'
          ? convNormRelu(both(layer.name), layer, {
            scale: find(`${norm.name}.weight`), offset: find(`${norm.name}.bias`),
            runningMean: find(`${norm.name}.running_mean`), runningVariance: find(`${norm.name}.running_var`),
          })
          : convRelu(both(layer.name), layer));
        break;
      }
      case 'batchNorm':
        throw new Error(`${layer.name}: batch normalisation must follow a convolution.`);
      case 'linear': {
        const { weight, bias } = both(layer.name);
        blocks.push(linearBlock(weight, bias));
        break;
      }
      case 'maxPool': blocks.push(maxPoolBlock(layer)); break;
      case 'flatten': blocks.push(flattenBlock()); break;
      case 'relu': blocks.push(reluBlock()); break;
      case 'dropout': blocks.push(dropoutBlock(layer.name, layer.rate)); break;
    }
  }
  return blocks;
}
