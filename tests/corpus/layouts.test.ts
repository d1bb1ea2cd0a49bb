/**
 * Copies of the release whose folders are not where they were: read where it is beyond doubt what is meant,
 * and then exactly as the release itself; else refused with a word on what was looked for. Nothing is passed
 * over without a line in the report.
 */
import { clauseText } from '../../src/core/errors/clauses';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { scanIemocap } from '../support/scan-iemocap';
import type { CorpusDirectory, CorpusManifest } from '../../src/core/corpus/types';
import type { Problem } from '../../src/core/errors/problem';
import { CorpusError } from '../../src/core/errors/errors';
import { memoryDirectory, type Content } from '../support/memory-directory';

type Files = Record<string, Content>;
const sound = (seed: number): Uint8Array =>
  encodeWav16(
    Float32Array.from({ length: 200 + seed }, (_, i) => 0.3 * Math.sin(i / (3 + seed))),
    16_000,
  );
const line = (id: string): string =>
  `[1.0000 - 2.0000]\t${id}\tneu\t[2.5000, 2.5000, 2.5000]\nC-E2:\tNeutral;\t()\n\n`;

/** Sessions 1 to `count`, two dialogs each, a woman's and a man's turn in each. */
function release(count = 2): Files {
  const files: Files = {};
  for (let session = 1; session <= count; session++) {
    for (const dialog of [`Ses0${session}F_impro01`, `Ses0${session}M_script01_1`]) {
      const ids = [`${dialog}_F000`, `${dialog}_M000`];
      files[`Session${session}/dialog/EmoEvaluation/${dialog}.txt`] = ids.map(line).join('');
      files[`Session${session}/dialog/transcriptions/${dialog}.txt`] =
        `${ids[0]} [001.0000-002.0000]: Excuse me.\r\n`;
      for (const [i, id] of ids.entries())
        files[`Session${session}/sentences/wav/${dialog}/${id}.wav`] = sound(
          session * 10 + i + (dialog.includes('script') ? 5 : 0),
        );
    }
  }
  return files;
}
const moved = (files: Files, move: (path: string) => string | null): Files =>
  Object.fromEntries(
    Object.entries(files).flatMap(([path, content]) => {
      const to = move(path);
      return to === null ? [] : [[to, content]];
    }),
  );
const scan = (files: Files) => scanIemocap(memoryDirectory(files));
/** What must be the same wherever the files lie. */
const content = ({ fingerprint, utterances }: CorpusManifest) => ({
  fingerprint,
  ids: utterances.map(({ id }) => id),
});
const codes = (problems: readonly Problem[]) => problems.map(({ code, where, kept }) => [code, where, kept]);

describe('layouts that are read as the release is', () => {
  it.each<[string, Files]>([
    ['Session1/Session1', moved(release(), (path) => path.replace(/^(Session\d)/, '$1/$1'))],
    ['Session1/Session1/Session1', moved(release(), (path) => path.replace(/^(Session\d)/, '$1/$1/$1'))],
    ['one more level in each session', moved(release(), (path) => path.replace(/^(Session\d)/, '$1/data'))],
    ['two levels above', moved(release(), (path) => `a/b/${path}`)],
    [
      'three levels above, beside other things',
      {
        ...moved(release(), (path) => `a/b/IEMOCAP_full_release/${path}`),
        'a/photos/x/y.jpg': 'x',
        'z/readme.txt': 'x',
      },
    ],
    ['“Session 1”', moved(release(), (path) => path.replace('Session', 'Session '))],
    ['“session_01”', moved(release(), (path) => path.replace('Session', 'session_0'))],
    ['“Session1 (copy)” alone', moved(release(), (path) => path.replace(/^(Session\d)/, '$1 (copy)'))],
    ['“Copy of Session1” alone', moved(release(), (path) => path.replace(/^(Session\d)/, 'Copy of $1'))],
    ['sessions under other names', moved(release(), (path) => path.replace(/^Session(\d)/, 'part $1'))],
    [
      'sentences/wav without a folder for each dialog',
      moved(release(), (path) => path.replace(/(sentences\/wav)\/[^/]+/, '$1')),
    ],
    [
      'all in one folder, without the transcriptions',
      moved(release(), (path) => (path.includes('transcriptions') ? null : path.replace(/^.*\//, ''))),
    ],
    [
      'a folder of audio and one of labels',
      moved(release(), (path) =>
        path.replace(
          /^.*\//,
          path.includes('transcriptions') ? 'transcriptions/' : path.endsWith('.txt') ? 'labels/' : 'audio/',
        ),
      ),
    ],
    [
      'audio straight in the session',
      moved(release(), (path) => path.replace(/sentences\/wav\/[^/]+/, 'audio')),
    ],
    [
      '“dialog/Evaluation”, as the release’s own README calls it',
      moved(release(), (path) => path.replace('EmoEvaluation', 'Evaluation')),
    ],
    [
      'lower case',
      moved(release(), (path) => path.replace(/Session|EmoEvaluation/g, (name) => name.toLowerCase())),
    ],
  ])('%s', async (_, files) => {
    const manifest = await scan(files);
    expect(content(manifest)).toEqual(content(await scan(release())));
    expect(manifest.problems).toEqual([]);
    // Every path leads to its file.
    for (const { path, id } of manifest.utterances)
      expect([files[path] instanceof Uint8Array, path.endsWith(`${id}.wav`)]).toEqual([true, true]);
  });

  it('“Session1 (copy)” beside Session1: the copy is told, not read', async () => {
    const manifest = await scan({
      ...release(1),
      ...moved(release(1), (path) => path.replace('Session1', 'Session1 (copy)')),
    });
    expect(content(manifest)).toEqual(content(await scan(release(1))));
    expect(codes(manifest.problems)).toEqual([['ignored-folder', 'Session1 (copy)', false]]);
  });

  it('a copy of a session that is not there itself is read', async () => {
    const files = {
      ...release(1),
      ...moved(release(2), (path) =>
        path.startsWith('Session2') ? path.replace('Session2', 'Session2 (copy)') : null,
      ),
    };
    expect(content(await scan(files))).toEqual(content(await scan(release())));
  });

  it('transcriptions instead of labels are called that', async () => {
    const files = moved(release(1), (path) =>
      path.includes('EmoEvaluation') ? null : path.replace(/^.*\//, ''),
    );
    const error = (await scan(files).catch((caught: unknown) => caught)) as CorpusError;
    expect(error.code).toBe('no-labels');
    expect(error.skipped!.filter(({ code }) => code === 'not-labels').map(({ where }) => where)).toEqual([
      'Ses01F_impro01.txt',
      'Ses01M_script01_1.txt',
    ]);
  });

  it('audio in another dialog’s folder is found by its name, and told; of two the one in its place counts', async () => {
    const files = release(1);
    const wav = 'Session1/sentences/wav/';
    files[`${wav}Ses01M_script01_1/Ses01F_impro01_F000.wav`] =
      files[`${wav}Ses01F_impro01/Ses01F_impro01_F000.wav`]!;
    const both = await scan(files);
    expect(codes(both.problems)).toEqual([
      ['duplicate-audio', `${wav}Ses01M_script01_1/Ses01F_impro01_F000.wav`, false],
    ]);
    delete files[`${wav}Ses01F_impro01/Ses01F_impro01_F000.wav`];
    const one = await scan(files);
    expect(codes(one.problems)).toEqual([
      ['misplaced-audio', `${wav}Ses01M_script01_1/Ses01F_impro01_F000.wav`, true],
    ]);
    expect(content(one)).toEqual(content(await scan(release(1))));
  });

  it('files that are neither are told', async () => {
    const wav = 'Session1/sentences/wav/';
    const { problems } = await scan({
      ...release(1),
      [`${wav}notes.docx`]: 'x',
      [`${wav}Ses01F_impro01/a.mp3`]: 'x',
      [`${wav}Ses01F_impro01/more/b.wav`]: 'x',
      'Session1/dialog/EmoEvaluation/labels.csv': 'x',
    });
    expect(codes(problems)).toEqual([
      ['ignored-file', 'Session1/dialog/EmoEvaluation/labels.csv', false],
      ['ignored-file', `${wav}notes.docx`, false],
      ['ignored-folder', `${wav}Ses01F_impro01/more`, false],
      // Sound that can be read, but no utterance's.
      ['unlabelled-audio', `${wav}Ses01F_impro01/a.mp3`, false],
    ]);
  });

  it('what is not a corpus is refused with what was found, however deep it is', async () => {
    const error = await scan({ 'a/b/c/d.txt': 'x', 'photos/x.jpg': 'x' }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'not-a-corpus', details: { folder: 'root', found: 'a/, photos/' } });
  });
});

describe('a listing that comes short', () => {
  /** The folder, but for the first `times` listings of `where`, which lack what `lost` says. */
  function flaky(
    files: Files,
    where: string,
    lost: (name: string) => boolean,
    times = 1,
  ): { readonly folder: CorpusDirectory; readonly listings: () => number } {
    let count = 0;
    const wrap = (directory: CorpusDirectory, path: string): CorpusDirectory => ({
      kind: 'directory',
      name: directory.name,
      entries: async () => {
        const entries = (await directory.entries()).map((entry) =>
          entry.kind === 'directory' ? wrap(entry, `${path}${entry.name}/`) : entry,
        );
        return path === where && count++ < times ? entries.filter(({ name }) => !lost(name)) : entries;
      },
    });
    return { folder: wrap(memoryDirectory(files), ''), listings: () => count };
  }

  it.each([
    [
      'a recording',
      'Session2/sentences/wav/Ses02F_impro01/',
      (name: string) => name.endsWith('M000.wav'),
      'Session2',
      { key: 'moreFiles', values: { count: 1 } },
    ],
    [
      'a dialog’s folder',
      'Session2/sentences/wav/',
      (name: string) => name.includes('script'),
      'Session2',
      { key: 'moreFiles', values: { count: 2 } },
    ],
    [
      'a label file',
      'Session1/dialog/EmoEvaluation/',
      (name: string) => name.includes('impro'),
      'Session1',
      { key: 'moreFiles', values: { count: 1 } },
    ],
    [
      'a session',
      '',
      (name: string) => name === 'Session3',
      'root',
      { key: 'moreSessions', values: { count: 1 } },
    ],
  ])('is made again: %s', async (_, where, lost, told, said) => {
    const { folder, listings } = flaky(release(3), where, lost);
    const manifest = await scanIemocap(folder);
    expect(content(manifest)).toEqual(content(await scan(release(3))));
    expect(manifest.problems).toMatchObject([{ code: 'relisted-folder', where: told, said, kept: true }]);
    expect(listings()).toBe(2);
  });

  it('is made again once only, and what is still missing is told', async () => {
    const { folder, listings } = flaky(
      release(3),
      'Session2/sentences/wav/Ses02F_impro01/',
      (name) => name.endsWith('M000.wav'),
      Infinity,
    );
    expect(codes((await scanIemocap(folder)).problems)).toEqual([
      ['missing-audio', 'Ses02F_impro01_M000', false],
    ]);
    expect(listings()).toBe(2);
  });

  it('is not made again where nothing is missing', async () => {
    const { folder, listings } = flaky(release(1), 'Session1/sentences/wav/Ses01F_impro01/', () => false);
    await scanIemocap(folder);
    expect(listings()).toBe(1);
  });
});

describe('recordings of another length than their labels say', () => {
  /** One session with 30 turns of a second each by their labels; `seconds` says how long the audio is. */
  const corpus = (seconds: (i: number) => number): Files => {
    const ids = Array.from({ length: 30 }, (_, i) => `Ses01F_impro01_F${String(i).padStart(3, '0')}`);
    return {
      'Session1/dialog/EmoEvaluation/Ses01F_impro01.txt': ids.map(line).join(''),
      ...Object.fromEntries(
        ids.map((id, i) => [
          `Session1/sentences/wav/Ses01F_impro01/${id}.wav`,
          encodeWav16(
            Float32Array.from({ length: 16_000 * seconds(i) }, (_, n) => 0.1 * Math.sin(n / (3 + i))),
            16_000,
          ),
        ]),
      ),
    };
  };

  it('are named where the rest agrees, which may be off by 50 ms', async () => {
    const { problems, utterances } = await scan(corpus((i) => (i === 7 ? 1.5 : i === 8 ? 0.7 : 1.049)));
    expect(utterances).toHaveLength(30);
    expect(
      problems.map(({ code, where, said, kept }) => [code, where.slice(-8), clauseText(said), kept]),
    ).toEqual([
      ['length-mismatch', 'F007.wav', '1.50 s, 1.00 s by its label', true],
      ['length-mismatch', 'F008.wav', '0.70 s, 1.00 s by its label', true],
    ]);
  });

  it('are one remark where most differ: the times then mean something else', async () => {
    expect((await scan(corpus(() => 0.8))).problems).toMatchObject([
      {
        code: 'length-mismatch',
        where: 'root',
        said: { key: 'recordings', values: { count: 30, total: 30 } },
        kept: true,
      },
    ]);
  });
});

describe('the account', () => {
  const SKIPPED_LABEL = new Set(['bad-utterance-id', 'duplicate-id', 'missing-audio']);
  const SKIPPED_AUDIO = new Set(['unlabelled-audio', 'duplicate-audio', 'unreadable-audio']);
  /** Where a label and an audio file of a turn may be, or fail to be. */
  const turn = fc.record({
    label: fc.constantFrom('right', 'none', 'twice', 'bad name', 'bad line', 'spaces'),
    audio: fc.constantFrom(
      'right',
      'none',
      'empty',
      'html',
      'cut',
      'silent',
      'elsewhere',
      'both places',
      'mp3',
      'amr',
    ),
  });

  it('adds up: found = used + skipped, for labels and for audio', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 1, maxLength: 25 }), async (turns) => {
        const files: Files = {};
        let text = line('Ses01F_impro01_M000');
        files['Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M000.wav'] = sound(1);
        let labels = 1;
        let audio = 1;
        let badLines = 0;
        let ignored = 0;
        for (const [i, { label, audio: where }] of turns.entries()) {
          const id = `Ses01F_impro01_F${String(i).padStart(3, '0')}`;
          const put = (dialog: string, bytes: Content): void => {
            files[`Session1/sentences/wav/${dialog}/${id}.wav`] = bytes;
            audio++;
          };
          if (label === 'bad name') text += line(id.replace('impro', 'improv'));
          else if (label === 'bad line') {
            text += `[1.0000 - 2.0000]\t${id}\tneu\t[broken\n`;
            badLines++;
            labels--;
          } else if (label === 'spaces') text += line(id).replaceAll('\t', '   ');
          else if (label !== 'none') text += line(id);
          if (label === 'twice') {
            text += line(id);
            labels++;
          }
          if (label !== 'none') labels++;
          if (where === 'right' || where === 'both places') put('Ses01F_impro01', sound(i));
          if (where === 'elsewhere' || where === 'both places') put('Ses01M_impro09', sound(i));
          if (where === 'empty') put('Ses01F_impro01', '');
          if (where === 'html') put('Ses01F_impro01', '<html></html>');
          if (where === 'cut') put('Ses01F_impro01', sound(i).subarray(0, 100));
          if (where === 'silent') put('Ses01F_impro01', encodeWav16(new Float32Array(50), 16_000));
          // The utterance's sound in a format that is read, and broken; and in one that is not.
          if (where === 'mp3') {
            files[`Session1/sentences/wav/Ses01F_impro01/${id}.mp3`] = 'ID3';
            audio++;
          }
          if (where === 'amr') {
            files[`Session1/sentences/wav/Ses01F_impro01/${id}.amr`] = '#!AMR';
            ignored++;
          }
        }
        files['Session1/dialog/EmoEvaluation/Ses01F_impro01.txt'] = text;
        const { found, utterances, problems } = await scan(files);
        const count = (of: ReadonlySet<string>): number => problems.filter(({ code }) => of.has(code)).length;
        const unreadable = count(new Set(['unreadable-audio']));
        expect(found).toMatchObject({ labels, audio });
        expect(utterances.length + unreadable + count(SKIPPED_LABEL)).toBe(labels);
        expect(utterances.length + count(SKIPPED_AUDIO)).toBe(audio);
        expect([count(new Set(['bad-label-line'])), count(new Set(['ignored-file']))]).toEqual([
          badLines,
          ignored,
        ]);
        expect(
          problems
            .filter(({ kept }) => kept)
            .every(({ code }) =>
              [
                'truncated-audio',
                'silent-audio',
                'spaces-for-tabs',
                'misplaced-audio',
                'partial-frame',
                'length-mismatch',
                'identical-audio',
              ].includes(code),
            ),
        ).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
