/**
 * The demo corpus: ten synthetic speakers, four emotions and a little of the rest, as a folder in IEMOCAP's
 * exact layout, so that it goes through the same adapter and pipeline as the real one. Files come one after
 * the other and nothing is kept; the same options give the same bytes. Synthetic, and no evidence about
 * emotion.
 */
import { encodeWav16 } from '../audio/wav';
import { RandomStream } from '../random/streams';
import { pseudoWords, spelling } from './phones';
import { render, SAMPLE_RATE } from './render';
import { writeScore } from './score';
import { evaluationText, rate, transcriptionText, type Turn } from './release-text';
import { castSpeakers, drawDelivery, type Emotion, type Speaker } from './voices';

/**
 * Goes up whenever the same options give other bytes than before; part of the name under which they are
 * cached.
 */
export const SYNTH_VERSION = 1;

export interface DemoOptions {
  /** 0..2^53-1. */
  readonly seed: number;
  /** 0 (clear voices, strong expression, no noise) .. 1 (the opposite). */
  readonly difficulty: number;
}

export interface DemoFile {
  /** `/`-separated, from the corpus folder. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Utterances per speaker: uneven as in IEMOCAP, where happy is the rarest of the four. */
const PER_SPEAKER: readonly (readonly [emotion: Emotion, blend: Emotion, count: number])[] = [
  ['angry', 'angry', 11],
  ['happy', 'happy', 8],
  ['neutral', 'neutral', 13],
  ['sad', 'sad', 11],
  ['excited', 'excited', 2],
  ['neutral', 'angry', 1], // between two emotions: the evaluators disagree
];

/**
 * Names as the release has them. The letter in front is the marker-wearing actor's and tells nothing about
 * the speaker.
 */
const DIALOGS: readonly (readonly string[])[] = [
  ['Ses01F_impro01', 'Ses01M_impro02', 'Ses01F_script01_1', 'Ses01M_script02_1'],
  ['Ses02M_impro01', 'Ses02F_impro08', 'Ses02M_script01_1', 'Ses02F_script02_1'],
  ['Ses03M_impro05a', 'Ses03M_impro05b', 'Ses03F_script01_1', 'Ses03F_script02_1'],
  ['Ses04F_impro03', 'Ses04M_impro06', 'Ses04F_script01_1', 'Ses04M_script02_1'],
  ['Ses05F_impro07', 'Ses05F_impro04', 'Ses05M_script01_1', 'Ses05M_script01_1b'],
];

/** Utterances in the corpus, for progress. */
export const DEMO_UTTERANCES = 10 * PER_SPEAKER.reduce((sum, [, , count]) => sum + count, 0);

/** Yields every file of the corpus: per dialog its audio, then its labels and its transcription. */
export function* demoCorpus({ seed, difficulty }: DemoOptions): Generator<DemoFile, void, undefined> {
  const speakers = castSpeakers(new RandomStream(seed, 'synth', 'cast'), difficulty);
  yield { path: 'README.txt', bytes: ascii(README) };
  for (const [s, dialogs] of DIALOGS.entries()) {
    const [woman, man] = speakers
      .filter(({ session }) => session === s + 1)
      .map((speaker) =>
        new RandomStream(seed, 'synth', 'order', speaker.id).shuffled(
          PER_SPEAKER.flatMap(([emotion, blend, count]) =>
            Array.from({ length: count }, () => ({ speaker, emotion, blend })),
          ),
        ),
      ) as [Part[], Part[]];
    for (const [d, dialog] of dialogs.entries()) {
      const turns: Turn[] = [];
      let clock = 6.2901;
      const own = (_: Part, i: number): boolean => i % dialogs.length === d;
      for (const [i, parts] of zip(woman.filter(own), man.filter(own)).entries()) {
        for (const part of parts) {
          const letter = part.speaker.id.slice(-1);
          const id = `${dialog}_${letter}${String(i).padStart(3, '0')}`;
          const { samples, words } = speak({ seed, difficulty }, id, part);
          yield {
            path: `Session${s + 1}/sentences/wav/${dialog}/${id}.wav`,
            bytes: encodeWav16(samples, SAMPLE_RATE),
          };
          const seconds = samples.length / SAMPLE_RATE;
          turns.push({
            id,
            start: clock,
            end: clock + seconds,
            words,
            ...rate(new RandomStream(seed, 'synth', 'rate', id), part.emotion, part.blend),
          });
          clock += seconds * 0.9; // actors interrupt one another
        }
      }
      yield {
        path: `Session${s + 1}/dialog/EmoEvaluation/${dialog}.txt`,
        bytes: ascii(evaluationText(turns, s + 1)),
      };
      yield {
        path: `Session${s + 1}/dialog/transcriptions/${dialog}.txt`,
        bytes: ascii(transcriptionText(turns)),
      };
    }
  }
}

interface Part {
  readonly speaker: Speaker;
  readonly emotion: Emotion;
  readonly blend: Emotion;
}

/** Synthesises one utterance. Scripts have the same words in every session, improvisations their own. */
function speak(
  { seed, difficulty }: DemoOptions,
  id: string,
  { speaker, emotion, blend }: Part,
): { samples: Float32Array; words: string } {
  const script = /script.*$/.exec(id)?.[0] ?? id;
  const text = new RandomStream(seed, 'synth', 'text', script);
  const syllables = pseudoWords(text, text.between(6, 8));
  const random = new RandomStream(seed, 'synth', 'delivery', id);
  const delivery = drawDelivery(random, speaker, emotion, difficulty, blend);
  const score = writeScore(random, syllables, delivery);
  return { samples: render(score, delivery, random.uint32()), words: spelling(syllables) };
}

/** Pairs of two lists; what one has more of comes alone. */
const zip = <T>(a: readonly T[], b: readonly T[]): T[][] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [
    ...a.slice(i, i + 1),
    ...b.slice(i, i + 1),
  ]);

const ascii = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

const README = `Synthetic speech in the folder layout of IEMOCAP, made by Equipoise's formant synthesiser.
Nobody speaks here: the voices, words, emotions and ratings are computed.
For trying the workbench; no evidence about emotion. Free of any licence.
`;
