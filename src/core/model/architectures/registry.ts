/** Every architecture, in the order of the form. A new one is a file in this folder and a line here. */
import { alexnetMultitask } from './alexnet-multitask';
import { alexnetSingle } from './alexnet-single';
import type { Architecture } from './architecture';
import { cnnBilstmMultitask, cnnBilstmSingle } from './cnn-bilstm';
import { crnnAttentionMultitask, crnnAttentionSingle } from './crnn-attention';
import { resnet18Multitask, resnet18Single } from './resnet18';
import { resnet50Multitask, resnet50Single } from './resnet50';
import { vgg11BnMultitask } from './vgg11-bn-multitask';
import { vgg11Single } from './vgg11-single';

export const ARCHITECTURES = [
  vgg11BnMultitask,
  vgg11Single,
  alexnetSingle,
  alexnetMultitask,
  resnet18Single,
  resnet18Multitask,
  resnet50Single,
  resnet50Multitask,
  cnnBilstmSingle,
  cnnBilstmMultitask,
  crnnAttentionSingle,
  crnnAttentionMultitask,
] as const;

export type ArchitectureId = (typeof ARCHITECTURES)[number]['id'];

export const ARCHITECTURE_IDS: readonly ArchitectureId[] = ARCHITECTURES.map(({ id }) => id);

export const architectureOf = (id: ArchitectureId): Architecture =>
  ARCHITECTURES.find((architecture) => architecture.id === id)!;
