/**
 * Joined corpora: nothing lost, nothing confused, labels mapped as said, and one fingerprint for the same parts
 * under the same mapping in whatever order. Folders in the corpora's own grammars; counts by hand.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { descriptionOf } from '../../src/core/corpus/adapters/registry';
import { joinCorpora, type JoinedFrom } from '../../src/core/corpus/joined/join';
import { splitJoined, type PartOrigin } from '../../src/core/corpus/joined/joined';
import { countClasses, sharedClasses, suggestedClasses } from '../../src/core/corpus/joined/mapping';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { summarise } from '../../src/core/corpus/summary';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { makeSplit } from '../../src/core/splits/make';
import { offerOf } from '../../src/core/splits/report';
import { allTurns } from '../../src/core/splits/turns';
import { memoryDirectory } from '../support/memory-directory';
import { manifestOf, utterance } from './manifests';

/** A tenth of a second that no other name has. */
const tone = (name: string, rate = 16_000): Uint8Array => {
  const pitch =
    100 +
    Array.from(name, (letter) => letter.charCodeAt(0)).reduce((sum, code) => (sum * 31 + code) % 997, 0);
  return encodeWav16(
    Float32Array.from({ length: 1600 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * pitch * i) / rate)),
    rate,
  );
};
const folder = (names: readonly string[], rate?: number) =>
  memoryDirectory(Object.fromEntries(names.map((name) => [`wav/${name}.wav`, tone(name, rate)])));

// Three angry, two happy, two neutral, two sad, one bored, one disgusted.
const EMODB = [
  '03a01Wa',
  '08a01Wa',
  '09a02Wb',
  '03a02Fa',
  '08a02Fa',
  '03a04Nc',
  '09a04Na',
  '08a05Ta',
  '09a05Tb',
  '03a07La',
  '08a07Ea',
];
// One of each of the eight, by two actors: neutral, calm, happy, sad, angry, afraid, disgusted, surprised.
const RAVDESS = ['01', '02'].flatMap((actor) =>
  ['01', '02', '03', '04', '05', '06', '07', '08'].map((emotion) => `03-01-${emotion}-01-01-01-${actor}`),
);
const emodb = await scanCorpus(folder(EMODB));
const ravdess = await scanCorpus(folder(RAVDESS, 48_000));
const origin = (name: string): PartOrigin => ({ kind: 'folder', id: name, name });
const BOTH: readonly JoinedFrom[] = [
  { origin: origin('Emo'), manifest: emodb },
  { origin: origin('Rav'), manifest: ravdess },
];
const joined = joinCorpora(BOTH);

describe('EmoDB and RAVDESS, joined', () => {
  it('has every utterance of both, under its corpus’ name', () => {
    expect(joined.utterances).toHaveLength(27);
    expect(new Set(joined.utterances.map(({ id }) => id)).size).toBe(27);
    const anger = joined.utterances.find(({ id }) => id === 'emodb/03a01Wa');
    expect(anger).toMatchObject({
      path: 'emodb/wav/03a01Wa.wav',
      labels: { emotion: 'angry', speaker: 'emodb/03', gender: 'male', age: 31, corpus: 'emodb' },
      groups: { speaker: 'emodb/03', text: 'emodb/a01', corpus: 'emodb' },
    });
    const own = emodb.utterances.find(({ id }) => id === '03a01Wa')!;
    expect(anger!.content).toBe(own.content);
    expect(splitJoined(anger!.path)).toEqual(['emodb', own.path]);
  });

  it('has the classes that both have, or all', () => {
    const { schemes } = descriptionOf(joined);
    expect(schemes.map(({ id, classes }) => [id, classes])).toEqual([
      ['joined-common', ['angry', 'disgusted', 'happy', 'neutral', 'sad']],
      [
        'joined-all',
        ['afraid', 'angry', 'bored', 'calm', 'disgusted', 'happy', 'neutral', 'sad', 'surprised'],
      ],
    ]);
    // EmoDB: 3 + 1 + 2 + 2 + 2; RAVDESS: two of each of five.
    const common = applyScheme(joined, 'joined-common');
    expect(common.items).toHaveLength(20);
    expect(common.excluded).toEqual({ bored: 1, calm: 2, afraid: 2, surprised: 2 });
    expect(applyScheme(joined, 'joined-all').items).toHaveLength(27);
  });

  it('counts by corpus and speaker, and says that the rates differ', () => {
    const { rows, sampleRates } = summarise(joined, 'joined-common');
    expect(rows.map(({ groups, utterances }) => [groups['corpus'], groups['speaker'], utterances])).toEqual([
      ['emodb', 'emodb/03', 3],
      ['emodb', 'emodb/08', 4],
      ['emodb', 'emodb/09', 3],
      ['ravdess', 'ravdess/01', 5],
      ['ravdess', 'ravdess/02', 5],
    ]);
    expect(sampleRates).toEqual([16_000, 48_000]);
  });

  it('keeps columns that mean the same in all parts, and says which it drops', () => {
    expect(descriptionOf(joined).columns.map(({ id }) => id)).toEqual([
      'emotion',
      'speaker',
      'gender',
      'age',
      'intensity',
      'channel',
      'corpus',
    ]);
    expect(joined.joined!.dropped).toEqual([]);
    // A scale of its own: 1 to 5 in IEMOCAP, to something else where another adapter read it.
    const [scaled, other] = [utterance(1, 'F', 'ang', 1), utterance(2, 'M', 'hap', 2)].map((one) =>
      manifestOf([one, utterance(3, 'F', 'sad', 3)]),
    );
    const elsewhere: CorpusManifest = { ...other!, adapter: 'msp-improv', fingerprint: 'x' };
    const mixed = joinCorpora([
      { origin: origin('a'), manifest: scaled! },
      {
        origin: origin('b'),
        manifest: {
          ...elsewhere,
          described: { ...descriptionOf(scaled!), schemes: descriptionOf(scaled!).schemes },
        },
      },
    ]);
    expect(mixed.joined!.dropped).toEqual(['activation', 'dominance', 'valence']);
    expect(mixed.utterances[0]!.labels).not.toHaveProperty('valence');
  });

  it('is the same in any order, another under another mapping or beside another corpus', () => {
    expect(joinCorpora(BOTH.toReversed())).toEqual(joined);
    const { L: _left, ...rest } = suggestedClasses(emodb) as Record<string, string>;
    const fewer = joinCorpora([{ ...BOTH[0]!, classOf: rest }, BOTH[1]!]);
    expect(fewer.fingerprint).not.toBe(joined.fingerprint);
    expect(applyScheme(fewer, 'joined-all').excluded).toEqual({ 'emodb: L': 1 });
    // A value that does not occur changes nothing.
    expect(
      joinCorpora([{ ...BOTH[0]!, classOf: { ...suggestedClasses(emodb), Q: 'sad' } }, BOTH[1]!]),
    ).toEqual(joined);
  });

  it('refuses what is no joining', () => {
    const thrown = (from: readonly JoinedFrom[]): unknown => {
      try {
        return joinCorpora(from);
      } catch (error) {
        return (error as { readonly code: string }).code;
      }
    };
    expect(thrown([BOTH[0]!])).toBe('join-one');
    expect(thrown([BOTH[0]!, BOTH[0]!])).toBe('join-twice');
    expect(thrown([BOTH[0]!, { origin: origin('j'), manifest: joined }])).toBe('join-joined');
    expect(thrown(BOTH.map((part) => ({ ...part, classOf: {} })))).toBe('join-classes');
  });
});

it('knows the usual spellings where no scheme does: excited is happy, as IEMOCAP’s wider scheme has it', () => {
  const labels = ['ang', 'exc', 'fru', 'xxx', 'oth', 'sur'];
  const manifest = manifestOf(labels.map((label, i) => utterance(1, 'F', label, i)));
  expect(suggestedClasses(manifest)).toEqual({
    ang: 'angry',
    exc: 'happy',
    fru: 'frustrated',
    sur: 'surprised',
  });
});

describe('whatever is joined', () => {
  const labels = fc.array(fc.constantFrom('ang', 'hap', 'sad', 'neu', 'exc', 'xxx'), {
    minLength: 1,
    maxLength: 30,
  });
  const classMap = fc.dictionary(
    fc.constantFrom('ang', 'hap', 'sad', 'neu', 'exc', 'xxx'),
    fc.constantFrom('angry', 'happy', 'other'),
  );
  const part = fc.record({ labels, classOf: fc.option(classMap, { nil: undefined }) });

  it('every utterance is there once; classes and what is left out add up', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 4 }), (parts) => {
        const from = parts.map(({ labels: values, classOf }, i): JoinedFrom => {
          const utterances = values.map((label, k) => utterance(1 + (k % 2), 'F', label, k));
          return {
            origin: { kind: 'demo', seed: i, difficulty: 0.5 },
            manifest: { ...manifestOf(utterances), fingerprint: `part${i}` },
            classOf,
          };
        });
        let made: CorpusManifest;
        try {
          made = joinCorpora(from);
        } catch (error) {
          expect((error as { readonly code: string }).code).toBe('join-classes');
          return;
        }
        const total = parts.reduce((sum, { labels: { length } }) => sum + length, 0);
        expect(new Set(made.utterances.map(({ id }) => id)).size).toBe(total);
        const { common, all } = sharedClasses(made.joined!.parts);
        expect(common.every((name) => all.includes(name))).toBe(true);
        const { items, excluded } = applyScheme(made, 'joined-all');
        const out = Object.values(excluded).reduce((sum, count) => sum + count, 0);
        expect(items.length + out).toBe(total);
        for (const one of made.joined!.parts) {
          const { classes, leftOut } = countClasses(one);
          const own = items.filter(({ groups }) => groups['corpus'] === one.name);
          expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(own.length);
          expect(own.length + leftOut).toBe(
            made.utterances.filter(({ groups }) => groups['corpus'] === one.name).length,
          );
          for (const { groups } of own) expect(splitJoined(groups['speaker']!)[0]).toBe(one.name);
        }
        expect(joinCorpora(from.toReversed()).fingerprint).toBe(made.fingerprint);
      }),
    );
  });
});

describe('training on one corpus and testing on the others', () => {
  const items = applyScheme(joined, 'joined-all').items;
  const split = {
    kind: 'one-to-others',
    column: 'corpus',
    value: 'emodb',
    validationFraction: 0.2,
    testFraction: 0.2,
  } as const;
  const speakersOf = (side: readonly (typeof items)[number][] | undefined) =>
    [...new Set((side ?? []).map(({ groups }) => groups['speaker']!))].sort();

  it('keeps every other corpus, and speakers of its own, for the test; no speaker is on two sides', () => {
    for (const seed of [1, 2, 3, 4]) {
      const { train, validation, test } = makeSplit(items, split, seed);
      // Three speakers: one each.
      expect([train, validation].map((side) => speakersOf(side).length)).toEqual([1, 1]);
      expect(speakersOf(test)).toHaveLength(3);
      expect(speakersOf(test)).toEqual(expect.arrayContaining(['ravdess/01', 'ravdess/02']));
      expect(new Set([train, validation, test!].flatMap(speakersOf)).size).toBe(5);
      expect(train.length + validation.length + test!.length).toBe(27);
    }
  });

  it('of two speakers one trains and one validates; without a share all but the validation train', () => {
    const two = makeSplit(items, { ...split, value: 'ravdess' }, 1);
    expect([two.train, two.validation, two.test].map((side) => speakersOf(side).length)).toEqual([1, 1, 3]);
    const none = makeSplit(items, { ...split, testFraction: 0 }, 1);
    expect([none.train, none.validation, none.test].map((side) => speakersOf(side).length)).toEqual([
      2, 1, 2,
    ]);
  });

  it('draws utterances where nobody says who speaks', () => {
    const unknown = items.map((item) => ({ ...item, groups: { corpus: item.groups['corpus']! } }));
    const { train, validation, test } = makeSplit(unknown, split, 1);
    // Eleven utterances: round(2.2) each.
    expect([train.length, validation.length, test!.length]).toEqual([7, 2, 2 + 16]);
  });

  it('is one turn a corpus', () => {
    expect(allTurns(split, offerOf(joined)).map((turn) => 'value' in turn && turn.value)).toEqual([
      'emodb',
      'ravdess',
    ]);
  });
});
