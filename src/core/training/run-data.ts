/**
 * What a run really trains and validates on, as its record keeps it: a label without features is left out,
 * and that is told. With the corpus, the label scheme, the split and the seed it decides which utterance is
 * on which side.
 */
import { exclusionOf, type Exclusion } from '../corpus/exclusion';
import { applyScheme } from '../corpus/label-schemes';
import type { SampleNote } from '../corpus/sample';
import type { CorpusManifest } from '../corpus/types';
import { CorpusError } from '../errors/errors';
import { isRelative } from '../splits/registry';
import type { Dataset, VoteCounts } from './dataset';
import type { LogEntry } from './events';
import { prepareDataset } from './prepare';
import type { RunConfig } from '../config/run-config';

type Note = Pick<LogEntry, 'level' | 'code' | 'details'>;

export interface LeftOut {
  readonly id: string;
  /** Of the error that left it without features: `file-missing`, `file-changed`, `not-riff`, ... */
  readonly code: string;
}

export interface RunData {
  /** Utterances on either side. */
  readonly train: number;
  readonly validation: number;
  /** Held out for the end; absent where the split holds nothing out. */
  readonly test?: number;
  /** Labelled and part of the scheme, but without features; in the corpus' order. */
  readonly leftOut: readonly LeftOut[];
  /** What of a large corpus was read; absent where all of it was. */
  readonly sample?: SampleNote;
  /** Of each task whose targets are votes; absent without such a task. */
  readonly votes?: Readonly<Record<string, VoteCounts>>;
}

/** Codes of what may be there another time. */
const PASSING = ['file-missing', 'file-unreadable', 'file-changed'];

/**
 * Whether a run was made without utterances that may be there another time: the same run again may then be
 * another one.
 */
export const mayBeWhole = (data: Pick<RunData, 'leftOut'> | null): boolean =>
  data?.leftOut.some(({ code }) => PASSING.includes(code)) ?? false;

/** So many are named in the log; the record has them all. */
const NAMED = 5;

/** One entry a reason. @param of utterances of the scheme, these included */
function notesOf(leftOut: readonly LeftOut[], of: number): Note[] {
  return [...new Set(leftOut.map(({ code }) => code))].map((code) => {
    const ids = leftOut.filter((one) => one.code === code).map(({ id }) => id);
    return {
      level: 'warning',
      code: 'left-out',
      details: {
        count: ids.length,
        of,
        utterances: ids.slice(0, NAMED).join(', ') + (ids.length > NAMED ? ', …' : ''),
        code,
        message: code,
      },
    };
  });
}

const voteNotes = ({ votes = {} }: Dataset): Note[] =>
  Object.entries(votes).map(([task, { used, labelOnly, outside }]) => ({
    level: 'info',
    code: 'votes-as-targets',
    details: { task, used, labelOnly, outside },
  }));

/** What the configuration leaves out, and what of it there is not. */
function notesOfExcluded({ found, unknown }: Exclusion): Note[] {
  const named = unknown.slice(0, NAMED).join(', ') + (unknown.length > NAMED ? ', …' : '');
  return [
    ...(found.length === 0
      ? []
      : [{ level: 'info', code: 'excluded', details: { count: found.length } } as const]),
    ...(unknown.length === 0
      ? []
      : [
          {
            level: 'warning',
            code: 'excluded-unknown',
            details: { count: unknown.length, utterances: named },
          } as const,
        ]),
  ];
}

/** The part of a feature pack that says what is there and why the rest is not. */
export interface Features {
  readonly records: Readonly<Record<string, unknown>>;
  readonly failures: readonly LeftOut[];
  readonly passing?: readonly LeftOut[];
}

/**
 * The examples of a run that begins or goes on. It goes on with those it began with: what it began without
 * stays out, though it may be there by now, and a random split of fewer would be another split, by which it
 * would validate on what it has trained on.
 * @param earlier what it began with; null for a new run, and for one of 0.1.0, which did not keep it:
 * then nothing can be compared
 * @returns the notes are for the log
 * @throws CorpusError `data-changed`, `votes-changed`, `nothing-to-train`
 */
export function prepareRunData(
  manifest: CorpusManifest,
  config: RunConfig,
  { records, failures, passing = [] }: Features,
  earlier: RunData | null = null,
): { readonly dataset: Dataset; readonly data: RunData; readonly notes: readonly Note[] } {
  const without = new Map(
    [...(earlier?.leftOut ?? []), ...failures, ...passing].map(({ id, code }) => [id, code]),
  );
  const outside = new Set(earlier?.leftOut.map(({ id }) => id));
  const has = (id: string): boolean => Object.hasOwn(records, id) && !outside.has(id);
  const { items } = applyScheme(manifest, config);
  const leftOut = items
    .filter(({ id }) => !has(id))
    .map(({ id }): LeftOut => ({ id, code: without.get(id) ?? 'not-in-pack' }));
  const differs = earlier !== null && earlier.leftOut.length !== leftOut.length;
  if (differs && isRelative(config.split)) {
    const [had, now] = [items.length - earlier.leftOut.length, items.length - leftOut.length];
    throw new CorpusError('data-changed', { had, now });
  }
  const dataset = prepareDataset(manifest, config, new Set(items.map(({ id }) => id).filter(has)));
  for (const [task, { digest }] of Object.entries(earlier?.votes ?? {}))
    if (dataset.votes?.[task]?.digest !== digest) throw new CorpusError('votes-changed', { task });
  return {
    dataset,
    data: {
      train: dataset.train.length,
      validation: dataset.validation.length,
      ...(dataset.test ? { test: dataset.test.length } : {}),
      leftOut,
      ...(manifest.sample ? { sample: manifest.sample } : {}),
      ...(dataset.votes ? { votes: dataset.votes } : {}),
    },
    notes: [
      ...(earlier ? [] : notesOfExcluded(exclusionOf(manifest, config.exclude))),
      ...(earlier && !differs ? [] : notesOf(leftOut, items.length)),
      ...(earlier ? [] : voteNotes(dataset)),
    ],
  };
}
