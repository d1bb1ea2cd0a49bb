/**
 * Convolutions and a bidirectional LSTM over time, after Satt, Rozenberg and Hoory 2017: three convolutions with
 * 16, 24 and 32 filters, an LSTM of 128 units each way over the columns of what they leave, whose hidden states
 * are averaged over time, and 64 features before the classes. How it was read, and what is ours: decision 29.
 */
import { globalAveragePool } from '../ops/global-average-pool';
import { frames } from '../ops/frames';
import { lstm } from '../ops/recurrent';
import type { GraphBuilder, Ref } from '../builder';
import { defineArchitecture, type ArchitectureChoice } from './architecture';
import { oneHead, taskHeads } from './parts/small-heads';

function trunk(g: GraphBuilder, { scaled }: ArchitectureChoice): Ref {
  const features = g
    .sequential('features', g.input)
    .conv({ channels: scaled(16), kernel: 7, padding: 3 })
    .relu()
    .maxPool(2)
    .conv({ channels: scaled(24), kernel: 5, padding: 2 })
    .relu()
    .maxPool(2)
    .conv({ channels: scaled(32), kernel: 3, padding: 1 })
    .relu().output;
  const columns = g.apply(frames, [features], {});
  const states = g.apply(lstm, [columns], { units: scaled(128), bidirectional: true }, 'lstm');
  return g.apply(globalAveragePool, [states], {});
}

export const cnnBilstmSingle = defineArchitecture({
  id: 'cnn-bilstm-single',
  multitask: false,
  write: (g, choice) => oneHead(g, choice, trunk(g, choice), 64),
});

export const cnnBilstmMultitask = defineArchitecture({
  id: 'cnn-bilstm-multitask',
  multitask: true,
  write: (g, choice) => taskHeads(g, choice, trunk(g, choice), 64),
});
