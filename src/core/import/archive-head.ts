/**
 * `config.json` of an exported run: who made it, of what, its configuration, and what was changed while it went.
 * Every field is checked. Not here: its history (epochs-file.ts, steps-file.ts).
 */
import * as v from 'valibot';
import { parseJson } from '../config/bounded-json';
import { parseRunConfig } from '../config/parse';
import type { RunConfig } from '../config/run-config';
import { ConfigError } from '../errors/errors';
import { newerFile } from '../export/config-file';
import { RUN_EXPORT_VERSION } from '../export/run-files';
import { isPlain } from '../migration';
import type { Adjustment } from '../training/adjustments';
import type { RunState } from '../training/events';
import type { RunData } from '../training/run-data';
import { firstSegment, type StrategySegment } from '../training/segments';
import { currentHead } from './migrations/registry';

/** What a run predicts: what its files of scores and predictions are read by. */
export interface Predicted {
  readonly config: RunConfig;
  /** Names by task; none of a number. */
  readonly classes: readonly (readonly string[])[];
}

export interface ArchiveHead extends Predicted {
  readonly name: string;
  readonly createdAt: number;
  readonly backend: string;
  readonly backendSoftware: boolean;
  readonly softwareVersion: string;
  /** Over as the file says; `paused` where it was not over, `stopped` where the file does not tell. */
  readonly state: RunState;
  readonly recoveries: number;
  readonly adjusted: boolean;
  readonly corpusId: string;
  readonly corpus: { readonly name: string; readonly utterances: number };
  /** Null in exports of 0.1.0, which did not keep it. */
  readonly data: RunData | null;
  readonly segments: readonly StrategySegment[];
  readonly adjustments: readonly Adjustment[];
}

const STATES: readonly RunState[] = ['preparing', 'running', 'paused', 'stopped', 'finished', 'failed'];

const short = (length: number) => v.pipe(v.string(), v.maxLength(length));
const COUNT = v.pipe(v.number(), v.integer(), v.minValue(0));
const WHEN = { step: COUNT, epoch: COUNT, at: COUNT };
const HEAD = v.looseObject({
  format: v.literal('equipoise-run'),
  version: v.literal(RUN_EXPORT_VERSION),
  name: short(200),
  config: v.unknown(),
  // None of a number.
  classes: v.pipe(v.array(v.pipe(v.array(short(128)), v.maxLength(1000))), v.maxLength(8)),
  createdAt: v.pipe(v.string(), v.isoTimestamp()),
  backend: short(32),
  softwareVersion: short(64),
  corpus: v.looseObject({ name: short(256), fingerprint: short(128), utterances: COUNT }),
  data: v.nullable(
    v.object({
      train: COUNT,
      validation: COUNT,
      test: v.exactOptional(COUNT),
      leftOut: v.pipe(v.array(v.object({ id: short(128), code: short(64) })), v.maxLength(100_000)),
      sample: v.exactOptional(
        v.variant('kind', [
          v.object({ kind: v.literal('first'), count: COUNT, of: COUNT }),
          v.object({ kind: v.literal('proportional'), count: COUNT, seed: COUNT, of: COUNT }),
        ]),
      ),
    }),
  ),
  /** Null: a version that did not tell. */
  state: v.nullable(v.picklist(STATES)),
  recoveries: COUNT,
  adjusted: v.boolean(),
  backendSoftware: v.boolean(),
  adjustments: v.pipe(
    v.array(
      v.variant('kind', [
        v.object({
          kind: v.literal('options'),
          strategy: short(40),
          changed: v.record(short(32), v.unknown()),
          ...WHEN,
        }),
        v.object({
          kind: v.literal('instruments'),
          instruments: v.object({ every: v.unknown(), gradients: v.unknown() }),
          ...WHEN,
        }),
      ]),
    ),
    v.maxLength(100_000),
  ),
  /** None: the configuration's strategy acted throughout. */
  segments: v.pipe(
    v.array(
      v.object({
        step: COUNT,
        epoch: COUNT,
        why: v.picklist(['start', 'switch', 'fork', 'formula']),
        strategy: v.object({
          id: short(40),
          options: v.record(short(32), v.unknown()),
          version: v.optional(COUNT),
        }),
      }),
    ),
    v.maxLength(1000),
  ),
});

/**
 * @returns the head, and what today's heads tell and this one, of an older version, does not
 * @throws ConfigError `archive-bad-head`, `newer-file`, `bad-config`, `not-json`, `json-too-deep`,
 * `json-too-long`
 */
export function readHead(text: string): { readonly head: ArchiveHead; readonly absent: readonly string[] } {
  const written = parseJson(text);
  requireKnownVersion(written);
  const read = v.safeParse(HEAD, currentHead(written));
  if (!read.success)
    throw new ConfigError('archive-bad-head', {
      reason: `${v.getDotPath(read.issues[0]) ?? ''} ${read.issues[0].message}`.trim(),
    });
  const { name, classes, createdAt, backend, backendSoftware, softwareVersion } = read.output;
  const { state, recoveries, adjusted, corpus, data, adjustments, segments } = read.output;
  const config = parseRunConfig(read.output.config);
  if (classes.length !== config.tasks.length) throw new ConfigError('archive-bad-head', { why: 'classes' });
  return {
    head: {
      name,
      config,
      classes,
      backend,
      backendSoftware,
      softwareVersion,
      recoveries,
      adjusted,
      data,
      createdAt: Date.parse(createdAt),
      corpusId: corpus.fingerprint,
      corpus: { name: corpus.name, utterances: corpus.utterances },
      // A file without it is of a version that did not tell: such a run is stopped, whatever it was.
      state: state === 'running' || state === 'preparing' ? 'paused' : (state ?? 'stopped'),
      segments:
        segments.length === 0
          ? [firstSegment(config.strategy)]
          : segments.map((segment) => ({
              ...segment,
              strategy: parseRunConfig({ ...config, strategy: segment.strategy }).strategy,
            })),
      adjustments: adjustments.map((one) => checkedAdjustment(one as Adjustment, config)),
    },
    absent: state === null ? ['config.json: state'] : [],
  };
}

/** @throws ConfigError `newer-file` */
function requireKnownVersion(head: unknown): void {
  const version = isPlain(head) ? head['version'] : undefined;
  if (typeof version === 'number' && version > RUN_EXPORT_VERSION)
    throw newerFile(version, RUN_EXPORT_VERSION);
}

/** @throws ConfigError `bad-config` where an option or an interval does not fit */
function checkedAdjustment(one: Adjustment, config: RunConfig): Adjustment {
  if (one.kind === 'instruments')
    return { ...one, instruments: parseRunConfig({ ...config, instruments: one.instruments }).instruments };
  const { strategy } = parseRunConfig({ ...config, strategy: { id: one.strategy, options: one.changed } });
  return {
    ...one,
    changed: Object.fromEntries(Object.keys(one.changed).map((key) => [key, strategy.options[key]!])),
  };
}
