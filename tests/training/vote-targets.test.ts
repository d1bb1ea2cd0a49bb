/** From votes in a manifest to a run's targets: which are used, what is counted, and what a run that goes on checks. */
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { CorpusManifest, Utterance } from '../../src/core/corpus/types';
import { countVotes } from '../../src/core/corpus/votes';
import { prepareRunData } from '../../src/core/training/run-data';
import { PAPER_TASKS } from '../../src/core/tasks/presets';

/** Twelve utterances of two speakers; what three listeners chose of each. */
const CHOICES: readonly (readonly string[])[][] = [
  [['ang'], ['ang'], ['fru']],
  [['hap'], ['exc'], ['neu']],
  [['fru'], ['oth'], ['fru']],
];
const utterance = (i: number, choices: readonly (readonly string[])[] | null): Utterance => ({
  id: `Ses01F_impro01_F${String(i).padStart(3, '0')}`,
  path: `${i}.wav`,
  sampleRate: 16_000,
  frames: 16_000,
  content: String(i),
  labels: { emotion: i % 2 === 0 ? 'ang' : 'exc', speaker: `s${i % 2}`, gender: 'female' },
  groups: { speaker: `s${i % 2}` },
  ...(choices ? { votes: { emotion: countVotes(choices) } } : {}),
});
const manifestOf = (choices: (i: number) => readonly (readonly string[])[] | null): CorpusManifest => ({
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'f',
  utterances: Array.from({ length: 12 }, (_, i) => utterance(i, choices(i))),
  problems: [],
});
const MANIFEST = manifestOf((i) => CHOICES[i] ?? null);
const config = parseRunConfig({
  ...PRESETS.compact,
  labelScheme: 'iemocap-4-exc',
  tasks: [{ ...PAPER_TASKS[0]!, targets: 'votes' }, PAPER_TASKS[1]!],
});
const pack = {
  records: Object.fromEntries(MANIFEST.utterances.map(({ id }) => [id, {}])),
  failures: [],
};

describe('a run whose task learns from votes', () => {
  const { dataset, data, notes } = prepareRunData(MANIFEST, config, pack);
  const all = [...dataset.train, ...dataset.validation].toSorted((a, b) => (a.id < b.id ? -1 : 1));

  it('has shares of the scheme’s classes, merged as it merges; labels stay what they were', () => {
    expect(dataset.classes[0]).toEqual(['angry', 'happy', 'neutral', 'sad']);
    expect(all.slice(0, 4).map(({ shares }) => shares)).toEqual([
      [[1, 0, 0, 0], undefined],
      [[0, 2 / 3, 1 / 3, 0], undefined],
      // No vote is for any of the classes; no vote at all: the label is the target.
      [null, undefined],
      [null, undefined],
    ]);
    expect(all.map(({ labels }) => labels[0])).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('counts what was used and what was left out, in its record and its log', () => {
    expect(data.votes).toEqual({
      emotion: { used: 2, labelOnly: 10, outside: 4, digest: expect.stringMatching(/^[0-9a-f]+$/) },
    });
    expect(notes).toEqual([
      {
        level: 'info',
        code: 'votes-as-targets',
        details: { task: 'emotion', used: 2, labelOnly: 10, outside: 4 },
      },
    ]);
  });

  it('goes on with the same votes without a word, and with others not at all', () => {
    expect(prepareRunData(MANIFEST, config, pack, data).notes).toEqual([]);
    // As many of each kind, for another class.
    const others = manifestOf((i) => (i === 0 ? [['sad'], ['ang'], ['fru']] : (CHOICES[i] ?? null)));
    expect(() => prepareRunData(others, config, pack, data)).toThrow(
      'The votes that task emotion began to learn from are others now.',
    );
  });

  it('does not begin without any', () => {
    expect(() =>
      prepareRunData(
        manifestOf(() => null),
        config,
        pack,
      ),
    ).toThrow('No utterance has listeners’ votes on “emotion” that task emotion could learn from.');
  });

  it('is the run that it always was where no task asks for votes', () => {
    const plain = parseRunConfig({ ...config, tasks: [PAPER_TASKS[0]!, PAPER_TASKS[1]!] });
    const found = prepareRunData(MANIFEST, plain, pack);
    expect(Object.keys(found.data)).toEqual(['train', 'validation', 'leftOut']);
    expect(Object.keys(found.dataset.train[0]!)).toEqual(['id', 'labels']);
  });
});
