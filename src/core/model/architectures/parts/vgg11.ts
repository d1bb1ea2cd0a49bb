/** The convolutional part of torchvision's VGG-11 (configuration A), flattened. */
import type { GraphBuilder, Ref } from '../../builder';
import type { ArchitectureChoice } from '../architecture';

/** Channels of the convolutions, a pooling behind each row. */
const ROWS = [[64], [128], [256, 256], [512, 512], [512, 512]];

export function vgg11Features(g: GraphBuilder, { scaled }: ArchitectureChoice, norm: boolean): Ref {
  const features = g.sequential('features', g.input);
  for (const row of ROWS) {
    for (const channels of row) {
      features.conv({ channels: scaled(channels), kernel: 3, padding: 1 });
      if (norm) features.batchNorm();
      features.relu();
    }
    features.maxPool(2);
  }
  return g.flatten(features.output);
}
