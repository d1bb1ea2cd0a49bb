/**
 * The list of the open corpus' utterances: what is chosen of it, the rows that match in their order, and the run
 * whose predictions stand beside them.
 */
import { create } from 'zustand';
import { runs } from '../../clients/shelf';
import { statsClient } from '../../clients/workers';
import { Table } from '../../core/corpus/browse/columns';
import {
  facetOf,
  filterRows,
  matching,
  type Facet,
  type Filtered,
  type QueryProblem,
} from '../../core/corpus/browse/filter';
import { Sorter } from '../../core/corpus/browse/order';
import { parseQuery } from '../../core/corpus/browse/query';
import { identify } from '../../core/corpus/identity';
import type { CorpusManifest } from '../../core/corpus/types';
import {
  utteranceColumns,
  type ListSetting,
  type StoredPredictions,
  type UtteranceColumn,
} from '../../core/compare/utterance-columns';
import { listFromQuery, listToQuery, type ListChoice } from '../../core/compare/utterance-link';
import { utterancesFile } from '../../core/export/utterances-file';
import { toWire, type WireError } from '../../core/errors/errors';
import type { RunRecord } from '../../core/run/record';
import { keepsake } from '../run/keepsake';
import { inTurns } from './in-turns';

/** Where the choice is kept, as the query of a link. */
const KEPT = 'equipoise-utterances';

interface Listing {
  readonly columns: readonly UtteranceColumn[];
  readonly table: Table;
  readonly filtered: Filtered;
  /** Those that match, in order: places in the manifest. */
  readonly rows: Uint32Array;
  readonly problems: readonly QueryProblem[];
}

/** The run of the choice; without predictions where none are stored. */
export interface ListedRun {
  readonly record: RunRecord;
  readonly predictions: StoredPredictions | null;
}

interface UtterancesState {
  readonly choice: ListChoice;
  /** Of a link. */
  readonly problems: readonly WireError[];
  /** Null: no run is chosen, or it is on its way; `missing`: there is none of that id. */
  readonly run: ListedRun | 'missing' | null;
  /** The last one that was made; null before, and where the run is of another corpus. */
  readonly listing: Listing | null;
  readonly busy: boolean;
  readonly error: WireError | null;
  readonly choose: (patch: Partial<ListChoice>) => void;
  readonly applyLink: (query: string) => void;
  readonly dismissProblems: () => void;
  /** Makes the list anew; a later call takes the place of an earlier one. */
  readonly list: (manifest: CorpusManifest | null, setting: ListSetting, language: string) => Promise<void>;
  /** What is listed now, as a CSV file of these columns; null where the list changed meanwhile. */
  readonly file: (columns: readonly UtteranceColumn[]) => Promise<Blob | null>;
  /** Of a column of what is listed now; null where the list changed meanwhile. */
  readonly facet: (column: string) => Promise<Facet | null>;
}

/** Whether the run was made on this corpus. */
export const isOf = ({ corpusId }: RunRecord, manifest: CorpusManifest): boolean =>
  identify(manifest, corpusId) !== null;

export const useUtterances = create<UtterancesState>()((set, get) => {
  let latest = 0;
  /** Tables are coded and ranked once for a corpus, a setting, a run and a language. */
  let made: {
    readonly key: string;
    readonly manifest: CorpusManifest;
    readonly columns: readonly UtteranceColumn[];
    readonly table: Table;
    readonly sorter: Sorter;
  } | null = null;
  let asked: { readonly key: string; readonly run: Promise<ListedRun | 'missing'> } | null = null;

  const runOf = async ({ id, of }: NonNullable<ListChoice['run']>): Promise<ListedRun | 'missing'> => {
    const record = await runs.get(id);
    if (!record) return 'missing';
    return {
      record,
      predictions: await statsClient.connect().call('predictions', { runId: id, of }),
    };
  };
  const chosenRun = (): Promise<ListedRun | 'missing'> | null => {
    const { run } = get().choice;
    if (!run) return null;
    const key = `${run.id} ${run.of}`;
    if (asked?.key !== key) asked = { key, run: runOf(run) };
    return asked.run;
  };
  const tableOf = (
    manifest: CorpusManifest,
    setting: ListSetting,
    run: ListedRun | null,
    language: string,
  ): NonNullable<typeof made> => {
    const { labelScheme, exclude, tasks, split, seed } = run ? run.record.config : setting;
    const of: ListSetting = { labelScheme, exclude, tasks, split, seed };
    const from = run ? [run.record.id, get().choice.run?.of, run.predictions?.epoch] : [];
    const key = JSON.stringify([of, from, language]);
    if (made?.manifest === manifest && made.key === key) return made;
    const without = new Set(run?.record.data?.leftOut.map(({ id }) => id));
    const columns = utteranceColumns(manifest, of, without, run?.predictions ?? null);
    const table = new Table(columns, manifest.utterances.length);
    made = { key, manifest, columns, table, sorter: new Sorter(table, language) };
    return made;
  };

  return {
    ...listFromQuery(keepsake.getItem(KEPT) ?? ''),
    run: null,
    listing: null,
    busy: false,
    error: null,
    choose: (patch) => {
      set({ choice: { ...get().choice, ...patch } });
      keepsake.setItem(KEPT, listToQuery(get().choice));
    },
    applyLink: (query) => {
      const { choice, problems } = listFromQuery(query);
      // A run that goes has other predictions by now.
      asked = null;
      get().choose(choice);
      set({ problems, run: null, listing: null });
    },
    dismissProblems: () => set({ problems: [] }),
    list: async (manifest, setting, language) => {
      const mine = ++latest;
      const wanted = (): boolean => mine === latest;
      set({ busy: true, error: null });
      try {
        const run = await chosenRun();
        if (!wanted()) return;
        set({ run });
        const known = run === null || run === 'missing' ? null : run;
        if (!manifest || (known && !isOf(known.record, manifest))) {
          set({ listing: null, busy: false });
          return;
        }
        const { columns, table, sorter } = tableOf(manifest, setting, known, language);
        const { query, sort } = get().choice;
        const filtered = await inTurns(filterRows(table, parseQuery(query)), wanted);
        const order = filtered && (await inTurns(sorter.order(sort), wanted));
        if (!filtered || !order || !wanted()) return;
        const rows = matching(order, filtered);
        set({ listing: { columns, table, filtered, rows, problems: filtered.problems }, busy: false });
      } catch (error) {
        asked = null;
        if (wanted()) set({ busy: false, error: toWire(error) });
      }
    },
    file: async (columns) => {
      const { listing } = get();
      const parts =
        listing && (await inTurns(utterancesFile(columns, listing.rows), () => get().listing === listing));
      return parts && new Blob(parts, { type: 'text/csv;charset=utf-8' });
    },
    facet: async (id) => {
      const { listing } = get();
      const column = listing?.table.column(id);
      if (!listing || !column) return null;
      return inTurns(facetOf(listing.table, column, listing.filtered), () => get().listing === listing);
    },
  };
});
