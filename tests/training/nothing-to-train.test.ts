/** A run that has nothing to train or validate on says why. */
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { prepareDataset } from '../../src/core/training/prepare';

const MANIFEST: CorpusManifest = {
  version: 2,
  adapter: 'iemocap',
  fingerprint: 'f',
  utterances: Array.from({ length: 6 }, (_, i) => ({
    id: `Ses01F_impro01_F00${i}`,
    path: `${i}.wav`,
    sampleRate: 16_000,
    frames: 16_000,
    labels: { emotion: i < 4 ? 'ang' : 'sad', speaker: `s${i % 2}`, gender: null, valence: null },
    groups: { session: '1', speaker: `s${i % 2}` },
  })),
  problems: [],
};
const ALL = new Set(MANIFEST.utterances.map(({ id }) => id));
const compact = parseRunConfig(PRESETS.compact);
const said = (change: object, manifest = MANIFEST, available: ReadonlySet<string> = ALL) => {
  try {
    prepareDataset(manifest, parseRunConfig({ ...compact, ...change }), available);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('There was something to train on.');
};
const valence = { id: 'valence', kind: 'number', column: 'valence', loss: { id: 'mse' }, slot: 3 };

describe('nothing to train on', () => {
  it('because of the split', () => {
    expect(said({ split: { kind: 'session', session: 1 } })).toBe(
      'There are 0 utterances to train on and 6 to validate on: the split “session:1” divides 6 utterances so.',
    );
  });

  it('because of the label scheme', () => {
    const frustrated = {
      ...MANIFEST,
      utterances: MANIFEST.utterances.map((one, i) => ({
        ...one,
        labels: { ...one.labels, emotion: i < 2 ? 'xxx' : 'fru' },
      })),
    };
    expect(said({ tasks: [valence] }, frustrated)).toBe(
      'There are 0 utterances to train on and 0 to validate on: the label scheme “iemocap-4” takes none of 6 utterances; they are labelled: fru (4), xxx (2).',
    );
  });

  it('because of missing features', () => {
    expect(said({ tasks: [valence] }, MANIFEST, new Set())).toBe(
      'There are 0 utterances to train on and 0 to validate on: none of the corpus’ 6 utterances has features.',
    );
  });

  it('because of the tasks’ labels', () => {
    expect(said({ tasks: [valence], split: { kind: 'speaker', speaker: 's1' } })).toBe(
      'There are 0 utterances to train on and 0 to validate on: of 3 utterances on the empty side, none has a label of the tasks: valence.',
    );
  });
});
