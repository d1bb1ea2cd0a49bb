/**
 * The wasm engine beside PyTorch and beside TensorFlow.js as shipped, one thread each, in turns: whole training steps, single
 * kernels at VGG's shapes beside the processor's peak, and what a step costs by batch, width and input size.
 * `ONLY=step` (or `kernel`, `cost`) runs one part; `TURNS=9` measures more often.
 */
import { alternate, type Limits, type Side } from '../src/core/bench/alternate';
import { caseFlops, casesFor, NOT_SHIPPED, shippedCan, STEPS, type BenchCase, type StepCase } from '../src/core/bench/cases';
import { prepareOurs } from '../src/engine/bench/ours';
import { timeOf, type Ready } from '../src/engine/bench/side';
import { wasmSimdPeak } from '../src/engine/bench/wasm-peak';
import { chooseBackend } from '../src/engine/backend';
import { pyTorch } from './support/pytorch';
import { line } from './support/report';
import { shipped } from './support/shipped';

const only = process.env['ONLY'];
const LIMITS: Limits = { budget: 120_000, turns: Number(process.env['TURNS'] ?? 7) };
const wanted = (part: string): boolean => !only || only === part;
const compare = (ours: Side, theirs: Side | null) => alternate(ours, theirs, LIMITS, () => performance.now(), () => undefined);
const side = (ready: Ready): Side => (count) => timeOf(ready, count);
const gflops = (one: BenchCase, ms: number): number => caseFlops(one) / ms / 1e6;

/** Engines compile twice: what runs often is compiled better. */
async function warm(ready: Ready, runs: number): Promise<void> {
  await timeOf(ready, runs);
}

const report = await chooseBackend('wasm');
const common = { backend: report.id, threads: 1 } as const;

async function stepBesidePyTorch(one: StepCase, limit: number): Promise<void> {
  const other = await pyTorch(one, 1);
  const ready = prepareOurs(one);
  await warm(ready, one.name === 'paper' ? 1 : 5);
  if (other) await other.side(2);
  const { ours, theirs } = await compare(side(ready), other?.side ?? null);
  line({
    ...common, case: one.id, ours: ours.median, theirs: theirs?.median ?? null, against: other ? `PyTorch ${other.version} CPU` : 'PyTorch CPU', unit: 'ms', of: 'ours/theirs',
    target: { at: 'most', value: limit }, batch: one.batch, turns: ours.turns, oursFastest: ours.fastest, theirsFastest: theirs?.fastest ?? null,
    gflopPerSecond: gflops(one, ours.median), ...(other ? {} : { note: 'no Python with PyTorch here' }),
  });
  other?.close();
  ready.dispose();
}

if (wanted('step')) {
  await stepBesidePyTorch(STEPS.compact, 3);
  await stepBesidePyTorch(STEPS.paper, 3);
  const other = shipped('cpu');
  const ready = prepareOurs(STEPS.tiny);
  await warm(ready, 10);
  const { ours, theirs } = await alternate(side(ready), other.side(STEPS.tiny), { budget: 20_000, turns: 3 }, () => performance.now(), () => undefined);
  line({
    ...common, case: 'step-tiny-beside-shipped-cpu', ours: ours.median, theirs: theirs!.median, against: 'tfjs cpu as shipped', unit: 'ms', of: 'theirs/ours',
    target: { at: 'least', value: 40 }, batch: STEPS.tiny.batch, turns: theirs!.turns, note: 'tfjs wasm as shipped cannot train (tensorflow/tfjs#8474)',
  });
  await other.close();
  ready.dispose();
}

if (wanted('kernel')) {
  const peak = wasmSimdPeak();
  line({ ...common, case: 'wasm-simd-peak', ours: peak, theirs: null, against: 'nothing', unit: 'GFLOP/s', of: 'ours/theirs', note: 'float32x4 multiply and add in registers, the yardstick of the kernels below' });
  const other = shipped('wasm');
  for (const one of casesFor('full', 'wasm', false)) {
    if (one.kind !== 'kernel') continue;
    const ready = prepareOurs(one);
    await warm(ready, 3);
    const can = shippedCan(one, 'wasm');
    const { ours, theirs } = await compare(side(ready), can ? other.side(one) : null);
    line({
      ...common, case: one.id, ours: gflops(one, ours.median), theirs: theirs && gflops(one, theirs.median), against: 'tfjs wasm as shipped', unit: 'GFLOP/s', of: 'ours/theirs',
      ...(peak ? { shareOfPeak: Number((gflops(one, ours.median) / peak).toFixed(2)) } : {}), ...(can ? {} : { note: NOT_SHIPPED }),
    });
    ready.dispose();
  }
  await other.close();
}

/** The compact model with one thing changed. */
const changed = (what: 'batch' | 'width' | 'size', value: number): StepCase => ({
  ...STEPS.compact, id: `cost-${what}-${value}`, batch: what === 'batch' ? value : STEPS.compact.batch,
  model: { ...STEPS.compact.model, ...(what === 'width' ? { width: value } : {}), ...(what === 'size' ? { inputSize: value } : {}) },
});

if (wanted('cost')) {
  const cases = [
    ...[4, 8, 16, 32, 64].map((value) => changed('batch', value)), ...[0.125, 0.25, 0.5, 1].map((value) => changed('width', value)),
    ...[32, 64, 96, 128, 192].map((value) => changed('size', value)),
  ];
  for (const one of cases) {
    const ready = prepareOurs(one);
    await warm(ready, 4);
    const { ours } = await compare(side(ready), null);
    line({
      ...common, case: one.id, ours: ours.median, theirs: null, against: 'nothing', unit: 'ms', of: 'ours/theirs', batch: one.batch, width: one.model.width, inputSize: one.model.inputSize,
      gflop: Number((caseFlops(one) / 1e9).toPrecision(4)), gflopPerSecond: Number(gflops(one, ours.median).toPrecision(4)),
    });
    ready.dispose();
  }
}
