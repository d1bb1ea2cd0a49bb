/**
 * What a run trains on where features are missing: told with the reason, kept, and the same when it goes on.
 */
import { describe, expect, it } from 'vitest';
import { manifestOf1, type ManifestV1 } from '../../src/core/corpus/manifest-versions';
import { PRESETS } from '../../src/core/config/presets';
import { mayBeWhole, prepareRunData } from '../../src/core/training/run-data';

const ids = Array.from(
  { length: 20 },
  (_, i) => `Ses0${(i % 2) + 1}F_impro01_F${String(i).padStart(3, '0')}`,
).sort();
const utterance = (id: string, i: number): ManifestV1['utterances'][number] => ({
  id,
  speaker: id.slice(0, 6),
  gender: 'female',
  session: Number(id[4]),
  dialog: id.slice(0, 14),
  scripted: false,
  label: ['ang', 'hap', 'neu', 'sad'][i % 4]!,
  vad: [2, 2, 2],
  path: `${id}.wav`,
  sampleRate: 16_000,
  frames: 100,
});
const manifest = manifestOf1({
  version: 1,
  corpus: 'iemocap',
  fingerprint: 'f',
  utterances: ids.map(utterance),
  problems: [],
});
const config = { ...PRESETS.compact, split: { kind: 'random', validationFraction: 0.2 } } as const;
const session = { ...config, split: { kind: 'session', session: 2 } } as const;
const pack = (without: readonly string[], passing: readonly { id: string; code: string }[] = []) => ({
  records: Object.fromEntries(ids.filter((id) => !without.includes(id)).map((id) => [id, {}])),
  failures: [],
  passing,
});
const [first, second, third] = [ids[3]!, ids[7]!, ids[11]!];

describe('the data of a run', () => {
  it('are all labelled utterances where all have features, and nothing is told', () => {
    const { dataset, data, notes } = prepareRunData(manifest, config, pack([]));
    expect(data).toEqual({ train: 16, validation: 4, leftOut: [] });
    expect([dataset.train.length, dataset.validation.length, notes]).toEqual([16, 4, []]);
  });

  it('say what part of a large corpus was read', () => {
    const sample = { kind: 'proportional', count: 20, seed: 1, of: 300_000 } as const;
    expect(prepareRunData({ ...manifest, sample }, config, pack([])).data).toEqual({
      train: 16,
      validation: 4,
      leftOut: [],
      sample,
    });
  });

  it('name what vanished, with the reason, in the record and in the log', () => {
    const { data, notes } = prepareRunData(
      manifest,
      config,
      pack(
        [first, second, third],
        [first, second, third].map((id) => ({ id, code: id === third ? 'file-changed' : 'file-missing' })),
      ),
    );
    expect(data).toEqual({
      train: 14,
      validation: 3,
      leftOut: [
        { id: first, code: 'file-missing' },
        { id: second, code: 'file-missing' },
        { id: third, code: 'file-changed' },
      ],
    });
    expect(notes).toEqual([
      {
        level: 'warning',
        code: 'left-out',
        details: {
          count: 2,
          of: 20,
          utterances: `${first}, ${second}`,
          code: 'file-missing',
          message: 'file-missing',
        },
      },
      {
        level: 'warning',
        code: 'left-out',
        details: { count: 1, of: 20, utterances: third, code: 'file-changed', message: 'file-changed' },
      },
    ]);
    expect([
      mayBeWhole(data),
      mayBeWhole({ leftOut: [{ id: 'x', code: 'too-long' }] }),
      mayBeWhole(null),
    ]).toEqual([true, false, false]);
  });

  it('names five in the log, and all in the record', () => {
    const gone = ids.slice(0, 7);
    const { data, notes } = prepareRunData(manifest, config, pack(gone));
    expect(data.leftOut).toEqual(gone.map((id) => ({ id, code: 'not-in-pack' })));
    expect(notes).toMatchObject([{ details: { count: 7, utterances: `${gone.slice(0, 5).join(', ')}, …` } }]);
  });

  it('are the same when the run goes on, though the missing files are back', () => {
    const begun = prepareRunData(manifest, config, pack([first], [{ id: first, code: 'file-missing' }]));
    const later = prepareRunData(manifest, config, pack([]), begun.data);
    expect(later).toEqual({ dataset: begun.dataset, data: begun.data, notes: [] });
  });

  it('cannot be fewer than the run began with where the split is random: it would be another split', () => {
    const begun = prepareRunData(manifest, config, pack([first]));
    expect(() => prepareRunData(manifest, config, pack([first, second]), begun.data)).toThrow(
      expect.objectContaining({ code: 'data-changed', details: { had: 19, now: 18 } }),
    );
    // Sides that a session decides stay what they are.
    const held = prepareRunData(manifest, session, pack([first]));
    const fewer = prepareRunData(manifest, session, pack([first, second]), held.data);
    expect(fewer.notes).toMatchObject([{ code: 'left-out', details: { count: 2, of: 20 } }]);
    const all = new Set(held.dataset.train.map(({ id }) => id));
    expect(fewer.dataset.train.every(({ id }) => all.has(id))).toBe(true);
  });
});

describe('utterances that the configuration excludes', () => {
  const exclude = [third, first, 'Ses05F_impro01_F000'];
  const others = { ...manifest, utterances: manifest.utterances.filter(({ id }) => !exclude.includes(id)) };

  it.each([
    config,
    session,
    { ...config, split: { kind: 'stratified', column: 'emotion', validationFraction: 0.25 } } as const,
  ])('are as if the corpus did not have them: $split', (chosen) => {
    const { dataset, data } = prepareRunData(manifest, { ...chosen, exclude }, pack([]));
    const reference = prepareRunData(others, chosen, pack([]));
    expect(dataset).toEqual(reference.dataset);
    expect(data).toEqual(reference.data);
    expect(data.train + data.validation).toBe(18);
    // Whatever their order, also without features, and when the run goes on.
    const turned = { ...chosen, exclude: exclude.toReversed() };
    expect(prepareRunData(manifest, turned, pack([first])).dataset).toEqual(dataset);
    expect(prepareRunData(manifest, turned, pack([]), data).dataset).toEqual(dataset);
  });

  it('are told at the start, and so are those that the corpus does not have', () => {
    const { data, notes } = prepareRunData(manifest, { ...config, exclude }, pack([]));
    expect(notes).toEqual([
      { level: 'info', code: 'excluded', details: { count: 2 } },
      {
        level: 'warning',
        code: 'excluded-unknown',
        details: { count: 1, utterances: 'Ses05F_impro01_F000' },
      },
    ]);
    expect(prepareRunData(manifest, { ...config, exclude }, pack([]), data).notes).toEqual([]);
  });
});
