/**
 * The two presets to begin with: `paper` is exactly the published configuration; `compact` is the same model at
 * 64x64 pixels and a quarter of the width, for machines without a GPU, teaching, the booth and tests.
 */
import { PAPER_FEATURES } from '../spectrogram/setting';
import { PAPER_AUGMENTATIONS } from '../augment/registry';
import { PAPER_TASKS } from '../tasks/presets';
import type { RunConfig } from './run-config';

export type PresetId = 'compact' | 'paper';

const ADAM = {
  id: 'adam',
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  decayScope: 'all',
} as const;

const COMPACT: RunConfig = {
  version: 2,
  corpus: { kind: 'demo', seed: 1, difficulty: 0.5 },
  labelScheme: 'iemocap-4',
  tasks: PAPER_TASKS,
  split: { kind: 'random', validationFraction: 0.2 },
  features: PAPER_FEATURES,
  augmentations: PAPER_AUGMENTATIONS,
  architecture: 'vgg11-bn-multitask',
  width: 0.25,
  inputSize: 64,
  strategy: { id: 'unweighted-sum', options: {} },
  renormalise: false,
  instruments: { every: 10, gradients: 'representation' },
  optimizer: ADAM,
  schedule: { id: 'constant' },
  clipNorm: null,
  batchSize: 32,
  microBatch: null,
  epochs: 40,
  patience: 30,
  monitor: { of: 'sum-of-task-losses' },
  initialWeights: null,
  origin: null,
  seed: 1,
  backend: 'auto',
};

/**
 * What “Try the demo corpus” runs, whatever is set otherwise: quick on any machine, and under the paper's
 * strategy, so that nominal and effective weights part before one's eyes. @param difficulty 0..1
 */
export const demoRecipe = (difficulty: number): RunConfig => ({
  ...COMPACT,
  corpus: { kind: 'demo', seed: 1, difficulty },
  strategy: { id: 'weighted-average', options: { detached: false } },
});

export const PRESETS: Readonly<Record<PresetId, RunConfig>> = {
  compact: COMPACT,
  paper: {
    ...COMPACT,
    width: 1,
    inputSize: 224,
    strategy: { id: 'weighted-average', options: { detached: false } },
    optimizer: { ...ADAM, learningRate: 1e-5 },
    epochs: 300,
    monitor: { of: 'strategy-total' },
  },
};
