/**
 * The three models of the paper as configurations, and which stored runs are of their kind: same
 * architecture, tasks and strategy. Everything else may differ, and is told (deviations). Not here: the
 * published numbers (published.ts).
 */
import { settingsOf } from '../export/report/settings';
import { minimumInputSize } from '../model/architectures';
import { PRESETS, type PresetId } from '../config/presets';
import type { RunConfig } from '../config/run-config';
import { parseRunConfig } from '../config/parse';
import { PAPER_TASKS } from '../tasks/presets';

export const PAPER_MODELS = ['proposed', 'reference-1', 'reference-2'] as const;
export type PaperModelId = (typeof PAPER_MODELS)[number];

const SINGLE: Partial<RunConfig> = {
  tasks: PAPER_TASKS.slice(0, 1),
  strategy: { id: 'unweighted-sum', options: {} },
};
const CHANGES: Readonly<Record<PaperModelId, Partial<RunConfig>>> = {
  proposed: { strategy: { id: 'weighted-average', options: { detached: false } } },
  'reference-1': { architecture: 'alexnet-single', ...SINGLE },
  'reference-2': { architecture: 'vgg11-single', ...SINGLE },
};
/**
 * @param size `paper` is the published configuration; `compact` the same model, smaller, for machines without a
 * graphics card
 */
export function paperConfig(
  id: PaperModelId,
  size: PresetId,
  corpus: RunConfig['corpus'],
  seed: number,
): RunConfig {
  const config = { ...PRESETS[size], ...CHANGES[id], corpus, seed };
  // AlexNet's poolings need more pixels than the compact preset has.
  return parseRunConfig({
    ...config,
    inputSize: Math.max(config.inputSize, minimumInputSize(config.architecture)),
  });
}

/**
 * Which model of the paper a run is of; null for none. A strategy with one task weighs nothing, so
 * single-task runs may have any.
 */
export function kindOf(config: RunConfig): PaperModelId | null {
  if (config.architecture === 'vgg11-bn-multitask')
    return config.tasks.length === 3 &&
      config.strategy.id === 'weighted-average' &&
      config.strategy.options['detached'] !== true
      ? 'proposed'
      : null;
  if (config.tasks.length !== 1 || config.tasks[0]?.id !== PAPER_TASKS[0]?.id) return null;
  if (config.architecture === 'alexnet-single') return 'reference-1';
  return config.architecture === 'vgg11-single' ? 'reference-2' : null;
}

export interface Deviation {
  /** A setting's dotted name, or `corpus`, or `epochsDone`. */
  readonly name: string;
  readonly paper: string;
  readonly here: string;
}

/** Settings that say nothing about the result, or are the reader's own. */
const OWN = /^(version|seed|backend|microBatch|corpus\.|strategy\.|instruments|origin)/;

/**
 * How a run departs from the published configuration; what is not named is the same. @param epochsDone finished
 * epochs; of a run that early stopping ended, as many as planned
 */
export function deviations(config: RunConfig, epochsDone: number): readonly Deviation[] {
  const kind = kindOf(config);
  if (!kind) return [];
  const settings = settingsOf([paperConfig(kind, 'paper', config.corpus, config.seed), config])
    .filter(({ name, differs }) => differs && !OWN.test(name))
    .map(({ name, values }): Deviation => ({ name, paper: values[0] ?? '–', here: values[1] ?? '–' }));
  return [
    { name: 'corpus', paper: 'IEMOCAP', here: config.corpus.kind === 'demo' ? 'demo' : config.corpus.name },
    ...settings,
    ...(epochsDone < config.epochs
      ? [{ name: 'epochsDone', paper: String(config.epochs), here: String(epochsDone) }]
      : []),
  ];
}
