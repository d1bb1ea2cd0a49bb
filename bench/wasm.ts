/**
 * The wasm engine beside PyTorch and beside TensorFlow.js as shipped, one thread each, in turns: whole
 * training steps, single kernels at VGG's shapes beside the processor's peak, and what a step costs by batch,
 * width and input size.
 * `ONLY=step` (or `kernel`, `cost`) runs one part; `TURNS` and `BUDGET` (seconds a side and case) measure
 * more or less.
 */
import {
  caseFlops,
  casesFor,
  COSTS,
  NOT_SHIPPED,
  shippedCan,
  STEPS,
  type StepCase,
} from '../src/core/bench/cases';
import { targetOf } from '../src/core/bench/targets';
import { chooseBackend } from '../src/engine/platform/backend';
import { prepareOurs } from '../src/engine/bench/ours';
import { timeOf } from '../src/engine/bench/side';
import { wasmSimdPeak } from '../src/engine/bench/wasm-peak';
import { openPages } from './support/pages';
import { pyTorch } from './support/pytorch';
import { line } from './support/report';
import { shipped } from './support/shipped';
import { compare, details, gflops, limits, short, sideOf } from './support/sides';

const only = process.env['ONLY'];
const wanted = (part: string): boolean => !only || only === part;
const report = await chooseBackend('wasm');
const common = { backend: report.id, threads: 1 } as const;

/** A step beside the same step of PyTorch on the processor. Engines compile twice: a few runs first. */
async function stepBesidePyTorch(one: StepCase, runsFirst: number): Promise<void> {
  const other = await pyTorch(one, 1);
  const theirSide = 'side' in other ? other.side : null;
  const ready = prepareOurs(one);
  await timeOf(ready, runsFirst);
  await theirSide?.(2);
  const times = await compare(sideOf(ready), theirSide, limits(30_000, 9));
  line({
    ...common,
    ...details(times),
    case: one.id,
    ours: times.ours.median,
    theirs: times.theirs?.median ?? null,
    against: 'side' in other ? `PyTorch ${other.version.split('+')[0]} CPU` : 'PyTorch CPU',
    unit: 'ms',
    of: 'ours/theirs',
    ...targetOf(report.id, one.id),
    batch: one.batch,
    gflopPerSecond: short(gflops(one, times.ours.median)),
    ...('missing' in other ? { note: other.missing } : {}),
  });
  if ('side' in other) other.close();
  ready.dispose();
}

/** In the browser, because TensorFlow.js' build for Node would be slower than what browsers get. */
async function stepBesideShipped(one: StepCase): Promise<void> {
  const pages = await openPages(false);
  const [ours, theirs] = [
    await pages.open({ side: 'ours', backend: 'wasm' }),
    await pages.open({ side: 'shipped', backend: 'cpu' }),
  ];
  await ours.prepare(one.id);
  await theirs.prepare(one.id);
  await ours.time(10);
  const times = await compare(ours.time, theirs.time, limits(30_000, 9));
  const { software: _software, ...on } = await pages.machine(false);
  line(
    {
      ...common,
      ...details(times),
      case: one.id,
      ours: times.ours.median,
      theirs: times.theirs!.median,
      against: 'tfjs cpu as shipped',
      unit: 'ms',
      of: 'theirs/ours',
      ...targetOf(report.id, one.id),
      batch: one.batch,
      gflopPerSecond: short(gflops(one, times.ours.median)),
      note: 'tfjs wasm as shipped cannot train (tensorflow/tfjs#8474)',
    },
    on,
  );
  await pages.close();
}

if (wanted('step')) {
  await stepBesidePyTorch(STEPS.compact, 5);
  await stepBesidePyTorch(STEPS.paper, 1);
  await stepBesideShipped(STEPS.tiny);
}

if (wanted('kernel')) {
  // A processor's clock changes: the peak is measured again around every kernel.
  const peaks = [wasmSimdPeak()];
  const other = shipped('wasm');
  for (const one of casesFor('full', 'wasm', false)) {
    if (one.kind !== 'kernel') continue;
    const ready = prepareOurs(one);
    await timeOf(ready, 3);
    const can = shippedCan(one, 'wasm');
    const times = await compare(sideOf(ready), can ? other.side(one) : null, limits(5000, 9));
    const speed = gflops(one, times.ours.median);
    peaks.push(wasmSimdPeak());
    const peak = Math.max(...peaks.slice(-2).map((value) => value ?? 0));
    line({
      ...common,
      ...details(times),
      case: one.id,
      ours: speed,
      theirs: times.theirs && gflops(one, times.theirs.median),
      against: 'tfjs wasm as shipped',
      unit: 'GFLOP/s',
      of: 'ours/theirs',
      ...(peak > 0 ? { peak: short(peak), shareOfPeak: Number((speed / peak).toFixed(2)) } : {}),
      ...(can ? {} : { note: NOT_SHIPPED }),
    });
    ready.dispose();
  }
  await other.close();
  line({
    ...common,
    case: 'wasm-simd-peak',
    ours: Math.max(...peaks.map((value) => value ?? 0)) || null,
    theirs: null,
    against: 'nothing',
    unit: 'GFLOP/s',
    of: 'ours/theirs',
    note: 'float32x4 multiply and add in registers, the most there was around any kernel: their yardstick',
  });
}

if (wanted('cost')) {
  for (const one of COSTS) {
    const ready = prepareOurs(one);
    await timeOf(ready, 2);
    const times = await compare(sideOf(ready), null, limits(8000, 7));
    line({
      ...common,
      ...details(times),
      case: one.id,
      ours: times.ours.median,
      theirs: null,
      against: 'nothing',
      unit: 'ms',
      of: 'ours/theirs',
      batch: one.batch,
      width: one.model.width,
      inputSize: one.model.inputSize,
      gflop: short(caseFlops(one) / 1e9),
      gflopPerSecond: short(gflops(one, times.ours.median)),
    });
    ready.dispose();
  }
}
