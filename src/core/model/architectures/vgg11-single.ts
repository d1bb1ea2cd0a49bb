/** The paper's reference model 2: VGG-11 for one task. */
import { defineArchitecture } from './architecture';
import { classifier } from './parts/paper-heads';
import { vgg11Features } from './parts/vgg11';

export const vgg11Single = defineArchitecture({
  id: 'vgg11-single',
  multitask: false,
  write: (g, choice) => classifier(g, choice, vgg11Features(g, choice, false)),
});
