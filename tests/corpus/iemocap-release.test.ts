/**
 * The release's label text, made anew from its published counts (10,039 utterances by speaker and label), each
 * with three evaluators whose votes lead to its label: what is read must count up to the published totals, which
 * are written here beside the table that the text is made from.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelByVote, parseEvaluation, parseUtteranceName } from '../../src/core/corpus/iemocap/labels';
import { parseTranscription } from '../../src/core/corpus/iemocap/transcripts';
import { countVotes, majorityOf } from '../../src/core/corpus/votes';
import { scanIemocap } from '../../src/core/corpus/iemocap/scan';
import { encodeWav16 } from '../../src/core/audio/wav';
import { memoryDirectory, type Content } from '../support/memory-directory';

const LABELS = ['ang', 'hap', 'exc', 'neu', 'sad', 'fru', 'sur', 'fea', 'dis', 'oth', 'xxx'] as const;
const CATEGORY = 'Anger Happiness Excited Neutral Sadness Frustration Surprise Fear Disgust Other'.split(' ');
/** Utterances by the speaker in the last field, in the order of LABELS. */
const RELEASE: Readonly<Record<string, readonly number[]>> = {
  Ses01F: [147, 69, 63, 171, 78, 107, 15, 5, 0, 0, 218],
  Ses01M: [82, 66, 80, 213, 116, 173, 10, 7, 1, 1, 197],
  Ses02F: [67, 70, 96, 135, 113, 165, 8, 5, 0, 1, 199],
  Ses02M: [70, 47, 114, 227, 84, 160, 9, 4, 0, 0, 237],
  Ses03F: [92, 80, 48, 130, 172, 199, 15, 2, 0, 0, 310],
  Ses03M: [148, 55, 103, 190, 133, 183, 13, 0, 1, 0, 262],
  Ses04F: [205, 31, 154, 76, 62, 188, 11, 2, 0, 0, 258],
  Ses04M: [122, 34, 84, 182, 81, 293, 8, 5, 0, 1, 306],
  Ses05F: [78, 77, 82, 221, 132, 161, 7, 8, 0, 0, 267],
  Ses05M: [92, 66, 217, 163, 113, 220, 11, 2, 0, 0, 253],
};

/** Two of three for the label; for `xxx` three for three, or two pairs. */
function evaluators(label: number, i: number): readonly string[] {
  const category = CATEGORY[label];
  if (category === undefined)
    return i % 2 === 0 ? ['Neutral;', 'Frustration;', 'Anger;'] : ['Neutral; Anger;', 'Neutral; Anger;', ''];
  const other = CATEGORY[(label + 1 + (i % 9)) % 10]!;
  return [
    `${category};`,
    i % 3 === 0 ? `${category}; ${CATEGORY[(label + 5) % 10]};` : `${category};`,
    `${other};`,
  ];
}

function* release(): Generator<{ readonly dialog: string; readonly text: string }> {
  for (const [speaker, counts] of Object.entries(RELEASE)) {
    // The wearer of the markers is the other one: the letter in front says nothing of the speaker.
    const wearer = speaker.endsWith('F') ? 'M' : 'F';
    const labels = counts.flatMap((count, label) => Array<number>(count).fill(label));
    for (let at = 0; at < labels.length; at += 100) {
      const dialog = `${speaker.slice(0, 5)}${wearer}_impro${String(1 + at / 100).padStart(2, '0')}`;
      const blocks = labels.slice(at, at + 100).map((label, i) => {
        const id = `${dialog}_${speaker.at(-1)}${String(i).padStart(3, '0')}`;
        const votes = evaluators(label, at + i).map((one, k) => `C-E${k + 1}:\t${one}\t()`);
        return `\n[1.0000 - 2.5000]\t${id}\t${LABELS[label]}\t[2.5000, 5.5000, 0.5000]\n${votes.join('\n')}\nC-${speaker.at(-1)}1:\tOther;\t()\nA-E3:\tval 6; act 6; dom ;\t()\n`;
      });
      yield { dialog, text: `% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n${blocks.join('')}\n` };
    }
  }
}

describe('the release’s label text', () => {
  const lines = [...release()].flatMap(({ text }) => {
    const read = parseEvaluation(text);
    expect(read.bad).toEqual([]);
    return read.lines;
  });
  const count = (of: (line: (typeof lines)[number]) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const line of lines) counts[of(line)] = (counts[of(line)] ?? 0) + 1;
    return counts;
  };

  it('has the published totals', () => {
    expect(lines).toHaveLength(10_039);
    expect(count(({ label }) => label)).toEqual({
      xxx: 2507,
      fru: 1849,
      neu: 1708,
      ang: 1103,
      sad: 1084,
      exc: 1041,
      hap: 595,
      sur: 107,
      fea: 40,
      oth: 3,
      dis: 2,
    });
    expect(count(({ id }) => parseUtteranceName(id)!.gender)).toEqual({ male: 5239, female: 4800 });
    const session = ({ id }: { readonly id: string }): string => String(parseUtteranceName(id)!.session);
    expect(count(session)).toEqual({ 1: 1819, 2: 1811, 3: 2136, 4: 2103, 5: 2170 });
    const of = (labels: readonly string[]): number[] =>
      [1, 2, 3, 4, 5].map(
        (n) => lines.filter((line) => session(line) === String(n) && labels.includes(line.label)).length,
      );
    expect(of(['ang', 'hap', 'neu', 'sad'])).toEqual([942, 813, 1000, 793, 942]);
    expect(of(['ang', 'hap', 'exc', 'neu', 'sad'])).toEqual([1085, 1023, 1151, 1031, 1241]);
  });

  it('follows from the votes of the evaluators, self-reports left out, line by line', () => {
    for (const { id, label, votes } of lines) {
      expect([id, labelByVote(votes)]).toEqual([id, label]);
      expect([id, majorityOf(countVotes(votes)) === null]).toEqual([id, label === 'xxx']);
    }
  });
});

describe('transcriptions', () => {
  const text = [
    'Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.',
    'M: Yeah.',
    'F:[LAUGHTER]',
    'F :Here you go.',
    'Ses01F_impro01_MXX0 [010.0000-011.0000]: Mm.',
    'Ses01F_impro01_M000 [010.0000-011.0000]: ',
    'Ses01F_impro01_F000 [100.0000-111.0000]: Twice.',
    '',
  ].join('\r\n');

  it('give the text by utterance; lines without a name are none', () => {
    expect([...parseTranscription(text)]).toEqual([
      ['Ses01F_impro01_F000', 'Excuse me.'],
      ['Ses01F_impro01_MXX0', 'Mm.'],
    ]);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('S', '[', ']', '0', '1', '-', ':', ' ', '\n', '_') }),
        (any) => {
          expect(parseTranscription(any).size).toBe(0);
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('and votes are told of the utterance, and change no fingerprint', async () => {
    const label = (votes: string): string =>
      `[1.0000 - 1.0100]\tSes01F_impro01_F000\txxx\t[2.5000, 2.5000, 2.5000]\n${votes}`;
    const dialog = 'Session1/dialog/';
    const files = (votes: string, more: Record<string, Content> = {}): Record<string, Content> => ({
      [`${dialog}EmoEvaluation/Ses01F_impro01.txt`]: label(votes),
      'Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav': encodeWav16(
        Float32Array.from({ length: 160 }, (_, i) => Math.sin(i)),
        16_000,
      ),
      ...more,
    });
    const bare = await scanIemocap(memoryDirectory(files('')));
    expect([bare.utterances[0]!.text, bare.utterances[0]!.votes]).toEqual([undefined, undefined]);
    const votes = 'C-E1:\tNeutral;\t()\nC-E2:\tFrustration;\t()\nC-E4:\tAnger;\t()\nC-F1:\tAnger;\t()\n';
    const whole = await scanIemocap(
      memoryDirectory(
        files(votes, {
          [`${dialog}transcriptions/Ses01F_impro01.txt`]: text,
          [`${dialog}transcriptions/Ses01F_impro02.txt`]: new Uint8Array([0, 1, 2]),
          [`${dialog}transcriptions/._Ses01F_impro01.txt`]: 'x',
        }),
      ),
    );
    expect(whole.utterances[0]).toMatchObject({
      text: 'Excuse me.',
      votes: { emotion: { raters: 3, counts: { neu: 1, fru: 1, ang: 1 } } },
    });
    expect(whole.problems.map(({ code, where, kept }) => [code, where, kept])).toEqual([
      ['unreadable-text', `${dialog}transcriptions/Ses01F_impro02.txt`, true],
    ]);
    expect([whole.fingerprint, whole.sizesFingerprint]).toEqual([bare.fingerprint, bare.sizesFingerprint]);
  });
});
