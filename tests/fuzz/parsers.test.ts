/**
 * Every parser of what a corpus brings, with damaged and made-up input: a right result or an error of the
 * catalogue, never a hang, never more memory than the input warrants. What the parsers give on sound input is
 * tested beside each of them.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { flacStream } from '../../src/core/audio/flac-stream';
import { mp3Length } from '../../src/core/audio/mp3-length';
import { decodeWav, encodeWav16 } from '../../src/core/audio/wav';
import { probeAudio } from '../../src/core/corpus/probe-audio';
import { ADAPTERS, adapterOf } from '../../src/core/corpus/adapters/registry';
import { parseEvaluation } from '../../src/core/corpus/iemocap/labels';
import { parseTranscription } from '../../src/core/corpus/iemocap/transcripts';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import { secondsOf } from '../../src/core/corpus/tables/cell-values';
import { EquipoiseError } from '../../src/core/errors/errors';
import { LABELLED_FOLDERS } from '../support/labelled-folders';
import { everyCorpus } from '../support/every-corpus';
import { fuzz } from '../support/fuzz';
import { memoryDirectory, type Content } from '../support/memory-directory';
import { tableFolder } from '../support/table-folder';

/** @returns null where it was refused in words @throws whatever is none of the catalogue's errors */
async function typed<T>(work: () => T | Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof EquipoiseError) return null;
    throw error;
  }
}

/** Up to six bytes changed, and perhaps cut off. */
const damage = fc.record({
  changes: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
  cut: fc.option(fc.nat(), { nil: null }),
});
function damaged(content: Uint8Array, { changes, cut }: { changes: [number, number][]; cut: number | null }) {
  const bytes = content.slice(0, cut === null ? content.length : cut % (content.length + 1));
  for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
  return bytes;
}
const bytesOf = (content: Content): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : (content as Uint8Array);

const WAV = encodeWav16(
  Float32Array.from({ length: 300 }, (_, i) => Math.sin(i)),
  16_000,
);

it('fuzz: WAV', async () => {
  await fuzz(
    'WAV, damaged',
    fc.asyncProperty(damage, fc.nat(60), async (how, header) => {
      const bytes = damaged(WAV, { ...how, changes: how.changes.map(([at, to]) => [at % (header + 1), to]) });
      const wave = await typed(() => decodeWav(bytes));
      // As many samples as bytes at most, whatever the header claims.
      if (wave) expect(wave.samples.length).toBeLessThanOrEqual(bytes.length);
      const file = {
        kind: 'file',
        name: 'x.wav',
        size: async () => bytes.length,
        bytes: async (from: number, to: number) => bytes.slice(from, to),
      } as const;
      const probe = await probeAudio(file, {});
      if (!('failure' in probe) && wave) expect(probe.info.frames).toBe(wave.samples.length);
    }),
  );
});

it('fuzz: heads of FLAC and MP3', async () => {
  const start = fc.constantFrom('fLaC', 'ID3\u0004', '\u00ff\u00fb\u0090', '\u00ff\u00f3\u0044', 'Xing', '');
  await fuzz(
    'heads of FLAC and MP3',
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (text, rest) => {
      const bytes = Uint8Array.from([...Array.from(text, (sign) => sign.codePointAt(0)!), ...rest]);
      // It says so for a block that is cut off; whoever decodes tells in words.
      await typed(() => flacStream(bytes)).catch((error: unknown) => {
        if (!(error instanceof RangeError)) throw error;
      });
      const length = await typed(() => mp3Length(bytes, 1152));
      if (length) expect(Object.values(length).every((value) => Number.isFinite(value))).toBe(true);
    }),
  );
});

it('fuzz: times', async () => {
  const part = fc.constantFrom(
    '0',
    '1',
    '59',
    ':',
    '.',
    ',',
    ' ',
    'days',
    'ms',
    's',
    '-',
    '+',
    'e',
    'NaT',
    '9'.repeat(400),
  );
  await fuzz(
    'times',
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const seconds = secondsOf(parts.join(''));
      if (typeof seconds === 'number') expect(seconds >= 0 && Number.isFinite(seconds)).toBe(true);
    }),
  );
});

it('fuzz: IEMOCAP’s evaluations and transcripts', async () => {
  const part = fc.constantFrom(
    '[6.2901 - 8.2357]\tSes01F_impro01_F000\tneu\t[2.5000, 2.5000, 2.5000]\n',
    'C-E2:\tNeutral;\t()\n',
    'A-E3:\tval 3; act 2; dom  2;\t()\n',
    'Ses01F_impro01_F000 [006.2901-008.2357]: Text.\n',
    '[',
    '\t',
    '\r\n',
    'nan',
    ';',
    ': ',
    '1e999',
    '\0',
    'Ses01F_impro01_MXX0',
  );
  await fuzz(
    'IEMOCAP, evaluations and transcripts',
    fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const { lines, bad } = parseEvaluation(text);
      expect(lines.length + bad.length).toBeLessThanOrEqual(text.split(/\r\n?|\n/).length);
      expect(parseTranscription(text).size).toBeLessThanOrEqual(parts.length);
    }),
  );
});

const corpora = await everyCorpus();
const paths = Object.values(corpora).flatMap(({ files }) => Object.keys(files));

it('fuzz: names of all adapters', async () => {
  const piece = fc.oneof(
    fc.constantFrom(...paths.flatMap((path) => path.split(/[/_\-. ]/))),
    fc.constantFrom('/', '_', '-', '.', ' ', '.wav', '__proto__', '..', '\u0301', '😀'),
  );
  const path = fc.oneof(
    fc.constantFrom(...paths),
    fc.array(piece, { minLength: 1, maxLength: 10 }).map((pieces) => `${pieces.join('')}.wav`),
  );
  await fuzz(
    'names of all adapters',
    fc.asyncProperty(fc.array(path, { minLength: 1, maxLength: 8 }), async (names) => {
      const files = [...new Set(names)].filter((name) => !/(^|\/)(\/|$)/.test(name));
      const listing = { name: 'copy', files, folders: [], head: async () => '' };
      for (const adapter of ADAPTERS) {
        const found = await adapter.detect(listing);
        expect(found.score >= 0 && found.score <= 1).toBe(true);
      }
    }),
    300,
  );
});

/** Which recording is the same as another is no matter here. */
let digests = 0;
const digest = (): string => String(digests++).padStart(32, '0');
const TABLES = /\.(csv|tsv|txt|jsonl|json|ya?ml|parquet)$/i;
const forms = [
  'nkululeko',
  'spreadsheet',
  'segments',
  'hugging-face',
  'emobox',
  'audformat-csv',
  'audformat-parquet',
];
const folders: Record<string, Readonly<Record<string, Content>>> = Object.fromEntries([
  ...Object.entries(LABELLED_FOLDERS).map(([id, { files }]) => [id, files] as const),
  ...(await Promise.all(forms.map(async (form) => [form, (await tableFolder(form, 0.02)).files] as const))),
]);

it.each(Object.entries(folders))('fuzz: tables of %s', async (name, files) => {
  const tables = Object.keys(files).filter((path) => TABLES.test(path));
  const adapter = adapterOf(await scanCorpus(memoryDirectory(files)));
  await fuzz(
    `tables of ${name}`,
    fc.asyncProperty(fc.constantFrom(...tables), damage, async (path, how) => {
      const manifest = await typed(() =>
        adapter.scan(memoryDirectory({ ...files, [path]: damaged(bytesOf(files[path]!), how) }), { digest }),
      );
      const ids = manifest?.utterances.map(({ id }) => id) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
    }),
    40,
  );
});
