/**
 * Corpora that name their files, as lists of names in the layout of their releases, written down by hand from the
 * published grammars: nothing here comes from an adapter. Where a release lacks recordings that the grammar has, as
 * many are left out as its published counts say, whichever these are.
 */
import { encodeWav16 } from '../../src/core/audio/wav';

export interface NamedCorpus {
  /** Paths of the whole release. */
  readonly files: readonly string[];
  /** Recordings by the value of the corpus' column `emotion`. */
  readonly emotions: Readonly<Record<string, number>>;
  readonly speakers: number;
  /** By gender, where the corpus says it. */
  readonly genders?: Readonly<Record<string, number>>;
  /** Names that are the corpus' and are not used. */
  readonly unusable?: readonly string[];
}

const numbers = (count: number, width = 2, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => String(i + from).padStart(width, '0'));
const each = <T>(values: readonly T[], make: (value: T, index: number) => readonly string[]): string[] =>
  values.flatMap(make);
/** The first so many of the names of each kind. */
const taken = (
  kinds: Readonly<Record<string, number>>,
  names: (kind: string) => readonly string[],
): string[] =>
  Object.entries(kinds).flatMap(([kind, count]) => {
    const all = names(kind);
    if (all.length < count) throw new Error(`${kind}: ${all.length} names for ${count}`);
    return all.slice(0, count);
  });

/** Zenodo 1188976: 1440 of speech; 1012 of song, which actor 18 does not sing. */
function ravdess(): NamedCorpus {
  const files = each(numbers(24), (actor) =>
    each(['01', '02'], (channel) =>
      channel === '02' && actor === '18'
        ? []
        : each(numbers(channel === '01' ? 8 : 6), (emotion) =>
            each(emotion === '01' ? ['01'] : ['01', '02'], (intensity) =>
              each(['01', '02'], (text) =>
                ['01', '02'].map(
                  (repetition) =>
                    `${channel === '01' ? 'Audio_Speech_Actors_01-24' : 'Audio_Song_Actors_01-24'}/Actor_${actor}/` +
                    `03-${channel}-${emotion}-${intensity}-${text}-${repetition}-${actor}.wav`,
                ),
              ),
            ),
          ),
    ),
  );
  const sung = 184;
  return {
    files,
    emotions: {
      '01': 96 + 92,
      '02': 192 + sung,
      '03': 192 + sung,
      '04': 192 + sung,
      '05': 192 + sung,
      '06': 192 + sung,
      '07': 192,
      '08': 192,
    },
    speakers: 24,
    genders: { male: 12 * 104, female: 12 * 104 - 44 },
  };
}

/** Das et al. 2022: 34 people, three sentences, three repetitions; 27 of them also neutral. */
const banglaser = (): NamedCorpus => ({
  files: each(numbers(34), (actor) =>
    each(Number(actor) <= 27 ? numbers(5) : numbers(4), (emotion) =>
      each(numbers(3), (text) =>
        numbers(3).map(
          (repetition) =>
            `Actor ${actor}/03-01-${emotion}-${['03', '04'].includes(emotion) ? '02' : '01'}-${text}-${repetition}-${actor}.wav`,
        ),
      ),
    ),
  ),
  emotions: { '01': 306, '02': 306, '03': 306, '04': 306, '05': 243 },
  speakers: 34,
});

/** Cao et al. 2014: 7442 clips of 91 actors; 1271 of each emotion and 1087 neutral. */
function cremad(): NamedCorpus {
  const sentences = 'TIE IOM IWW TAI MTI IWL ITH DFA ITS TSI WSI'.split(' ');
  const actors = numbers(91, 4, 1001);
  const emotions = { ANG: 1271, DIS: 1271, FEA: 1271, HAP: 1271, NEU: 1087, SAD: 1271 };
  return {
    files: taken(emotions, (emotion) =>
      each(actors, (actor) => [
        ...(emotion === 'NEU' ? ['XX'] : ['LO', 'MD', 'HI']).map(
          (level) => `${actor}_IEO_${emotion}_${level}`,
        ),
        ...sentences.map((text) => `${actor}_${text}_${emotion}_XX`),
      ]).map((name) => `CREMA-D/AudioWAV/${name}.wav`),
    ),
    emotions,
    speakers: 91,
  };
}

/** Pichora-Fuller & Dupuis 2020: two women, 200 words, seven emotions. One name lacks a letter. */
const tess = (): NamedCorpus => ({
  files: each(['OAF', 'YAF'], (who) =>
    each(['angry', 'disgust', 'fear', 'happy', 'neutral', 'ps', 'sad'], (emotion) =>
      ['bite', ...numbers(199, 3).map((n) => `w${n.replace(/\d/g, (d) => 'abcdefghij'[Number(d)]!)}`)].map(
        (word) =>
          `TESS Toronto emotional speech set data/${who}_${emotion === 'ps' ? 'Pleasant_surprise' : emotion}/` +
          `${who === 'OAF' && word === 'bite' && emotion === 'neutral' ? 'OA' : who}_${word}_${emotion}.wav`,
      ),
    ),
  ),
  emotions: { angry: 400, disgust: 400, fear: 400, happy: 400, neutral: 400, ps: 400, sad: 400 },
  speakers: 2,
  genders: { female: 2800 },
});

/** Haq & Jackson 2009: 480, of which 120 are neutral. */
const savee = (): NamedCorpus => ({
  files: each(['DC', 'JE', 'JK', 'KL'], (man) =>
    each(['a', 'd', 'f', 'h', 'n', 'sa', 'su'], (emotion) =>
      numbers(emotion === 'n' ? 30 : 15).map((text) => `AudioData/${man}/${emotion}${text}.wav`),
    ),
  ),
  emotions: { a: 60, d: 60, f: 60, h: 60, n: 120, sa: 60, su: 60 },
  speakers: 4,
  genders: { male: 480 },
});

/** Christop 2024: 4481, counted from data.tsv. */
function nemo(): NamedCorpus {
  const emotions = { anger: 749, fear: 736, happiness: 749, neutral: 809, sadness: 769, surprised: 669 };
  return {
    files: taken(emotions, (emotion) =>
      each(['EB0', 'IC0', 'KD0', 'KS0', 'MK0', 'MP0', 'SM0', 'TP0', 'WR0'], (who) =>
        emotion === 'surprised' && who === 'MK0'
          ? []
          : numbers(90, 1).map((text) => `samples/${who}_${emotion}_${text}.wav`),
      ),
    ),
    emotions,
    speakers: 9,
  };
}

/** Costantini et al. 2014: six speakers, 14 sentences. */
const emovo = (): NamedCorpus => ({
  files: each(['f1', 'f2', 'f3', 'm1', 'm2', 'm3'], (who) =>
    each('dis gio neu pau rab sor tri'.split(' '), (emotion) =>
      'b1 b2 b3 l1 l2 l3 l4 n1 n2 n3 n4 n5 d1 d2'
        .split(' ')
        .map((text) => `EMOVO/${who}/${emotion}-${who}-${text}.wav`),
    ),
  ),
  emotions: { dis: 84, gio: 84, neu: 84, pau: 84, rab: 84, sor: 84, tri: 84 },
  speakers: 6,
  genders: { female: 294, male: 294 },
});

/** Gournay et al. 2018: 936. */
const cafe = (): NamedCorpus => ({
  files: each(
    ['C Colère', 'D Dégoût', 'J Joie', 'N Neutre', 'P Peur', 'S Surprise', 'T Tristesse'],
    (emotion) =>
      each(emotion.startsWith('N') ? ['1'] : ['1', '2'], (intensity) =>
        each(numbers(12), (who) =>
          numbers(6, 1).map(
            (text) =>
              `CaFE_48k/${emotion.slice(2)}/${emotion.startsWith('N') ? '' : intensity === '1' ? 'Faible/' : 'Fort/'}` +
              `${who}-${emotion[0]}-${intensity}-${text}.wav`,
          ),
        ),
      ),
  ),
  emotions: { C: 144, D: 144, J: 144, N: 72, P: 144, S: 144, T: 144 },
  speakers: 12,
  genders: { female: 468, male: 468 },
});

/** Zhou et al. 2021: 350 texts, five emotions, ten speakers of each language; 20 evaluate and 30 test of each. */
const esd = (): NamedCorpus => ({
  files: each(numbers(20, 4), (who) =>
    each(['Neutral', 'Angry', 'Happy', 'Sad', 'Surprise'], (emotion, place) =>
      numbers(350, 6, 350 * place + 1).map(
        (number, i) =>
          `Emotion Speech Dataset/${who}/${emotion}/${i < 20 ? 'evaluation' : i < 50 ? 'test' : 'train'}/${who}_${number}.wav`,
      ),
    ),
  ),
  emotions: { Angry: 7000, Happy: 7000, Neutral: 7000, Sad: 7000, Surprise: 7000 },
  speakers: 20,
  genders: { female: 17_500, male: 17_500 },
});

/** Sultana et al. 2021: 20 speakers, ten sentences, seven emotions, five takes. */
const subesco = (): NamedCorpus => ({
  files: each(['F', 'M'], (sex) =>
    each(numbers(10), (number) =>
      each('ANGRY DISGUST FEAR HAPPY NEUTRAL SAD SURPRISE'.split(' '), (emotion) =>
        each(numbers(10, 1), (text) =>
          numbers(5, 1).map((take) => `${sex}_${number}_FAHMEE_S_${text}_${emotion}_${take}.wav`),
        ),
      ),
    ),
  ),
  emotions: { ANGRY: 1000, DISGUST: 1000, FEAR: 1000, HAPPY: 1000, NEUTRAL: 1000, SAD: 1000, SURPRISE: 1000 },
  speakers: 20,
  genders: { female: 3500, male: 3500 },
});

/** As EmoBox counts it; whoever speaks. */
function shemo(): NamedCorpus {
  const emotions = { A: 1034, F: 29, H: 198, N: 1018, S: 360, W: 199 };
  return {
    files: taken(emotions, (emotion) =>
      each(['F', 'M'], (sex) =>
        each(numbers(31), (who) =>
          numbers(60).map((n) => `${sex === 'F' ? 'female' : 'male'}/${sex}${who}${emotion}${n}.wav`),
        ),
      ),
    ),
    emotions,
    // 1034 of 60 each: 18 women speak in anger, and no more in anything else.
    speakers: 18,
    genders: { female: 2838 },
  };
}

/** Names as in EmoBox's list; the grammar's 600, and one of them that others leave out. */
const aesdd = (): NamedCorpus => ({
  files: each(['anger', 'disgust', 'fear', 'happiness', 'sadness'], (emotion) =>
    each(numbers(20), (text) =>
      numbers(6, 1).map(
        (who) => `Acted Emotional Speech Dynamic Database/${emotion}/${emotion[0]}${text} (${who}).wav`,
      ),
    ),
  ),
  emotions: { a: 120, d: 120, f: 120, h: 120, s: 119 },
  speakers: 6,
  unusable: ['Acted Emotional Speech Dynamic Database/sadness/s05 (3).wav'],
});

/** James et al. 2018: 2400. */
const jl = (): NamedCorpus => ({
  files: each(['female1', 'female2', 'male1', 'male2'], (who) =>
    each(
      'angry anxious apologetic assertive concerned encouraging excited happy neutral sad'.split(' '),
      (emotion) =>
        each(numbers(15, 1), (text) =>
          each(['a', 'b'], (part) =>
            ['1', '2'].map(
              (repetition) =>
                `Raw JL corpus (unchecked and unannotated)/JL(wav+txt)/${who}_${emotion}_${text}${part}_${repetition}.wav`,
            ),
          ),
        ),
    ),
  ),
  emotions: Object.fromEntries(
    'angry anxious apologetic assertive concerned encouraging excited happy neutral sad'
      .split(' ')
      .map((emotion) => [emotion, 240]),
  ),
  speakers: 4,
  genders: { female: 1200, male: 1200 },
});

/** Latif et al. 2018: 400 of 29 speakers, whoever speaks how often. */
const urdu = (): NamedCorpus => ({
  files: each(['Angry', 'Happy', 'Neutral', 'Sad'], (emotion) =>
    numbers(100, 1).map((n) => {
      const who = (Number(n) % 29) + 1;
      return `URDU-Dataset/${emotion}/S${who <= 12 ? `F${who}` : `M${who - 12}`}_F${n}_${emotion[0]}0${n}.wav`;
    }),
  ),
  emotions: { A: 100, H: 100, N: 100, S: 100 },
  speakers: 29,
});

/** Six speakers; a few of the words, one with letters that are written in two ways. */
const turev = (): NamedCorpus => ({
  files: each(['1157', '1234', '1358', '1984', '6783', '7895'], (who) =>
    each(['kz Angry', 'sk Calm', 'mt Happy', 'hl Sad'], (emotion) =>
      ['orgu', 'cilek', 'yazim', 'güneş'].map(
        (word) => `Sound Source/${emotion.slice(3)}/${who}_${emotion.slice(0, 2)}_${word}.wav`,
      ),
    ),
  ),
  emotions: { kz: 24, sk: 24, mt: 24, hl: 24 },
  speakers: 6,
});

/** The grammar of 65 speakers; one name has a capital letter. */
const ased = (): NamedCorpus => ({
  files: each(['n1 01Neutral', 'f2 02Fearful', 'h3 03Happy', 's4 04Sad', 'a5 05Angry'], (emotion) =>
    each(numbers(65), (who) =>
      numbers(7).map((text) => {
        const letter = emotion.startsWith('s') && text === '04' && who === '29' ? 'S4' : emotion.slice(0, 2);
        return `${emotion.slice(3)}/${letter}-${text}-01-${Number(who) % 2 === 0 ? '01' : '02'}-${who}.wav`;
      }),
    ),
  ),
  emotions: { n: 455, f: 455, h: 455, s: 455, a: 455 },
  speakers: 65,
  genders: { female: 32 * 35, male: 33 * 35 },
});

/** The grammar; words of EmoBox's list, some of two words. Nobody is named. */
const mesd = (): NamedCorpus => ({
  files: each('Anger Disgust Fear Happiness Neutral Sadness'.split(' '), (emotion) =>
    each(['C', 'F', 'M'], (voice) => [
      ...['abajo', 'basta_ya', 'de_nada', 'sí'].map((word) => `MESD/${emotion}_${voice}_A_${word}.wav`),
      ...['ofensa', 'explosivo'].map((word) => `MESD/${emotion}_${voice}_B_${word}.wav`),
    ]),
  ),
  emotions: { anger: 18, disgust: 18, fear: 18, happiness: 18, neutral: 18, sadness: 18 },
  speakers: 0,
  genders: { female: 36, male: 36, null: 36 },
});

/** Burkhardt et al. 2005: the grammar; the release has 535 of these. */
const emodb = (): NamedCorpus => ({
  files: each(['03', '08', '09', '10', '11', '12', '13', '14', '15', '16'], (who) =>
    each('a01 a02 a04 a05 a07 b01 b02 b03 b09 b10'.split(' '), (text) =>
      'A E F L N T W'.split(' ').map((emotion) => `wav/${who}${text}${emotion}a.wav`),
    ),
  ),
  emotions: { A: 100, E: 100, F: 100, L: 100, N: 100, T: 100, W: 100 },
  speakers: 10,
  genders: { female: 350, male: 350 },
});

/** By id of the adapter. */
export const NAMED_CORPORA: Readonly<Record<string, NamedCorpus>> = {
  aesdd: aesdd(),
  ased: ased(),
  banglaser: banglaser(),
  cafe: cafe(),
  'crema-d': cremad(),
  emodb: emodb(),
  emovo: emovo(),
  esd: esd(),
  jl: jl(),
  mesd: mesd(),
  nemo: nemo(),
  ravdess: ravdess(),
  savee: savee(),
  shemo: shemo(),
  subesco: subesco(),
  tess: tess(),
  turev: turev(),
  urdu: urdu(),
};

/** A few of them, spread over the whole list, of several speakers and emotions. */
export const someOf = ({ files }: NamedCorpus, count: number): string[] =>
  Array.from({ length: count }, (_, i) => files[Math.floor((i * (files.length - 1)) / (count - 1))]!);

/** A tone that belongs to the name: other sound under another name. @param length in samples at 16 kHz */
export function toneOf(name: string, length = 1600): Uint8Array {
  let hash = 2_166_136_261;
  for (const sign of name) hash = Math.imul(hash ^ sign.codePointAt(0)!, 16_777_619) >>> 0;
  const pitch = 100 + (hash % 300_000) / 100;
  return encodeWav16(
    Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * pitch * i) / 16_000)),
    16_000,
  );
}
