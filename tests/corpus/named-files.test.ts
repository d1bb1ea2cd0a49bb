/**
 * Corpora whose names say everything: each release's list of names must give its published counts, be taken for
 * this corpus and for no other, and be read alike however the copy is folded, called and littered. The lists are
 * written down in tests/support/named-corpora.ts, not taken from the adapters.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADAPTERS } from '../../src/core/corpus/adapters/registry';
import { detectCorpus } from '../../src/core/corpus/detect';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { baseName } from '../../src/core/corpus/listing';
import { CancelledError } from '../../src/core/errors/errors';
import { soundName, type Named, type NamedFilesAdapter } from '../../src/core/corpus/named-files';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { memoryDirectory, type Content } from '../support/memory-directory';
import { NAMED_CORPORA, someOf, toneOf } from '../support/named-corpora';

const NAMED = ADAPTERS.filter((adapter): adapter is NamedFilesAdapter => 'parse' in adapter);
const tally = (values: readonly unknown[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
};
const listing = (files: readonly string[]) => ({ name: 'copy', files, folders: [], head: async () => '' });

it('every adapter that reads names has a list of them here', () => {
  expect(NAMED.map(({ id }) => id).sort()).toEqual(Object.keys(NAMED_CORPORA).sort());
});

describe.each(NAMED)('the names of $name', ({ id, parse, schemes, groups }) => {
  const corpus = NAMED_CORPORA[id]!;
  const said = corpus.files.map((path) => ({ path, said: parse(soundName('copy', path)) }));
  const used = said.flatMap((one) => (one.said && !('unusable' in one.said) ? one.said : []));

  it('are all understood, each another recording', () => {
    expect(said.filter((one) => one.said === null)).toEqual([]);
    expect(said.flatMap((one) => (one.said && 'unusable' in one.said ? one.path : []))).toEqual(
      corpus.unusable ?? [],
    );
    expect(new Set(used.map((one) => one.id)).size).toBe(used.length);
  });

  it('give the published counts', () => {
    expect(tally(used.map(({ labels }) => labels['emotion']))).toEqual(corpus.emotions);
    expect(new Set(used.flatMap(({ labels }) => labels['speaker'] ?? [])).size).toBe(corpus.speakers);
    if (corpus.genders) expect(tally(used.map(({ labels }) => labels['gender']))).toEqual(corpus.genders);
    const { usual = [] } = groups.find((group) => group.id === 'speaker') ?? {};
    if (usual.length > 0) expect(new Set(used.map((one) => one.groups['speaker']!))).toEqual(new Set(usual));
  });

  it('have a class each in the scheme of all classes', () => {
    for (const value of new Set(used.map(({ labels }) => String(labels['emotion']))))
      expect(schemes[0].classOf).toHaveProperty([value]);
    expect(schemes[0].id).toBe(`${id}-${schemes[0].classes.length}`);
    if (schemes[1]) expect(schemes[1].classes).toEqual(['angry', 'happy', 'neutral', 'sad']);
  });

  // Upper and lower case, folders or none.
  it.each([
    ['as released', (path: string) => path],
    ['flattened', (path: string) => (id === 'savee' ? path.split('/').slice(-2).join('_') : baseName(path))],
    ['in capitals', (path: string) => path.toUpperCase()],
    ['in small letters', (path: string) => path.toLowerCase()],
    ['decomposed', (path: string) => path.normalize('NFD')],
  ])('are taken for this corpus and no other, %s', async (_, change) => {
    const files = corpus.files.map((path) => change(path));
    const shown = listing(files);
    const scores = await Promise.all(
      ADAPTERS.map(async ({ id: other, detect }) => [other, (await detect(shown)).score] as const),
    );
    const own = scores.find(([other]) => other === id)![1];
    expect(own).toBeGreaterThan(0.94);
    for (const [other, score] of scores) if (other !== id) expect(score, other).toBeLessThan(own - 0.3);
  });
});

describe('what any name may be', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  const field = fc.constantFrom('_', '-', ' ', '(1)', '01', '00', '99', 'x', 'İ', 'é', '٣', '');

  it.each(NAMED)('$name: a recording of a known class, or nothing', ({ id, parse, schemes }) => {
    const { files } = NAMED_CORPORA[id]!;
    const bent = fc
      .tuple(fc.nat(files.length - 1), fc.nat(40), fc.nat(6), fc.oneof(field, junk), fc.boolean())
      .map(([i, at, cut, put, upper]) => {
        const name = files[i]!.slice(0, -4);
        const start = Math.max(0, name.length - at);
        const made = name.slice(0, start) + put + name.slice(start + cut);
        return upper ? made.toUpperCase() : made;
      });
    fc.assert(
      fc.property(fc.oneof({ weight: 3, arbitrary: bent }, junk), (path) => {
        const said = parse(soundName('copy', `${path}.wav`));
        if (said === null) return;
        if ('unusable' in said) {
          expect(said.unusable.key).toMatch(/^[a-zA-Z]+$/);
          return;
        }
        const { labels, groups, id: recording } = said;
        if (
          recording === '' ||
          !(String(labels['emotion']) in schemes[0].classOf) ||
          labels['speaker'] !== groups['speaker'] ||
          Object.values(groups).some((value) => value === '')
        )
          throw new Error(JSON.stringify(said));
      }),
      { numRuns: 20_000 },
    );
  });
});

/** A small copy of a corpus: 24 of its recordings. */
const sample = (id: string): Record<string, Uint8Array> =>
  Object.fromEntries(someOf(NAMED_CORPORA[id]!, 24).map((path) => [path, toneOf(baseName(path) + path)]));
const renamed = (files: Record<string, Content>, change: (path: string) => string): Record<string, Content> =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [change(path), content]));
/** What is known of each; the published set is a folder's name, and lost where folders are. */
const named = ({ utterances }: CorpusManifest): unknown[] =>
  utterances.map(({ id, labels, groups }) => ({ id, labels, groups: { ...groups, split: '' } }));

describe.each(NAMED)('a copy of $name', ({ id, name }) => {
  const clean = sample(id);
  const expected = someOf(NAMED_CORPORA[id]!, 24).filter(
    (path) => !NAMED_CORPORA[id]!.unusable?.includes(path),
  );

  it('is read: labels, groups, sound', async () => {
    const manifest = await scanCorpus(memoryDirectory(clean));
    expect([manifest.adapter, manifest.problems]).toEqual([id, []]);
    expect(manifest.utterances.map(({ path }) => path).sort()).toEqual([...expected].sort());
    expect(manifest.found).toEqual({ labels: 24, audio: 24, sessions: [] });
    const { items, excluded } = applyScheme(manifest, '');
    expect([items.length, excluded]).toEqual([24, {}]);
  });

  it.each([
    ['deeper', (path: string) => `Мои данные/${name} (копия)/${path}`],
    ['flattened', (path: string) => (id === 'savee' ? path.split('/').slice(-2).join('_') : baseName(path))],
    ['in capitals', (path: string) => path.toUpperCase()],
    ['decomposed', (path: string) => path.normalize('NFD')],
  ])('is the same corpus %s', async (_, change) => {
    const plain = await scanCorpus(memoryDirectory(clean));
    const other = await scanCorpus(memoryDirectory(renamed(clean, change)));
    expect(other.adapter).toBe(id);
    expect(other.fingerprint).toBe(plain.fingerprint);
    expect(named(other)).toEqual(named(plain));
  });

  it('is the same corpus with all that systems and archives leave behind, told one by one', async () => {
    const [first] = Object.keys(clean) as [string];
    const litter: Record<string, Content> = {
      [`__MACOSX/${first.replace(/[^/]*$/, '._$&')}`]: 'x',
      '.DS_Store': 'x',
      'Thumbs.db': 'x',
      'desktop.ini': 'x',
      'readme.txt': 'x',
      [first.replace(/[^/]*$/, '._$&')]: 'x',
      [`copy of it/${first}`]: clean[first]!,
      'holiday in Rome.wav': toneOf('rome'),
    };
    const plain = await scanCorpus(memoryDirectory(clean));
    const manifest = await scanCorpus(memoryDirectory({ ...clean, ...litter }));
    expect(manifest.adapter).toBe(id);
    expect(manifest.fingerprint).toBe(plain.fingerprint);
    expect(
      manifest.problems.map(({ code, where, kept }) => `${code} ${where} ${String(kept)}`).sort(),
    ).toEqual(
      [
        `duplicate-audio copy of it/${first} false`,
        'hidden-file .DS_Store false',
        `hidden-file ${first.replace(/[^/]*$/, '._$&')} false`,
        'hidden-file __MACOSX false',
        'ignored-file holiday in Rome.wav false',
      ].sort(),
    );
  });
});

describe('what is peculiar', () => {
  const wavs = (...paths: string[]): Record<string, Content> =>
    Object.fromEntries(paths.map((path) => [path, toneOf(path)]));

  it('RAVDESS and BanglaSER: other codes behind one shape, told apart by what only one of them has', async () => {
    const shared = ['03-01-01-01-01-01-01.wav', '03-01-03-01-02-02-24.wav'];
    const both = await detectCorpus(memoryDirectory(wavs(...shared)));
    expect(both.slice(0, 2).map(({ adapter, score }) => [adapter, score])).toEqual([
      ['ravdess', 0.95 * 0.8],
      ['banglaser', 0.95 * 0.4],
    ]);
    expect(both.slice(0, 2).map(({ evidence }) => evidence[1])).toEqual([
      { key: 'couldBeOther', values: { other: 'BanglaSER' } },
      { key: 'couldBeOther', values: { other: 'RAVDESS' } },
    ]);
    const third = await detectCorpus(memoryDirectory(wavs(...shared, '03-01-01-01-03-01-30.wav')));
    expect(third[0]).toMatchObject({
      adapter: 'banglaser',
      score: 0.95,
      evidence: [
        { key: 'namedShare' },
        { key: 'notOther', values: { other: 'RAVDESS', count: 1, example: '03-01-01-01-03-01-30.wav' } },
      ],
    });
    const fearful = await detectCorpus(memoryDirectory(wavs(...shared, '03-01-06-01-02-01-12.wav')));
    expect(fearful[0]).toMatchObject({ adapter: 'ravdess', score: 0.95 });

    // The same file, read as either.
    const emotions = async (chosen: string): Promise<unknown> => {
      const manifest = await scanCorpus(memoryDirectory(wavs(...shared)), { chosen });
      const { items, classes } = applyScheme(manifest, '');
      return items.map(({ labels }) => classes['emotion']![labels['emotion']!]);
    };
    expect(await emotions('ravdess')).toEqual(['neutral', 'happy']);
    expect(await emotions('banglaser')).toEqual(['happy', 'angry']);
  });

  it('RAVDESS: the sound of a video is the recording that is published alone', async () => {
    const manifest = await scanCorpus(
      memoryDirectory(
        wavs('a/03-01-08-01-01-01-02.wav', 'b/01-01-08-01-01-01-02.wav', 'b/01-02-06-02-02-02-02.wav'),
      ),
    );
    expect(manifest.utterances.map(({ id, path, groups: { channel } }) => [id, path, channel])).toEqual([
      ['03-01-08-01-01-01-02', 'a/03-01-08-01-01-01-02.wav', 'speech'],
      ['03-02-06-02-02-02-02', 'b/01-02-06-02-02-02-02.wav', 'song'],
    ]);
    expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([
      ['duplicate-audio', 'b/01-01-08-01-01-01-02.wav'],
    ]);
  });

  it('CREMA-D: actors from the table, faulty recordings and the old name', async () => {
    const folder = wavs(
      'AudioWAV/1001_DFA_ANG_XX.wav',
      'AudioWAV/1040_ITH_SAD_X.wav',
      'AudioWAV/1064_IEO_DIS_MD.wav',
    );
    const without = await scanCorpus(memoryDirectory(folder));
    expect(
      without.utterances.map(({ id, labels }) => [id, labels['gender'], labels['age'], labels['level']]),
    ).toEqual([
      ['1001_DFA_ANG_XX', null, null, 'unspecified'],
      ['1040_ITH_SAD_XX', null, null, 'unspecified'],
      ['1064_IEO_DIS_MD', null, null, 'medium'],
    ]);
    expect(without.problems.map(({ code, where, kept }) => [code, where, kept])).toEqual([
      ['doubtful-audio', 'AudioWAV/1064_IEO_DIS_MD.wav', true],
    ]);
    const table =
      'ActorID,Age,Sex,Race,Ethnicity\n1001,51,Male,Caucasian,Not Hispanic\n1040,,Female,Asian,Hispanic\n';
    const withTable = await scanCorpus(
      memoryDirectory({ ...folder, 'VideoDemographics.csv': `\uFEFF${table}` }),
    );
    expect(withTable.utterances.map(({ labels }) => [labels['gender'], labels['age']])).toEqual([
      ['male', 51],
      ['female', null],
      [null, null],
    ]);
    const broken = await scanCorpus(memoryDirectory({ ...folder, 'videodemographics.CSV': '' }));
    expect(broken.problems.map(({ code }) => code)).toEqual(['doubtful-audio', 'not-labels']);
    expect(broken.utterances).toHaveLength(3);
  });

  it('SAVEE: a name without folder and speaker says not who speaks', async () => {
    const manifest = await scanCorpus(
      memoryDirectory(wavs('DC_a01.wav', 'KLsu15.wav', 'f10.wav', 'f10 (2).wav')),
      {
        chosen: 'savee',
      },
    );
    expect(manifest.utterances.map(({ id }) => id)).toEqual(['DC_a01', 'KL_su15']);
    expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([
      ['excluded-audio', 'f10 (2).wav'],
      ['excluded-audio', 'f10.wav'],
    ]);
    // Opened at one speaker's folder, its own name says it.
    const one = await scanCorpus(memoryDirectory(wavs('a01.wav', 'su02.wav'), 'JK'));
    expect(one.utterances.map(({ id }) => id)).toEqual(['JK_a01', 'JK_su02']);
    await expect(scanCorpus(memoryDirectory(wavs('a01.wav')), { chosen: 'savee' })).rejects.toMatchObject({
      code: 'no-usable-utterance',
      skipped: [{ code: 'excluded-audio', said: { key: 'noSpeaker' } }],
    });
  });

  it('ASED: most files of a speaker decide on the gender', async () => {
    const manifest = await scanCorpus(
      memoryDirectory(wavs('n1-01-01-01-09.wav', 'n1-02-01-01-09.wav', 'a5-01-01-02-09.wav')),
    );
    expect(manifest.utterances.map(({ labels }) => labels['gender'])).toEqual(['female', 'female', 'female']);
    expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([
      ['doubtful-audio', 'a5-01-01-02-09.wav'],
    ]);
  });

  it('ESD: the published parts are groups; its 421 folders are all read', async () => {
    const { files } = NAMED_CORPORA['esd']!;
    // One recording of each folder.
    const one = new Map(files.map((path) => [path.slice(0, path.lastIndexOf('/')), path]));
    expect(one.size).toBe(300);
    const manifest = await scanCorpus(memoryDirectory(wavs(...one.values())));
    expect([manifest.adapter, manifest.utterances.length, manifest.problems]).toEqual(['esd', 300, []]);
    expect(tally(manifest.utterances.map(({ groups }) => groups['split']))).toEqual({
      dev: 100,
      test: 100,
      train: 100,
    });
    expect(tally(manifest.utterances.map(({ labels }) => labels['language']))).toEqual({ en: 150, zh: 150 });
  });

  it('one voice under two names is told', async () => {
    const manifest = await scanCorpus(
      memoryDirectory({
        'dis-f1-b1.wav': toneOf('x'),
        'gio-f1-b1.wav': toneOf('x'),
        'tri-m3-l4.wav': toneOf('y'),
      }),
    );
    expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([
      ['identical-audio', 'gio-f1-b1.wav'],
    ]);
  });

  it('tells how far it is, and can be called off', async () => {
    const folder = memoryDirectory(wavs('dis-f1-b1.wav', 'x/gio-f2-l4.wav', 'x/no name.wav'), 'EMOVO');
    const told: string[] = [];
    const controller = new AbortController();
    await scanCorpus(folder, {
      onProgress: ({ done, total, current }) => told.push(`${done}/${total} ${current}`),
      signal: controller.signal,
    });
    // What is listed first, whose number is not known yet; then what is read.
    expect(told.some((line) => line.includes('/0 '))).toBe(true);
    expect(told.filter((line) => line.includes('/2 ')).map((line) => line.slice(0, 3))).toEqual([
      '1/2',
      '2/2',
    ]);
    controller.abort();
    await expect(scanCorpus(folder, { signal: controller.signal })).rejects.toBeInstanceOf(CancelledError);
  });

  it('a folder in a folder too deep to be a corpus is told, and ends', async () => {
    const path = `${'d/'.repeat(40)}dis-f1-b1.wav`;
    await expect(
      scanCorpus(memoryDirectory({ ...wavs(path), 'dis-f2-b1.wav': toneOf('z') }), { chosen: 'emovo' }),
    ).resolves.toMatchObject({ problems: [{ code: 'folder-limit', said: { key: 'notListed' } }] });
  });
});

it('one of them says the same as its parser', () => {
  const { parse } = NAMED.find(({ id }) => id === 'cafe')!;
  expect(parse(soundName('CaFE', 'Colère/Fort/02-c-2-6.WAV')) as Named).toEqual({
    id: '02-C-2-6',
    labels: { emotion: 'C', speaker: '02', gender: 'female', intensity: 'strong' },
    groups: { speaker: '02', text: '6', intensity: 'strong' },
  });
});
