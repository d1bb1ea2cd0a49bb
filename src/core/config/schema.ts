/**
 * The one definition of a run's configuration: composed of what the registries declare, and the source of the
 * type RunConfig. Version 2. Not here: what must hold between fields and the words of a refusal (parse.ts,
 * refusal.ts), earlier versions (migrations/).
 */
import * as v from 'valibot';
import { MOST_EXCLUDED, excludedIds } from '../corpus/exclusion';
import { AUGMENTATION_SCHEMA, secondOfOne } from '../augment/registry';
import { OPTIMIZER_SCHEMA, SCHEDULE_SCHEMA } from '../optim/registry';
import { valueSchema } from '../options/schema';
import { FEATURE_FIELDS, FFT_SIZES } from '../spectrogram/fields';
import { SPLIT_SCHEMA } from '../splits/registry';
import { TASK_SCHEMA, TASK_SLOTS } from '../tasks/types';
import { STRATEGY_SCHEMA } from '../weighting/registry';
import { METRICS } from '../tasks/metrics/registry';
import { GRADIENT_LEVELS } from '../weighting/types';
import { ADDED_SCHEMAS, settingSchema } from './plain-settings';
import { ranged } from './ranges';

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const NAME = v.pipe(v.string(), v.maxLength(256));

/** A number like the others to whoever reads it. */
const FFT_SIZE: v.GenericSchema<number> = v.picklist(FFT_SIZES);

const F = FEATURE_FIELDS;
const FEATURES = v.strictObject({
  sampleRate: valueSchema(F.sampleRate),
  nFft: FFT_SIZE,
  hop: valueSchema(F.hop),
  nMels: valueSchema(F.nMels),
  fMin: valueSchema(F.fMin),
  fMax: valueSchema(F.fMax),
  melScale: valueSchema(F.melScale),
  padMode: valueSchema(F.padMode),
  topDb: valueSchema(F.topDb),
  channel: v.exactOptional(v.picklist(['left', 'right'])),
  window: v.exactOptional(v.picklist(['hamming', 'blackman', 'boxcar'])),
  windowLength: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4096))),
});

export const SCHEMA = v.strictObject({
  version: v.literal(2),
  corpus: v.variant('kind', [
    /** The built-in synthetic corpus; `difficulty` 0 (easy) .. 1 (hard). */
    v.strictObject({ kind: v.literal('demo'), seed: ranged('seed'), difficulty: ranged('difficulty') }),
    /** A corpus folder that was opened; `id` is its manifest's fingerprint. */
    v.strictObject({
      kind: v.literal('folder'),
      id: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
      name: NAME,
    }),
  ]),
  labelScheme: settingSchema('labelScheme'),
  /** Ids of utterances that are left out before the corpus is divided; absent: none. */
  exclude: v.exactOptional(
    v.pipe(
      v.array(NAME),
      v.minLength(1),
      v.maxLength(MOST_EXCLUDED),
      v.transform((ids: string[]) => excludedIds(ids)),
    ),
  ),
  tasks: v.pipe(
    v.array(TASK_SCHEMA),
    v.minLength(1),
    v.maxLength(TASK_SLOTS),
    v.check((tasks) => new Set(tasks.map(({ id }) => id)).size === tasks.length, 'once'),
  ),
  split: SPLIT_SCHEMA,
  features: FEATURES,
  /** In the order in which they act; only training draws are varied. */
  augmentations: v.pipe(
    v.array(AUGMENTATION_SCHEMA),
    v.maxLength(16),
    v.check((list) => secondOfOne(list) === null, 'onceInList'),
  ),
  architecture: settingSchema('architecture'),
  width: settingSchema('width'),
  inputSize: settingSchema('inputSize'),
  strategy: STRATEGY_SCHEMA,
  renormalise: settingSchema('renormalise'),
  /** How often the tasks' gradients are measured (every so many steps; 0: never), and where. */
  instruments: v.strictObject({ every: ranged('measureEvery'), gradients: v.picklist(GRADIENT_LEVELS) }),
  optimizer: OPTIMIZER_SCHEMA,
  schedule: SCHEDULE_SCHEMA,
  clipNorm: settingSchema('clipNorm'),
  batchSize: settingSchema('batchSize'),
  microBatch: settingSchema('microBatch'),
  epochs: settingSchema('epochs'),
  patience: settingSchema('patience'),
  /** What early stopping and "best" look at, on the validation side. */
  monitor: v.variant('of', [
    v.strictObject({ of: v.literal('sum-of-task-losses') }),
    v.strictObject({ of: v.literal('strategy-total') }),
    v.strictObject({
      of: v.literal('task'),
      task: v.pipe(v.string(), v.maxLength(32)),
      metric: v.picklist(METRICS.map(({ id }) => id)),
    }),
  ]),
  /** Weights from a file, which whoever imported it has stored; null: new ones, drawn with the seed. */
  initialWeights: v.nullable(
    v.strictObject({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256')), name: NAME }),
  ),
  /** The checkpoint of another run that a fork goes on from; null: from its own beginning. */
  origin: v.nullable(
    v.strictObject({
      runId: v.pipe(v.string(), v.maxLength(64)),
      /** Of that run, when it was forked. */
      name: NAME,
      which: v.picklist(['best', 'last']),
      /** Steps done, and the 1-based epoch under way. */
      step: COUNT,
      epoch: COUNT,
    }),
  ),
  seed: settingSchema('seed'),
  backend: settingSchema('backend'),
  ...ADDED_SCHEMAS,
});
