/**
 * Finds, at the first use of an adapter, the fastest right variant of every kernel for every shape class that
 * a run will use: each candidate is compared with the reference, the right ones are timed in turns, the
 * winner is adopted. What was found before is taken from the records. Not here: keeping the records (the
 * worker), telling the user (the worker and the page).
 */
import { median } from '../../core/bench/median';
import { sameVariants, winnerOf, type TuningRecord, type VariantResult } from '../../core/bench/tuning';
import type { Gpu } from '../kernels/webgpu/gpu';
import { switchKernel } from '../kernels/webgpu/registry';
import { Stage } from '../kernels/webgpu/trials/stage';
import { promising, type Case } from '../kernels/webgpu/trials/trial';
import { guarded, Verification } from '../kernels/webgpu/trials/verify';
import type { Problem } from './problems';
import { Stopwatch } from './stopwatch';

/**
 * What measuring may cost. A software adapter compiles for seconds what a graphics card takes milliseconds
 * for, and gains little.
 */
export interface Budget {
  /** Of all of it, in ms; no shape class is begun after that. What is left is measured at the next start. */
  readonly ms: number;
  /** Turns of every variant; the median counts. */
  readonly turns: number;
  /** Problems of more operations, or whose operands have more bytes, keep their first candidate. */
  readonly flops: number;
  readonly bytes: number;
  /** Least share of the work of all shape classes with a choice; below, nothing could be gained. */
  readonly share: number;
}

export const budgetOf = (software: boolean): Budget =>
  software
    ? { ms: 2000, turns: 3, flops: 1e7, bytes: 2 ** 26, share: 0.05 }
    : { ms: 5000, turns: 5, flops: Number.POSITIVE_INFINITY, bytes: 2 ** 29, share: 0 };

/** Measures nothing: only what is known is used. */
export const NOTHING: Budget = { ms: Number.NEGATIVE_INFINITY, turns: 0, flops: 0, bytes: 0, share: 0 };

/** A variant so many times slower than the best so far is not timed again. */
const HOPELESS = 3;

export interface Tuned {
  /** Of this start; to be kept. */
  readonly measured: readonly TuningRecord[];
  /** Shape classes whose winner was known. */
  readonly known: number;
  /** Shape classes with a choice that were too large or for which no time was left. */
  readonly left: number;
  /** Variants of `measured` that were wrong or did not run. */
  readonly wrong: readonly {
    readonly kernel: string;
    readonly shape: string;
    readonly variant: string;
    readonly reason: string;
  }[];
  /** Kernels none of whose variants was right for some shape class: stock ops take their place. */
  readonly replaced: readonly string[];
}

export interface Tuning {
  /** Adapter, driver and browser: what a measurement counts for. */
  readonly adapter: string;
  readonly version: string;
  /** What is known of the adapter. */
  readonly records: readonly TuningRecord[];
  readonly budget: Budget;
  readonly onProgress: (done: number, total: number, kernel: string) => void;
}

/** @throws where the device is lost */
export async function autotune(
  gpu: Gpu,
  problems: readonly Problem[],
  { adapter, version, records, budget, onProgress }: Tuning,
): Promise<Tuned> {
  const begin = performance.now();
  const choices = problems
    .map((problem) => ({ problem, names: promising(problem.timed, gpu.traits) }))
    .filter(({ names }) => names.length > 1);
  const work = choices.reduce((sum, { problem }) => sum + problem.flops, 0);
  const [measured, wrong, replaced] = [
    [] as TuningRecord[],
    [] as Tuned['wrong'][number][],
    new Set<string>(),
  ];
  const unknown: typeof choices = [];
  let known = 0;
  for (const one of choices) {
    const { timed } = one.problem;
    const record = records.find(({ kernel, shape }) => kernel === timed.kernel && shape === timed.shape);
    if (record?.version === version && sameVariants(record, one.names)) {
      adopt(timed, record, replaced);
      known++;
    } else if (one.problem.flops >= budget.share * work) unknown.push(one);
  }
  const within = unknown.filter(
    ({ problem }) => problem.flops <= budget.flops && problem.bytes <= budget.bytes,
  );
  const stopwatch = new Stopwatch(gpu);
  try {
    for (const { problem, names } of within) {
      if (performance.now() - begin > budget.ms) break;
      onProgress(measured.length, within.length, problem.timed.kernel);
      const { kernel, shape } = problem.timed;
      const reasons = new Map<string, string>();
      const variants = await measure(gpu, stopwatch, problem, names, budget.turns, reasons);
      const record: TuningRecord = {
        adapter,
        kernel,
        shape,
        version,
        winner: winnerOf(variants),
        variants,
        measuredAt: Date.now(),
      };
      adopt(problem.timed, record, replaced);
      measured.push(record);
      for (const [variant, reason] of reasons) wrong.push({ kernel, shape, variant, reason });
    }
  } finally {
    stopwatch.dispose();
  }
  return { measured, known, left: unknown.length - measured.length, wrong, replaced: [...replaced] };
}

/** Adopts what a record says. A kernel that has nothing right for a shape class is given up as a whole. */
function adopt(one: Case, { winner, variants }: TuningRecord, replaced: Set<string>): void {
  one.adopt(
    winner,
    variants.filter(({ verified }) => !verified).map(({ name }) => name),
  );
  if (winner !== null) return;
  switchKernel(one.kernel, false);
  replaced.add(one.kernel);
}

async function measure(
  gpu: Gpu,
  stopwatch: Stopwatch,
  { timed, compared }: Problem,
  names: readonly string[],
  turns: number,
  reasons: Map<string, string>,
): Promise<VariantResult[]> {
  const verification = new Verification(gpu, compared);
  const verified = new Set<string>();
  try {
    for (const [name, verdict] of await verification.verdicts(names)) {
      if (verdict.right) verified.add(name);
      else reasons.set(name, verdict.reason);
    }
  } finally {
    verification.dispose();
  }
  const times = await timesOf(gpu, stopwatch, timed, [...verified], turns, reasons);
  return names.map((name) => {
    const ms = times.get(name) ?? null;
    return { name, ms, verified: verified.has(name) && ms !== null };
  });
}

/**
 * Medians, in turns, so that a machine that slows down slows all of them down. The first run, which compiles,
 * is not counted.
 */
async function timesOf(
  gpu: Gpu,
  stopwatch: Stopwatch,
  one: Case,
  names: readonly string[],
  turns: number,
  reasons: Map<string, string>,
): Promise<Map<string, number>> {
  const stage = new Stage(gpu);
  try {
    const { run } = one.stage(stage);
    stage.reset();
    const running = new Map<string, { readonly count: number; readonly times: number[] }>();
    for (const name of names) {
      const failure = await guarded(gpu, () => run(name));
      if (failure === null)
        running.set(name, { count: Stopwatch.repeats(await stopwatch.time(() => run(name), 1)), times: [] });
      else reasons.set(name, failure);
    }
    for (let turn = 0; turn < turns; turn++) {
      const best = Math.min(...[...running.values()].flatMap(({ times }) => times));
      for (const [name, { count, times }] of running)
        if (turn === 0 || median(times) <= HOPELESS * best)
          times.push(await stopwatch.time(() => run(name), count));
    }
    return new Map([...running].map(([name, { times }]) => [name, median(times)]));
  } finally {
    stage.dispose();
  }
}
