/**
 * From pressing Play to a trainer that works: corpus, features, the record, the call; for a new run and for
 * one that is stored. It may be called off at any moment before the trainer has answered.
 */
import { runs, storedWeights } from '../../clients/shelf';
import { trainerClient } from '../../clients/workers';
import { CancelledError, ConfigError, EquipoiseError, fromWire, toWire } from '../../core/errors/errors';
import type { Message, RunStarted } from '../../core/run/messages';
import { untouched, type RunRecord } from '../../core/run/record';
import { NOTHING_BY_HAND } from '../../core/training/adjustments';
import { runOf, type Run } from '../../core/run/state';
import { emptyView } from '../../core/run/view';
import type { CorpusChoice, RunConfig } from '../../core/config/run-config';
import { completedConfig, parseRunConfig } from '../../core/config/parse';
import { runName } from '../../core/compare/run-name';
import { beginningNow } from '../../core/training/sweep';
import { SOFTWARE_VERSION } from '../../core/version';
import { weightsMissing } from '../../core/weights/state-dict';
import { useCorpus } from '../corpus/corpus';
import { useFeatures } from '../corpus/features';
import { openCorpus } from '../corpus/open-corpus';
import { storedView } from './run-view';
import { useSettings } from '../settings';
import type { StepSeries } from './step-series';
import type { RunStore, RunView } from '../types';

/** What a start needs of the store. */
export interface StartDesk {
  readonly get: () => RunStore;
  readonly set: (patch: Partial<RunStore>) => void;
  readonly dispatch: (message: Message) => Promise<void>;
  /** The run that is trained from here on is also what is looked at. */
  readonly takeUp: (run: Run) => void;
  readonly series: StepSeries;
}

interface Prepared {
  readonly corpusId: string;
  readonly packId: string;
  readonly corpus: CorpusChoice;
}

export class RunStart {
  /** It was called off: whatever then fails has not failed. */
  private abandoned = false;
  /** A worker that ends while it is asked to begin fails whoever asked; the run is not under way yet. */
  private calling = false;
  /**
   * The trainer has answered: from here on Stop and a fault mean a run that goes, though its record is still
   * being written.
   */
  private answered = false;

  constructor(private readonly desk: StartDesk) {}

  /** A start is under way that Stop calls off. */
  get open(): boolean {
    return this.desk.get().starting !== null && !this.answered;
  }

  /** A fault is told to whoever called the trainer, or is that of a start that nobody wants any more. */
  get ownsFaults(): boolean {
    return this.calling || (this.abandoned && this.open);
  }

  callOff(): void {
    this.abandoned = true;
    useCorpus.getState().cancel();
    useFeatures.getState().cancel();
    if (this.desk.get().starting === 'engine') trainerClient.end();
  }

  /** @returns what `work` does, null where it failed or was called off */
  async begin(work: () => Promise<string>): Promise<string | null> {
    const { get, set } = this.desk;
    if (get().starting) return null;
    this.abandoned = this.answered = false;
    set({ error: null, starting: 'corpus' });
    try {
      if (get().run?.live) throw new EquipoiseError('busy');
      return await work();
    } catch (error) {
      if (!this.abandoned && !(error instanceof CancelledError)) set({ error: toWire(error) });
      return null;
    } finally {
      set({ starting: null, tuning: null });
    }
  }

  private async prepare(config: RunConfig): Promise<Prepared | null> {
    const open = await openCorpus(config);
    if (!open) return null;
    this.desk.set({ starting: 'features' });
    const packId = await useFeatures.getState().ensure(config, open.id);
    const { error } = useFeatures.getState();
    if (!packId && error) throw fromWire(error);
    if (!packId || this.abandoned) return null;
    this.desk.set({ starting: 'engine' });
    return { corpusId: open.id, packId, corpus: open.choice };
  }

  /** Stop may have come where no trainer was there to be ended. @throws CancelledError */
  private stillWanted(): void {
    if (!this.abandoned) return;
    trainerClient.end();
    throw new CancelledError('run');
  }

  private async begun(answer: Promise<RunStarted>): Promise<void> {
    this.calling = true;
    const from = await answer.finally(() => {
      this.calling = false;
    });
    this.stillWanted();
    this.answered = true;
    await this.desk.dispatch({ kind: 'started', from });
  }

  /** @returns the run's id, or '' where it was called off */
  async start(wanted: RunConfig, paused: boolean): Promise<string> {
    const { get, set } = this.desk;
    const asked = beginningNow(parseRunConfig(wanted));
    if (asked.origin) throw new ConfigError('origin');
    if (asked.initialWeights && !(await storedWeights.has(asked.initialWeights.id)))
      throw weightsMissing(asked.initialWeights);
    const made = newRecord(asked);
    const { view: before } = get();
    // The numbers of the last run have nothing to do with what begins now.
    set({ view: emptyView(made) });
    const back = (): void => {
      if (get().view?.id === made.id) set({ view: before });
    };
    const ready = await this.prepare(asked).catch((error: unknown) => {
      back();
      throw error;
    });
    if (!ready) {
      back();
      return '';
    }
    // It names the corpus that it uses: a link, a queue or an older version may call it otherwise.
    const { corpus, ...prepared } = ready;
    const config = parseRunConfig({ ...asked, corpus });
    // What tells it from earlier runs is known once its corpus is.
    const name = runName(
      { config, corpusId: prepared.corpusId },
      (await runs.list()).map((stored) => ({ ...stored, config: completedConfig(stored.config) })),
    );
    const record = { ...made, config, ...prepared, name };
    this.desk.series.reset([]);
    const wish = paused ? 'pause' : 'run';
    const taken = { pack: prepared.packId, wish, byHand: NOTHING_BY_HAND } as const;
    const view = { ...emptyView(record), live: true };
    this.desk.takeUp(runOf(record, view, { ...taken, wanted: null, undone: [] }));
    await runs.put(record);
    return this.callStart(record, paused, before);
  }

  private async callStart(record: RunRecord, paused: boolean, before: RunView | null): Promise<string> {
    const { get, set, dispatch } = this.desk;
    const { id, config, packId } = record;
    try {
      this.stillWanted();
      await this.begun(
        trainerClient.connect().call('start', { runId: id, config, packId, ...this.how(paused) }),
      );
    } catch (error) {
      if (this.abandoned) {
        set({ run: null, trained: null, view: null });
        await runs.remove(id); // it never was
        if (before) await get().open(before.id);
        return '';
      }
      await dispatch({ kind: 'start-failed', error: toWire(error), save: true });
      throw error;
    }
    return id;
  }

  /** How the trainer is to work, whatever the run is. */
  private how(paused: boolean) {
    const { workers: samplers, autotune: tune } = useSettings.getState();
    return { samplers, tune, paused, pace: this.desk.get().pace };
  }

  /** @returns the run's id, or '' where it was called off */
  async resume(runId: string, which: 'last' | 'best', paused: boolean): Promise<string> {
    const stored = await runs.get(runId);
    if (!stored) throw new EquipoiseError('run-missing');
    if (stored.imported) throw new EquipoiseError('read-only-run');
    const { view, steps } = await storedView(stored);
    // What was set by hand may have come after the last checkpoint; an earlier one has its own.
    const byHand = which === 'last' ? stored.byHand : NOTHING_BY_HAND;
    const undone = which === 'last' ? stored.undone : [];
    const taken = { pack: stored.packId, wish: paused ? 'pause' : 'run', byHand, undone } as const;
    const wanted = stored.nextStrategy;
    this.desk.series.reset(steps);
    this.desk.set({ error: null });
    this.desk.takeUp(runOf(stored, view, { ...taken, wanted }));
    // Cached features let a run go on without its folder; else the corpus is opened as for a new run.
    const cached = await useFeatures.getState().ensure(stored.config, stored.corpusId);
    if (this.abandoned || (cached === null && useFeatures.getState().error === null)) return ''; // called off
    const ready = cached ? { corpusId: stored.corpusId, packId: cached } : await this.prepare(stored.config);
    if (!ready || this.abandoned) return '';
    this.desk.set({ starting: 'engine' });
    await this.desk.dispatch({ kind: 'preparing', pack: ready.packId });
    return this.callResume(stored, which, paused, ready);
  }

  private async callResume(
    stored: RunRecord,
    which: 'last' | 'best',
    paused: boolean,
    { corpusId, packId }: Pick<Prepared, 'corpusId' | 'packId'>,
  ): Promise<string> {
    const { get, dispatch } = this.desk;
    const { id: runId, config } = stored;
    const moved = corpusId !== stored.corpusId;
    // The demo is what its seed and difficulty make of it; a folder may hold other recordings of the same
    // sizes.
    const notes =
      moved && config.corpus.kind === 'folder'
        ? [{ level: 'warning', code: 'corpus-by-sizes', details: {} } as const]
        : [];
    const { byHand, next } = get().run!;
    try {
      await this.begun(
        trainerClient.connect().call('resume', {
          runId,
          config,
          packId,
          which,
          ...this.how(paused),
          recovery: null,
          byHand,
          next: next.sent,
          notes,
        }),
      );
      if (moved) await dispatch({ kind: 'moved', corpusId, packId });
      if (get().run?.live) await dispatch({ kind: 'resumed' });
    } catch (error) {
      if (this.abandoned) {
        const interrupted = stored.state === 'running' || stored.state === 'preparing';
        await dispatch({ kind: 'called-off', state: interrupted ? 'paused' : stored.state });
        return '';
      }
      await dispatch({ kind: 'start-failed', error: toWire(error), save: false });
      throw error;
    }
    return runId;
  }
}

function newRecord(config: RunConfig): RunRecord {
  const now = Date.now();
  return {
    ...untouched(config),
    id: crypto.randomUUID(),
    name: `${config.strategy.id} · ${config.seed}`,
    config,
    corpusId: '',
    packId: '',
    classes: [],
    createdAt: now,
    updatedAt: now,
    state: 'preparing',
    backend: '',
    backendSoftware: false,
    softwareVersion: SOFTWARE_VERSION,
  };
}
