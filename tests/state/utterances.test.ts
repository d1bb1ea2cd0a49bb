/**
 * The list of utterances over stored runs that are there, are not, or are of another corpus; the real store, with
 * a shelf and a statistics worker that answer as they are told.
 */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import type { StoredPredictions } from '../../src/core/compare/utterance-columns';
import { cellPath } from '../../src/core/compare/utterance-link';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { untouched, type RunRecord } from '../../src/core/run/record';
import { manifestOf, utterance } from '../corpus/manifests';

const world = vi.hoisted(() => ({
  records: new Map<string, unknown>(),
  predictions: null as unknown,
  asked: [] as unknown[],
}));
vi.mock('../../src/clients/shelf', () => ({ runs: { get: async (id: string) => world.records.get(id) } }));
vi.mock('../../src/clients/workers', () => ({
  statsClient: {
    connect: () => ({
      call: async (_: string, payload: unknown) => {
        world.asked.push(payload);
        return world.predictions;
      },
    }),
  },
}));

const { useUtterances } = await import('../../src/state/corpus/utterances');

const manifest: CorpusManifest = {
  ...manifestOf(
    Array.from({ length: 40 }, (_, i) =>
      utterance(1 + (i % 5), i % 2 ? 'F' : 'M', i % 4 < 2 ? 'ang' : 'hap', i),
    ),
  ),
  sizesFingerprint: 'sizes',
};
const { compact } = PRESETS;
const record = (id: string, corpusId: string): RunRecord => ({
  ...untouched(compact),
  id,
  name: id,
  config: compact,
  corpusId,
  packId: '',
  classes: [],
  createdAt: 0,
  updatedAt: 0,
  state: 'finished',
  backend: 'wasm',
  backendSoftware: false,
  softwareVersion: '0',
});
const ids = manifest.utterances.slice(0, 4).map(({ id }) => id);
const predictions: StoredPredictions = {
  epoch: 2,
  tasks: ['emotion'],
  classes: [['angry', 'happy']],
  ids,
  truth: [[0, 0, 1, 1]],
  predicted: [[0, 1, 1, 0]],
  confidence: [[0.9, 0.8, 0.7, 0.6]],
};
const list = (corpus: CorpusManifest | null = manifest) =>
  useUtterances.getState().list(corpus, compact, 'en');
const listed = (): (string | undefined)[] =>
  [...(useUtterances.getState().listing?.rows ?? [])].map((row) => manifest.utterances[row]?.id);

beforeEach(() => {
  world.records.clear();
  world.asked = [];
  world.predictions = predictions;
  useUtterances.getState().applyLink('');
});

describe('a link from a cell', () => {
  const link = (): void =>
    useUtterances
      .getState()
      .applyLink(
        cellPath({ run: 'r1', of: 'last', epoch: 2, task: 'emotion' }, 'angry', 'happy').split('?')[1]!,
      );

  it('lists its utterances, asked for where it says', async () => {
    world.records.set('r1', record('r1', 'test'));
    link();
    await list();
    expect(world.asked).toEqual([{ runId: 'r1', of: 'last' }]);
    expect(listed()).toEqual([ids[1]]);
    // Sorted and filtered on without asking again; a new link asks again, since a run goes on.
    useUtterances
      .getState()
      .choose({ query: 'right.emotion:wrong', sort: [{ column: 'id', descending: true }] });
    await list();
    expect(listed()).toEqual([ids[3], ids[1]]);
    expect(world.asked).toHaveLength(1);
    link();
    await list();
    expect(world.asked).toHaveLength(2);
  });

  it('lists nothing of another corpus, and says whose run it is', async () => {
    world.records.set('r1', record('r1', 'elsewhere'));
    link();
    await list();
    expect(useUtterances.getState()).toMatchObject({
      listing: null,
      busy: false,
      run: { record: { id: 'r1' } },
    });
    // A run of 0.1.0 names its corpus by sizes.
    world.records.set('r1', record('r1', 'sizes'));
    link();
    await list();
    expect(listed()).toEqual([ids[1]]);
  });

  it('finds the run while no corpus is open', async () => {
    world.records.set('r1', record('r1', 'test'));
    link();
    await list(null);
    expect(useUtterances.getState()).toMatchObject({ listing: null, run: { record: { id: 'r1' } } });
  });

  it('leaves no row out where there is no such run, and tells of the columns that are missing', async () => {
    link();
    await list();
    expect(useUtterances.getState().run).toBe('missing');
    expect(listed()).toHaveLength(40);
    expect(useUtterances.getState().listing?.problems).toEqual([
      { code: 'unknown-column', column: 'true.emotion' },
      { code: 'unknown-column', column: 'predicted.emotion' },
    ]);
  });
});

describe('without a run', () => {
  it('the last of several questions counts', async () => {
    useUtterances.getState().choose({ query: 'class.emotion:angry' });
    const first = list();
    useUtterances.getState().choose({ query: 'class.emotion:happy -side:validation' });
    await Promise.all([first, list()]);
    const { listing, busy } = useUtterances.getState();
    expect(busy).toBe(false);
    const labels = [...listing!.rows].map((row) => manifest.utterances[row]!.labels['emotion']);
    expect(new Set(labels)).toEqual(new Set(['hap']));
    expect(labels.length).toBeGreaterThan(0);
    const facet = await useUtterances.getState().facet('class.emotion');
    expect(facet?.values?.map(({ value }) => value).sort()).toEqual(['angry', 'happy']);
    const blob = await useUtterances.getState().file(listing!.columns.slice(0, 1));
    expect((await blob!.text()).trim().split('\r\n')).toHaveLength(labels.length + 1);
  });
});
