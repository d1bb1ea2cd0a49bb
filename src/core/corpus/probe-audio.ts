/**
 * What the scan learns of an audio file: format, length, content, and every warning that decoding it will
 * give, read from as few bytes as that takes. Not here: what a WAV file is (core/audio), what becomes of what
 * was found (iemocap/scan.ts).
 */
import { audioContent, type Digest } from '../audio/content';
import { clippedFrames } from '../audio/clipping';
import { locateSamples } from '../audio/riff';
import { decodeWav, needsWholeFile, probeWav, type WavInfo } from '../audio/wav';
import { AudioError } from '../errors/errors';
import type { CancelSignal } from '../progress';
import { throwIfCancelled } from '../progress';
import { isFatal, messageOf } from './listing';
import type { CorpusFile } from './types';
import type { Problem, ProblemCode } from '../errors/problem';

export type Probe =
  | { readonly info: WavInfo; readonly size: number; readonly content: string }
  | ({ readonly failure: string } & Pick<Problem, 'reason' | 'found'>);

/** Enough for nearly every header; probeWav says when it is not. */
const HEAD_BYTES = 1024;

/**
 * Probes a file. `info.warnings` are those of decodeWav and `clipped`: where the beginning alone cannot tell,
 * all of the file is read. Clipping of a long recording is counted in the stretches that its content is of.
 * @throws CancelledError, and what means that nothing further can be read (isFatal)
 */
export async function probeAudio(
  file: CorpusFile,
  signal: CancelSignal | undefined,
  digest: Digest | undefined,
): Promise<Probe> {
  try {
    const size = await file.size();
    for (let bytes = HEAD_BYTES; ;) {
      throwIfCancelled(signal, 'scan');
      const head = await file.bytes(0, Math.min(size, bytes));
      try {
        const info = probeWav(head, size);
        const whole = needsWholeFile(head, size) ? await file.bytes(0, size) : null;
        const warnings = whole ? decodeWav(whole).warnings : info.warnings;
        const layout = locateSamples(head, size);
        const frame = layout.coding.bytes * layout.channels;
        const clipping = { clipped: 0, seen: 0 };
        const read = async (start: number, end: number): Promise<Uint8Array> => {
          const part = whole?.subarray(start, end) ?? (await file.bytes(start, end));
          // A stretch of a long recording may begin within a frame.
          const frames = part.subarray((frame - ((start - layout.dataOffset) % frame)) % frame);
          clipping.clipped += clippedFrames(frames, layout);
          clipping.seen += Math.floor(frames.length / frame);
          return part;
        };
        const content = await audioContent(layout, read, digest);
        const { clipped, seen } = clipping;
        const told =
          clipped === 0
            ? warnings
            : [...warnings, `clipped: ${clipped} of ${seen} samples, three or more in a row at full scale`];
        return { info: { ...info, warnings: told }, size, content };
      } catch (error) {
        const wanted =
          error instanceof AudioError && error.code === 'more-bytes' ? Number(error.details['bytes']) : 0;
        if (wanted <= bytes) throw error;
        // At least twice as much each time: a header of a million small chunks is read in all twice, not a
        // million times.
        bytes = Math.max(wanted, 2 * bytes);
      }
    }
  } catch (error) {
    if (isFatal(error)) throw error;
    const failure = messageOf(error);
    if (!(error instanceof AudioError)) return { failure };
    const {
      code: reason,
      details: { found },
    } = error;
    return { failure, reason, ...(typeof found === 'string' ? { found } : {}) };
  }
}

const PROBLEM_OF: Readonly<Record<string, ProblemCode>> = {
  truncated: 'truncated-audio',
  'partial-frame': 'partial-frame',
  'block-size': 'block-size',
  silent: 'silent-audio',
  clipped: 'clipped-audio',
  'not-finite': 'not-finite-audio',
};

/**
 * A warning of the WAV reader as a problem of a file that is kept; the clause's numbers go to other languages
 * in their order, `a` first.
 */
export function asProblem(warning: string, where: string): Problem {
  const colon = warning.indexOf(': ');
  const code = PROBLEM_OF[warning.slice(0, colon)]!;
  const detail = warning.slice(colon + 2);
  const [a = '', b = '', c = ''] = detail.match(/-?\d+(\.\d+)?(e-?\d+)?/g) ?? [];
  return { code, where, detail, kept: true, said: { key: code, values: { a, b, c } } };
}
