/**
 * The name of a run that nobody has named: strategy and seed, then whatever tells it from earlier runs of
 * that strategy and seed, then a number. In the words of links and configuration files, since a name is kept
 * in whatever language the page is read later.
 */
import { differingFacets, type Facet, type Made } from './facets';
import type { RunConfig } from '../config/run-config';
import { taskIds } from '../tasks/types';
import { splitText } from '../splits/text';
import { monitorText } from '../config/monitor';

export const MAX_NAME = 120;

/** `adam beta1 0.9 beta2 0.999`: a choice by name with its options; the learning rate has a facet of its own. */
const optionsName = ({ id, ...options }: { readonly id: string }): string =>
  [
    id,
    ...Object.entries(options).flatMap(([key, value]) =>
      key === 'learningRate' ? [] : [`${key} ${String(value)}`],
    ),
  ].join(' ');

const SHORT: Readonly<Record<Facet, (config: RunConfig) => string>> = {
  strategy: ({ strategy }) => strategy.id,
  corpus: ({ corpus }) => (corpus.kind === 'demo' ? `demo ${corpus.difficulty}/${corpus.seed}` : corpus.name),
  labelScheme: ({ labelScheme }) => labelScheme,
  split: ({ split }) => splitText(split).replaceAll(':', ' ').replace(';', ', '),
  tasks: (config) => taskIds(config).join('+'),
  architecture: ({ architecture }) => architecture,
  width: ({ width }) => `width ${width}`,
  inputSize: ({ inputSize }) => `${inputSize} px`,
  features: ({ features }) => `${features.nMels} mel`,
  options: ({ strategy }) =>
    Object.entries(strategy.options)
      .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join('/') : String(value)}`)
      .join(', '),
  renormalise: ({ renormalise }) => (renormalise ? 'renormalised' : 'not renormalised'),
  learningRate: ({ optimizer }) => `lr ${optimizer.learningRate}`,
  optimizer: ({ optimizer }) => optionsName(optimizer),
  schedule: ({ schedule }) => optionsName(schedule),
  clipNorm: ({ clipNorm }) => (clipNorm === null ? 'not clipped' : `clipped ${clipNorm}`),
  augmentations: ({ augmentations }) => augmentations.map(optionsName).join(' + '),
  batchSize: ({ batchSize }) => `batch ${batchSize}`,
  epochs: ({ epochs }) => `epochs ${epochs}`,
  patience: ({ patience }) => `patience ${patience}`,
  monitor: ({ monitor }) => monitorText(monitor),
  initialWeights: ({ initialWeights }) => initialWeights?.name ?? 'new weights',
  origin: ({ origin }) => (origin ? `@ ${origin.step}` : ''),
  seed: ({ seed }) => `seed ${seed}`,
  backend: ({ backend }) => backend,
};

/** The name itself, or with the first number behind it that makes it new. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  const short = name.slice(0, MAX_NAME);
  for (let n = 1; ; n++) {
    const tail = n === 1 ? '' : ` (${n})`;
    const candidate = `${short.slice(0, MAX_NAME - tail.length)}${tail}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * A name that no run has yet. @param earlier all stored runs, by their names
 */
export function runName(run: Made, earlier: readonly (Made & { readonly name: string })[]): string {
  const { config } = run;
  const base = `${config.strategy.id} · ${config.seed}`;
  const alike = earlier.filter(
    ({ config: other }) => other.strategy.id === config.strategy.id && other.seed === config.seed,
  );
  const taken = new Set(earlier.map(({ name }) => name));
  if (!taken.has(base)) return base;
  const differs = differingFacets([run, ...alike])
    .map((facet) => SHORT[facet](config))
    .filter(Boolean);
  return uniqueName([base, ...differs].join(' · '), taken);
}
