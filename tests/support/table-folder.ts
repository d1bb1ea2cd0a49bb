/**
 * Folders of the fixture `tables` (pandas and audformat wrote their tables), with a recording for every path that
 * their rows name.
 */
import { encodeWav16 } from '../../src/core/audio/wav';
import type { CorpusDirectory } from '../../src/core/corpus/types';
import { fixtureBytes } from './fixture';
import { memoryDirectory, type Content } from './memory-directory';

export interface FixtureRow {
  readonly file: string;
  /** Seconds; null: to the end of the file. */
  readonly start?: number;
  readonly end?: number | null;
  readonly emotion: string | null;
  readonly speaker: string;
  readonly gender?: string;
  readonly arousal?: number;
  readonly age?: number;
  readonly split?: string;
  readonly fold?: string;
}

export interface TableFolder {
  readonly files: Readonly<Record<string, Content>>;
  readonly root: CorpusDirectory;
  /** By pandas or audformat. */
  readonly rows: readonly FixtureRow[];
}

export const RATE = 16_000;

/** A rising tone that no other path has and no two parts of which are equal, `seconds` long. */
export function toneFor(path: string, seconds: number): Uint8Array {
  const pitch = 200 + Array.from(path).reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 3000, 7);
  const samples = Float32Array.from(
    { length: Math.round(seconds * RATE) },
    (_, i) => 0.5 * Math.sin((2 * Math.PI * (pitch + i / 97) * i) / RATE),
  );
  return encodeWav16(samples, RATE);
}

/** @param name of a folder in reference/fixtures/tables.py */
export async function tableFolder(name: string, seconds = 0.6): Promise<TableFolder> {
  const text = new TextDecoder().decode(await fixtureBytes('tables.json'));
  const { files, rows } = (
    JSON.parse(text) as Record<string, { files: Record<string, string>; rows: FixtureRow[] }>
  )[name]!;
  const decoded: Record<string, Content> = Object.fromEntries(
    Object.entries(files).map(([path, base64]) => [
      path,
      Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!),
    ]),
  );
  for (const { file } of rows) decoded[file] ??= toneFor(file, seconds);
  return { files: decoded, root: memoryDirectory(decoded, name), rows };
}
