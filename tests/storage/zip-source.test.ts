/**
 * A corpus in a zip, written by fflate and by hand: the same tree as on disk, files unpacked when they are read, and
 * what is meant to fill a disk refused.
 */
import fc from 'fast-check';
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import type { CorpusDirectory } from '../../src/core/corpus/types';
import { EquipoiseError } from '../../src/core/errors/errors';
import { CORPUS_ZIP, crc32, zipDirectory } from '../../src/core/import/zip-directory';
import { isCorpusZip } from '../../src/state/corpus/corpus-zip';
import { fileAt, openFolder } from '../../src/storage/folder-source';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const fileOf = (content: Uint8Array, name = 'corpus.zip'): File =>
  new File([content as Uint8Array<ArrayBuffer>], name);
const sourceOf = (files: Zippable) => ({ kind: 'zip', file: fileOf(zipSync(files)) }) as const;

async function walk(directory: CorpusDirectory, path = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await directory.entries()) {
    const where = path + entry.name;
    if (entry.kind === 'directory') Object.assign(found, await walk(entry, `${where}/`));
    else found[where] = `${await entry.size()}:${new TextDecoder().decode(await entry.bytes(0, 1 << 16))}`;
  }
  return found;
}

/** A zip of one file whose directory can be made to lie. */
function byHand(
  name: string,
  content: Uint8Array,
  {
    size = content.length,
    twice = false,
    zip64 = false,
  }: { size?: number; twice?: boolean; zip64?: boolean } = {},
): Uint8Array {
  const u16 = (...values: number[]) => values.flatMap((v) => [v & 255, (v >> 8) & 255]);
  const u32 = (...values: number[]) =>
    values.flatMap((v) => [v & 255, (v >>> 8) & 255, (v >>> 16) & 255, v >>> 24]);
  const u64 = (...values: number[]) => values.flatMap((v) => [...u32(v), ...u32(0)]);
  const sum = crc32(content);
  const local = [
    ...u32(0x04034b50),
    ...u16(20, 0, 0, 0, 0),
    ...u32(sum, content.length, size),
    ...u16(name.length, 0),
    ...bytes(name),
    ...content,
  ];
  const extra = zip64 ? [...u16(1, 24), ...u64(size, content.length, 0)] : [];
  const sizes = zip64 ? [0xffffffff, 0xffffffff] : [content.length, size];
  const central = (as: string) => [
    ...u32(0x02014b50),
    ...u16(20, 20, 0, 0, 0, 0),
    ...u32(sum, ...sizes),
    ...u16(as.length, extra.length, 0, 0, 0),
    ...u32(0, zip64 ? 0xffffffff : 0),
    ...bytes(as),
    ...extra,
  ];
  const directory = [...central(name), ...(twice ? central(`${name}2`) : [])];
  const count = twice ? 2 : 1;
  const at = local.length;
  const end64 = zip64
    ? [
        ...u32(0x06064b50),
        ...u64(44),
        ...u16(45, 45),
        ...u32(0, 0),
        ...u64(count, count, directory.length, at),
        ...u32(0x07064b50, 0),
        ...u64(at + directory.length),
        ...u32(1),
      ]
    : [];
  const end = zip64
    ? [...u16(0xffff, 0xffff), ...u32(0xffffffff, 0xffffffff)]
    : [...u16(count, count), ...u32(directory.length, at)];
  return Uint8Array.from([
    ...local,
    ...directory,
    ...end64,
    ...u32(0x06054b50),
    ...u16(0, 0),
    ...end,
    ...u16(0),
  ]);
}

describe('a zip', () => {
  it('is a folder, packed or stored, whatever its names are written with', async () => {
    const source = sourceOf({
      'RAVDESS/Actor_01/a.wav': bytes('one'.repeat(100)),
      'RAVDESS/Actor_01/b.wav': [bytes('two'), { level: 0 }],
      'RAVDESS/пустая/й.txt': bytes('три'),
      '__MACOSX/RAVDESS/._a.wav': bytes('x'),
    });
    const root = await openFolder(source);
    expect(root.name).toBe('corpus');
    expect(await walk(root)).toEqual({
      'RAVDESS/Actor_01/a.wav': `300:${'one'.repeat(100)}`,
      'RAVDESS/Actor_01/b.wav': '3:two',
      'RAVDESS/пустая/й.txt': '6:три',
      '__MACOSX/RAVDESS/._a.wav': '1:x',
    });
    const file = await fileAt(source, 'RAVDESS/Actor_01/b.wav');
    expect([file.name, await file.text()]).toEqual(['b.wav', 'two']);
    await expect(fileAt(source, 'RAVDESS/c.wav')).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('is scanned as the folder is, to the same fingerprint', async () => {
    const names = ['03a01Fa', '03a01Wc', '08a02Nb'];
    const files = Object.fromEntries(
      names.map((name, k) => [
        `emodb/wav/${name}.wav`,
        encodeWav16(
          Float32Array.from({ length: 800 }, (_, i) => Math.sin(i / (k + 2))),
          16_000,
        ),
      ]),
    );
    const scan = async (all: Zippable) => scanCorpus(await openFolder(sourceOf(all)));
    const plain = await scan(files);
    const mac = await scan({
      ...Object.fromEntries(Object.entries(files).map(([path, content]) => [`outer/${path}`, content])),
      '__MACOSX/emodb/wav/._03a01Fa.wav': bytes('x'),
      'outer/emodb/wav/._03a01Fa.wav': bytes('x'),
    });
    expect(plain.utterances.map(({ id }) => id)).toEqual(names);
    expect(mac.fingerprint).toBe(plain.fingerprint);
    expect(mac.problems.map(({ code, where }) => [code, where])).toEqual([
      ['hidden-file', '__MACOSX'],
      ['hidden-file', 'outer/emodb/wav/._03a01Fa.wav'],
    ]);
    expect(await isCorpusZip(fileOf(zipSync(files)))).toBe(true);
    expect(await isCorpusZip(fileOf(zipSync({ 'config.json': bytes('{}') })))).toBe(false);
    expect(await isCorpusZip(fileOf(bytes('no zip')))).toBe(false);
  });

  it('may be zip64, as one with 200,000 files is', async () => {
    const zip = byHand('a.wav', bytes('sound'), { zip64: true });
    const root = await openFolder({ kind: 'zip', file: fileOf(zip) });
    expect(await walk(root)).toEqual({ 'a.wav': '5:sound' });
    // Of an exported run that is refused as before.
    const reader = { size: zip.length, bytes: async (a: number, b: number) => zip.slice(a, b) };
    await expect(zipDirectory(reader)).rejects.toMatchObject({ details: { why: 'other-kind' } });
    expect(await zipDirectory(reader, CORPUS_ZIP)).toHaveLength(1);
  });

  it('that is meant to fill a disk is refused before anything is unpacked', async () => {
    const open = (zip: Uint8Array) => openFolder({ kind: 'zip', file: fileOf(zip) });
    await expect(open(byHand('a.wav', bytes('x'), { size: 4_000_000_000 }))).rejects.toMatchObject({
      code: 'zip-damaged',
      details: { why: 'entry-bomb', entry: 'a.wav' },
    });
    await expect(open(byHand('a.wav', bytes('x'), { twice: true }))).rejects.toMatchObject({
      details: { why: 'entries-overlap', entry: 'a.wav2' },
    });
    // What is longer than it says, or other bytes, is that file's fault alone.
    const good = zipSync({ 'a.wav': bytes('a'.repeat(5000)), 'b.wav': [bytes('kept'), { level: 0 }] });
    const broken = good.slice();
    broken[good.findIndex((_, i) => new TextDecoder().decode(good.slice(i, i + 4)) === 'kept')] = 0;
    const source = { kind: 'zip', file: fileOf(broken) } as const;
    await expect(fileAt(source, 'b.wav')).rejects.toMatchObject({
      details: { why: 'checksum', entry: 'b.wav' },
    });
    expect((await fileAt(source, 'a.wav')).size).toBe(5000);
  });

  it('of any bytes ends in a folder or an error with a name', async () => {
    const whole = zipSync({ 'a/b.wav': bytes('sound'), 'c.txt': bytes('t'.repeat(50)) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(whole.length - 1), to: fc.nat(255) }), { maxLength: 4 }),
        async (changes) => {
          const zip = whole.slice();
          for (const { at, to } of changes) zip[at] = to;
          try {
            await walk(await openFolder({ kind: 'zip', file: fileOf(zip) }));
          } catch (error) {
            expect(error).toBeInstanceOf(EquipoiseError);
          }
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
