/**
 * The extraction on fake files and workers: order, bad files, cancelling, a full disk, crashes, and going on
 * afterwards.
 */
import { describe, expect, it } from 'vitest';
import {
  AudioError,
  CancelledError,
  PermissionLostError,
  StorageError,
  WorkerError,
} from '../../src/core/errors/errors';
import type { FeatureProgress } from '../../src/core/protocol/contracts/features';
import { PAPER_FEATURES } from '../../src/core/spectrogram/setting';
import { packId } from '../../src/storage/feature-packs';
import type { PackRecord } from '../../src/storage/schema';
import { extractMissing, type ExtractionTask } from '../../workers/lib/extraction';
import { PackFile, type SyncFile } from '../../workers/lib/pack-file';

const setting = { ...PAPER_FEATURES, nMels: 2 };

/** A file in memory that is full at `room` bytes. */
class MemoryFile implements SyncFile {
  bytes = new Uint8Array(0);
  flushes = 0;
  constructor(
    public room = Infinity,
    private readonly whenFull: 'short' | 'throw' = 'throw',
  ) {}
  getSize(): number {
    return this.bytes.length;
  }
  write(bytes: Uint8Array<ArrayBuffer>, { at }: { at: number }): number {
    const fits = Math.min(bytes.length, this.room - at);
    if (fits < bytes.length && this.whenFull === 'throw')
      throw new DOMException('full', 'QuotaExceededError');
    const grown = new Uint8Array(Math.max(this.bytes.length, at + fits));
    grown.set(this.bytes);
    grown.set(bytes.subarray(0, fits), at);
    this.bytes = grown;
    return fits;
  }
  truncate(size: number): void {
    this.bytes = this.bytes.slice(0, size);
  }
  flush(): void {
    this.flushes++;
  }
  close(): void {
    /* nothing to release */
  }
}

/** Utterance `u<n>` has n frames, all of value n. */
const spectrogram = (id: string) => {
  const n = Number(id.slice(1));
  return {
    decibels: new Float32Array(2 * n).fill(n),
    frames: n,
    warnings: n === 5 ? [{ code: 'truncated', values: { a: 1, b: 2 } } as const] : [],
    level: { rms: -n, peak: -n / 2 },
  };
};

interface Scene {
  task: ExtractionTask;
  saved: PackRecord[];
  progress: FeatureProgress[];
  computed: string[];
  signal: { aborted: boolean };
}

function scene(
  disk: MemoryFile,
  ids: readonly string[],
  previous?: PackRecord,
  compute = (id: string) => Promise.resolve(spectrogram(id)),
): Scene {
  const [saved, progress, computed]: [PackRecord[], FeatureProgress[], string[]] = [[], [], []];
  const signal = { aborted: false, addEventListener: () => undefined };
  let clock = 0;
  const task: ExtractionTask = {
    packId: 'p',
    corpusId: 'c',
    setting,
    utteranceIds: ids,
    previous,
    file: new PackFile(disk),
    lanes: 3,
    signal,
    compute: async (id) => {
      computed.push(id);
      await Promise.resolve();
      return compute(id);
    },
    save: async (record) => {
      saved.push(structuredClone(record));
    },
    progress: (value) => progress.push(value),
    now: () => (clock += 30),
  };
  return { task, saved, progress, computed, signal };
}

/** Every record of the index, read back from the disk. */
const contents = ({ records }: PackRecord, disk: MemoryFile): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(records).map(([id, { offset, frames }]) => [
      id,
      [...new Float32Array(disk.bytes.slice(offset, offset + 8 * frames).buffer)],
    ]),
  );
const whole = (ids: readonly string[]): Record<string, number[]> =>
  Object.fromEntries(ids.map((id) => [id, [...spectrogram(id).decibels]]));
const names = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `u${from + i}`);

describe('extraction', () => {
  it('writes every spectrogram once, and the index names where', async () => {
    const disk = new MemoryFile();
    const { task, saved, computed } = scene(disk, [...names(1, 20), 'u3']);
    const { record, failures } = await extractMissing(task);
    expect(contents(record, disk)).toEqual(whole(names(1, 20)));
    expect(record.bytes).toBe(disk.bytes.length);
    expect(computed).toHaveLength(20);
    expect(failures).toEqual([]);
    expect(record.warnings).toEqual([{ id: 'u5', code: 'truncated', values: { a: 1, b: 2 } }]);
    expect(record.levels?.['u7']).toEqual({ rms: -7, peak: -3.5 });
    expect(Object.keys(record.levels ?? {})).toHaveLength(20);
    expect(saved.at(-1)).toEqual(record);
    expect(disk.flushes).toBe(saved.length);
  });

  it('adds only what is missing to a pack', async () => {
    const disk = new MemoryFile();
    const first = await extractMissing(scene(disk, names(1, 5)).task);
    const { task, computed } = scene(disk, names(3, 8), first.record);
    const { record, computed: count } = await extractMissing(task);
    expect(computed).toEqual(names(6, 8));
    expect(count).toBe(3);
    expect(contents(record, disk)).toEqual(whole(names(1, 8)));
    expect(record.createdAt).toBe(first.record.createdAt);
  });

  it('saves the index every 200 utterances, each time with what is on disk', async () => {
    const disk = new MemoryFile();
    const { task, saved } = scene(
      disk,
      Array.from({ length: 450 }, (_, i) => `u${i + 1}`),
    );
    await extractMissing(task);
    expect(saved.map(({ records }) => Object.keys(records).length)).toEqual([200, 400, 450]);
    for (const record of saved) expect(contents(record, disk)).toEqual(whole(Object.keys(record.records)));
  });

  it('lists bad files, remembers the hopeless ones and tries the others again', async () => {
    const disk = new MemoryFile();
    const compute = async (id: string) => {
      if (id === 'u2') throw new AudioError('not-riff', { found: 'MP3' });
      if (id === 'u4') throw new StorageError('file-missing', { where: id });
      return spectrogram(id);
    };
    const first = await extractMissing(scene(disk, names(1, 6), undefined, compute).task);
    expect(first.failures).toEqual([
      { id: 'u2', code: 'not-riff', values: { found: 'MP3' } },
      { id: 'u4', code: 'file-missing', values: { where: 'u4' } },
    ]);
    expect(first.record.failures).toEqual([{ id: 'u2', code: 'not-riff', values: { found: 'MP3' } }]);
    // What may pass is kept beside them, for whoever trains without it.
    expect(first.record.passing).toEqual([{ id: 'u4', code: 'file-missing', values: { where: 'u4' } }]);
    const again = scene(disk, names(1, 6), first.record);
    const { record, failures } = await extractMissing(again.task);
    expect(again.computed).toEqual(['u4']);
    expect(failures).toEqual([{ id: 'u2', code: 'not-riff', values: { found: 'MP3' } }]);
    expect(record.passing).toEqual([]);
    expect(contents(record, disk)).toEqual(whole(['u1', 'u3', 'u4', 'u5', 'u6']));
  });

  it('keeps what is done when it is cancelled, and goes on from there', async () => {
    const disk = new MemoryFile();
    const run = scene(disk, names(1, 30), undefined, async (id) => {
      if (id === 'u10') run.signal.aborted = true;
      return spectrogram(id);
    });
    await expect(extractMissing(run.task)).rejects.toBeInstanceOf(CancelledError);
    const kept = run.saved.at(-1)!;
    expect(Object.keys(kept.records).length).toBeGreaterThanOrEqual(10);
    expect(Object.keys(kept.records).length).toBeLessThanOrEqual(12);
    const rest = scene(disk, names(1, 30), kept);
    expect(contents((await extractMissing(rest.task)).record, disk)).toEqual(whole(names(1, 30)));
    expect(rest.computed).not.toContain('u1');
  });

  it.each(['short', 'throw'] as const)(
    'keeps what is done when the disk is full (%s write), and goes on when there is room',
    async (whenFull) => {
      const disk = new MemoryFile(8 * 21, whenFull);
      const run = scene(disk, names(1, 10));
      await expect(extractMissing(run.task)).rejects.toMatchObject({ name: 'StorageError', code: 'quota' });
      const kept = run.saved.at(-1)!;
      expect(contents(kept, disk)).toEqual(whole(names(1, 6)));
      expect(disk.bytes.length).toBe(kept.bytes);
      disk.room = Infinity;
      expect(contents((await extractMissing(scene(disk, names(1, 10), kept).task)).record, disk)).toEqual(
        whole(names(1, 10)),
      );
    },
  );

  it('ends at once when the folder may no longer be read', async () => {
    const run = scene(new MemoryFile(), names(1, 100), undefined, async (id) => {
      if (id === 'u7') throw new PermissionLostError('permission');
      return spectrogram(id);
    });
    await expect(extractMissing(run.task)).rejects.toBeInstanceOf(PermissionLostError);
    expect(run.computed.length).toBeLessThan(15);
    expect(Object.keys(run.saved.at(-1)!.records)).toContain('u1');
  });

  it('tries a file again after a crash, and gives the pool up when it keeps crashing', async () => {
    let crashes = 0;
    const once = scene(new MemoryFile(), names(1, 9), undefined, async (id) => {
      if (id === 'u4' && crashes++ === 0) throw new WorkerError('worker-crashed', { worker: 'features' });
      return spectrogram(id);
    });
    const { failures, record } = await extractMissing(once.task);
    expect(failures).toEqual([]);
    expect(Object.keys(record.records)).toHaveLength(9);
    const always = scene(new MemoryFile(), names(1, 50), undefined, async () => {
      throw new WorkerError('worker-crashed', { worker: 'features' });
    });
    await expect(extractMissing(always.task)).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(always.computed.length).toBeLessThan(10);
  });

  it('names a file that crashes its worker twice', async () => {
    const run = scene(new MemoryFile(), names(1, 9), undefined, async (id) => {
      if (id === 'u4') throw new WorkerError('worker-crashed', { worker: 'features' });
      return spectrogram(id);
    });
    expect((await extractMissing(run.task)).failures).toEqual([
      { id: 'u4', code: 'worker-crashed', values: { worker: 'features' } },
    ]);
  });

  it('discards what was written but never indexed, and re-reads what the index has but the file lost', async () => {
    const disk = new MemoryFile();
    const { record: old } = await extractMissing(scene(disk, names(1, 4)).task);
    disk.write(new Uint8Array(99).fill(7), { at: disk.getSize() });
    const { record: longer } = await extractMissing(scene(disk, names(1, 5), old).task);
    expect(contents(longer, disk)).toEqual(whole(names(1, 5)));
    disk.truncate(longer.bytes - 1);
    const run = scene(disk, names(1, 5), longer);
    expect(contents((await extractMissing(run.task)).record, disk)).toEqual(whole(names(1, 5)));
    expect(run.computed).toEqual(['u5']);
    // Before the first write behind the shortened index, that index is the one on disk.
    expect(Object.keys(run.saved[0]!.records)).toEqual(names(1, 4));
  });

  it('reports progress from what is there to the end, not at every file', async () => {
    const disk = new MemoryFile();
    const { record } = await extractMissing(scene(disk, names(1, 10)).task);
    const { task, progress } = scene(disk, names(1, 100), record);
    await extractMissing(task);
    expect(progress[0]).toEqual({ done: 10, total: 100, cached: 10, current: '' });
    expect(progress.at(-1)).toMatchObject({ done: 100, total: 100, cached: 10 });
    expect(progress.length).toBeLessThan(40);
    expect(progress.map(({ done }) => done)).toEqual(
      progress.map(({ done }) => done).toSorted((a, b) => a - b),
    );
  });
});

describe('pack names', () => {
  it('depend on the corpus and every field of the setting, not on the order of its fields', () => {
    const name = packId('corpus', PAPER_FEATURES);
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(
      packId(
        'corpus',
        Object.fromEntries(Object.entries(PAPER_FEATURES).toReversed()) as unknown as typeof PAPER_FEATURES,
      ),
    ).toBe(name);
    const others = [
      packId('other', PAPER_FEATURES),
      ...(
        [
          { nFft: 1024 },
          { hop: 256 },
          { nMels: 128 },
          { fMin: 50 },
          { fMax: 8000 },
          { melScale: 'htk' },
          { padMode: 'constant' },
          { topDb: null },
          { sampleRate: 16000 },
          { sampleRate: 8000 },
          { channel: 'left' },
          { channel: 'right' },
        ] as const
      ).map((part) => packId('corpus', { ...PAPER_FEATURES, ...part })),
    ];
    expect(new Set([name, ...others]).size).toBe(14);
  });
  it('without resampling are those of version 0.1.0, which knew none: its packs stay valid', () => {
    expect(
      packId('corpus', {
        sampleRate: null,
        nFft: 2048,
        hop: 512,
        nMels: 512,
        fMin: 0,
        fMax: null,
        melScale: 'slaney',
        padMode: 'reflect',
        topDb: 80,
      }),
    ).toBe('b53b9345dcf6bccb');
  });
});
