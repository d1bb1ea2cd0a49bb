/**
 * The WAV reader and writer on every coding, on real-world oddities, on foreign files and on random bytes.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateSamples } from '../../src/core/audio/riff';
import { decodeSamples, decodeWav, encodeWav16, probeWav, type Channel } from '../../src/core/audio/wav';
import { AudioError } from '../../src/core/errors/errors';
import { ascii, chunk, fmt, int16, join, riff, uint } from './wav-files';

const pcm = [0, 16384, -16384, 32767, -32768];
const expected = [0, 0.5, -0.5, 32767 / 32768, -1];

function errorOf(run: () => unknown): AudioError {
  try {
    run();
  } catch (error) {
    if (error instanceof AudioError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('codings', () => {
  it.each([
    ['pcm8', fmt({ bits: 8 }), Uint8Array.of(128, 192, 64, 255, 0), [0, 0.5, -0.5, 127 / 128, -1]],
    ['pcm16', fmt(), int16(pcm), expected],
    [
      'pcm24',
      fmt({ bits: 24 }),
      Uint8Array.of(0, 0, 0, 0, 0, 0x40, 0, 0, 0xc0, 1, 0, 0, 0, 0, 0x80),
      [0, 0.5, -0.5, 2 ** -23, -1],
    ],
    ['pcm32', fmt({ bits: 32 }), Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0x80), [0, 0.5, -1]],
    ['pcm24', fmt({ bits: 20, block: 3 }), Uint8Array.of(0, 0, 0x40), [0.5]],
    ['pcm32', fmt({ bits: 24, block: 4 }), Uint8Array.of(0, 0, 0, 0xc0), [-0.5]],
    ['float32', fmt({ tag: 3, bits: 32 }), new Uint8Array(Float32Array.of(0.25, -1.5).buffer), [0.25, -1.5]],
    [
      'float64',
      fmt({ tag: 3, bits: 64 }),
      new Uint8Array(Float64Array.of(0.25, -0.125).buffer),
      [0.25, -0.125],
    ],
    // G.711: the codes of silence and of both extremes, with the standard's 16-bit values.
    [
      'mu-law',
      fmt({ tag: 7, bits: 8 }),
      Uint8Array.of(0xff, 0x7f, 0x80, 0x00, 0xaa),
      [0, 0, 32124 / 32768, -32124 / 32768, 5372 / 32768],
    ],
    [
      'a-law',
      fmt({ tag: 6, bits: 8 }),
      Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a),
      [8 / 32768, -8 / 32768, 32256 / 32768, -32256 / 32768],
    ],
    ['pcm16', fmt({ extensible: 1 }), int16(pcm), expected],
    ['float32', fmt({ extensible: 3, bits: 32 }), new Uint8Array(Float32Array.of(0.75).buffer), [0.75]],
  ])('%s', (coding, format, data, samples) => {
    const file = riff(format, chunk('data', data));
    expect(probeWav(file, file.length)).toEqual({
      sampleRate: 16000,
      channels: 1,
      frames: samples.length,
      coding,
      warnings: [],
    });
    const wave = decodeWav(file);
    expect([...wave.samples]).toEqual(samples);
    expect(wave.warnings).toEqual([]);
  });

  it('mixes channels down to their mean', () => {
    const file = riff(fmt({ channels: 2, rate: 48000 }), chunk('data', int16([16384, 0, -32768, 16384])));
    expect(decodeWav(file)).toEqual({
      sampleRate: 48000,
      channels: 2,
      samples: Float32Array.of(0.25, -0.25),
      warnings: [],
    });
  });

  it('takes one channel where that is wanted, of a single one the only one', () => {
    const decoded = (channels: number, channel: Channel): number[] => {
      const bytes = riff(fmt({ channels }), chunk('data', int16([16384, 0, 8192, -32768, 0, 4096])));
      return [...decodeSamples({ bytes, layout: locateSamples(bytes, bytes.length) }, channel).samples];
    };
    expect(decoded(2, 'left')).toEqual([0.5, 0.25, 0]);
    expect(decoded(2, 'right')).toEqual([0, -1, 0.125]);
    expect(decoded(2, 'mix')).toEqual([0.25, -0.375, 0.0625]);
    expect(decoded(3, 'right')).toEqual([0, 0]);
    expect(decoded(1, 'right')).toEqual(decoded(1, 'mix'));
  });

  it('reads RIFX, sizes and samples big-endian', () => {
    const big = { bigEndian: true };
    const body = join(ascii('WAVE'), fmt(big), chunk('data', int16(pcm, true), big));
    expect([...decodeWav(join(ascii('RIFX'), uint(body.length, 4, true), body)).samples]).toEqual(expected);
    const body24 = join(
      ascii('WAVE'),
      fmt({ ...big, bits: 24 }),
      chunk('data', Uint8Array.of(0xc0, 0, 0), big),
    );
    expect([...decodeWav(join(ascii('RIFX'), uint(body24.length, 4, true), body24)).samples]).toEqual([-0.5]);
  });

  it('reads from a view into a larger buffer', () => {
    const padded = join(new Uint8Array(7), riff(fmt(), chunk('data', int16(pcm))));
    expect([...decodeWav(padded.subarray(7)).samples]).toEqual(expected);
  });

  it('replaces what is no number and says so', () => {
    const wave = decodeWav(
      riff(
        fmt({ tag: 3, bits: 32 }),
        chunk('data', new Uint8Array(Float32Array.of(NaN, 0.5, Infinity).buffer)),
      ),
    );
    expect([...wave.samples]).toEqual([0, 0.5, 0]);
    expect(wave.warnings).toEqual([{ code: 'not-finite', values: { a: 2 } }]);
  });
});

describe('containers', () => {
  const data = chunk('data', int16(pcm));
  const odd = ascii('abcde');
  it.each([
    ['JUNK before fmt', riff(chunk('JUNK', new Uint8Array(28)), fmt(), data)],
    ['an odd LIST, padded', riff(fmt(), chunk('LIST', odd), data)],
    ['an odd LIST, pad byte missing', riff(fmt(), chunk('LIST', odd, { pad: false }), data)],
    ['an odd bext, padded with a blank', riff(fmt(), chunk('bext', odd, { pad: false }), ascii(' '), data)],
    [
      'an odd unknown chunk before an unknown one, pad byte missing',
      riff(fmt(), chunk('abcd', odd, { pad: false }), chunk('wxyz', int16([1])), data),
    ],
    ['a PAD chunk before data', riff(fmt(), chunk('PAD ', new Uint8Array(4044)), data)],
    ['chunks behind the data', riff(fmt(), data, chunk('LIST', odd))],
    ['data before fmt', riff(data, fmt())],
    ['data size 0 (streamed)', riff(fmt(), chunk('data', int16(pcm), { size: 0 }))],
    ['data size 0xFFFFFFFF (streamed)', riff(fmt(), chunk('data', int16(pcm), { size: 0xffffffff }))],
    ['a nearly 2 GiB data size (streamed)', riff(fmt(), chunk('data', int16(pcm), { size: 0x7ffff000 }))],
    [
      'RF64 with the size in ds64',
      join(
        ascii('RF64'),
        uint(0xffffffff, 4),
        ascii('WAVE'),
        chunk('ds64', join(uint(0, 8), uint(10, 8), uint(5, 8), uint(0, 4))),
        fmt(),
        chunk('data', int16(pcm), { size: 0xffffffff }),
        chunk('LIST', odd),
      ),
    ],
    [
      'a 14-byte fmt chunk',
      riff(chunk('fmt ', join(uint(1, 2), uint(1, 2), uint(16000, 4), uint(32000, 4), uint(2, 2))), data),
    ],
  ])('%s', (_, file) => {
    const wave = decodeWav(file);
    expect([...wave.samples]).toEqual(expected);
    expect(wave.warnings).toEqual([]);
    expect(probeWav(file, file.length)).toEqual({
      sampleRate: 16000,
      channels: 1,
      frames: 5,
      coding: 'pcm16',
      warnings: [],
    });
  });

  it('keeps what a truncated file still has', () => {
    const file = riff(fmt(), chunk('data', int16(pcm), { size: 200 })).subarray(0, 44 + 7);
    expect(decodeWav(file)).toMatchObject({
      samples: Float32Array.from(expected.slice(0, 3)),
      warnings: [{ code: 'truncated', values: { a: 3, b: 100 } }],
    });
    expect(probeWav(file.subarray(0, 44), file.length)).toMatchObject({
      frames: 3,
      warnings: [{ code: 'truncated', values: { a: 3, b: 100 } }],
    });
  });

  it('probes a head that holds the data header only', () => {
    const file = riff(fmt(), chunk('LIST', odd), chunk('data', int16(Array<number>(5000).fill(1))));
    expect(probeWav(file.subarray(0, 64), file.length)).toMatchObject({ frames: 5000, warnings: [] });
  });

  it('asks for more bytes when the data lies behind the head, and for enough of them', () => {
    const file = riff(fmt(), chunk('JUNK', new Uint8Array(100_001)), chunk('data', int16(pcm)));
    const error = errorOf(() => probeWav(file.subarray(0, 65536), file.length));
    expect(error.code).toBe('more-bytes');
    expect(error.details['bytes']).toBeGreaterThan(100_000);
    expect(probeWav(file.subarray(0, Number(error.details['bytes'])), file.length).frames).toBe(5);
  });

  it('does not ask for more bytes when the file ends before the next chunk', () => {
    const file = riff(fmt(), chunk('JUNK', new Uint8Array(10), { size: 0x40000000 }));
    expect(errorOf(() => probeWav(file.subarray(0, 48), file.length)).code).toBe('no-samples');
  });
});

describe('headers that contradict themselves', () => {
  // What libsndfile 1.2.2 answers for each of these (frames and bytes a sample): the bit count decides, not
  // the block size. Our one exception is 24 bits in four bytes, above.
  const data = (bytes: number): Uint8Array =>
    chunk(
      'data',
      Uint8Array.from({ length: bytes }, (_, i) => (i * 37 + 11) % 251),
    );
  it.each([
    [{ bits: 16, block: 4 }, 2000, 1000, 'pcm16'],
    [{ bits: 16, block: 8, channels: 2 }, 2000, 500, 'pcm16'],
    [{ bits: 8, block: 2 }, 1000, 1000, 'pcm8'],
    [{ bits: 16, block: 1 }, 1920, 960, 'pcm16'],
    [{ bits: 16, block: 0 }, 1920, 960, 'pcm16'],
    [{ bits: 16, block: 3 }, 1920, 960, 'pcm16'],
    [{ bits: 20, block: 4 }, 1920, 640, 'pcm24'],
    [{ bits: 24, block: 2 }, 1920, 640, 'pcm24'],
    [{ bits: 24, block: 6 }, 1920, 640, 'pcm24'],
    [{ bits: 32, block: 8 }, 1920, 480, 'pcm32'],
    [{ bits: 24, block: 3, channels: 2 }, 1920, 320, 'pcm24'],
    [{ bits: 8, block: 2, tag: 6 }, 1920, 1920, 'a-law'],
    [{ bits: 16, block: 2, tag: 6 }, 1920, 1920, 'a-law'],
    [{ bits: 16, block: 2, tag: 7 }, 1920, 1920, 'mu-law'],
    [{ bits: 32, block: 8, tag: 3 }, 1920, 480, 'float32'],
    [{ bits: 64, block: 4, tag: 3 }, 1920, 240, 'float64'],
  ])('%j', (format, bytes, frames, coding) => {
    const file = riff(fmt(format), data(bytes));
    const info = probeWav(file.subarray(0, 64), file.length);
    expect(info).toMatchObject({
      frames,
      coding,
      warnings: [{ code: 'block-size', values: expect.objectContaining({ a: format.block }) }],
    });
    const wave = decodeWav(file);
    expect([wave.samples.length, wave.warnings.filter((warning) => warning.code !== 'not-finite')]).toEqual([
      frames,
      info.warnings,
    ]);
  });

  it('decodes the same samples as with the right block size', () => {
    const right = decodeWav(riff(fmt({ channels: 2 }), data(2000)));
    expect(decodeWav(riff(fmt({ channels: 2, block: 8 }), data(2000))).samples).toEqual(right.samples);
  });

  it('leaves out an incomplete last frame, and says so', () => {
    const file = riff(fmt({ channels: 2 }), chunk('data', int16([100, -100, 200])));
    const warnings = [{ code: 'partial-frame', values: { a: 2, b: 4 } }];
    expect(decodeWav(file)).toMatchObject({ samples: Float32Array.of(0), warnings });
    expect(probeWav(file.subarray(0, 44), file.length)).toMatchObject({ frames: 1, warnings });
  });

  it('finds the samples behind an odd LIST without its pad byte', () => {
    const samples = Array.from({ length: 1000 }, (_, i) => Math.round(8000 * Math.sin(i / 11)));
    const list = join(ascii('INFOICMT'), uint(1, 4), ascii('x'));
    const file = riff(fmt(), chunk('LIST', list, { pad: false }), chunk('data', int16(samples)));
    expect(decodeWav(file)).toEqual({
      sampleRate: 16000,
      channels: 1,
      samples: Float32Array.from(samples, (value) => value / 32768),
      warnings: [],
    });
  });
});

describe('silence', () => {
  const constant = (value: number, frames = 16_000): Uint8Array =>
    riff(fmt(), chunk('data', int16(Array<number>(frames).fill(value))));
  it.each([
    ['digital silence', constant(0), [{ code: 'silent', values: { a: 0 } }]],
    ['a constant', constant(8192), [{ code: 'silent', values: { a: '0.2500' } }]],
    [
      '8-bit silence',
      riff(fmt({ bits: 8 }), chunk('data', new Uint8Array(50).fill(128))),
      [{ code: 'silent', values: { a: 0 } }],
    ],
    [
      'channels that cancel each other',
      riff(fmt({ channels: 2 }), chunk('data', int16([5, -5, 700, -700, -3, 3]))),
      [{ code: 'silent', values: { a: 0 } }],
    ],
    [
      'both zeros of mu-law',
      riff(fmt({ tag: 7, bits: 8 }), chunk('data', Uint8Array.of(0xff, 0x7f, 0xff))),
      [{ code: 'silent', values: { a: 0 } }],
    ],
    [
      'one sample that differs, at the end',
      riff(fmt(), chunk('data', int16([...Array<number>(16_000).fill(0), 1]))),
      [],
    ],
    ['a single sample', constant(0, 1), []],
    [
      'nothing but NaN',
      riff(fmt({ tag: 3, bits: 32 }), chunk('data', new Uint8Array(Float32Array.of(NaN, NaN).buffer))),
      [
        { code: 'not-finite', values: { a: 2 } },
        { code: 'silent', values: { a: 0 } },
      ],
    ],
  ])('%s', (_, file, warnings) => expect(decodeWav(file).warnings).toEqual(warnings));
});

describe('files that cannot be used', () => {
  const data = chunk('data', int16(pcm));
  it.each([
    ['empty-file', new Uint8Array(0), /empty/],
    ['apple-double', Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0), /AppleDouble/],
    ['not-riff', ascii('NIST_1A\n   1024\n'), /NIST SPHERE/],
    ['not-riff', ascii('fLaC\0\0\0\x22'), /FLAC/],
    ['zero-bytes', new Uint8Array(100), /zero bytes/],
    ['not-riff', join(uint(0x20, 4, true), ascii('ftypisom')), /MP4/],
    ['not-riff', join(uint(0x20, 4, true), ascii('ftypM4A ')), /M4A/],
    ['not-riff', Uint8Array.of(0xff, 0xfb, 0x90, 0x64, 0, 0), /MP3/],
    ['not-riff', ascii('ID3\x04\0\0'), /MP3/],
    ['not-riff', ascii('OggS\0\x02'), /Ogg/],
    ['not-riff', ascii('PK\x03\x04'), /ZIP/],
    ['not-riff', Uint8Array.of(0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66), /Windows Media/],
    [
      'lfs-pointer',
      ascii('version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 61484\n'),
      /Git LFS/,
    ],
    ['annex-pointer', ascii('../../.git/annex/objects/Zk/9V/MD5E-s1.wav/MD5E-s1.wav'), /git-annex/],
    ['web-page', ascii('<!DOCTYPE html>\n<html><head><title>404</title></head></html>\n'), /web page/i],
    ['web-page', join(Uint8Array.of(0xef, 0xbb, 0xbf), ascii('\r\n<HTML>')), /web page/i],
    ['web-page', ascii('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'), /web page/i],
    ['text-file', ascii('{"message": "Not Found"}'), /“\{"message": "Not Found"\}”/],
    ['text-file', join(Uint8Array.of(0xff, 0xfe), ascii('h\0e\0l\0l\0o\0')), /“hello”/],
    ['not-riff', Uint8Array.of(0xde, 0xad, 0xbe, 0xef), /de ad be ef/],
    ['not-riff', ascii('R'), /52/],
    ['not-wave', join(ascii('RIFF'), uint(4, 4), ascii('AVI ')), /AVI/],
    ['no-format', ascii('RIFF'), /samples are written/],
    ['no-format', riff(data), /samples are written/],
    ['bad-format', riff(fmt({ channels: 0 }), data), /channel count/],
    ['bad-format', riff(fmt({ rate: 0 }), data), /sample rate/],
    ['bad-format', riff(fmt({ bits: 0, block: 0 }), data), /bit count/],
    ['bad-format', riff(fmt({ tag: 3, bits: 16 }), data), /bit count/],
    ['bad-format', riff(chunk('fmt ', uint(1, 4)), data), /format size/],
    ['unsupported-coding', riff(fmt({ tag: 0x11, bits: 4 }), data), /IMA ADPCM/],
    ['unsupported-coding', riff(fmt({ tag: 0x1234 }), data), /0x1234/],
    ['no-samples', riff(fmt()), /no samples/],
    ['no-samples', riff(fmt(), chunk('data', new Uint8Array(0))), /no samples/],
    ['no-samples', riff(fmt(), chunk('data', new Uint8Array(0)), chunk('LIST', ascii('abcd'))), /no samples/],
    ['no-samples', riff(fmt({ channels: 2 }), chunk('data', int16([1]))), /no samples/],
  ])('%s', (code, file, message) => {
    const error = errorOf(() => decodeWav(file));
    expect(error).toMatchObject({ name: 'AudioError', code, message: expect.stringMatching(message) });
    expect(error.hint).not.toBe('');
    expect(errorOf(() => probeWav(file, file.length)).code).toBe(code);
  });
});

describe('writing', () => {
  it('writes the 44-byte header and rounds, clips and mends samples', () => {
    const file = encodeWav16(Float32Array.of(0, 0.5, -1, 1, 2, -3, NaN, 0.4 / 32768), 22050);
    expect(file).toEqual(
      riff(fmt({ rate: 22050 }), chunk('data', int16([0, 16384, -32768, 32767, 32767, -32768, 0, 0]))),
    );
  });

  it('reads back every 16-bit value exactly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 192_000 }),
        (values, rate) => {
          const samples = Float32Array.from(values, (value) => value / 32768);
          const silent = samples.length > 1 && new Set(values).size === 1;
          expect(decodeWav(encodeWav16(samples, rate))).toMatchObject({
            sampleRate: rate,
            channels: 1,
            samples,
            warnings: silent ? [expect.objectContaining({ code: 'silent' })] : [],
          });
        },
      ),
    );
  });
});

describe('fuzzing', () => {
  /** Decodes, and returns how many samples came out; anything thrown but AudioError fails the test. */
  const survives = (bytes: Uint8Array): void => {
    try {
      const { samples } = decodeWav(bytes);
      expect(samples.length).toBeGreaterThan(0);
      expect(samples.length).toBeLessThanOrEqual(bytes.length);
      expect(samples.every(Number.isFinite)).toBe(true);
    } catch (error) {
      expect(error).toBeInstanceOf(AudioError);
      expect((error as AudioError).code).not.toBe('more-bytes');
    }
  };
  const parts = fc.array(
    fc.oneof(
      fc
        .record({
          tag: fc.constantFrom(1, 3, 6, 7, 85),
          channels: fc.nat(9),
          bits: fc.nat(80),
          block: fc.nat(70),
          rate: fc.nat(),
        })
        .map(fmt),
      fc
        .tuple(
          fc.constantFrom('data', 'LIST', 'fmt ', 'ds64', '\0\0\0\0', 'data'),
          fc.uint8Array({ maxLength: 60 }),
          fc.oneof(fc.nat(70), fc.constantFrom(0xffffffff, 0x7ffffff0, 0)),
          fc.boolean(),
        )
        .map(([id, body, size, pad]) => chunk(id, body, { size, pad })),
    ),
    { maxLength: 6 },
  );

  it('throws nothing but AudioError on random bytes behind a RIFF header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => survives(riff(bytes))),
      { numRuns: 2000 },
    );
  });

  it('throws nothing but AudioError on random chunks', () => {
    fc.assert(
      fc.property(parts, fc.nat(400), (chunks, length) => {
        const file = riff(...chunks);
        survives(file);
        survives(file.subarray(0, length));
      }),
      { numRuns: 3000 },
    );
  });

  it('probes in growing steps to the same answer as from the whole file', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 60 }), (chunks, start) => {
        const file = riff(...chunks);
        const outcome = (head: Uint8Array): unknown => {
          try {
            return probeWav(head, file.length);
          } catch (error) {
            if (!(error instanceof AudioError)) throw error;
            if (error.code !== 'more-bytes') return error.code;
            const bytes = Number(error.details['bytes']);
            expect(bytes).toBeGreaterThan(head.length);
            return outcome(file.subarray(0, bytes));
          }
        };
        expect(outcome(file.subarray(0, 12 + start))).toEqual(outcome(file));
      }),
      { numRuns: 2000 },
    );
  });
});
