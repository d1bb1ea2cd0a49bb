/** What the run needs of the copy. */
import type { Dataset } from '../../../src/core/training/dataset';

/** The copy's modules, typed as the sources they are copies of. */
export async function modulesOf(src: string, tests: string) {
  return {
    ...((await import(`${src}/core/audio/wav.ts`)) as typeof import('../../../src/core/audio/wav')),
    ...((await import(`${src}/core/augment/apply.ts`)) as typeof import('../../../src/core/augment/apply')),
    ...((await import(`${src}/core/config/parse.ts`)) as typeof import('../../../src/core/config/parse')),
    ...((await import(`${src}/core/config/link.ts`)) as typeof import('../../../src/core/config/link')),
    ...((await import(`${src}/core/config/presets.ts`)) as typeof import('../../../src/core/config/presets')),
    ...((await import(
      `${src}/core/corpus/scan-corpus.ts`
    )) as typeof import('../../../src/core/corpus/scan-corpus')),
    ...((await import(
      `${src}/core/export/run-files.ts`
    )) as typeof import('../../../src/core/export/run-files')),
    ...((await import(`${src}/core/run/record.ts`)) as typeof import('../../../src/core/run/record')),
    ...((await import(`${src}/core/run/state.ts`)) as typeof import('../../../src/core/run/state')),
    ...((await import(`${src}/core/run/view.ts`)) as typeof import('../../../src/core/run/view')),
    ...((await import(
      `${src}/core/spectrogram/log-mel.ts`
    )) as typeof import('../../../src/core/spectrogram/log-mel')),
    ...((await import(
      `${src}/core/spectrogram/picture.ts`
    )) as typeof import('../../../src/core/spectrogram/picture')),
    ...((await import(
      `${src}/core/training/batches.ts`
    )) as typeof import('../../../src/core/training/batches')),
    ...((await import(
      `${src}/core/training/prepare.ts`
    )) as typeof import('../../../src/core/training/prepare')),
    ...((await import(
      `${src}/core/weights/state-dict.ts`
    )) as typeof import('../../../src/core/weights/state-dict')),
    ...((await import(
      `${src}/engine/platform/backend.ts`
    )) as typeof import('../../../src/engine/platform/backend')),
    ...((await import(`${tests}/engine/runs.ts`)) as typeof import('../../engine/runs')),
  };
}
export type Modules = Awaited<ReturnType<typeof modulesOf>>;

export type Options = {
  readonly dataset: Dataset;
  readonly images: typeof import('../../engine/runs').images;
};
export type Whole = Awaited<ReturnType<Modules['runAll']>>;
