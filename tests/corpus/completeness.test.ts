/** What a copy has beside the release, and recordings that are there twice under two names. */
import { clauseText } from '../../src/core/errors/clauses';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { iemocap } from '../../src/core/corpus/adapters/iemocap';
import { completeness as compare } from '../../src/core/corpus/completeness';
import type { ScanCounts } from '../../src/core/corpus/types';
import { scanIemocap } from '../support/scan-iemocap';
import { heardInTraining, identicalAudio } from '../../src/core/corpus/identical-audio';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { makeSplit } from '../../src/core/splits/make';
import { memoryDirectory, type Content } from '../support/memory-directory';

const RELEASE = [1819, 1811, 2136, 2103, 2170];
const completeness = (found: ScanCounts) => compare(found, iemocap.release!);
const found = (
  sessions: readonly (readonly [session: number, labels: number, audio: number, both: number])[],
) => ({
  labels: 0,
  audio: 0,
  sessions: sessions.map(([session, labels, audio, both]) => ({ session, labels, audio, both })),
});

describe('beside the release', () => {
  it('the full release is whole', () => {
    expect(iemocap.release!.reduce((sum, count) => sum + count, 0)).toBe(10_039);
    expect(completeness(found(RELEASE.map((count, i) => [i + 1, count, count, count])))).toMatchObject({
      labels: 10_039,
      audio: 10_039,
      both: 10_039,
      absent: [],
      partial: [],
    });
  });

  it('half of the labels gone, a session absent, audio short', () => {
    const { sessions, absent, partial, labels, audio, both } = completeness(
      found([
        [1, 910, 1819, 910],
        [2, 1811, 1811, 1811],
        [3, 2136, 2100, 2100],
        [5, 2170, 2170, 2170],
      ]),
    );
    expect([absent, partial, labels, audio, both]).toEqual([[4], [1, 3], 7027, 7900, 6991]);
    expect(sessions[3]).toEqual({ session: 4, labels: 0, audio: 0, both: 0, release: 2103 });
  });
});

const turn = (n: number): string => `Ses01F_impro01_F${String(n).padStart(3, '0')}`;
const tone = (seed: number): Uint8Array =>
  encodeWav16(
    Float32Array.from({ length: 300 }, (_, i) => 0.3 * Math.sin(i / (3 + seed))),
    16_000,
  );
const line = (id: string, emotion: string): string =>
  `[1.0000 - 2.0000]\t${id}\t${emotion}\t[2.5000, 2.5000, 2.5000]\n`;
/** A session in which every recording's sound is also under the next name; the labels alternate. */
function copied(count: number): Record<string, Content> {
  const files: Record<string, Content> = {
    'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt': Array.from({ length: count }, (_, i) =>
      line(turn(i), i % 4 < 2 ? 'neu' : 'ang'),
    ).join(''),
  };
  for (let i = 0; i < count; i++)
    files[`Session1/sentences/wav/Ses01F_impro01/${turn(i)}.wav`] = tone(Math.floor(i / 2));
  return files;
}

describe('a scan counts by session', () => {
  it('labels, audio and both, each utterance once; recordings that have no label in the release do not count', async () => {
    const wav = 'Session1/sentences/wav/Ses01F_impro01/';
    const manifest = await scanIemocap(
      memoryDirectory({
        'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt':
          [0, 1, 2, 2].map((n) => line(turn(n), 'neu')).join('') + line('Ses02F_impro01_M000', 'sad'),
        [`${wav}${turn(0)}.wav`]: tone(1),
        [`${wav}${turn(1)}.wav`]: '',
        [`${wav}${turn(7)}.wav`]: tone(2),
        [`${wav}Ses01F_impro01_FXX0.wav`]: tone(3),
      }),
    );
    expect(manifest.found).toEqual({
      labels: 5,
      audio: 4,
      sessions: [
        { session: 1, labels: 3, audio: 3, both: 2 },
        { session: 2, labels: 1, audio: 0, both: 0 },
      ],
    });
  });
});

describe('identical recordings', () => {
  it('are named by the scan, with labels that contradict each other', async () => {
    const files = copied(6);
    files['Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F003.wav'] = tone(0);
    const { problems, utterances } = await scanIemocap(memoryDirectory(files));
    expect(utterances).toHaveLength(6);
    expect(
      problems.map(({ code, where, said, kept }) => [code, where.slice(-8), clauseText(said), kept]),
    ).toEqual([
      ['identical-audio', 'F001.wav', 'the same sound as Ses01F_impro01_F000', true],
      [
        'identical-audio',
        'F003.wav',
        'the same sound as Ses01F_impro01_F000, which is labelled neu and not ang',
        true,
      ],
      ['identical-audio', 'F005.wav', 'the same sound as Ses01F_impro01_F004', true],
    ]);
  });

  it('on both sides of a split are counted', async () => {
    const manifest = await scanIemocap(memoryDirectory(copied(40)));
    const { items } = applyScheme(manifest, 'iemocap-4');
    const { train, validation } = makeSplit(items, { kind: 'random', validationFraction: 0.5 }, 1);
    const trained = new Set(train.map(({ id }) => id));
    // By the names: the copy of an even number is the next odd one.
    const expected = validation
      .map(({ id }) => id)
      .filter((id) => trained.has(turn(Number(id.slice(-3)) ^ 1)));
    expect(expected.length).toBeGreaterThan(3);
    expect(heardInTraining(manifest.utterances, train, validation).sort()).toEqual(expected.sort());
  });

  it('are none on one side only, none without a content, and any split of any groups is counted right', () => {
    expect(
      heardInTraining(
        [
          { id: 'a', content: 'x' },
          { id: 'b', content: 'x' },
        ],
        [{ id: 'a' }, { id: 'b' }],
        [],
      ),
    ).toEqual([]);
    expect(identicalAudio([{ id: 'a' }, { id: 'b' }])).toEqual([]);
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            content: fc.constantFrom('a', 'b', 'c', 'd', undefined),
            side: fc.constantFrom('train', 'validation', 'neither'),
          }),
          { maxLength: 30 },
        ),
        (drawn) => {
          const all = drawn.map(({ content, side }, i) => ({
            id: String(i),
            side,
            ...(content === undefined ? {} : { content }),
          }));
          const on = (wanted: string) => all.filter(({ side }) => side === wanted);
          const expected = on('validation')
            .filter(
              ({ content }) =>
                content !== undefined && on('train').some((other) => other.content === content),
            )
            .map(({ id }) => id);
          expect(heardInTraining(all, on('train'), on('validation')).sort()).toEqual(expected.sort());
        },
      ),
    );
  });
});
