/**
 * Counts clipped samples: three or more in a row at one end of the scale. One or two may be a peak that just
 * reaches it. Not here: what is told of it (corpus/probe-audio.ts).
 */
import type { WavLayout } from './riff';
import { sampleReader } from './wav';

/** So many equal extremes in a row count as clipped. */
const RUN = 3;

/** Largest value of a coding, full scale -1..1; the smallest is its negative, or -1 for integers. */
const top = ({ kind, bytes }: WavLayout['coding']): number =>
  ({ pcm: 1 - 2 ** (1 - 8 * bytes), float: 1, 'a-law': 32256 / 32768, 'mu-law': 32124 / 32768 })[kind];

/**
 * @param bytes a stretch of a file's samples, beginning with a whole frame; a partial frame at its end is
 * left out. Float samples beyond full scale count like those at it
 * @returns frames in which any channel is clipped
 */
export function clippedFrames(
  bytes: Uint8Array,
  { coding, channels, littleEndian }: Pick<WavLayout, 'coding' | 'channels' | 'littleEndian'>,
): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames = Math.floor(bytes.length / (coding.bytes * channels));
  if (coding.kind === 'pcm' && coding.bytes === 2 && littleEndian && bytes.byteOffset % 2 === 0) {
    // Nearly all speech: one quick look says that nothing is.
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, frames * channels);
    if (!reachesAnEnd(values)) return 0;
  }
  const read = sampleReader(coding, view, littleEndian);
  const high = top(coding);
  const runs = new Int32Array(channels);
  /** Up to here frames are counted, so that a frame with two clipped channels counts once. */
  let counted = 0;
  let clipped = 0;
  for (let i = 0, at = 0; i < frames; i++)
    for (let c = 0; c < channels; c++, at += coding.bytes) {
      const value = read(at);
      if (value < high && value > -high) {
        runs[c] = 0;
        continue;
      }
      // A run has one sign.
      const run = value > 0 ? Math.max(runs[c]!, 0) + 1 : Math.min(runs[c]!, 0) - 1;
      runs[c] = run;
      const length = Math.abs(run);
      if (length < RUN) continue;
      const from = Math.max(counted, i + 1 - length);
      clipped += Math.max(0, i + 1 - from);
      counted = i + 1;
    }
  return clipped;
}

/** A loop, not `some`: a call for each sample of twelve hours takes seconds. */
function reachesAnEnd(values: Int16Array): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === 32767 || value === -32768) return true;
  }
  return false;
}
