/**
 * ResNet-50, torchvision's with one input channel, which the paper tried in its preliminary experiments: for one
 * task, and with a head for each of several.
 */
import { bottleneck, residual } from './parts/residual';

export const { single: resnet50Single, multitask: resnet50Multitask } = residual(
  { single: 'resnet50-single', multitask: 'resnet50-multitask' },
  bottleneck,
  [3, 4, 6, 3],
);
