/**
 * The samples of a decoder's output, channels interleaved, in the decoder's own numbers: the browser's own
 * conversion of integers to floats scales the two halves differently.
 */

/** Interleaved samples: full-scale 32-bit integers, or floats of full scale -1..1. */
export type Numbers = Int32Array | Float32Array;

const HALVES: Readonly<Record<string, number>> = { u8: 2 ** 7, s16: 2 ** 15, s32: 2 ** 31, f32: 1 };

/** Copies every plane as it is. @returns samples interleaved, zero in the middle of the scale */
function numbers(data: AudioData): { readonly values: Float64Array; readonly half: number } {
  const { format, numberOfChannels: channels, numberOfFrames: frames } = data;
  const [type = '', planar] = (format ?? '').split('-');
  const half = HALVES[type];
  if (half === undefined) throw new Error(`The decoder gives samples as ${format}.`);
  const planes = planar ? channels : 1;
  const values = new Float64Array(frames * channels);
  for (let plane = 0; plane < planes; plane++) {
    const options = { planeIndex: plane };
    const buffer = new ArrayBuffer(data.allocationSize(options));
    data.copyTo(buffer, options);
    const view =
      type === 'u8'
        ? new Uint8Array(buffer)
        : type === 's16'
          ? new Int16Array(buffer)
          : type === 's32'
            ? new Int32Array(buffer)
            : new Float32Array(buffer);
    const zero = type === 'u8' ? 128 : 0;
    for (let i = 0; i < view.length; i++) values[planar ? i * channels + plane : i] = view[i]! - zero;
  }
  return { values, half };
}

/** For lossless codings. */
export function asIntegers(data: AudioData): Int32Array {
  const { values, half } = numbers(data);
  const scale = 2 ** 31 / half;
  return Int32Array.from(values, (value) =>
    Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(value * scale))),
  );
}

/** For lossy codings. */
export function asFloats(data: AudioData): Float32Array {
  const { values, half } = numbers(data);
  return Float32Array.from(values, (value) => value / half);
}
