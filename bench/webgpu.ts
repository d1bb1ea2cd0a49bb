/**
 * The engine's WGSL beside TensorFlow.js' webgpu backend as shipped: what a training step of the paper's
 * preset asks of the device (counted, which needs no graphics adapter), then times in a real browser, each
 * side in a page of its own, in turns. The adapter is SwiftShader, in software; `ADAPTER=hardware` takes the
 * machine's own. `ONLY=counted` or `timed` runs one part.
 */
import { caseFlops, casesFor, STEPS } from '../src/core/bench/cases';
import { targetOf } from '../src/core/bench/targets';
import { PRESETS } from '../src/core/config/presets';
import { countStep } from './support/count-step';
import { openPages } from './support/pages';
import { line } from './support/report';
import { compare, details, gflops, limits, short } from './support/sides';

const only = process.env['ONLY'];
const common = { backend: 'webgpu', against: 'tfjs webgpu as shipped' } as const;

if (only !== 'timed') {
  await import('@tensorflow/tfjs'); // registers the gradients of every op
  const one = { ...STEPS.paper, batch: PRESETS.paper.batchSize };
  const ours = await countStep('ours', one);
  const theirs = await countStep('shipped', one);
  const note = 'counted on a device that computes nothing: one step of the paper preset at its full batch';
  const counted = (id: string, unit: string, value: (counts: typeof ours) => number): void => {
    line({
      ...common,
      threads: 1,
      case: id,
      unit,
      of: 'theirs/ours',
      ours: value(ours),
      theirs: value(theirs),
      ...targetOf(common.backend, id),
      batch: one.batch,
      note,
    });
  };
  counted('paper-dispatches', 'dispatches a step', ({ dispatches }) => dispatches);
  counted('paper-bytes-moved', 'bytes a step', ({ bytes }) => bytes);
  counted('paper-peak-bytes', 'bytes', ({ peak }) => peak);
}

if (only !== 'counted') {
  const pages = await openPages(process.env['ADAPTER'] === 'hardware');
  const [ours, theirs] = [
    await pages.open({ side: 'ours', backend: 'webgpu' }),
    await pages.open({ side: 'shipped', backend: 'webgpu' }),
  ];
  const { software, ...on } = await pages.machine(true);
  // An adapter in software computes on all cores, for either side.
  const here = { ...common, threads: software ? on.cores : 1, ...(software ? { software } : {}) };
  for (const one of casesFor('full', 'webgpu', software)) {
    await ours.prepare(one.id);
    await theirs.prepare(one.id);
    // Two steps compile everything: forward and backward of the first come one after the other.
    await ours.time(2);
    const times = await compare(ours.time, theirs.time, limits(20_000, 7));
    const size = { gflop: short(caseFlops(one) / 1e9), ...details(times) };
    if (one.kind === 'step') {
      line(
        {
          ...here,
          ...size,
          case: one.id,
          unit: 'ms',
          of: 'theirs/ours',
          ours: times.ours.median,
          theirs: times.theirs!.median,
          batch: one.batch,
          ...targetOf(common.backend, one.id, software),
        },
        on,
      );
    } else {
      line(
        {
          ...here,
          ...size,
          case: one.id,
          unit: 'GFLOP/s',
          of: 'ours/theirs',
          ours: gflops(one, times.ours.median),
          theirs: gflops(one, times.theirs!.median),
        },
        on,
      );
    }
  }
  await pages.close();
}
