/** The convolutional part of torchvision's AlexNet, flattened, as the paper has it. */
import type { GraphBuilder, Ref } from '../../builder';
import type { ArchitectureChoice } from '../architecture';

export function alexnetFeatures(g: GraphBuilder, { scaled }: ArchitectureChoice): Ref {
  return g.flatten(
    g
      .sequential('features', g.input)
      .conv({ channels: scaled(64), kernel: 11, stride: 4, padding: 2 })
      .relu()
      .maxPool(3, 2)
      .conv({ channels: scaled(192), kernel: 5, padding: 2 })
      .relu()
      .maxPool(3, 2)
      .conv({ channels: scaled(384), kernel: 3, padding: 1 })
      .relu()
      .conv({ channels: scaled(256), kernel: 3, padding: 1 })
      .relu()
      // 4x4: the paper's table prints 3x3, but its output size and parameter count need 4x4.
      .conv({ channels: scaled(256), kernel: 4, padding: 1 })
      .relu()
      .maxPool(3, 2).output,
  );
}
