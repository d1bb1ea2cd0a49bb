/**
 * The source-filter synthesiser (Fant 1960; Klatt & Klatt 1990): a glottal pulse train and noise, filtered by
 * a cascade of formant resonators, recorded through a channel with background noise. Renders one score at a
 * time. Nothing is allocated per sample; filters change every 5 ms.
 */
import { Noise } from './noise';
import { STEP_RATE, type Score } from './score';
import type { Delivery } from './voices';

export const SAMPLE_RATE = 16_000;
const STEP = SAMPLE_RATE / STEP_RATE;
/** Formants up to half the sample rate, so that the spectrum does not fall off a cliff above the fifth. */
const FORMANTS = 7;
/** Hz in an average male tract of formants 4..7; the first three move. */
const HIGH_FORMANTS = [3400, 4400, 5400, 6450] as const;
const BANDWIDTHS = [70, 90, 130, 130, 160, 190, 230] as const;

/** Coefficients and state of the cascade: y = a x + b y1 + c y2 each, unity gain at 0 Hz (Klatt 1980). */
class Cascade {
  private readonly a = new Float64Array(FORMANTS);
  private readonly b = new Float64Array(FORMANTS);
  private readonly c = new Float64Array(FORMANTS);
  private readonly y1 = new Float64Array(FORMANTS);
  private readonly y2 = new Float64Array(FORMANTS);

  set(index: number, hertz: number, bandwidth: number): void {
    const radius = Math.exp((-Math.PI * bandwidth) / SAMPLE_RATE);
    this.c[index] = -radius * radius;
    this.b[index] = 2 * radius * Math.cos((2 * Math.PI * Math.min(hertz, 7600)) / SAMPLE_RATE);
    this.a[index] = 1 - this.b[index] - this.c[index];
  }

  run(x: number): number {
    const { a, b, c, y1, y2 } = this;
    for (let i = 0; i < FORMANTS; i++) {
      const y = a[i]! * x + b[i]! * y1[i]! + c[i]! * y2[i]!;
      y2[i] = y1[i]!;
      y1[i] = y;
      x = y;
    }
    return x;
  }
}

/** A second-order section in direct form II transposed. */
class Biquad {
  private b0 = 1;
  private b1 = 0;
  private b2 = 0;
  private a1 = 0;
  private a2 = 0;
  private s1 = 0;
  private s2 = 0;

  /** Boost or cut around a frequency (the peaking filter of Bristow-Johnson's cookbook). @param gain dB */
  peak(hertz: number, quality: number, gain: number): this {
    const amplitude = Math.exp((gain * Math.LN10) / 40);
    const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
    const alpha = Math.sin(w) / (2 * quality);
    const a0 = 1 + alpha / amplitude;
    return this.assign(
      (1 + alpha * amplitude) / a0,
      (-2 * Math.cos(w)) / a0,
      (1 - alpha * amplitude) / a0,
      (-2 * Math.cos(w)) / a0,
      (1 - alpha / amplitude) / a0,
    );
  }

  /** Passes a band; peak gain 1. */
  band(hertz: number, bandwidth: number): this {
    const w = (2 * Math.PI * hertz) / SAMPLE_RATE;
    const alpha = (Math.sin(w) * bandwidth) / (2 * hertz);
    const a0 = 1 + alpha;
    return this.assign(alpha / a0, 0, -alpha / a0, (-2 * Math.cos(w)) / a0, (1 - alpha) / a0);
  }

  private assign(b0: number, b1: number, b2: number, a1: number, a2: number): this {
    this.b0 = b0;
    this.b1 = b1;
    this.b2 = b2;
    this.a1 = a1;
    this.a2 = a2;
    return this;
  }

  run(x: number): number {
    const y = this.b0 * x + this.s1;
    this.s1 = this.b1 * x - this.a1 * y + this.s2;
    this.s2 = this.b2 * x - this.a2 * y;
    return y;
  }
}

/**
 * The derivative of the glottal flow, KLGLOTT88's polynomial: 2x - 3x^2 over the open phase, then shut. Its
 * jump at the closure is rounded off (PolyBLEP), else its aliases would make every high voice hoarse.
 */
class Glottis {
  private position = 1;
  private period = 1;
  private amplitude = 1;
  /** 1 while the glottis is open, else 0; modulates aspiration. */
  open = 0;

  constructor(
    private readonly quotient: number,
    private readonly jitter: number,
    private readonly shimmer: number,
    private readonly noise: Noise,
  ) {}

  /** @param hertz pitch now; read at the start of each period */
  next(hertz: number): number {
    const { quotient, noise } = this;
    if (this.position >= 1) {
      this.position -= 1;
      this.period = (SAMPLE_RATE / hertz) * (1 + 1.7 * this.jitter * noise.next());
      this.amplitude = 1 + 1.7 * this.shimmer * noise.next();
    }
    const step = 1 / this.period;
    const x = this.position / quotient;
    const distance = (this.position - quotient) / step;
    this.open = x < 1 ? 1 : 0;
    let flow = x < 1 ? 2 * x - 3 * x * x : 0;
    // The flow's derivative jumps from -1 to 0 at the closure.
    if (distance < 0 && distance > -1) flow += 0.5 * (distance + 1) * (distance + 1);
    else if (distance >= 0 && distance < 1) flow -= 0.5 * (1 - distance) * (1 - distance);
    this.position += step;
    return flow * this.amplitude;
  }
}

/** Renders a score to samples of full scale -1..1 at {@link SAMPLE_RATE}. @param seed of the noise */
export function render(score: Score, delivery: Delivery, seed: number): Float32Array {
  const { speaker } = delivery;
  const noise = new Noise(seed);
  const glottis = new Glottis(delivery.openQuotient, delivery.jitter, delivery.shimmer, noise);
  const cascade = new Cascade();
  for (const [i, hertz] of HIGH_FORMANTS.entries())
    cascade.set(3 + i, hertz * speaker.tract * speaker.formantHabit[3 + i]!, BANDWIDTHS[3 + i]!);
  const friction = new Biquad();
  const notch = new Biquad().peak(speaker.notch * Math.sqrt(speaker.tract), 3, -15);
  const room = new Biquad().peak(delivery.roomHz, 1, delivery.roomGain);
  const tilt = Math.exp((-2 * Math.PI * delivery.tilt) / SAMPLE_RATE);
  const { colour } = delivery;

  const out = new Float32Array(score.steps * STEP);
  let source = 0;
  let voice = 0;
  let aspiration = 0;
  let frication = 0;
  let channel = 0;
  let rumble = 0;
  for (let step = 0, at = 0; step < score.steps; step++) {
    const nasality = score.nasality[step]!;
    for (let f = 0; f < 3; f++)
      cascade.set(
        f,
        score.formants[f]![step]!,
        BANDWIDTHS[f]! * (1 + 1.5 * nasality) * (1 + 0.5 * (delivery.openQuotient - 0.5)),
      );
    friction.band(score.frictionHz[step]!, score.frictionBandwidth[step]!);
    const pitch = score.pitch[step]!;
    const voiceStep = (score.voice[step]! * (1 - 0.4 * nasality) - voice) / STEP;
    const aspirationStep = (score.aspiration[step]! - aspiration) / STEP;
    const fricationStep = (score.friction[step]! - frication) / STEP;
    for (let i = 0; i < STEP; i++, at++) {
      voice += voiceStep;
      aspiration += aspirationStep;
      frication += fricationStep;
      source = (1 - tilt) * glottis.next(pitch) + tilt * source;
      const breath = delivery.breath * voice * (0.4 + 0.6 * glottis.open) + 0.04 * aspiration;
      const white = noise.next();
      const mouth =
        notch.run(cascade.run(voice * source + 1.7 * breath * white)) +
        0.12 * frication * friction.run(white);
      const through = room.run(mouth * delivery.level);
      const coloured = through - colour * channel;
      channel = through;
      const hiss = noise.next();
      rumble = 0.97 * rumble + 0.24 * hiss;
      out[at] = LEVEL * coloured + delivery.noise * (0.9 * hiss + 1.3 * rumble);
    }
  }
  limit(out);
  return out;
}

/** Brings the average neutral voice to about -26 dB of full scale. */
const LEVEL = 0.1;

/** Turns the whole utterance down when it would clip, as a recording engineer would have. */
function limit(samples: Float32Array): void {
  let peak = 0;
  for (let i = 0; i < samples.length; i++) peak = Math.max(peak, Math.abs(samples[i]!));
  if (peak <= 0.95) return;
  const gain = 0.95 / peak;
  for (let i = 0; i < samples.length; i++) samples[i]! *= gain;
}
