/** ResNet-18, torchvision's with one input channel: for one task, and with a head for each of several. */
import { basicBlock, residual } from './parts/residual';

export const { single: resnet18Single, multitask: resnet18Multitask } = residual(
  { single: 'resnet18-single', multitask: 'resnet18-multitask' },
  basicBlock,
  [2, 2, 2, 2],
);
