/**
 * The trust boundary for run configurations: whatever comes from a link, a file or an old database passes here.
 * Ranges are stated once, in this schema; the UI reads them from RANGES. Not here: links (link.ts).
 */
import * as v from 'valibot';
import { ConfigError } from '../errors/errors';
import { isSingleTask } from '../model/architectures';
import { defaultOptions } from '../weighting/options';
import { STRATEGIES, strategy } from '../weighting/registry';
import { GRADIENT_LEVELS, type OptionSpec, type StrategyId, type StrategyOptions } from '../weighting/types';
import { TASKS } from './tasks';
import type { RunConfig } from './run-config';

/** Inclusive ranges of the plain numbers. */
export const RANGES = {
  difficulty: { min: 0, max: 1, integer: false },
  validationFraction: { min: 0.05, max: 0.5, integer: false },
  session: { min: 1, max: 99, integer: true },
  width: { min: 0.0625, max: 1, integer: false },
  inputSize: { min: 32, max: 512, integer: true },
  learningRate: { min: 1e-7, max: 1, integer: false },
  batchSize: { min: 1, max: 256, integer: true },
  microBatch: { min: 1, max: 256, integer: true },
  epochs: { min: 1, max: 10000, integer: true },
  patience: { min: 1, max: 10000, integer: true },
  measureEvery: { min: 0, max: 10000, integer: true },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true },
} as const;

export type RangeName = keyof typeof RANGES;

const ranged = (name: RangeName) => {
  const { min, max, integer } = RANGES[name];
  const inside = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
  return integer ? v.pipe(inside, v.integer()) : inside;
};

const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));

const FEATURES = v.strictObject({
  // Absent in configurations from before resampling.
  sampleRate: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(4000), v.maxValue(192000))), null),
  nFft: v.picklist([256, 512, 1024, 2048, 4096]),
  hop: v.pipe(v.number(), v.integer(), v.minValue(16), v.maxValue(4096)),
  nMels: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(512)),
  fMin: v.pipe(v.number(), v.minValue(0), v.maxValue(20000)),
  fMax: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(96000))),
  melScale: v.picklist(['slaney', 'htk']),
  padMode: v.picklist(['reflect', 'constant']),
  topDb: v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(200))),
});

const SCHEMA = v.strictObject({
  version: v.literal(1),
  corpus: v.variant('kind', [
    v.strictObject({ kind: v.literal('demo'), seed: ranged('seed'), difficulty: ranged('difficulty') }),
    v.strictObject({ kind: v.literal('folder'), id: v.pipe(v.string(), v.maxLength(128)), name: v.pipe(v.string(), v.maxLength(256)) }),
  ]),
  labelScheme: v.picklist(['iemocap-4', 'iemocap-4-exc']),
  split: v.variant('kind', [
    v.strictObject({ kind: v.literal('random'), validationFraction: ranged('validationFraction') }),
    v.strictObject({ kind: v.literal('session'), session: ranged('session') }),
  ]),
  features: FEATURES,
  architecture: v.picklist(['vgg11-bn-multitask', 'vgg11-single', 'alexnet-single', 'alexnet-multitask']),
  width: ranged('width'),
  inputSize: ranged('inputSize'),
  tasks: v.pipe(v.array(v.picklist(TASKS)), v.minLength(1), v.maxLength(3), v.check((tasks) => new Set(tasks).size === tasks.length, 'each task once')),
  strategy: v.strictObject({
    id: v.picklist(STRATEGIES.map(({ id }) => id) as [StrategyId, ...StrategyId[]]),
    options: v.record(v.pipe(v.string(), v.maxLength(32)), v.union([v.pipe(v.number(), v.finite()), v.boolean(), v.pipe(v.string(), v.maxLength(32)), v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(3))])),
  }),
  // Absent in configurations from before strategies could be compared at one sum of weights, and gradients measured.
  renormalise: v.optional(v.boolean(), false),
  instruments: v.optional(v.strictObject({ every: ranged('measureEvery'), gradients: v.picklist(GRADIENT_LEVELS) }), { every: 0, gradients: 'representation' }),
  adam: v.strictObject({
    learningRate: ranged('learningRate'),
    beta1: v.pipe(v.number(), v.minValue(0), v.maxValue(0.9999)),
    beta2: v.pipe(v.number(), v.minValue(0), v.maxValue(0.999999)),
    epsilon: v.pipe(v.number(), v.minValue(1e-12), v.maxValue(1e-2)),
  }),
  batchSize: ranged('batchSize'),
  // Absent in configurations from before batches could be split.
  microBatch: v.optional(v.nullable(ranged('microBatch')), null),
  epochs: ranged('epochs'),
  patience: ranged('patience'),
  monitor: v.picklist(['sum-of-task-losses', 'strategy-total']),
  // Absent in configurations from before weights could be imported.
  initialWeights: v.optional(v.nullable(v.strictObject({ id: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256')), name: v.pipe(v.string(), v.maxLength(256)) })), null),
  // Absent in configurations from before runs could be forked.
  origin: v.optional(v.nullable(v.strictObject({
    runId: v.pipe(v.string(), v.maxLength(64)), name: v.pipe(v.string(), v.maxLength(256)), which: v.picklist(['best', 'last']), step: COUNT, epoch: COUNT,
  })), null),
  seed: ranged('seed'),
  backend: v.picklist(['auto', 'webgpu', 'wasm', 'cpu']),
});

/**
 * @returns the config, its strategy options completed with defaults and confined to their ranges' spec
 * @throws ConfigError `bad-config` naming the first field that does not fit
 */
export function parseRunConfig(value: unknown): RunConfig {
  const result = v.safeParse(SCHEMA, value);
  if (!result.success) {
    const issue = result.issues[0];
    throw badConfig(issue.path?.map((part) => String(part.key)).join('.') ?? '', issue.message);
  }
  const config = result.output as RunConfig;
  if (isSingleTask(config.architecture) && config.tasks.length !== 1)
    throw badConfig('tasks', `${config.architecture} takes exactly one task`);
  const options = checkOptions(config.strategy.id, config.strategy.options, config.tasks.length);
  return { ...config, strategy: { id: config.strategy.id, options } };
}

const within = (value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean => typeof value === 'number' && value >= min && value <= max;

function fits(spec: OptionSpec, value: unknown, taskCount: number): boolean {
  switch (spec.kind) {
    case 'boolean': return typeof value === 'boolean';
    case 'number': return within(value, spec);
    case 'choice': return spec.choices.some((one) => one === value);
    case 'task': return Number.isInteger(value) && within(value, { min: 0, max: taskCount - 1 });
    case 'perTask': return Array.isArray(value) && value.length === taskCount && value.every((item) => within(item, spec));
  }
}

/** @throws ConfigError `bad-config` when an option is unknown, of the wrong kind or out of range */
export function checkOptions(id: StrategyId, given: StrategyOptions, taskCount: number): StrategyOptions {
  const chosen = strategy(id);
  for (const [key, value] of Object.entries(given)) {
    const spec = chosen.options.find((option) => option.key === key);
    if (!spec || !fits(spec, value, taskCount)) throw badConfig(`strategy.options.${key}`, `not an option of ${id}, or out of range`);
  }
  return { ...defaultOptions(chosen, taskCount), ...given };
}

function badConfig(field: string, reason: string): ConfigError {
  return new ConfigError('bad-config', `The configuration's “${field}” does not fit: ${reason}.`, 'Correct the value, or start from a preset.', { field, reason });
}
