/**
 * The shapes of the page's stores: what screens read and the actions they may call.
 * Implementations lie beside this file, one store a file; every action reports failure through `error`
 * in its store and never throws into a component.
 */
import type { Preset } from '../core/bench/cases';
import type { Recorded } from '../core/bench/line';
import type { TuningRecord } from '../core/bench/tuning';
import type { CompareChoice } from '../core/compare/choice';
import type { FoldRun } from '../core/compare/cross-validation';
import type { PairComparison } from '../core/compare/on-utterances';
import type { FoldsTogether } from '../core/compare/pooled';
import type { StepCurves } from '../core/compare/over-steps';
import type { SeedAnswer, SeedQuestion } from '../core/compare/over-seeds';
import type { ComparedRun } from '../core/compare/values';
import type { WireError } from '../core/errors/errors';
import type { Run } from '../core/run/state';
import type { CheckpointInfo, RunView } from '../core/run/view';
import type { ClassMap, PartOrigin } from '../core/corpus/joined/joined';
import type { SampleChoice } from '../core/corpus/sample';
import type { TableMapping } from '../core/corpus/tables/mapping';
import type { CorpusManifest } from '../core/corpus/types';
import type { BenchFailure, BenchProgress } from '../core/protocol/contracts/bench';
import type { FeatureProgress, FeatureSummary } from '../core/protocol/contracts/features';
import type { AcrossAnswer, PairedOn } from '../core/protocol/contracts/stats';
import type { WeightsSummary } from '../core/protocol/contracts/weights';
import type { Progress } from '../core/progress';
import type { BackendReport, EpochRecord, StepRow } from '../core/training/events';
import type { BackendId, CorpusChoice, Instruments, RunConfig } from '../core/config/run-config';
import type { PresetId } from '../core/config/presets';
import type { StrategyChoice } from '../core/training/segments';
import type { QueueItem } from '../core/training/sweep';
import type { StrategyOptions } from '../core/weighting/types';
import type { FolderRecord, RunRecord } from '../storage/schema';
import type { Pace } from './run/pace';

export type { RunView };

export interface CorpusState {
  readonly status: 'none' | 'making' | 'scanning' | 'ready' | 'failed';
  readonly choice: CorpusChoice | null;
  /** Folder name, or the demo's. */
  readonly name: string;
  /** Of the folder that is being read; the open corpus stays open meanwhile, and where reading fails. */
  readonly reading: string;
  /**
   * The folder that was read again is not what it was: other sound, labels or files; or it was read by 0.1.0
   * before, which looked at sizes only.
   */
  readonly changed: 'content' | 'earlier-version' | null;
  /** A folder with more utterances than are read unasked: what to read of it is still to be said. */
  readonly large: {
    readonly name: string;
    readonly utterances: number;
    readonly read: (sample: SampleChoice) => Promise<void>;
  } | null;
  readonly progress: Progress | null;
  readonly manifest: CorpusManifest | null;
  readonly error: WireError | null;
  /**
   * False when only the manifest and cached features are at hand: a click on “Reconnect” is needed to read
   * audio.
   */
  readonly connected: boolean;
  /** Of a joined corpus: names of the parts whose folders are not connected. */
  readonly closed: readonly string[];
  /** Folders opened before, newest first. */
  readonly folders: readonly FolderRecord[];
  readonly openDemo: (options: { readonly seed: number; readonly difficulty: number }) => Promise<void>;
  /** Shows the folder picker (needs a user gesture). Cancelling it is no error. */
  readonly pickFolder: () => Promise<void>;
  readonly openHandle: (handle: FileSystemDirectoryHandle) => Promise<void>;
  readonly openFiles: (files: readonly File[]) => Promise<void>;
  /** A zip file, read as a folder. */
  /** @param handle of the file, by which it is found again after a reload; null: the browser gave none */
  readonly openZip: (file: File, handle?: FileSystemFileHandle | null) => Promise<void>;
  /** Asks for permission again (needs a user gesture) and scans. */
  readonly reconnect: (folderId: string) => Promise<void>;
  /** Scans the open corpus again, as it is now. */
  readonly readAgain: () => Promise<void>;
  /**
   * Remembers what a table's columns are taken for, by what is said of its header, and scans the open corpus
   * again; null: what is suggested.
   */
  readonly mapTable: (key: string, mapping: TableMapping | null) => Promise<void>;
  /** Scans the open folder with the adapter of this id; null: with the one that fits. */
  readonly readAs: (adapter: string | null) => Promise<void>;
  /** Joins corpora that were opened before, and demo corpora, and opens what they make together. */
  readonly join: (name: string, origins: readonly PartOrigin[]) => Promise<void>;
  /** Opens a joined corpus that is stored. @param ask for permission to read its folders (needs a user gesture) */
  readonly openJoined: (id: string, ask: boolean) => Promise<void>;
  /**
   * Remembers which values of these parts, by fingerprint, become which class, and joins the open corpus again; null:
   * what is suggested.
   */
  readonly mapClasses: (maps: Readonly<Record<string, ClassMap | null>>) => Promise<void>;
  /** Asks again how much of the open corpus is to be read. */
  readonly chooseSample: () => Promise<void>;
  readonly forget: (folderId: string) => Promise<void>;
  /** Loads the remembered folders, and at a reload the corpus last used. */
  readonly restore: () => Promise<void>;
  readonly refreshFolders: () => Promise<void>;
  /** Everything stored is gone, the corpus' manifest too: it has to be opened again. */
  readonly emptied: () => void;
  readonly dismissError: () => void;
  readonly cancel: () => void;
}

export interface FeaturesState {
  readonly status: 'idle' | 'running' | 'ready' | 'failed';
  /** The pace is that of what is computed. */
  readonly progress: (FeatureProgress & { readonly pace: Pace | null }) | null;
  /** Which extraction `summary` and `error` are about, as `featureRequest` names it. */
  readonly about: string | null;
  readonly summary: FeatureSummary | null;
  readonly error: WireError | null;
  /**
   * Extracts what is missing for this corpus and setting; resolves to the pack's id, or null when it failed
   * or was cancelled.
   */
  readonly ensure: (config: RunConfig, corpusId: string) => Promise<string | null>;
  /**
   * Reads the open corpus again and computes everything anew, whatever is cached; refused while a run may
   * read it.
   */
  readonly recompute: (config: RunConfig) => Promise<void>;
  readonly cancel: () => void;
}

/** The configuration being edited: the next run. */
/** What an edit changes; a field that is absent by default is taken out by undefined. */
export type DraftPatch = Partial<Omit<RunConfig, 'exclude'>> & {
  readonly exclude?: readonly string[] | undefined;
};

export interface DraftState {
  readonly config: RunConfig;
  readonly preset: PresetId;
  /** Readable complaints of a link or an edit that was refused; empty when all is well. */
  readonly problems: readonly WireError[];
  /** It is the one of the last visit. */
  readonly kept: boolean;
  readonly set: (patch: DraftPatch) => void;
  readonly usePreset: (preset: PresetId) => void;
  /** Takes over a link's query; unknown or bad values become `problems` and leave the default. */
  readonly applyLink: (query: string) => void;
  readonly dismissProblems: () => void;
}

export interface RunStore {
  /** The run that this tab trains, or trained last, whole; `trained` is what is shown of it. */
  readonly run: Run | null;
  /** What is looked at. */
  readonly view: RunView | null;
  /**
   * The run that this tab trains, or trained last; the one in view, unless the user looks at another one
   * meanwhile.
   */
  readonly trained: RunView | null;
  /** Something between pressing Play and the first step is under way (synthesis, scan, features, engine). */
  readonly starting: 'corpus' | 'features' | 'engine' | null;
  /** Shape classes of kernels measured so far before this start; null while none are. */
  readonly tuning: { readonly done: number; readonly total: number; readonly kernel: string } | null;
  readonly error: WireError | null;
  /**
   * Corpus (opened if need be), features, trainer: everything from a config to a moving chart. Returns the
   * run id, or null when it failed.
   */
  readonly start: (config: RunConfig, options?: { readonly paused?: boolean }) => Promise<string | null>;
  readonly pause: () => Promise<void>;
  readonly play: () => Promise<void>;
  readonly step: () => Promise<void>;
  /**
   * When the step under way is done and a checkpoint is written, however long that takes. A start is called
   * off at once.
   */
  readonly stop: () => Promise<void>;
  /**
   * Without waiting: what the run did since its last checkpoint is lost, and a start is called off. It ends
   * as stopped, not as failed.
   */
  readonly endNow: () => Promise<void>;
  /**
   * Slow motion: steps a second at most; null is full speed. Of this visit, not of a run: no configuration
   * has it.
   */
  readonly pace: number | null;
  readonly setPace: (pace: number | null) => Promise<void>;
  readonly setStrategyOptions: (options: StrategyOptions) => Promise<void>;
  /** As controls do that are dragged: shown at once, sent a moment later, the last value always. */
  readonly moveOption: (changed: StrategyOptions) => void;
  /** Gradients are measured so from the next step on; no number of the run depends on it. */
  readonly setInstruments: (instruments: Instruments) => Promise<void>;
  /** Another strategy from the next epoch on; null takes that back. */
  readonly switchStrategy: (strategy: StrategyChoice | null) => Promise<void>;
  /** Shows a stored run, to look at while another one is trained. */
  readonly open: (runId: string) => Promise<void>;
  /** Shows the run that is trained here again. */
  readonly follow: () => Promise<void>;
  /** Continues a stored run from its last (or best) checkpoint; the one that is paused here goes on. */
  readonly resume: (
    runId: string,
    which?: 'last' | 'best',
    options?: { readonly paused?: boolean },
  ) => Promise<void>;
  /**
   * Gives the run that goes another name, in its record and on screen. @returns false where it is not the one
   * that goes: its record is nobody's but the library's
   */
  readonly rename: (runId: string, name: string) => Promise<boolean>;
  readonly close: () => void;
  readonly dismissError: () => void;
}

export interface ForkChoice {
  readonly which?: 'best' | 'last';
  /** Default: the one in force at the checkpoint. */
  readonly strategy?: StrategyChoice;
  /** In all, those of the first run included. */
  readonly epochs?: number;
  readonly patience?: number;
  readonly name?: string;
}

export interface ForkTarget {
  readonly runId: string;
  readonly name: string;
  readonly config: RunConfig;
  /** It is the run on screen, and paused: the fork stops it. */
  readonly live: boolean;
  /** Last first. */
  readonly checkpoints: readonly (CheckpointInfo & {
    readonly which: 'best' | 'last';
    readonly strategy: StrategyChoice;
    readonly instruments: Instruments;
  })[];
}

/** Forking stored runs. */
export interface ForkState {
  /** A checkpoint is being copied. */
  readonly forking: boolean;
  readonly error: WireError | null;
  /** The run whose fork is being asked for. */
  readonly asking: ForkTarget | null;
  /** Opens the question. */
  readonly ask: (runId: string) => Promise<void>;
  readonly close: () => void;
  /**
   * Makes the fork and lets it run; a paused run on screen is stopped for it. Returns its id once it goes, or
   * null when it failed.
   */
  readonly fork: (runId: string, choice?: ForkChoice) => Promise<string | null>;
}

/** Step rows as columns, decimated for drawing. Lives outside React. */
export interface Series {
  readonly length: number;
  /** At most `maxPoints` rows that keep each stretch's extremes; always includes the first and the last. */
  rows(maxPoints: number): readonly StepRow[];
  /** The same of the rows in which gradients were measured. */
  measured(maxPoints: number): readonly StepRow[];
  readonly measuredLength: number;
  /** The last so many rows. */
  latest(count: number): readonly StepRow[];
}

export interface LibraryEntry extends RunRecord {
  readonly epochsDone: number;
  readonly stepsDone: number;
  readonly best: EpochRecord | null;
  readonly last: EpochRecord | null;
  readonly canContinue: boolean;
  readonly bytes: number;
}

export interface Removal {
  readonly runId: string;
  readonly name: string;
}

export interface LibraryState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly entries: readonly LibraryEntry[];
  readonly error: WireError | null;
  readonly usage: { readonly used: number; readonly quota: number } | null;
  readonly refresh: () => Promise<void>;
  readonly rename: (runId: string, name: string) => Promise<void>;
  readonly remove: (runId: string) => Promise<void>;
  /**
   * Deleted on screen, and from the database a few seconds later: until then it can be had back. A page that
   * is closed meanwhile keeps them.
   */
  readonly removing: readonly Removal[];
  readonly removeSoon: (runId: string) => void;
  readonly undoRemove: (runId: string) => void;
  /** A zip: config.json, metrics.csv, steps.csv, confusion.csv, predictions.csv, weights. */
  readonly exportZip: (runId: string) => Promise<{ readonly name: string; readonly blob: Blob } | null>;
  readonly deleteCaches: () => Promise<void>;
}

/** The queue of runs to be made, worked off one after the other. */
export interface QueueStore {
  /**
   * `idle`: nothing is left to do; `running`: this tab works it off; `paused`: by the user; `blocked`: a
   * corpus must be opened by hand first;
   * `elsewhere`: another tab works it off.
   */
  readonly status: 'idle' | 'running' | 'paused' | 'blocked' | 'elsewhere';
  readonly items: readonly QueueItem[];
  /** Why it is blocked, or why an action failed. */
  readonly error: WireError | null;
  /** The item whose corpus is missing. */
  readonly waitingFor: CorpusChoice | null;
  readonly refresh: () => Promise<void>;
  /** After a page was loaded: goes on where the queue was, unless it was paused. */
  readonly restore: () => Promise<void>;
  /** Queues runs under a name and lets the queue run, unless it is paused. Returns the sweep's id. */
  readonly add: (configs: readonly RunConfig[], sweep: string) => Promise<string>;
  /** Also pauses the run that goes. */
  readonly pause: () => Promise<void>;
  readonly resume: () => Promise<void>;
  /** One place up (-1) or down (1) among those that wait. */
  readonly move: (id: string, by: -1 | 1) => Promise<void>;
  /** Not the one that runs, unless the queue is paused. Its run, if it has one, stays. */
  readonly remove: (ids: readonly string[]) => Promise<void>;
  /** A failed or stopped item is begun again: from its run's checkpoint where there is one. */
  readonly retry: (ids: readonly string[]) => Promise<void>;
  readonly dismissError: () => void;
}

/**
 * Something that was asked of the statistics worker. `about` names the question, so that an answer is never
 * shown for another one.
 */
export interface Asked<T> {
  readonly about: string;
  readonly answer: T | null;
  readonly error: WireError | null;
}

export interface CompareState {
  readonly status: 'loading' | 'ready' | 'failed';
  /** Stored runs with at least one finished epoch, newest first. */
  readonly runs: readonly ComparedRun[];
  /** Stored runs without one. */
  readonly unbegun: number;
  readonly error: WireError | null;
  /** Kept while other screens are visited and over a reload. */
  readonly choice: CompareChoice;
  /** What of a link, or of the choices kept, was not understood. */
  readonly problems: readonly WireError[];
  readonly seeds: Asked<readonly SeedAnswer[]> | null;
  readonly pair: Asked<PairComparison> | null;
  readonly choose: (patch: Partial<CompareChoice>) => void;
  /** Makes the screen about these runs alone. @param title what they are called together */
  readonly compareOnly: (runIds: readonly string[] | null, title?: string) => void;
  /**
   * Takes a link's choices over; those that it does not name go back to their default. @param query without
   * `?`
   */
  readonly applyLink: (query: string) => void;
  readonly dismissProblems: () => void;
  readonly refresh: () => Promise<void>;
  readonly askSeeds: (about: string, questions: readonly SeedQuestion[]) => Promise<void>;
  /** Curves over the steps of these runs. */
  readonly steps: Asked<readonly StepCurves[]> | null;
  readonly askSteps: (about: string, runIds: readonly string[]) => Promise<void>;
  /** One a recipe. */
  readonly together: Asked<readonly FoldsTogether[]> | null;
  readonly askTogether: (
    about: string,
    recipes: readonly (readonly FoldRun[])[],
    on: 'best' | 'last',
  ) => Promise<void>;
  /** Of runs that each train on one value of a column and test on the others. */
  readonly across: Asked<AcrossAnswer> | null;
  readonly askAcross: (about: string, runIds: readonly string[], task: string) => Promise<void>;
  readonly askPair: (about: string, first: string, second: string, on: PairedOn) => Promise<void>;
}

/** Weights imported from files, for runs to start from. */
export interface WeightsState {
  /** The list was read at least once. */
  readonly loaded: boolean;
  readonly importing: boolean;
  readonly progress: Progress | null;
  /** Newest first. */
  readonly entries: readonly WeightsSummary[];
  readonly error: WireError | null;
  readonly refresh: () => Promise<void>;
  /** Checks and stores a safetensors file; null where it was refused. The configuration stays as it is. */
  readonly importFile: (file: Blob, name: string) => Promise<WeightsSummary | null>;
  /** Also from the configuration being edited. */
  readonly remove: (id: string) => Promise<void>;
  readonly dismissError: () => void;
}

export interface BackendsState {
  readonly status: 'probing' | 'ready' | 'failed';
  /** With what their checks found, as far as they have been checked. */
  readonly reports: readonly BackendReport[];
  /** Why a backend did not pass its check. */
  readonly failed: Readonly<Partial<Record<BackendId, WireError>>>;
  /** What `auto` would choose. */
  readonly automatic: BackendReport | null;
  readonly error: WireError | null;
  readonly probe: () => Promise<void>;
}

/** A benchmark of this machine. */
export interface BenchState {
  readonly status: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  readonly preset: Preset;
  /**
   * Whether to measure a backend, where the user has said so; otherwise everything is measured but a graphics
   * adapter in software.
   */
  readonly wanted: Readonly<Partial<Record<BackendId, boolean>>>;
  /** What the user calls this machine; empty for what the browser tells. */
  readonly machine: string;
  readonly progress: BenchProgress | null;
  /** What is measured so far; kept when the rest is called off. */
  readonly lines: readonly Recorded[];
  readonly failures: readonly BenchFailure[];
  readonly error: WireError | null;
  readonly choose: (choice: Partial<Pick<BenchState, 'preset' | 'wanted' | 'machine'>>) => void;
  /** Resolves when everything is measured, called off or failed; refused while a run is trained. */
  readonly run: () => Promise<void>;
  readonly cancel: () => void;
  readonly dismissError: () => void;
}

/** What the autotuner found on this browser's adapters. */
export interface TuningState {
  /** Newest first; null until it was read. */
  readonly entries: readonly TuningRecord[] | null;
  readonly error: WireError | null;
  readonly refresh: () => Promise<void>;
  /** Forgets everything, in storage and in the worker that computes; refused while a run is trained. */
  readonly reset: () => Promise<void>;
}
