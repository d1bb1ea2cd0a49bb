/**
 * All strategies there are, in the order of the catalogue. To add one: write its file, add it here and to
 * StrategyId (docs/adding-a-strategy.md).
 */
import { ConfigError } from '../errors/errors';
import { alignedMtl } from './aligned-mtl';
import { cagrad } from './cagrad';
import { dbMtl } from './db-mtl';
import { dwa } from './dwa';
import { fairgrad } from './fairgrad';
import { famo } from './famo';
import { geometric } from './geometric';
import { gradNorm } from './grad-norm';
import { imtlG } from './imtl-g';
import { imtlL } from './imtl-l';
import { kendallUncertainty } from './kendall-uncertainty';
import { logSum } from './log-sum';
import { mean } from './mean';
import { mgda } from './mgda';
import { nashMtl } from './nash-mtl';
import { pcgrad } from './pcgrad';
import { random } from './random';
import { revisedUncertainty } from './revised-uncertainty';
import { singleTask } from './single-task';
import { smoothTchebycheff } from './smooth-tchebycheff';
import { staticWeights } from './static';
import { unweightedSum } from './unweighted-sum';
import { upgrad } from './upgrad';
import { uwO } from './uw-o';
import { uwSo } from './uw-so';
import { weightedAverage } from './weighted-average';
import type { Strategy, StrategyId } from './types';

export const STRATEGIES: readonly Strategy[] = [
  unweightedSum,
  mean,
  staticWeights,
  singleTask,
  logSum,
  geometric,
  weightedAverage,
  kendallUncertainty,
  revisedUncertainty,
  imtlL,
  dwa,
  random,
  uwO,
  uwSo,
  smoothTchebycheff,
  famo,
  gradNorm,
  mgda,
  pcgrad,
  cagrad,
  imtlG,
  nashMtl,
  fairgrad,
  alignedMtl,
  dbMtl,
  upgrad,
];

/** @throws ConfigError `unknown-strategy` */
export function strategy(id: StrategyId): Strategy {
  const found = STRATEGIES.find((candidate) => candidate.id === id);
  if (!found)
    throw new ConfigError('unknown-strategy', `There is no strategy “${id}”.`, 'Choose one from the list.', {
      id,
    });
  return found;
}
