/**
 * Unpacks FLAC, MP3, Ogg (Opus, Vorbis), M4A and AAC: mediabunny finds the packets, the browser's AudioDecoder
 * decodes them. A chunk of its own, loaded for the first such file. Not here: WAV (core/audio/riff.ts), what
 * becomes of the samples, and how they lie in the decoder's output (audio-data.ts).
 */
import {
  ADTS,
  BufferSource,
  EncodedPacketSink,
  FLAC,
  Input,
  MP3,
  MP4,
  OGG,
  type EncodedPacket,
} from 'mediabunny';
import { flacStream } from '../../src/core/audio/flac-stream';
import { mp3Length } from '../../src/core/audio/mp3-length';
import type { DecodeCoded } from '../../src/core/audio/sound';
import { AudioError } from '../../src/core/errors/errors';
import { asFloats, asIntegers, type Numbers } from './audio-data';

/** As people call them. */
const NAMES: Readonly<Record<string, string>> = {
  flac: 'FLAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  aac: 'AAC',
};
/** Samples over all channels, 1 GB as float32. */
const MOST_SAMPLES = 2 ** 28;
/** Packets that wait in the decoder at a time. */
const QUEUE = 64;

/** As {@link DecodeCoded}. */
export const decodeCoded: DecodeCoded = async (bytes) => {
  const input = new Input({ source: new BufferSource(bytes), formats: [FLAC, MP3, OGG, MP4, ADTS] });
  const track = await input.getPrimaryAudioTrack().catch(() => null);
  if (!track) return null;
  const codec = (await track.getCodec()) ?? 'unknown';
  const format = NAMES[codec] ?? codec;
  const config = await track.getDecoderConfig();
  if (!config || !(await isDecodable(config))) throw new AudioError('no-decoder', { found: format });
  try {
    const packets: EncodedPacket[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
    const [first, last] = [packets[0], packets.at(-1)];
    if (!first || !last) throw new AudioError('no-samples');
    const flac = codec === 'flac' ? flacStream(config.description) : null;
    const { stretches, sampleRate, channels, frames } = await decodeAll(
      packets,
      config,
      flac ? asIntegers : asFloats,
    );
    const mp3 = codec === 'mp3' ? mp3Length(bytes, Math.round(first.duration * sampleRate)) : null;
    const skip = mp3?.skip ?? Math.max(0, Math.round(-first.timestamp * sampleRate));
    const end = Math.round((last.timestamp + last.duration) * sampleRate);
    const announced = mp3?.frames ?? flac?.frames ?? null;
    const there = Math.max(0, frames - skip);
    // Ogg and MP4 say in their last packet where the sound ends; MP3 in its tag, if anywhere.
    const kept = Math.min(there, codec === 'mp3' ? (announced ?? there) : end);
    const sound = joined(stretches, skip * channels, kept * channels);
    return {
      format,
      channels,
      sampleRate,
      announced,
      ...(flac
        ? {
            coding: { kind: 'pcm', bytes: flac.bytes },
            bytes: packIntegers(sound, flac.bytes),
            packets: null,
          }
        : {
            coding: { kind: 'float', bytes: 4 },
            bytes: new Uint8Array(Float32Array.from(sound).buffer),
            packets: joinedPackets(packets),
          }),
    };
  } catch (error) {
    throw error instanceof AudioError ? error : new AudioError('broken-coding', { found: format }, error);
  }
};

const isDecodable = async (config: AudioDecoderConfig): Promise<boolean> =>
  typeof AudioDecoder !== 'undefined' &&
  (await AudioDecoder.isConfigSupported(config).then(
    ({ supported }) => supported === true,
    () => false,
  ));

/** Samples one stretch after the other, channels interleaved. */
interface Decoded {
  readonly stretches: readonly Numbers[];
  readonly sampleRate: number;
  readonly channels: number;
  readonly frames: number;
}

/** @throws what the decoder throws, and where rate or channels change on the way */
async function decodeAll(
  packets: readonly EncodedPacket[],
  config: AudioDecoderConfig,
  take: (data: AudioData) => Numbers,
): Promise<Decoded> {
  const stretches: Numbers[] = [];
  let [sampleRate, channels, samples] = [0, 0, 0];
  /** What went wrong in a callback, and whoever waits for the queue to move. */
  const state: { failure: Error | null; moved: () => void } = { failure: null, moved: () => undefined };
  const fail = (error: unknown): void => {
    state.failure ??= error instanceof Error ? error : new Error(String(error));
    state.moved();
  };
  const decoder = new AudioDecoder({
    output: (data) => {
      try {
        if (data.numberOfFrames === 0) return;
        sampleRate ||= data.sampleRate;
        channels ||= data.numberOfChannels;
        if (data.sampleRate !== sampleRate || data.numberOfChannels !== channels)
          throw new Error('Rate or channels change within the file.');
        samples += data.numberOfFrames * channels;
        if (samples > MOST_SAMPLES) throw new AudioError('decoded-too-long', { samples: MOST_SAMPLES });
        stretches.push(take(data));
      } catch (error) {
        fail(error);
      } finally {
        data.close();
      }
    },
    error: fail,
  });
  decoder.addEventListener('dequeue', () => state.moved());
  try {
    decoder.configure(config);
    for (const packet of packets) {
      if (state.failure !== null) break;
      decoder.decode(packet.toEncodedAudioChunk());
      while (state.failure === null && decoder.decodeQueueSize > QUEUE)
        await new Promise<void>((resolve) => {
          state.moved = resolve;
        });
    }
    if (state.failure === null) await decoder.flush();
  } catch (error) {
    fail(error);
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  if (state.failure !== null) throw state.failure;
  if (channels === 0) throw new AudioError('no-samples');
  return { stretches, sampleRate, channels, frames: samples / channels };
}

/** @param skip samples at the beginning that are left out  @param count samples after them */
function joined(stretches: readonly Numbers[], skip: number, count: number): Numbers {
  const all = stretches[0] instanceof Int32Array ? new Int32Array(count) : new Float32Array(count);
  let at = -skip;
  for (const stretch of stretches) {
    const part = stretch.subarray(Math.max(0, -at), Math.max(0, count - at));
    if (part.length > 0) all.set(part, Math.max(0, at));
    at += stretch.length;
  }
  return all;
}

/** Full-scale 32-bit integers as those of a WAV file: its 8 bits have no sign. */
function packIntegers(values: Numbers, bytes: number): Uint8Array {
  const packed = new Uint8Array(values.length * bytes);
  for (let i = 0, at = 0; i < values.length; i++) {
    const value = values[i]! >> (32 - 8 * bytes);
    if (bytes === 1) packed[at++] = value + 128;
    else for (let k = 0; k < bytes; k++) packed[at++] = value >> (8 * k);
  }
  return packed;
}

function joinedPackets(packets: readonly EncodedPacket[]): Uint8Array {
  const all = new Uint8Array(packets.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const { data } of packets) {
    all.set(data, at);
    at += data.length;
  }
  return all;
}
