/** The paper's proposed model: VGG-11 with batch normalisation and a head for each task. */
import { defineArchitecture } from './architecture';
import { sharedAndHeads } from './parts/paper-heads';
import { vgg11Features } from './parts/vgg11';

export const vgg11BnMultitask = defineArchitecture({
  id: 'vgg11-bn-multitask',
  multitask: true,
  write: (g, choice) => sharedAndHeads(g, choice, vgg11Features(g, choice, true)),
});
