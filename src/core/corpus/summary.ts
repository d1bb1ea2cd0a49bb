/**
 * What a corpus holds, counted for the Data screen: classes x speakers x sessions, durations, labels left
 * out, and the problem report grouped so that ten thousand skipped files fit in a few lines.
 */
import { adapterOf } from './adapters/registry';
import { applyScheme, schemeOf } from './label-schemes';
import type { CorpusManifest, Utterance } from './types';
import type { Problem } from '../errors/problem';

export interface SpeakerRow {
  readonly speaker: string;
  /** Null where the corpus does not say. */
  readonly gender: string | null;
  /** Null where the corpus has no sessions. */
  readonly session: string | null;
  /** Utterances per class of the scheme. */
  readonly counts: readonly number[];
  readonly utterances: number;
  readonly seconds: number;
}

export interface ProblemGroup extends Pick<Problem, 'code' | 'reason' | 'found'> {
  readonly count: number;
  /** How many of them are kept in spite of it. */
  readonly kept: number;
  /** The first few. */
  readonly examples: readonly Problem[];
}

export interface CorpusSummary {
  /** In the manifest, whatever their label. */
  readonly labelledUtterances: number;
  /** Used by the scheme; so are all counts below. */
  readonly utterances: number;
  readonly seconds: number;
  readonly classes: readonly string[];
  /** Empty where the corpus has none. */
  readonly sessions: readonly string[];
  /** One row per speaker and session, in order of speaker. */
  readonly rows: readonly SpeakerRow[];
  readonly classTotals: readonly number[];
  /** Left out by the scheme, most frequent label first. */
  readonly excluded: readonly { readonly label: string; readonly count: number }[];
  /** All labels of the manifest, in order of name. */
  readonly byLabel: Readonly<Record<string, number>>;
  /** Of all labelled utterances, ascending; more than one is unusual. */
  readonly sampleRates: readonly number[];
  /** Of those that the scheme uses. */
  readonly rates: readonly { readonly hertz: number; readonly count: number }[];
  /** Most frequent first. */
  readonly problems: readonly ProblemGroup[];
}

/** How many utterances have which sample rate, by rate. */
export function countRates(
  utterances: readonly Pick<Utterance, 'sampleRate'>[],
): { readonly hertz: number; readonly count: number }[] {
  const counts = new Map<number, number>();
  for (const { sampleRate } of utterances) counts.set(sampleRate, (counts.get(sampleRate) ?? 0) + 1);
  return [...counts].map(([hertz, count]) => ({ hertz, count })).sort((a, b) => a.hertz - b.hertz);
}

/** Counts a manifest under a label scheme. @param examples how many problems of each kind to show */
export function summarise(manifest: CorpusManifest, scheme: string, examples = 5): CorpusSummary {
  const { items, classes, excluded } = applyScheme(manifest, scheme);
  const { column } = schemeOf(adapterOf(manifest), scheme);
  const names = classes[column]!;
  const rows = new Map<string, SpeakerRow & { counts: number[]; utterances: number; seconds: number }>();
  for (const { utteranceIndex, labels, groups } of items) {
    const { labels: raw, frames, sampleRate } = manifest.utterances[utteranceIndex]!;
    const { speaker = '', session = null } = groups;
    const gender = raw['gender'] === null || raw['gender'] === undefined ? null : String(raw['gender']);
    const key = `${speaker}/${session}`;
    const row = rows.get(key) ?? {
      speaker,
      gender,
      session,
      counts: names.map(() => 0),
      utterances: 0,
      seconds: 0,
    };
    row.counts[labels[column]!]!++;
    row.utterances++;
    row.seconds += frames / sampleRate;
    rows.set(key, row);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return {
    labelledUtterances: manifest.utterances.length,
    utterances: items.length,
    seconds: sorted.reduce((sum, { seconds }) => sum + seconds, 0),
    classes: names,
    sessions: [...new Set(sorted.flatMap(({ session }) => session ?? []))].sort(),
    rows: sorted,
    classTotals: names.map((_, c) => sorted.reduce((sum, { counts }) => sum + counts[c]!, 0)),
    excluded: Object.entries(excluded)
      .map(([label, count]) => ({ label, count }))
      .sort((a, b) => b.count - a.count),
    byLabel: tally(manifest.utterances.map(({ labels }) => String(labels[column] ?? ''))),
    sampleRates: distinct(manifest.utterances.map(({ sampleRate }) => sampleRate)),
    rates: countRates(items.map(({ utteranceIndex }) => manifest.utterances[utteranceIndex]!)),
    problems: groupProblems(manifest.problems, examples),
  };
}

/** A format's name, rather than the first bytes of something unknown: these differ from file to file. */
const isNamed = (found: string): boolean => !/^[\da-f]{2}( [\da-f]{2})*$/.test(found);

/** Problems by code, unreadable audio also by what it is; most frequent first, with the first few of each. */
export function groupProblems(problems: readonly Problem[], examples = 5): ProblemGroup[] {
  const groups = new Map<
    string,
    { readonly of: Pick<Problem, 'code' | 'reason' | 'found'>; readonly all: Problem[] }
  >();
  for (const problem of problems) {
    const { code, reason, found } = problem;
    const of = {
      code,
      ...(reason === undefined ? {} : { reason }),
      ...(found === undefined || !isNamed(found) ? {} : { found }),
    };
    const key = Object.values(of).join('|');
    const group = groups.get(key);
    if (group) group.all.push(problem);
    else groups.set(key, { of, all: [problem] });
  }
  return [...groups.values()]
    .map(({ of, all }) => ({
      ...of,
      count: all.length,
      kept: all.filter(({ kept }) => kept).length,
      examples: all.slice(0, examples),
    }))
    .sort((a, b) => b.count - a.count);
}

const distinct = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
