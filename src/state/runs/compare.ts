/**
 * The stored runs as the Compare screen needs them, what is chosen there, and the tests that the statistics
 * worker makes.
 */
import { create } from 'zustand';
import { isRunning, runs as shelf } from '../../clients/shelf';
import { statsClient } from '../../clients/workers';
import { choiceFromQuery, choiceToQuery, onlyRuns } from '../../core/compare/choice';
import type { ComparedRun } from '../../core/compare/values';
import { toWire } from '../../core/errors/errors';
import { completedConfig } from '../../core/config/parse';
import type { RunRecord } from '../../storage/schema';
import { keepsake } from '../run/keepsake';
import { unlessBlocked } from './storage';
import type { Asked, CompareState } from '../types';

/** Where the choices are kept, as the query of a link. */
const KEPT = 'equipoise-compare';

/** Of a curve over steps: about one a pixel. */
const POINTS = 400;

/**
 * Epochs that were read before, with the record they were read for; a record changes with every state of its
 * run.
 */
const known = new Map<string, { readonly updatedAt: number; readonly run: ComparedRun }>();

/** A stored run with its epochs, as comparisons read it. */
export async function comparedRun(record: RunRecord): Promise<ComparedRun> {
  const running = await isRunning(record.id);
  const found = known.get(record.id);
  if (
    found &&
    found.updatedAt === record.updatedAt &&
    found.run.name === record.name &&
    !running &&
    found.run.state !== 'running'
  )
    return found.run;
  const { epochs, changed } = await shelf.course(record.id);
  const { id, name, corpusId, classes, backend, createdAt, updatedAt, data } = record;
  const interrupted = !running && (record.state === 'running' || record.state === 'preparing');
  const run = {
    id,
    name,
    corpusId,
    classes,
    backend,
    createdAt,
    updatedAt,
    epochs,
    changed,
    leftOut: data?.leftOut.map((one) => one.id),
    config: completedConfig(record.config),
    state: interrupted ? 'paused' : record.state,
  } as const;
  known.set(id, { updatedAt, run });
  return run;
}

export const useCompare = create<CompareState>()((set, get) => {
  /** Asks the worker, unless it was asked just this; a later question takes the place of an earlier one. */
  const ask = async <K extends 'seeds' | 'pair' | 'steps' | 'together' | 'across'>(
    kind: K,
    about: string,
    work: () => Promise<NonNullable<CompareState[K]>['answer']>,
  ): Promise<void> => {
    if (get()[kind]?.about === about) return;
    const put = (asked: Asked<unknown>): void => {
      if (get()[kind]?.about === about) set({ [kind]: asked });
    };
    set({ [kind]: { about, answer: null, error: null } });
    try {
      put({ about, answer: await work(), error: null });
    } catch (error) {
      put({ about, answer: null, error: toWire(error) });
    }
  };
  return {
    status: 'loading',
    runs: [],
    unbegun: 0,
    error: null,
    seeds: null,
    pair: null,
    steps: null,
    together: null,
    across: null,
    ...choiceFromQuery(keepsake.getItem(KEPT) ?? ''),
    choose: (patch) => {
      set({ choice: { ...get().choice, ...patch } });
      keepsake.setItem(KEPT, choiceToQuery(get().choice));
    },
    compareOnly: (runIds, title) => get().choose(onlyRuns(runIds, title)),
    applyLink: (query) => {
      const { choice, problems } = choiceFromQuery(query);
      get().choose(choice);
      set({ problems });
    },
    dismissProblems: () => set({ problems: [] }),
    refresh: async () => {
      try {
        const all = await Promise.all((await shelf.list()).map(comparedRun));
        const runs = all.filter(({ epochs }) => epochs.length > 0);
        set({ runs, unbegun: all.length - runs.length, status: 'ready', error: null });
      } catch (error) {
        const told = unlessBlocked(error);
        set({ status: told ? 'failed' : 'ready', error: told });
      }
    },
    askSeeds: (about, questions) =>
      ask('seeds', about, () => statsClient.connect().call('seeds', { questions })),
    askSteps: (about, runIds) =>
      ask('steps', about, () => statsClient.connect().call('steps', { runIds, points: POINTS })),
    askTogether: (about, recipes, on) =>
      ask('together', about, () => statsClient.connect().call('together', { recipes, on })),
    askAcross: (about, runIds, task) =>
      ask('across', about, () => statsClient.connect().call('across', { runIds, task })),
    askPair: (about, first, second, on) =>
      ask('pair', about, () => statsClient.connect().call('pair', { first, second, on })),
  };
});
