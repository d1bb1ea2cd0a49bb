/**
 * One planned run on the demo corpus, trained outside the browser, and all that it told. The numbers are those of
 * a run in the browser: wasm gives the same bits in both (e2e/determinism.spec.ts).
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { RunConfig } from '../../src/core/config/run-config';
import type { Predictions } from '../../src/core/run/checkpoint';
import type { EpochRecord } from '../../src/core/training/events';
import { prepareDataset } from '../../src/core/training/prepare';
import { workKey } from '../../src/core/training/sweep';
import { demoInMemory } from './corpora';
import { prepare, train } from './train';

export interface PlannedRun {
  /** Equal for equal work: what is kept of another recipe is not taken for this one. */
  readonly key: string;
  readonly label: string;
  readonly config: RunConfig;
}

/** Names a run's work: recipe, seed and the version of the strategy's formulas. */
export const keyOf = (config: RunConfig): string =>
  createHash('sha256').update(workKey(config)).digest('hex').slice(0, 16);

/** A run as it is kept between its training and the report. */
export interface KeptRun {
  readonly config: RunConfig;
  readonly classes: readonly (readonly string[])[];
  readonly epochs: readonly EpochRecord[];
  /** On the validation side, at the best epoch. */
  readonly predictions: Predictions;
  /** Whose voice it is, in the order of the predictions. */
  readonly speakers: readonly string[];
}

/** Trains the one that RUN names and keeps it in the folder SWEEP_KEPT. */
export async function keepRun(plan: readonly PlannedRun[]): Promise<void> {
  const planned = plan.find(({ key }) => key === process.env['RUN']);
  if (!planned) throw new Error(`RUN names no run of the sweep: ${process.env['RUN']}`);
  const { corpus } = planned.config;
  if (corpus.kind !== 'demo') throw new Error('The sweep is over the demo corpus.');
  const prepared = await prepare(demoInMemory(corpus), planned.config);
  let best: Predictions | null = null;
  const epochs = await train(
    prepared,
    planned.config,
    () => true,
    (state, which) => {
      if (which.includes('best')) best = state.predictions;
    },
  );
  const predictions = best as Predictions | null;
  if (!predictions) throw new Error('The run saved no best epoch.');
  const { classes } = prepareDataset(prepared.manifest, planned.config, new Set(prepared.features.keys()));
  const speakerOf = new Map(prepared.manifest.utterances.map(({ id, groups }) => [id, groups['speaker']]));
  const kept: KeptRun = {
    config: planned.config,
    classes,
    epochs,
    predictions,
    speakers: predictions.ids.map((id) => speakerOf.get(id)!),
  };
  const folder = process.env['SWEEP_KEPT']!;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${planned.key}.json`, JSON.stringify(kept));
  const last = epochs.at(-1)!;
  console.log(
    `${planned.label}, seed ${planned.config.seed}: ${epochs.length} epochs in ${Math.round(epochs.reduce((sum, { seconds }) => sum + seconds, 0))} s, UAR ${last.validation.tasks.map(({ uar }) => uar.toFixed(2)).join(' ')}`,
  );
}

/** What was kept under a key; undefined where nothing was. */
export const readRun = (folder: string, key: string): KeptRun | undefined => {
  const file = `${folder}/${key}.json`;
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KeptRun) : undefined;
};
