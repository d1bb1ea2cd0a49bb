/** What tells a run apart (core/compare/facets), in words. */
import type { TFunction } from 'i18next';
import { describedScheme } from '../../core/corpus/adapters/registry';
import type { Facet, Made } from '../../core/compare/facets';
import { isOlder } from '../../core/training/segments';
import type { Format } from './format';
import { featureText } from './feature-text';
import { say } from './lookup';
import { splitWords } from './split-text';
import { choiceText } from './choice-text';
import { optionText } from './option-text';
import { taskName } from './task-name';
import { taskIds } from '../../core/tasks/types';
import { flatConfig } from '../../core/compare/differences';
import type { Monitor, RunConfig } from '../../core/config/run-config';
import { settingName, settingValue } from './setting-names';
import { OPTIMIZERS, SCHEDULES } from '../../core/optim/registry';
import { AUGMENTATIONS } from '../../core/augment/registry';

/** Of a corpus' fingerprint: enough to tell two copies of one name apart. */
const DIGITS = 6;

/** Facets that stand in columns of their own are left to them. */
export function facetText(t: TFunction, format: Format, facet: Facet, { config, corpusId }: Made): string {
  const number = (value: number): string => format.significant(value, 4);
  switch (facet) {
    case 'strategy':
      return t(`strategy.${config.strategy.id}.name`);
    case 'corpus':
      return config.corpus.kind === 'demo'
        ? t('facets.demo', { difficulty: format.percent(config.corpus.difficulty), seed: config.corpus.seed })
        : t('facets.copy', { name: config.corpus.name, id: corpusId.slice(0, DIGITS) });
    case 'labelScheme':
      return say(t, `scheme.${config.labelScheme}.name`, describedScheme(config.labelScheme).name);
    case 'exclude':
      return config.exclude
        ? t('facets.excluded', { count: config.exclude.length })
        : t('facets.noneExcluded');
    case 'split':
      return splitWords(t, format, config.split);
    case 'tasks':
      return taskIds(config)
        .map((task) => taskName(t, task))
        .join(' + ');
    case 'architecture':
      return t(`architecture.${config.architecture}.name`);
    case 'width':
      return t('facets.width', { value: number(config.width) });
    case 'inputSize':
      return t('facets.inputSize', { size: config.inputSize });
    case 'features':
      return featureText(t, format, config.features);
    case 'options':
      return optionsText(t, format, config);
    case 'renormalise':
      return t(config.renormalise ? 'facets.renormalise' : 'facets.notRenormalised');
    case 'learningRate':
      return t('facets.learningRate', { value: number(config.optimizer.learningRate) });
    case 'optimizer':
      return choiceText(t, format, OPTIMIZERS, 'optimizers', config.optimizer, ['learningRate']);
    case 'schedule':
      return choiceText(t, format, SCHEDULES, 'schedules', config.schedule);
    case 'clipNorm':
      return config.clipNorm === null
        ? t('facets.notClipped')
        : t('facets.clipNorm', { value: number(config.clipNorm) });
    case 'augmentations':
      return (
        config.augmentations
          .map((one) => choiceText(t, format, AUGMENTATIONS, 'augmentations', one))
          .join(' + ') || t('facets.notAugmented')
      );
    case 'batchSize':
      return t('facets.batchSize', { size: config.batchSize });
    case 'epochs':
      return t('facets.epochs', { count: config.epochs });
    case 'patience':
      return t('facets.patience', { count: config.patience });
    case 'monitor':
      return monitorFacet(t, config.monitor);
    case 'initialWeights':
      return config.initialWeights
        ? t('facets.weights', { name: config.initialWeights.name })
        : t('facets.ownWeights');
    case 'origin':
      return config.origin ? t('facets.origin', { step: format.integer(config.origin.step) }) : '';
    case 'seed':
      return t('facets.seed', { seed: config.seed });
    case 'backend':
      return config.backend === 'auto' ? t('facets.backendAuto') : t(`backend.short.${config.backend}`);
    default:
      return settingFacet(t, format, facet, config);
  }
}

/** A setting that needs no phrase of its own: `Label noise: 0.1`. */
function settingFacet(t: TFunction, format: Format, setting: string, config: RunConfig): string {
  const value = flatConfig(config).get(setting) ?? '';
  return `${settingName(t, setting)}: ${settingValue(t, format, setting, value)}`;
}

/** Options of a strategy, and whether its formulas are older ones. */
function optionsText(t: TFunction, format: Format, config: Made['config']): string {
  const { strategy } = config;
  const told = Object.entries(strategy.options).map(([key, value]) =>
    optionText(t, format, strategy.id, key, value, taskIds(config)),
  );
  return [...told, ...(isOlder(strategy) ? [t('olderFormula.short')] : [])].join(', ');
}

const monitorFacet = (t: TFunction, monitor: Monitor): string =>
  monitor.of === 'task'
    ? t('facets.monitor.task', {
        task: taskName(t, monitor.task),
        metric: say(t, `facets.monitor.metrics.${monitor.metric}`, monitor.metric),
      })
    : t(`facets.monitor.${monitor.of}`);
