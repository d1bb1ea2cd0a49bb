/**
 * All strategies there are, in the order of the catalogue. To add one: write its file and add it here
 * (docs/adding-a-strategy.md).
 */
import * as v from 'valibot';
import { ConfigError } from '../errors/errors';
import { optionsSchema } from '../options/schema';
import { alignedMtl } from './strategies/aligned-mtl';
import { cagrad } from './strategies/cagrad';
import { dbMtl } from './strategies/db-mtl';
import { dwa } from './strategies/dwa';
import { fairgrad } from './strategies/fairgrad';
import { famo } from './strategies/famo';
import { geometric } from './strategies/geometric';
import { gradNorm } from './strategies/grad-norm';
import { imtlG } from './strategies/imtl-g';
import { imtlL } from './strategies/imtl-l';
import { kendallUncertainty } from './strategies/kendall-uncertainty';
import { logSum } from './strategies/log-sum';
import { mean } from './strategies/mean';
import { mgda } from './strategies/mgda';
import { nashMtl } from './strategies/nash-mtl';
import { pcgrad } from './strategies/pcgrad';
import { random } from './strategies/random';
import { revisedUncertainty } from './strategies/revised-uncertainty';
import { singleTask } from './strategies/single-task';
import { smoothTchebycheff } from './strategies/smooth-tchebycheff';
import { staticWeights } from './strategies/static';
import { unweightedSum } from './strategies/unweighted-sum';
import { upgrad } from './strategies/upgrad';
import { uwO } from './strategies/uw-o';
import { uwSo } from './strategies/uw-so';
import { weightedAverage } from './strategies/weighted-average';
import type { Strategy, StrategyId, StrategyOptions } from './types';

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

/** A strategy by name with its options: `RunConfig.strategy`. */
export interface StrategySetting {
  readonly id: StrategyId;
  readonly options: StrategyOptions;
  /** Of its formulas (Strategy.version), written where a run begins; absent: 1. */
  readonly version?: number;
}

export const STRATEGY_SCHEMA = v.variant(
  'id',
  STRATEGIES.map(({ id, options }) =>
    v.strictObject({
      id: v.literal(id),
      options: optionsSchema(options),
      version: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
    }),
  ),
) as v.GenericSchema<StrategySetting>;

/** What others are measured against unless the user says otherwise. */
export const BASELINE: StrategyId = STRATEGIES.find(({ baseline }) => baseline)!.id;

/** @throws ConfigError `unknown-strategy` */
export function strategy(id: StrategyId): Strategy {
  const found = STRATEGIES.find((candidate) => candidate.id === id);
  if (!found)
    throw new ConfigError('unknown-strategy', {
      id,
    });
  return found;
}
