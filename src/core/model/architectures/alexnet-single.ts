/** The paper's reference model 1: AlexNet for one task. */
import { defineArchitecture } from './architecture';
import { alexnetFeatures } from './parts/alexnet';
import { classifier } from './parts/paper-heads';

export const alexnetSingle = defineArchitecture({
  id: 'alexnet-single',
  multitask: false,
  write: (g, choice) => classifier(g, choice, alexnetFeatures(g, choice)),
});
