/**
 * The benchmark worker: measures our engine beside TensorFlow.js as shipped, case by case, on this machine.
 * Our side runs here, the other in a nested worker (bench-shipped.ts), turn by turn. Cases:
 * core/bench/cases.ts, shared with the command line.
 */
import { alternate, type Limits, type Timing } from '../src/core/bench/alternate';
import {
  caseFlops,
  casesFor,
  NOT_SHIPPED,
  shippedCan,
  type BenchCase,
  type Preset,
} from '../src/core/bench/cases';
import { recorded, type Machine, type Recorded } from '../src/core/bench/line';
import { toWire } from '../src/core/errors/errors';
import type {
  BenchContract,
  BenchFailure,
  BenchProgress,
  BenchResult,
} from '../src/core/protocol/contracts/bench';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { throwIfCancelled, type CancelSignal } from '../src/core/progress';
import type { BackendReport } from '../src/core/training/events';
import type { BackendId } from '../src/core/config/run-config';
import { availableBackends, chooseBackend } from '../src/engine/platform/backend';
import { prepareOurs } from '../src/engine/bench/ours';
import { timeOf, type Ready } from '../src/engine/bench/side';
import { wasmSimdPeak } from '../src/engine/bench/wasm-peak';
import { breathe } from './lib/breathe';
import { describeMachine } from './lib/machine';
import { ShippedSide } from './lib/shipped-side';
import '../src/engine/platform/wasm-paths';

const now = (): number => performance.now();

/**
 * Milliseconds that each side of a case may take, and turns at most. What prepares for seconds is still run
 * again: a ratio to a cold side flatters.
 */
const LIMITS = {
  quick: { budget: 800, turns: 7, patience: 15_000 },
  full: { budget: 4000, turns: 15, patience: 30_000 },
} as const;

/**
 * A training step on wasm is compared with cpu, the only backend of the library that could train on such a
 * machine.
 */
const opponentOf = (one: BenchCase, backend: BackendId): BackendId | null => {
  if (shippedCan(one, backend)) return backend;
  return one.id === 'step-tiny' ? 'cpu' : null;
};

interface Measuring {
  readonly report: BackendReport;
  readonly machine: Machine;
  /**
   * Multiplications and additions of this processor in WebAssembly, GFLOP/s; null where that is no yardstick.
   */
  readonly peak: number | null;
  readonly limits: Limits;
  readonly signal: CancelSignal;
}

const short = (value: number): number => Number(value.toPrecision(4));

const spread = ({ turns, fastest, slowest, cold }: Timing) => ({
  turns,
  fastest: short(fastest),
  slowest: short(slowest),
  cold,
});

/**
 * One case, both sides in turns. A side that fails leaves the other to be measured alone, and its reason in
 * the note.
 */
async function measure(
  one: BenchCase,
  shipped: ShippedSide | null,
  { report, machine, peak, limits, signal }: Measuring,
): Promise<Recorded> {
  const notes = shippedCan(one, report.id) ? [] : [NOT_SHIPPED];
  const flops = caseFlops(one);
  const value = ({ median }: Timing): number => (one.kind === 'step' ? median : flops / median / 1e6);
  const noted = (error: unknown, who: string): null => {
    throwIfCancelled(signal, 'benchmark');
    notes.push(`${who}: ${toWire(error).message}`);
    return null;
  };
  const between = async (): Promise<void> => {
    await breathe();
    throwIfCancelled(signal, 'benchmark');
  };
  const both = async (ready: Ready): Promise<Awaited<ReturnType<typeof alternate>>> => {
    const ours = (count: number): Promise<number> => timeOf(ready, count);
    const theirs = await shipped?.prepare(one).catch((error: unknown) => noted(error, shipped.name));
    const times = theirs
      ? await alternate(ours, theirs, limits, now, between).catch((error: unknown) =>
          noted(error, shipped!.name),
        )
      : null;
    return times ?? alternate(ours, null, limits, now, between);
  };
  let times: Awaited<ReturnType<typeof both>> | null = null;
  let ready: Ready | null = null;
  try {
    ready = prepareOurs(one);
    times = await both(ready);
  } catch (error) {
    noted(error, 'ours');
  } finally {
    ready?.dispose();
    await shipped?.release();
  }
  return recorded(
    {
      case: one.id,
      backend: report.id,
      ours: times && value(times.ours),
      theirs: times?.theirs ? value(times.theirs) : null,
      against: shipped ? `${shipped.name} as shipped` : 'nothing',
      unit: one.kind === 'step' ? 'ms' : 'GFLOP/s',
      of: one.kind === 'step' ? 'theirs/ours' : 'ours/theirs',
      // An adapter in software computes on all cores, for either side.
      threads: report.software ? machine.cores : 1,
      gflop: short(flops / 1e9),
      ...(peak === null ? {} : { peak: short(peak) }),
      ...(report.software ? { software: true } : {}),
      ...(times ? { oursMs: spread(times.ours) } : {}),
      ...(times?.theirs ? { theirsMs: spread(times.theirs) } : {}),
      ...(notes.length > 0 ? { note: notes.join('; ') } : {}),
    },
    machine,
  );
}

interface Request {
  readonly preset: Preset;
  readonly backends: readonly BackendId[];
  readonly machine: string;
}

async function run(
  { preset, backends, machine: name }: Request,
  signal: CancelSignal,
  progress: (value: BenchProgress) => void,
): Promise<BenchResult> {
  const reports = (await availableBackends()).filter(
    ({ id, available }) => available && backends.includes(id),
  );
  const plan = reports.map((report) => ({ report, cases: casesFor(preset, report.id, report.software) }));
  const total = plan.reduce((sum, { cases }) => sum + cases.length, 0);
  const failures: BenchFailure[] = [];
  const lines: Recorded[] = [];
  let done = 0;
  for (const { report, cases } of plan) {
    const before = done;
    const shipped = new Map<BackendId, ShippedSide>();
    const tell = (current: BenchCase, line: Recorded | null): void =>
      progress({ done, total, backend: report.id, current: current.id, line });
    try {
      tell(cases[0]!, null);
      await chooseBackend(report.id);
      const machine = await describeMachine(name, report.id === 'webgpu' ? report.detail : null);
      const peak = report.id === 'wasm' ? wasmSimdPeak() : null;
      for (const one of cases) {
        tell(one, null);
        const opponent = opponentOf(one, report.id);
        if (opponent && !shipped.has(opponent)) shipped.set(opponent, new ShippedSide(opponent));
        const line = await measure(one, (opponent && shipped.get(opponent)) ?? null, {
          report,
          machine,
          peak,
          limits: LIMITS[preset],
          signal,
        });
        lines.push(line);
        done++;
        tell(one, line);
      }
    } catch (error) {
      throwIfCancelled(signal, 'benchmark');
      failures.push({ backend: report.id, error: toWire(error) });
      done = before + cases.length;
    } finally {
      for (const side of shipped.values()) side.close();
    }
  }
  return { lines, failures };
}

serve<BenchContract>(self as unknown as Endpoint, {
  run: (payload, { signal, progress }) => run(payload, signal, progress),
});
