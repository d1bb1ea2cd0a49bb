/** The text of IEMOCAP: names, evaluation files, and the rule by which labels follow from votes. */
import { describe, expect, it } from 'vitest';
import { labelByVote, parseEvaluation, parseUtteranceName } from '../../src/core/corpus/iemocap/labels';
import { labelText } from '../../src/core/corpus/label-text';

const HEADER = '% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n';
const BLOCK = `[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]
C-E2:\tNeutral;\t()
C-E3:\tNeutral; Frustration;\t()
C-E4:\tNeutral;\t(curious, perhaps)
C-F1:\tNeutral; Anger;\t(curious)
A-E3:\tval 3; act 2; dom  2;\t()
A-E4:\tval 6; act 6; dom ;\t()
A-F1:\tval 3; act 2; dom  1;\t()
`;

describe('utterance names', () => {
  it('takes the speaker from the last letter, not from the marker-wearing actor in front', () => {
    expect(parseUtteranceName('Ses01F_impro01_M003')).toEqual({
      session: 1,
      dialog: 'Ses01F_impro01',
      scripted: false,
      speaker: 'Ses01M',
      gender: 'male',
    });
    expect(parseUtteranceName('Ses04M_script03_2_F041')).toEqual({
      session: 4,
      dialog: 'Ses04M_script03_2',
      scripted: true,
      speaker: 'Ses04F',
      gender: 'female',
    });
  });

  it('keeps the dialogs with a letter at the end apart', () => {
    expect(parseUtteranceName('Ses05M_script01_1b_F003')?.dialog).toBe('Ses05M_script01_1b');
    expect(parseUtteranceName('Ses05M_script01_1_F003')?.dialog).toBe('Ses05M_script01_1');
    expect(parseUtteranceName('Ses03M_impro05a_M000')?.dialog).toBe('Ses03M_impro05a');
    expect(parseUtteranceName('Ses03M_impro08b_M000')?.dialog).toBe('Ses03M_impro08b');
  });

  it.each([
    'Ses03F_impro05_MXX0',
    'Ses06F_impro01_F000',
    'Ses01X_impro01_F000',
    'Ses01F_impro01',
    'Ses01F_impro01_F00',
    '._Ses01F_impro01_F000',
    'Ses01F_impro01_F000 ',
  ])('refuses %s', (id) => expect(parseUtteranceName(id)).toBeNull());
});

describe('evaluation files', () => {
  it('reads an utterance with its evaluators and nothing of the self-reports', () => {
    const { lines, bad } = parseEvaluation(HEADER + BLOCK);
    expect(bad).toEqual([]);
    expect(lines).toEqual([
      {
        id: 'Ses01F_impro01_F000',
        start: 6.2901,
        end: 8.2357,
        label: 'neu',
        vad: [2.5, 2.5, 2.5],
        votes: [['Neutral'], ['Neutral', 'Frustration'], ['Neutral']],
        ratings: [
          [3, 2, 2],
          [6, 6, null],
        ],
      },
    ]);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a missing final newline', (text: string) => text.trimEnd()],
    ['a missing header', (text: string) => text.slice(HEADER.length)],
    ['a byte-order mark', (text: string) => `\uFEFF${text}`],
    ['trailing blanks', (text: string) => text.replaceAll('\n', '  \n')],
  ])('tolerates %s', (_, change) => {
    const parsed = parseEvaluation(change(HEADER + BLOCK));
    expect(parsed).toEqual(parseEvaluation(HEADER + BLOCK));
    expect(parsed.lines).toHaveLength(1);
  });

  const reference = parseEvaluation(HEADER + BLOCK);
  const spaces = (text: string): string => text.replaceAll('\t', ' ');

  it.each<[string, (text: string) => string, 'spaced' | 'spreadsheet']>([
    ['tabs that became single spaces', spaces, 'spaced'],
    ['tabs that became four spaces', (text) => text.replaceAll('\t', '    '), 'spaced'],
    ['spaces beside the tabs', (text) => text.replaceAll('\t', ' \t '), 'spaced'],
    ['spaces for tabs, CRLF and trailing blanks', (text) => spaces(text).replaceAll('\n', ' \r\n'), 'spaced'],
    [
      'fields in quotes',
      (text) => text.replace(/^(.*)\t(.*)\t(.*)\t(.*)$/m, '"$1"\t"$2"\t"$3"\t"$4"'),
      'spreadsheet',
    ],
    ['only the brackets in quotes', (text) => text.replace(/\[2\.5.*\]/, '"$&"'), 'spreadsheet'],
    ['commas for tabs', (text) => text.replace(/\[2\.5.*\]/, '"$&"').replaceAll('\t', ','), 'spreadsheet'],
    [
      'semicolons for tabs, empty columns behind',
      (text) => text.replaceAll('\t', ';').replaceAll('\n', ';;;\n'),
      'spreadsheet',
    ],
    [
      'decimal commas',
      (text) => text.replace(/(\d)\.(\d{4})/g, '$1,$2').replaceAll('\t', ';'),
      'spreadsheet',
    ],
  ])('reads %s, and counts the lines', (_, change, kind) => {
    const { spaced, spreadsheet, ...read } = parseEvaluation(change(HEADER + BLOCK));
    expect({ ...read, spaced: 0, spreadsheet: 0 }).toEqual(reference);
    expect([spaced, spreadsheet]).toEqual(kind === 'spaced' ? [1, 0] : [0, 1]);
  });

  it('reads the case of a file whose tabs became spaces', () => {
    const { lines, bad, spaced } = parseEvaluation(
      '% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n[6.2901 - 8.2357] Ses01F_impro01_F000 neu [2.5000, 2.5000, 2.5000]\nC-E2: Neutral; ()\n\n',
    );
    expect({ lines, bad, spaced }).toEqual({
      lines: [
        {
          id: 'Ses01F_impro01_F000',
          start: 6.2901,
          end: 8.2357,
          label: 'neu',
          vad: [2.5, 2.5, 2.5],
          votes: [['Neutral']],
          ratings: [],
        },
      ],
      bad: [],
      spaced: 1,
    });
  });

  it('does not guess where a field is missing', () => {
    const { lines, bad } = parseEvaluation(
      '[6.2901 - 8.2357] Ses01F_impro01_F000 [2.5000, 2.5000, 2.5000]\n[6.2901 - 8.2357] Ses01F impro01 F000 neu [2.5000, 2.5000, 2.5000]\n[6.2901] Ses01F_impro01_F000 neu [2.5000, 2.5000]\n',
    );
    expect([lines.length, bad.length]).toEqual([0, 3]);
  });

  it('knows a transcription, which has the same name', () => {
    expect(
      parseEvaluation('Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.\r\nM: Yeah.\r\n').transcription,
    ).toBe(true);
    expect(parseEvaluation('Ses01F_impro01_F000 :Neutral state; ()\n').transcription).toBe(false);
  });

  describe('as bytes', () => {
    const text = HEADER + BLOCK;
    const utf16 = (big: boolean): Uint8Array =>
      Uint8Array.from(text.split('').flatMap((c) => (big ? [0, c.charCodeAt(0)] : [c.charCodeAt(0), 0])));
    const utf8 = (changed: string): Uint8Array => new TextEncoder().encode(changed);
    const bytes = (...parts: readonly Uint8Array[]): Uint8Array =>
      Uint8Array.from(parts.flatMap((part) => [...part]));
    it.each<[string, Uint8Array]>([
      ['ASCII', utf8(text)],
      ['UTF-8 with a mark', utf8(`\uFEFF${text}`)],
      ['UTF-16 with a mark', bytes(Uint8Array.of(0xff, 0xfe), utf16(false))],
      ['UTF-16, big-endian, with a mark', bytes(Uint8Array.of(0xfe, 0xff), utf16(true))],
      ['UTF-16 without a mark', utf16(false)],
      ['UTF-16, big-endian, without a mark', utf16(true)],
      [
        'Latin-1 with accents in a comment',
        Uint8Array.from(
          text
            .replace('(curious, perhaps)', '(curi\xf6s)')
            .split('')
            .map((c) => c.charCodeAt(0)),
        ),
      ],
      ['UTF-8 with accents in a comment', utf8(text.replace('(curious, perhaps)', '(любопытно)'))],
      ['CR alone', utf8(text.replaceAll('\n', '\r'))],
      ['non-breaking spaces in UTF-8', utf8(text.replaceAll(' ', '\u00a0'))],
      [
        'non-breaking spaces in Latin-1',
        Uint8Array.from(
          text
            .replaceAll(' ', '\u00a0')
            .split('')
            .map((c) => c.charCodeAt(0)),
        ),
      ],
      ['a dash for the hyphen between the times', utf8(text.replace(' - ', ' – '))],
    ])('%s', (_, content) => expect(parseEvaluation(labelText(content)!)).toEqual(reference));

    it('refuses what is no text', () => {
      expect(labelText(Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0, 0, 0))).toBeNull();
      expect(labelText(Uint8Array.of(1, 0, 2))).toBeNull();
    });
  });

  it('accepts averages outside 1..5 and empty votes', () => {
    const { lines, bad } = parseEvaluation(
      '[1.0000 - 2.0000]\tSes03M_impro07_M003\thap\t[5.5000, 4.0000, 0.5000]\nC-E2:\t;\t()\nC-M3:\t;\t()\nA-E3:\tval 6; act 6; dom ;\t()\n',
    );
    expect(bad).toEqual([]);
    expect(lines[0]).toMatchObject({ vad: [5.5, 4, 0.5], votes: [[]] });
  });

  it('returns what is outside the grammar, with its line, and reads on behind it', () => {
    const { lines, bad } =
      parseEvaluation(`${HEADER}${BLOCK}[1.0000 - 2.0000]\tSes01F_impro01_F900\tneu\t[broken
C-E2:\tAnger;\t()
[9.0000 - 9.5000]\tSes01F_impro01_F001\tang\t[2.0000, 4.0000, 4.0000]
Ses01F_impro01_F000 :Neutral state; ()
`);
    expect(lines.map(({ id }) => id)).toEqual(['Ses01F_impro01_F000', 'Ses01F_impro01_F001']);
    expect(bad.map(({ line }) => line)).toEqual([11, 14]);
    expect(lines[0]!.votes).toHaveLength(3); // the broken line's vote is nobody's
  });
});

describe('the label rule', () => {
  it.each([
    [[['Neutral'], ['Neutral'], ['Neutral']], 'neu'],
    [[['Anger'], ['Frustration', 'Anger'], ['Neutral']], 'ang'],
    [[['Anger'], ['Frustration'], ['Neutral']], 'xxx'],
    [[['Anger', 'Frustration'], ['Anger', 'Frustration'], ['Neutral']], 'xxx'],
    [[['Excited'], ['Excited'], []], 'exc'],
    [[['Happiness'], [], []], 'xxx'],
    [[], 'xxx'],
  ] as const)('%j -> %s', (votes, label) => expect(labelByVote(votes)).toBe(label));
});
