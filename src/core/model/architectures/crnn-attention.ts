/**
 * Convolutional recurrent network with attention pooling, after the 3-D ACRNN of Chen et al. 2018: the picture
 * with its deltas and their deltas as channels, six convolutions of 128 and 256 filters, a linear layer of 768
 * for each frame, an LSTM of 128 units each way, attention over time, and 64 features before the classes. How
 * it was read, and what is ours: decision 29.
 */
import { attentionPool } from '../ops/attention-pool';
import { deltas } from '../ops/deltas';
import { frames } from '../ops/frames';
import { linear } from '../ops/linear';
import { lstm } from '../ops/recurrent';
import { relu } from '../ops/relu';
import type { GraphBuilder, Ref } from '../builder';
import { defineArchitecture, type ArchitectureChoice } from './architecture';
import { oneHead, taskHeads } from './parts/small-heads';

function trunk(g: GraphBuilder, { scaled }: ArchitectureChoice): Ref {
  const features = g
    .sequential('features', g.apply(deltas, [g.input], {}))
    .conv({ channels: scaled(128), kernel: 3, padding: 1 })
    .relu()
    .maxPool(2)
    .conv({ channels: scaled(256), kernel: 3, padding: 1 })
    .relu()
    .maxPool(2);
  for (let i = 0; i < 4; i++) features.conv({ channels: scaled(256), kernel: 3, padding: 1 }).relu();
  const columns = g.apply(frames, [features.output], {});
  const reduced = g.apply(linear, [columns], { features: scaled(768), start: 'fan-in' }, 'linear');
  const active = g.apply(relu, [reduced], {});
  const states = g.apply(lstm, [active], { units: scaled(128), bidirectional: true }, 'lstm');
  return g.apply(attentionPool, [states], {}, 'attention');
}

export const crnnAttentionSingle = defineArchitecture({
  id: 'crnn-attention-single',
  multitask: false,
  write: (g, choice) => oneHead(g, choice, trunk(g, choice), 64, 'fan-in'),
});

export const crnnAttentionMultitask = defineArchitecture({
  id: 'crnn-attention-multitask',
  multitask: true,
  write: (g, choice) => taskHeads(g, choice, trunk(g, choice), 64, 'fan-in'),
});
