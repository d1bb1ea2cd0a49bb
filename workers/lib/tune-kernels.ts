/**
 * The autotuner of a run that is about to start: what is known of this adapter is read, what is missing is
 * measured and kept. Only the trainer calls this: it is the one writer of the store. Not here: measuring
 * (src/engine/autotune/).
 */
import type { ModelPlan } from '../../src/core/model/plan';
import type { BackendReport } from '../../src/core/training/events';
import { SOFTWARE_VERSION } from '../../src/core/version';
import { autotune, budgetOf, NOTHING } from '../../src/engine/autotune/autotune';
import { problemsOf } from '../../src/engine/autotune/problems';
import { gpu } from '../../src/engine/kernels/webgpu/gpu';
import type { TunedRun, TuningOptions } from '../../src/engine/run/begin/ports';
import type { Database } from '../../src/storage/schema';
import { readTuning, writeTuning } from '../../src/storage/tuning';
import { describeMachine } from './machine';

/**
 * Browsers tell neither the driver nor its version, but a browser's update renews what compiles our kernels.
 */
const adapterName = async ({ detail }: BackendReport): Promise<string> =>
  `${detail} · ${(await describeMachine('', null)).runtime}`;

/** @param examples in memory at once @throws where the device is lost meanwhile */
export async function tuneKernels(
  db: Database,
  backend: BackendReport,
  spec: ModelPlan,
  examples: number,
  { measure, onProgress }: TuningOptions,
): Promise<TunedRun> {
  if (backend.id !== 'webgpu') return { backend, notes: [] };
  const adapter = await adapterName(backend);
  const begin = performance.now();
  const { measured, left, wrong, replaced } = await autotune(gpu(), problemsOf(spec, examples), {
    adapter,
    version: SOFTWARE_VERSION,
    records: await readTuning(db, adapter),
    budget: measure ? budgetOf(backend.software) : NOTHING,
    onProgress,
  });
  await writeTuning(db, measured);
  const seconds = (performance.now() - begin) / 1000;
  return {
    backend:
      replaced.length > 0
        ? { ...backend, replaced: [...new Set([...(backend.replaced ?? []), ...replaced])] }
        : backend,
    notes: [
      ...(measured.length > 0
        ? [
            {
              level: 'info' as const,
              code: 'kernels-tuned',
              details: { count: measured.length, seconds, left, adapter },
            },
          ]
        : []),
      // Nothing measured is told as well: what the panel lacks has a reason.
      ...(measure && measured.length === 0 && left > 0
        ? [{ level: 'info' as const, code: 'kernels-left', details: { left, adapter } }]
        : []),
      ...wrong.map(({ kernel, shape, variant, reason }) => ({
        level: 'warning' as const,
        code: 'variant-wrong',
        details: { kernel, shape, variant, reason },
      })),
    ],
  };
}
