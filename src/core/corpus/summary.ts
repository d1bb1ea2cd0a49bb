/**
 * What a corpus holds, counted for the Data screen: classes by the adapter's counted groups, durations, labels left
 * out, and the problem report grouped so that ten thousand skipped files fit in a few lines.
 */
import { descriptionOf } from './adapters/registry';
import { applyScheme, schemeOf, type LabelledItem } from './label-schemes';
import type { Selection } from './exclusion';
import type { CorpusManifest, Utterance } from './types';
import type { Problem } from '../errors/problem';

/** The utterances that are alike in every counted group. */
export interface CountRow {
  /** By column of `CorpusSummary.groups`; null where it has none. */
  readonly groups: Readonly<Record<string, string | null>>;
  /** By column of `CorpusSummary.labels`: the values that occur, sorted. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** By column of `CorpusSummary.numbers`: the mean of those that have one; null where none has. */
  readonly numbers: Readonly<Record<string, number | null>>;
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
  /** Columns of groups that are counted by and that it has. */
  readonly groups: readonly string[];
  /** Other columns of classes than the scheme's, which are no counted groups. */
  readonly labels: readonly string[];
  /** Columns of numbers. */
  readonly numbers: readonly string[];
  /** One row for each combination of the groups' values, in their order. */
  readonly rows: readonly CountRow[];
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
export function summarise(manifest: CorpusManifest, chosen: string | Selection, examples = 5): CorpusSummary {
  const { items, classes, numbers, excluded } = applyScheme(manifest, chosen);
  const scheme = typeof chosen === 'string' ? chosen : chosen.labelScheme;
  const described = descriptionOf(manifest);
  const { column } = schemeOf(described, scheme);
  // A scheme that takes every utterance has no column.
  const names = classes[column] ?? [];
  const groups = described.groups
    .filter(({ id, counted }) => counted && items.some((item) => item.groups[id] !== undefined))
    .map(({ id }) => id);
  const others = Object.keys(classes).filter((id) => id !== column && !groups.includes(id));
  const members = new Map<string, LabelledItem[]>();
  for (const item of items) {
    const key = JSON.stringify(groups.map((id) => item.groups[id] ?? ''));
    const alike = members.get(key);
    if (alike) alike.push(item);
    else members.set(key, [item]);
  }
  const rows = [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, alike]): CountRow => {
      const meanOf = (id: string): number | null => {
        const values = alike.flatMap(({ labels }) => labels[id] ?? []);
        return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const valuesOf = (id: string): string[] => [
        ...new Set(alike.flatMap(({ labels }) => (labels[id] === null ? [] : classes[id]![labels[id]!]!))),
      ];
      const frames = alike.map(({ utteranceIndex }) => manifest.utterances[utteranceIndex]!);
      return {
        groups: Object.fromEntries(groups.map((id) => [id, alike[0]!.groups[id] ?? null])),
        labels: Object.fromEntries(others.map((id) => [id, valuesOf(id).sort()])),
        numbers: Object.fromEntries(numbers.map((id) => [id, meanOf(id)])),
        counts: names.map((_, k) => alike.filter(({ labels }) => labels[column] === k).length),
        utterances: alike.length,
        seconds: frames.reduce((sum, one) => sum + one.frames / one.sampleRate, 0),
      };
    });
  return {
    labelledUtterances: manifest.utterances.length,
    utterances: items.length,
    seconds: rows.reduce((sum, { seconds }) => sum + seconds, 0),
    classes: names,
    groups,
    labels: others,
    numbers,
    rows,
    classTotals: names.map((_, c) => rows.reduce((sum, { counts }) => sum + counts[c]!, 0)),
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
