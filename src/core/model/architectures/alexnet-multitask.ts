/**
 * AlexNet with a head for each task, which the paper's source has and its tables have not: read as the same
 * arrangement as the proposed model's, with dropout 0.75 in each head and with the shared dropout kept.
 */
import { defineArchitecture } from './architecture';
import { alexnetFeatures } from './parts/alexnet';
import { sharedAndHeads } from './parts/paper-heads';

export const alexnetMultitask = defineArchitecture({
  id: 'alexnet-multitask',
  multitask: true,
  write: (g, choice) => sharedAndHeads(g, choice, alexnetFeatures(g, choice), 0.75),
});
