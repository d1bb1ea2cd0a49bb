/**
 * From syllables and a delivery to a score: what every articulator does, in steps of 5 ms. Targets are set
 * phone by phone and then smoothed, which is what makes formants glide and consonants bend their neighbours.
 * Not here: sound (render.ts).
 */
import type { RandomStream } from '../random/streams';
import type { Phone, Syllable } from './phones';
import type { Delivery } from './voices';

/** Steps per second of a score. */
export const STEP_RATE = 200;

/** One value per step in every track. */
export interface Score {
  readonly steps: number;
  /** Hz. */
  readonly pitch: Float32Array;
  /** Level of the voice source. */
  readonly voice: Float32Array;
  /** Level of aspiration noise through the tract, beyond what the voice's breathiness gives. */
  readonly aspiration: Float32Array;
  /** Level, centre (Hz) and bandwidth (Hz) of noise made at the constriction. */
  readonly friction: Float32Array;
  readonly frictionHz: Float32Array;
  readonly frictionBandwidth: Float32Array;
  /** F1, F2, F3 in Hz. */
  readonly formants: readonly [Float32Array, Float32Array, Float32Array];
  /** 1 in nasals: wider, weaker formants. */
  readonly nasality: Float32Array;
}

/** A stretch in which all targets stand still. */
interface Stretch {
  readonly steps: number;
  readonly phone: Phone;
  readonly voice: number;
  readonly aspiration: number;
  readonly friction: number;
}

/** Silence before and after, in steps. */
const MARGIN = 8;

/** Milliseconds, at normal pace, of the parts of a phone. */
function stretchesOf(phone: Phone, ms: (value: number) => number, stressed: boolean): Stretch[] {
  const stretch = (duration: number, voice: number, aspiration = 0, friction = 0): Stretch => ({
    steps: Math.max(1, Math.round((ms(duration) * STEP_RATE) / 1000)),
    phone,
    voice,
    aspiration,
    friction,
  });
  switch (phone.manner) {
    case 'vowel':
      return [stretch(stressed ? 135 : 100, stressed ? 1 : 0.75)];
    case 'stop':
      return phone.voiced
        ? [stretch(50, 0.12), stretch(8, 0.2, 0, phone.noiseLevel)]
        : [stretch(55, 0), stretch(10, 0, 0, phone.noiseLevel), stretch(25, 0, 0.5)];
    case 'fricative':
      return [stretch(phone.voiced ? 70 : 90, phone.voiced ? 0.35 : 0, 0, phone.noiseLevel)];
    case 'nasal':
      return [stretch(65, 0.5)];
    case 'approximant':
      return [stretch(60, 0.6)];
  }
}

/** Writes the score of an utterance. @param random small deviations of timing and accent */
export function writeScore(random: RandomStream, syllables: readonly Syllable[], delivery: Delivery): Score {
  const stretches: Stretch[] = [];
  const accents: { at: number; height: number }[] = [];
  let at = MARGIN;
  for (const [i, { phones, stressed }] of syllables.entries()) {
    // Speakers slow down towards the end.
    const pace = delivery.pace * (i === syllables.length - 1 ? 1.3 : 1) * (1 + 0.08 * random.normal());
    for (const phone of phones) {
      for (const stretch of stretchesOf(phone, (value) => value * pace, stressed)) {
        if (phone.manner === 'vowel' && stressed)
          accents.push({ at: at + stretch.steps / 2, height: 1 + 0.25 * random.normal() });
        stretches.push(stretch);
        at += stretch.steps;
      }
    }
  }
  const steps = at + MARGIN;
  const track = (): Float32Array => new Float32Array(steps);
  const score: Score = {
    steps,
    pitch: track(),
    voice: track(),
    aspiration: track(),
    friction: track(),
    frictionHz: track(),
    frictionBandwidth: track(),
    formants: [track(), track(), track()],
    nasality: track(),
  };
  fillTargets(score, stretches, delivery);
  for (const formant of score.formants) smooth(formant, 5);
  smooth(score.voice, 3);
  smooth(score.aspiration, 3);
  smooth(score.friction, 1);
  smooth(score.nasality, 3);
  fillPitch(score.pitch, accents, delivery);
  return score;
}

function fillTargets(score: Score, stretches: readonly Stretch[], { f1, f2, speaker }: Delivery): void {
  const habit = speaker.formantHabit;
  const scale = [f1, f2, f2].map((ratio, f) => ratio * habit[f]! * speaker.tract);
  let from = MARGIN;
  for (const [i, { steps, phone, voice, aspiration, friction }] of stretches.entries()) {
    const to = from + steps;
    score.voice.fill(voice, from, to);
    score.aspiration.fill(aspiration, from, to);
    score.friction.fill(friction, from, to);
    // Places of articulation move with the tract like its resonances.
    const first = i === 0 ? 0 : from;
    const last = i === stretches.length - 1 ? score.steps : to;
    score.frictionHz.fill(Math.min(7000, phone.noise[0] * Math.sqrt(speaker.tract)), first, last);
    score.frictionBandwidth.fill(phone.noise[1], first, last);
    score.nasality.fill(phone.manner === 'nasal' ? 1 : 0, first, last);
    for (const [f, formant] of score.formants.entries())
      formant.fill(phone.formants[f]! * scale[f]!, first, last);
    from = to;
  }
}

/** Declination, a bump for every accent and the movement at the end. */
function fillPitch(
  pitch: Float32Array,
  accents: readonly { at: number; height: number }[],
  { pitch: base, range, ending }: Delivery,
): void {
  const length = pitch.length;
  const width = 0.11 * STEP_RATE;
  for (let i = 0; i < length; i++) {
    const t = i / length;
    let tones = range * (0.35 - 0.7 * t);
    for (const { at, height } of accents) {
      const distance = (i - at) / width;
      tones += range * height * Math.exp(-0.5 * distance * distance);
    }
    if (t > 0.7) tones += ending * ((t - 0.7) / 0.3);
    pitch[i] = Math.min(600, Math.max(55, base * Math.exp((tones * Math.LN2) / 12)));
  }
}

/** Two passes of a moving average over 2 x radius + 1 steps; the ends are held. */
function smooth(track: Float32Array, radius: number): void {
  const source = new Float32Array(track.length);
  for (let pass = 0; pass < 2; pass++) {
    source.set(track);
    const last = track.length - 1;
    let sum = 0;
    for (let k = -radius; k <= radius; k++) sum += source[Math.min(last, Math.max(0, k))]!;
    for (let i = 0; i <= last; i++) {
      track[i] = sum / (2 * radius + 1);
      sum += source[Math.min(last, i + radius + 1)]! - source[Math.max(0, i - radius)]!;
    }
  }
}
