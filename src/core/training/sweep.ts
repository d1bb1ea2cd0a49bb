/**
 * Sweeps as plain data: strategies x options x seeds as a list of configurations, whether two configurations
 * are the same work, and how long one will take from what was measured here. Not here: the queue that runs
 * them (src/state/queue/queue.ts).
 */
import { sortedJson } from '../sorted-json';
import { ConfigError, type WireError } from '../errors/errors';
import { parseRunConfig } from '../config/parse';
import { RANGES } from '../config/ranges';
import type { RunConfig } from '../config/run-config';
import { asComputedNow, type StrategyChoice } from './segments';

export const MAX_SWEEP = 1000;

export type QueueState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed' | 'stopped';

/** One run to be made. */
export interface QueueItem {
  readonly id: string;
  /** The sweep it was queued with, and that sweep's name. */
  readonly sweepId: string;
  readonly sweep: string;
  /** Lower ones first. */
  readonly order: number;
  readonly config: RunConfig;
  /** `skipped`: a finished run of the same configuration was there already. */
  readonly state: QueueState;
  /** Its run, once there is one. */
  readonly runId: string | null;
  readonly error: WireError | null;
  /** How often it was begun. */
  readonly tries: number;
}

/** What of one sweep stands in the queue. */
export interface QueuedSweep {
  readonly id: string;
  readonly name: string;
  /** Of those that were begun or were there already, in their order; each once. */
  readonly runIds: readonly string[];
  /** Done, or there before. */
  readonly over: number;
  readonly total: number;
}

/** The sweeps of a queue, in the order in which they were queued. */
export function sweepsOf(items: readonly QueueItem[]): readonly QueuedSweep[] {
  const bySweep = new Map<string, QueueItem[]>();
  for (const item of items) bySweep.set(item.sweepId, [...(bySweep.get(item.sweepId) ?? []), item]);
  return [...bySweep].map(([id, members]) => ({
    id,
    name: members[0]!.sweep,
    runIds: [...new Set(members.flatMap(({ runId }) => runId ?? []))],
    over: members.filter(({ state }) => state === 'done' || state === 'skipped').length,
    total: members.length,
  }));
}

export interface SweepPlan {
  readonly base: RunConfig;
  /** A strategy with two settings of its options stands here twice. */
  readonly strategies: readonly StrategyChoice[];
  readonly seeds: readonly number[];
  /** Every fold of the split, one after the other; absent: the base's alone. */
  readonly splits?: readonly RunConfig['split'][];
}

/**
 * Seed by seed and fold by fold, so that after each of them all strategies can be compared. Equal ones are listed once.
 * @throws ConfigError `bad-config`, `sweep-size`
 */
export function sweepConfigs({
  base,
  strategies,
  seeds,
  splits = [base.split],
}: SweepPlan): readonly RunConfig[] {
  const size = strategies.length * seeds.length * splits.length;
  if (size === 0 || size > MAX_SWEEP) throw sweepSize(size);
  const configs = seeds.flatMap((seed) =>
    splits.flatMap((split) =>
      strategies.map((strategy) =>
        beginningNow(parseRunConfig({ ...base, strategy, split, seed, origin: null })),
      ),
    ),
  );
  return [...new Map(configs.map((config) => [workKey(config), config])).values()];
}

/**
 * `1-3, 7` is 1, 2, 3, 7. Repeated seeds count once. @throws ConfigError `bad-seeds` naming the first part
 * that is no seed or range
 */
export function parseSeeds(text: string): readonly number[] {
  const seeds = new Set<number>();
  for (const part of text.split(/[\s,;]+/).filter(Boolean)) {
    const [, first, last = first] = /^(\d+)(?:(?:-|–|\.\.)(\d+))?$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || to < from || to > RANGES.seed.max)
      throw new ConfigError('bad-seeds', { part });
    if (to - from >= MAX_SWEEP) throw sweepSize(to - from + 1);
    for (let seed = from; seed <= to; seed++) seeds.add(seed);
  }
  if (seeds.size === 0)
    throw new ConfigError('bad-seeds', {
      part: '',
    });
  return [...seeds];
}

const sweepSize = (size: number): ConfigError => new ConfigError('sweep-size', { size, limit: MAX_SWEEP });

/** A configuration as a run that begins now keeps it: with the version of its strategy's formulas. */
export const beginningNow = (config: RunConfig): RunConfig => ({
  ...config,
  strategy: asComputedNow(config.strategy),
});

/** Equal for two configurations whose runs are the same: names do not matter, everything else does. */
export function workKey({ corpus, initialWeights, ...rest }: RunConfig): string {
  return sortedJson({
    ...rest,
    corpus: corpus.kind === 'folder' ? corpus.id : corpus,
    initialWeights: initialWeights?.id ?? null,
  });
}

/**
 * Whether a run that began with one of the two, and one that begins with the other, are the same; where a
 * fork comes from does not matter.
 */
export const isSameWork = (a: RunConfig, b: RunConfig): boolean => {
  const [one, other] = [a, b].map((config) => workKey(beginningNow({ ...config, origin: null })));
  return one === other;
};

/** A run that was measured here. */
export interface Measured {
  readonly config: RunConfig;
  /** Of an epoch, validation included. */
  readonly secondsPerEpoch: number;
}

/** Equal for two configurations whose epochs take the same time, but for what their strategies cost. */
const costKey = ({
  corpus,
  labelScheme,
  split,
  architecture,
  width,
  inputSize,
  tasks,
  batchSize,
  microBatch,
  backend,
  features,
  instruments,
}: RunConfig): string =>
  sortedJson([
    corpus.kind === 'folder' ? corpus.id : corpus,
    labelScheme,
    split,
    architecture,
    width,
    inputSize,
    tasks,
    batchSize,
    microBatch,
    backend,
    features,
    instruments,
  ]);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Seconds for all epochs of a run: early stopping may need less. From runs of the same size with the same
 * strategy, else with any.
 * @returns null where none was measured
 */
export function estimatedSeconds(config: RunConfig, measured: readonly Measured[]): number | null {
  const alike = measured.filter((run) => costKey(run.config) === costKey(config));
  const same = alike.filter((run) => run.config.strategy.id === config.strategy.id);
  const chosen = same.length > 0 ? same : alike;
  return chosen.length > 0
    ? config.epochs * mean(chosen.map(({ secondsPerEpoch }) => secondsPerEpoch))
    : null;
}

export interface SweepEstimate {
  readonly seconds: number;
  /** Runs without any measurement; `seconds` is without them. */
  readonly unknown: number;
}

export function estimateAll(configs: readonly RunConfig[], measured: readonly Measured[]): SweepEstimate {
  const each = configs.map((config) => estimatedSeconds(config, measured));
  return {
    seconds: each.reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0),
    unknown: each.filter((seconds) => seconds === null).length,
  };
}
