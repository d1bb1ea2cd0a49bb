/**
 * What the scan learns of an audio file: format, length, content, and every warning that decoding it will
 * give. Of a WAV file as few bytes are read as that takes; what is coded is unpacked. Not here: what the
 * formats are (core/audio), what becomes of what was found (recordings.ts).
 */
import { clippedFrames } from '../audio/clipping';
import { audioContent } from '../audio/content';
import { placeOf, type Cut, type Stretch } from '../audio/cut';
import { locateSamples } from '../audio/riff';
import { isForWavReader, openSound, partOfSound, soundContent, type Sound } from '../audio/sound';
import { decodeSamples, decodeWav, infoOf, needsWholeFile, type WavInfo } from '../audio/wav';
import type { AudioWarning } from '../audio/warning';
import { AudioError } from '../errors/errors';
import { throwIfCancelled } from '../progress';
import type { ScanOptions } from './adapter';
import { isFatal, messageOf } from './listing';
import { partOfFile } from './part-of-file';
import type { CorpusFile } from './types';
import type { Problem, ProblemCode } from '../errors/problem';

interface Heard {
  readonly info: WavInfo;
  readonly size: number;
  readonly content: string;
}

export type Probe = Heard | ({ readonly failure: string } & Pick<Problem, 'reason' | 'found'>);

/** What a probe needs of the scan's options. */
type ProbeOptions = Pick<ScanOptions, 'signal' | 'digest' | 'decode'>;

/** Enough for nearly every header; locateSamples says when it is not. */
const HEAD_BYTES = 1024;
/**
 * Files up to here are read at once: all their samples are hashed anyway, and what costs in a browser is the number
 * of reads.
 */
const AT_ONCE = 2 ** 20;

/**
 * Probes a file. `info.warnings` are those of decodeSamples and `clipped`.
 * @throws CancelledError, and what means that nothing further can be read (isFatal)
 */
export const probeAudio = (file: CorpusFile, options: ProbeOptions): Promise<Probe> =>
  outcome(async () => {
    const size = await file.size();
    throwIfCancelled(options.signal, 'scan');
    const head = await file.bytes(0, size <= AT_ONCE ? size : HEAD_BYTES);
    return isForWavReader(file.name, head)
      ? probeWavFile(file, head, size, options)
      : heard(await unpacked(file, options), size, options);
  });

/** What a probe finds of a part of a file, and where that lies. */
export type ProbedPart =
  | (Heard & { readonly cut: Pick<Cut, 'firstFrame' | 'missing'> })
  | Extract<Probe, { readonly failure: string }>;

/**
 * The same of a part of a file. @param unpack a coded file is unpacked whole for each of its parts: whoever has
 * several keeps it
 */
export const probePart = (
  file: CorpusFile,
  stretch: Stretch,
  options: ProbeOptions,
  unpack: (file: CorpusFile) => Promise<Sound>,
): Promise<ProbedPart> =>
  outcome(async () => {
    const size = await file.size();
    throwIfCancelled(options.signal, 'scan');
    if (isForWavReader(file.name, await file.bytes(0, Math.min(size, 4)))) {
      const part = partOfFile(file, stretch);
      const probe = await probeAudio(part, options);
      return 'failure' in probe ? probe : { ...probe, cut: await part.cut() };
    }
    const sound = await unpack(file);
    const { firstFrame, frames, missing } = placeOf(stretch, sound.layout);
    const part = partOfSound(sound, firstFrame, frames);
    return { ...(await heard(part, size, options)), cut: { firstFrame, missing } };
  });

/** What was found, or why nothing was. */
async function outcome<T>(
  probe: () => Promise<T>,
): Promise<T | Extract<Probe, { readonly failure: string }>> {
  try {
    return await probe();
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

/**
 * Where the beginning alone cannot tell, all of the file is read. Clipping of a long recording is counted in
 * the stretches that its content is of.
 */
async function probeWavFile(
  file: CorpusFile,
  start: Uint8Array,
  size: number,
  { signal, digest }: ProbeOptions,
): Promise<Heard> {
  for (let head = start; ;) {
    throwIfCancelled(signal, 'scan');
    try {
      const layout = locateSamples(head, size);
      const all = needsWholeFile(head, size);
      const whole = head.length === size ? head : all ? await file.bytes(0, size) : null;
      const warnings = all && whole ? decodeWav(whole).warnings : layout.warnings;
      const frame = layout.coding.bytes * layout.channels;
      const count = { clipped: 0, seen: 0 };
      const read = async (from: number, to: number): Promise<Uint8Array> => {
        const bytes = whole?.subarray(from, to) ?? (await file.bytes(from, to));
        // A stretch of a long recording may begin within a frame.
        const frames = bytes.subarray((frame - ((from - layout.dataOffset) % frame)) % frame);
        count.clipped += clippedFrames(frames, layout);
        count.seen += Math.floor(frames.length / frame);
        return bytes;
      };
      const content = await audioContent(layout, read, digest);
      const told = [...warnings, ...clipping(count.clipped, count.seen)];
      return { info: { ...infoOf(layout), warnings: told }, size, content };
    } catch (error) {
      const wanted =
        error instanceof AudioError && error.code === 'more-bytes' ? Number(error.details['bytes']) : 0;
      if (wanted <= head.length) throw error;
      // At least twice as much each time: a header of a million small chunks is read in all twice, not a
      // million times.
      head = await file.bytes(0, Math.min(size, Math.max(wanted, 2 * head.length)));
    }
  }
}

/** @throws CancelledError, and as {@link openSound} */
export async function unpacked(file: CorpusFile, { signal, decode }: ProbeOptions): Promise<Sound> {
  const sound = await openSound(file.name, Uint8Array.from(await file.bytes(0, await file.size())), decode);
  throwIfCancelled(signal, 'scan');
  return sound;
}

async function heard(sound: Sound, size: number, { digest }: ProbeOptions): Promise<Heard> {
  const { layout } = sound;
  const warnings = [
    ...decodeSamples(sound).warnings,
    ...clipping(clippedFrames(sound.bytes, layout), layout.frames),
  ];
  const info = { ...infoOf(layout), coding: sound.format ?? infoOf(layout).coding, warnings };
  return { info, size, content: await soundContent(sound, digest) };
}

/** Three or more samples in a row at full scale. */
const clipping = (clipped: number, seen: number): readonly AudioWarning[] =>
  clipped === 0 ? [] : [{ code: 'clipped', values: { a: clipped, b: seen } }];

const PROBLEM_OF = {
  truncated: 'truncated-audio',
  'partial-frame': 'partial-frame',
  'block-size': 'block-size',
  silent: 'silent-audio',
  clipped: 'clipped-audio',
  'not-finite': 'not-finite-audio',
} as const satisfies Record<AudioWarning['code'], ProblemCode>;

/** A warning of the reader as a problem of a file that is kept. */
export function asProblem({ code: warning, values }: AudioWarning, where: string): Problem {
  const code = PROBLEM_OF[warning];
  return { code, where, kept: true, said: { key: code, values } };
}
