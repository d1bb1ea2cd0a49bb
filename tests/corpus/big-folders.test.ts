/**
 * Folders as large as corpora become: 300,000 files in one, a thousand folders, folders without an end; and
 * what is read of them. Shares of a sample are counted here, by hand.
 */
import { describe, expect, it } from 'vitest';
import { encodeWav16 } from '../../src/core/audio/wav';
import type { CorpusAdapter } from '../../src/core/corpus/adapter';
import { cancellable, filesBelow, list, reportInto } from '../../src/core/corpus/listing';
import { readRecordings } from '../../src/core/corpus/recordings';
import { sampleOf, type SampleChoice } from '../../src/core/corpus/sample';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import type { CorpusDirectory, CorpusEntry, CorpusFile } from '../../src/core/corpus/types';
import { CancelledError } from '../../src/core/errors/errors';
import type { Problem } from '../../src/core/errors/problem';

const WAV = encodeWav16(
  Float32Array.from({ length: 16 }, (_, i) => Math.sin(i)),
  16_000,
);
/** Files that are there once they are listed; counts how many are opened. */
class Large {
  listings = 0;
  opened = new Set<string>();
  readonly root: CorpusDirectory = {
    kind: 'directory',
    name: 'large',
    entries: async (seen) => {
      this.listings++;
      const entries: CorpusEntry[] = [];
      for (let i = 0; i < this.count; i++) {
        entries.push(this.file(this.nameOf(i)));
        if (i % 1000 === 999) seen?.(i + 1, entries.at(-1)!.name);
      }
      return entries;
    },
  };
  constructor(
    private readonly count: number,
    private readonly nameOf: (index: number) => string,
  ) {}
  private file(name: string): CorpusFile {
    const read = (): Uint8Array => {
      this.opened.add(name);
      return WAV;
    };
    return { kind: 'file', name, size: async () => read().length, bytes: async (a, b) => read().slice(a, b) };
  }
}

/** `s3_joy_000017.wav`: speaker, class, number. */
const large: CorpusAdapter = {
  id: 'large',
  name: 'Large',
  lookedFor: 's0_joy_000000.wav',
  detect: ({ files }) => ({ score: files.some((path) => path.startsWith('s')) ? 1 : 0, evidence: [] }),
  scan: async (root, options) => {
    const problems: Problem[] = [];
    const files = await filesBelow(cancellable(root, options.signal), reportInto(problems));
    const recordings = files.map(({ path, file }) => {
      const [speaker = '', emotion = ''] = file.name.split('_');
      return { id: path, path, file, label: emotion, labels: { emotion, speaker }, groups: { speaker } };
    });
    const found = { labels: files.length, audio: files.length, sessions: [] };
    return { ...(await readRecordings(recordings, problems, options)), problems, found };
  },
  schemes: [
    { id: 'large-2', column: 'emotion', classes: ['joy', 'sad'], classOf: { joy: 'joy', sad: 'sad' } },
  ],
  columns: [{ id: 'emotion', kind: 'classes' }],
  groups: [{ id: 'speaker', holdOut: true, leaks: true }],
};

/** Nine of ten are joy; twelve speakers. */
const named = (i: number): string =>
  `s${i % 12}_${i % 10 === 0 ? 'sad' : 'joy'}_${String(i).padStart(6, '0')}.wav`;

describe('a folder with 300,000 files', () => {
  const COUNT = 300_000;

  it('is listed once, with its progress, asked about, and read in part', async () => {
    const folder = new Large(COUNT, named);
    const listed: number[] = [];
    await expect(
      scanCorpus(folder.root, { onProgress: ({ done, total }) => total === 0 && void listed.push(done) }, [
        large,
      ]),
    ).rejects.toMatchObject({ code: 'large-corpus', details: { count: COUNT, limit: 20_000 } });
    expect([folder.listings, folder.opened.size]).toEqual([1, 0]);
    expect(listed.length).toBeGreaterThanOrEqual(COUNT / 1000);
    expect([listed[0], listed.at(-1)]).toEqual([1000, COUNT]);
    expect(listed).toEqual([...listed].sort((a, b) => a - b));

    const sample: SampleChoice = { kind: 'proportional', count: 1000, seed: 7 };
    const { root, opened } = new Large(COUNT, named);
    const manifest = await scanCorpus(root, { sample }, [large]);
    expect(manifest.utterances).toHaveLength(1000);
    expect(manifest.sample).toEqual({ ...sample, of: COUNT });
    expect(opened.size).toBe(1000);
    expect(manifest.utterances.filter(({ labels }) => labels['emotion'] === 'sad')).toHaveLength(100);
  });

  it('can be called off in the middle of its listing', async () => {
    const signal = { aborted: false, addEventListener: () => undefined };
    let last = 0;
    const folder = new Large(COUNT, named);
    const stop = ({ done }: { readonly done: number }): void => {
      last = done;
      signal.aborted = done >= 5000;
    };
    await expect(scanCorpus(folder.root, { signal, onProgress: stop }, [large])).rejects.toBeInstanceOf(
      CancelledError,
    );
    expect(last).toBe(5000);
  });
});

describe('a sample', () => {
  const recordings = Array.from({ length: 10_000 }, (_, i) => ({
    id: `u${String((i * 7919) % 10_000).padStart(5, '0')}`,
    label: i % 100 === 0 ? 'rare' : i % 4 === 0 ? 'some' : 'most',
    groups: { speaker: `s${i % 40}` },
  }));
  const counts = (indices: readonly number[], of: (index: number) => string) => {
    const found: Record<string, number> = {};
    for (const index of indices) found[of(index)] = (found[of(index)] ?? 0) + 1;
    return found;
  };

  it('keeps the shares of classes and of speakers within them, to less than one', () => {
    const taken = sampleOf(recordings, { kind: 'proportional', count: 1234, seed: 1 });
    expect(new Set(taken).size).toBe(1234);
    for (const key of [
      (i: number) => recordings[i]!.label,
      (i: number) => `${recordings[i]!.label} ${recordings[i]!.groups.speaker}`,
    ]) {
      const whole = counts([...recordings.keys()], key);
      const part = counts(taken, key);
      for (const [name, count] of Object.entries(whole))
        expect(Math.abs((part[name] ?? 0) - (count * 1234) / 10_000), name).toBeLessThan(1);
    }
  });

  it('is the same whatever order a disk lists in, another one with another seed', () => {
    const ids = (all: typeof recordings, seed: number) =>
      sampleOf(all, { kind: 'proportional', count: 100, seed }).map((i) => all[i]!.id);
    const turned = recordings.toReversed();
    expect(new Set(ids(turned, 3))).toEqual(new Set(ids(recordings, 3)));
    expect(new Set(ids(recordings, 4))).not.toEqual(new Set(ids(recordings, 3)));
  });

  it('may be the first by name, or all', () => {
    const first = sampleOf(recordings, { kind: 'first', count: 3 }).map((i) => recordings[i]!.id);
    expect(first.sort()).toEqual(['u00000', 'u00001', 'u00002']);
    expect(sampleOf(recordings, { kind: 'all' })).toHaveLength(10_000);
    expect(sampleOf(recordings, { kind: 'first', count: 10_001 })).toHaveLength(10_000);
  });
});

describe('many folders', () => {
  /** `width` folders in each folder, `depth` levels; a file in the deepest ones. */
  const tree = (widths: readonly number[], name = 'root'): CorpusDirectory => ({
    kind: 'directory',
    name,
    entries: async () =>
      widths.length === 0
        ? [{ kind: 'file', name: 'a.wav', size: async () => 0, bytes: async () => new Uint8Array() }]
        : Array.from({ length: widths[0]! }, (_, i) => tree(widths.slice(1), String(i).padStart(5, '0'))),
  });
  const read = async (root: CorpusDirectory) => {
    const problems: Problem[] = [];
    const files = await filesBelow(root, reportInto(problems));
    return {
      files: files.length,
      problems: problems.map(({ code, where, said }) => [code, where, said?.values]),
    };
  };

  it('are all read where a corpus has as many: ESD’s 20 × 5 × 3, RESD’s 50, ten thousand', async () => {
    expect(await read(tree([20, 5, 3]))).toEqual({ files: 300, problems: [] });
    expect(await read(tree([2, 50]))).toEqual({ files: 100, problems: [] });
    expect(await read(tree([100, 100]))).toEqual({ files: 10_000, problems: [] });
    expect(await read(tree([1, 1, 1, 1, 1, 1, 1, 1]))).toEqual({ files: 1, problems: [] });
  });

  it('beyond the limits are counted, never passed over in silence', async () => {
    const limits = { depth: 8, folders: 20_000 };
    expect(await read(tree([1, 1, 1, 1, 1, 1, 1, 1, 3]))).toEqual({
      files: 0,
      problems: [['folder-limit', `${'00000/'.repeat(8)}00000`, { count: 3, ...limits }]],
    });
    expect(await read(tree([2, 15_000]))).toEqual({
      files: 19_998,
      problems: [['folder-limit', '00001/04998', { count: 10_002, ...limits }]],
    });
  });

  it('what macOS adds to an archive is hidden', async () => {
    const problems: Problem[] = [];
    const listed = await list(
      {
        kind: 'directory',
        name: '',
        entries: async () => [tree([], '__MACOSX'), tree([], 'wav')],
      },
      '',
      reportInto(problems),
    );
    expect(listed.entries.map(({ name }) => name)).toEqual(['wav']);
    expect(problems.map(({ code, where }) => [code, where])).toEqual([['hidden-file', '__MACOSX']]);
  });
});
