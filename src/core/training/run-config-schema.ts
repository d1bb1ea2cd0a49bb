/**
 * The trust boundary for run configurations: whatever comes from a link, a file or an old database passes
 * here. Ranges are stated once, in this schema; the UI reads them from RANGES. Not here: links (link.ts).
 */
import * as v from 'valibot';
import { ConfigError, type ErrorDetails } from '../errors/errors';
import { ALL_SCHEMES } from '../corpus/adapters/registry';
import { isSingleTask } from '../model/architectures';
import { defaultOptions } from '../weighting/options';
import { STRATEGIES, strategy } from '../weighting/registry';
import { GRADIENT_LEVELS, type OptionSpec, type StrategyId, type StrategyOptions } from '../weighting/types';
import type { RunConfig } from './run-config';
import { nearest } from './suggest';
import { TASKS } from './tasks';

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
  sampleRate: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(4000), v.maxValue(192000))),
    null,
  ),
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
    v.strictObject({
      kind: v.literal('folder'),
      id: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
      name: v.pipe(v.string(), v.maxLength(256)),
    }),
  ]),
  labelScheme: v.picklist(ALL_SCHEMES.map(({ id }) => id)),
  split: v.variant('kind', [
    v.strictObject({ kind: v.literal('random'), validationFraction: ranged('validationFraction') }),
    v.strictObject({ kind: v.literal('session'), session: ranged('session') }),
  ]),
  features: FEATURES,
  architecture: v.picklist(['vgg11-bn-multitask', 'vgg11-single', 'alexnet-single', 'alexnet-multitask']),
  width: ranged('width'),
  inputSize: ranged('inputSize'),
  tasks: v.pipe(
    v.array(v.picklist(TASKS)),
    v.minLength(1),
    v.maxLength(3),
    v.check((tasks) => new Set(tasks).size === tasks.length, 'each task once'),
  ),
  strategy: v.strictObject({
    id: v.picklist(STRATEGIES.map(({ id }) => id) as [StrategyId, ...StrategyId[]]),
    options: v.record(
      v.pipe(v.string(), v.maxLength(32)),
      v.union([
        v.pipe(v.number(), v.finite()),
        v.boolean(),
        v.pipe(v.string(), v.maxLength(32)),
        v.pipe(v.array(v.pipe(v.number(), v.finite())), v.maxLength(3)),
      ]),
    ),
    // Absent in configurations from before formulas were counted, and of those that have not changed since.
    version: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000))),
  }),
  // Absent in configurations from before strategies could be compared at one sum of weights, and gradients
  // measured.
  renormalise: v.optional(v.boolean(), false),
  instruments: v.optional(
    v.strictObject({ every: ranged('measureEvery'), gradients: v.picklist(GRADIENT_LEVELS) }),
    { every: 0, gradients: 'representation' },
  ),
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
  initialWeights: v.optional(
    v.nullable(
      v.strictObject({
        id: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a SHA-256')),
        name: v.pipe(v.string(), v.maxLength(256)),
      }),
    ),
    null,
  ),
  // Absent in configurations from before runs could be forked.
  origin: v.optional(
    v.nullable(
      v.strictObject({
        runId: v.pipe(v.string(), v.maxLength(64)),
        name: v.pipe(v.string(), v.maxLength(256)),
        which: v.picklist(['best', 'last']),
        step: COUNT,
        epoch: COUNT,
      }),
    ),
    null,
  ),
  seed: ranged('seed'),
  backend: v.picklist(['auto', 'webgpu', 'wasm', 'cpu']),
});

/**
 * @returns the config, its strategy options completed with defaults and confined to their ranges' spec
 * @throws ConfigError `bad-config` naming the first field that does not fit; its details tell why (`range`
 * with `min` and `max`, `whole`, `number`, `choice`, `key`)
 */
export function parseRunConfig(value: unknown): RunConfig {
  const result = v.safeParse(SCHEMA, value);
  if (!result.success) throw refusal(result.issues[0]);
  const config = result.output as RunConfig;
  if (isSingleTask(config.architecture) && config.tasks.length !== 1)
    throw badConfig('tasks', `${config.architecture} takes exactly one task`, { why: 'oneTask' });
  const options = checkOptions(config.strategy.id, config.strategy.options, config.tasks.length);
  const { id, version = 1 } = config.strategy;
  return { ...config, strategy: { id, options, ...(version > 1 ? { version } : {}) } };
}

/** Fields whose range goes by another name. */
const RANGE_OF: Readonly<Record<string, RangeName>> = { 'instruments.every': 'measureEvery' };
/** Longer lists of choices are not repeated in a message. */
const LISTED = 8;

/** What valibot found, in words of our own where there are some. */
function refusal(issue: v.InferIssue<typeof SCHEMA>): ConfigError {
  const field = issue.path?.map((part) => String(part.key)).join('.') ?? '';
  const name = field.split('.').at(-1) ?? '';
  const range = Object.hasOwn(RANGES, RANGE_OF[field] ?? name)
    ? RANGES[RANGE_OF[field] ?? (name as RangeName)]
    : null;
  switch (issue.type) {
    case 'min_value':
    case 'max_value':
    case 'finite':
      if (range)
        return badConfig(field, `it must lie between ${range.min} and ${range.max}`, {
          why: 'range',
          min: range.min,
          max: range.max,
        });
      if (issue.type === 'min_value')
        return badConfig(field, `it must be at least ${issue.requirement}`, {
          why: 'least',
          limit: issue.requirement,
        });
      if (issue.type === 'max_value')
        return badConfig(field, `it must be at most ${issue.requirement}`, {
          why: 'most',
          limit: issue.requirement,
        });
      break;
    case 'check':
      if (field === 'tasks') return badConfig(field, 'each task once', { why: 'once' });
      break;
    case 'integer':
      return badConfig(field, 'it must be a whole number', { why: 'whole' });
    case 'number':
      return badConfig(field, 'it must be a number', { why: 'number' });
    case 'picklist':
    case 'variant': {
      const choices = choicesOf(issue.expected);
      const near =
        typeof issue.received === 'string' ? nearest(issue.received.replaceAll('"', ''), choices) : null;
      if (choices.length <= LISTED)
        return badConfig(field, `it must be one of: ${choices.join(', ')}`, {
          why: 'choice',
          choices: choices.join(', '),
        });
      return near === null
        ? badConfig(field, 'there is no such choice', { why: 'noChoice' })
        : badConfig(field, `there is no such choice; the nearest is “${near}”`, { why: 'nearChoice', near });
    }
    case 'strict_object': {
      // Either a field that is missing or one too many: then valibot expects nothing there.
      const parent = issue.path?.at(-1)?.input;
      if (issue.expected !== 'never') return badConfig(field, 'it is missing', { why: 'missing' });
      const near = nearest(
        name,
        [
          ...KNOWN_FIELDS,
          ...(typeof parent === 'object' && parent !== null ? Object.keys(parent) : []),
        ].filter((key) => key !== name),
      );
      return near === null
        ? badConfig(field, 'there is no such field', { why: 'key' })
        : badConfig(field, `there is no such field; the nearest is “${near}”`, { why: 'nearKey', near });
    }
    default:
  }
  return badConfig(field, issue.message);
}

const KNOWN_FIELDS = Object.keys(SCHEMA.entries);

/** Out of `("a" | "b")` or `(256 | 512)`, as valibot tells it. */
const choicesOf = (expected: string | null): readonly string[] =>
  (expected ?? '').replaceAll(/[()"]/g, '').split(' | ');

/**
 * A stored configuration with what an older version did not have yet; one that is none any more stays as it
 * is.
 */
export function completedConfig(config: RunConfig): RunConfig {
  try {
    return parseRunConfig(config);
  } catch {
    return config;
  }
}

const within = (value: unknown, { min, max }: { readonly min: number; readonly max: number }): boolean =>
  typeof value === 'number' && value >= min && value <= max;

function fits(spec: OptionSpec, value: unknown, taskCount: number): boolean {
  switch (spec.kind) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return within(value, spec);
    case 'choice':
      return spec.choices.some((one) => one === value);
    case 'task':
      return Number.isInteger(value) && within(value, { min: 0, max: taskCount - 1 });
    case 'perTask':
      return Array.isArray(value) && value.length === taskCount && value.every((item) => within(item, spec));
  }
}

/** @throws ConfigError `bad-config` when an option is unknown, of the wrong kind or out of range */
export function checkOptions(id: StrategyId, given: StrategyOptions, taskCount: number): StrategyOptions {
  const chosen = strategy(id);
  for (const [key, value] of Object.entries(given)) {
    const field = `strategy.options.${key}`;
    const spec = chosen.options.find((option) => option.key === key);
    if (!spec) {
      const known = chosen.options.map((option) => option.key);
      throw badConfig(
        field,
        known.length === 0 ? `${id} has no options` : `${id} has no such option, only: ${known.join(', ')}`,
        { why: known.length === 0 ? 'noOptions' : 'option', id, known: known.join(', ') },
      );
    }
    if (!fits(spec, value, taskCount)) throw misfit(field, spec, value, taskCount);
  }
  return { ...defaultOptions(chosen, taskCount), ...given };
}

function misfit(field: string, spec: OptionSpec, value: unknown, taskCount: number): ConfigError {
  switch (spec.kind) {
    case 'boolean':
      return badConfig(field, 'it must be one of: true, false', { why: 'choice', choices: 'true, false' });
    case 'choice':
      return badConfig(field, `it must be one of: ${spec.choices.join(', ')}`, {
        why: 'choice',
        choices: spec.choices.join(', '),
      });
    case 'task':
      return badConfig(field, `it must lie between 0 and ${taskCount - 1}`, {
        why: 'range',
        min: 0,
        max: taskCount - 1,
      });
    case 'perTask':
      if (!Array.isArray(value) || value.length !== taskCount)
        return badConfig(field, `it needs one number a task: ${taskCount}`, {
          why: 'perTask',
          count: taskCount,
        });
      break;
    case 'number':
      if (typeof value !== 'number') return badConfig(field, 'it must be a number', { why: 'number' });
  }
  return badConfig(field, `it must lie between ${spec.min} and ${spec.max}`, {
    why: 'range',
    min: spec.min,
    max: spec.max,
  });
}

function badConfig(field: string, reason: string, more: ErrorDetails = {}): ConfigError {
  return new ConfigError(
    'bad-config',
    `The configuration's “${field}” does not fit: ${reason}.`,
    'Correct the value, or start from a preset.',
    { field, reason, ...more },
  );
}
