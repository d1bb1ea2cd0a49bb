/**
 * What tells runs apart, in the order in which a reader asks: on which data, split how, which model, trained
 * how, with which seed. Facets are coarser than settings (differences.ts): a split is one, whatever it is
 * made of. Not here: their words (the page's).
 */
import type { RunConfig } from '../config/run-config';
import { valueAt } from '../config/path';
import { sortedJson } from '../sorted-json';

export const FACETS = [
  'strategy',
  'corpus',
  'labelScheme',
  'split',
  'tasks',
  'architecture',
  'width',
  'inputSize',
  'features',
  'options',
  'renormalise',
  'learningRate',
  'optimizer',
  'schedule',
  'clipNorm',
  'augmentations',
  'batchSize',
  'epochs',
  'patience',
  'monitor',
  'initialWeights',
  'origin',
  'seed',
  'backend',
] as const;
export type Facet = (typeof FACETS)[number];

/** A run as far as it can be told from others by how it was made. */
export interface Made {
  readonly config: RunConfig;
  /** Of what was trained on; two copies of one name may differ in it. */
  readonly corpusId: string;
}

/** Those that are made of more than one setting; every other facet is the setting of its name. */
const VALUE: Readonly<Partial<Record<Facet, (run: Made) => unknown>>> = {
  strategy: ({ config }) => config.strategy.id,
  corpus: ({ config: { corpus }, corpusId }) =>
    corpus.kind === 'demo' ? [corpus.seed, corpus.difficulty] : corpusId,
  options: ({ config: { strategy } }) => [strategy.id, strategy.options, strategy.version ?? 1],
  learningRate: ({ config }) => config.optimizer.learningRate,
  optimizer: ({ config: { optimizer } }) => ({ ...optimizer, learningRate: null }),
  initialWeights: ({ config }) => config.initialWeights?.id ?? null,
  origin: ({ config: { origin } }) => origin && [origin.runId, origin.which, origin.step],
};

function valueOf(facet: Facet, run: Made): string {
  const read = VALUE[facet] ?? (({ config }: Made) => valueAt(config, facet));
  return sortedJson(read(run) ?? null);
}

/**
 * Facets in which not all of the runs agree. Options count only between runs of one strategy: between two,
 * the strategy says it.
 */
export function differingFacets(runs: readonly Made[]): readonly Facet[] {
  return FACETS.filter((facet) => {
    if (facet !== 'options') return new Set(runs.map((run) => valueOf(facet, run))).size > 1;
    const byStrategy = new Map<string, Set<string>>();
    for (const run of runs)
      byStrategy.set(
        run.config.strategy.id,
        (byStrategy.get(run.config.strategy.id) ?? new Set()).add(valueOf(facet, run)),
      );
    return [...byStrategy.values()].some((values) => values.size > 1);
  });
}
