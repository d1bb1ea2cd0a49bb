/**
 * Trains one run of the sweep (RUN names it) outside the browser and keeps all that it told in a file. The
 * numbers are those of a run in the browser: wasm gives the same bits in both (e2e/determinism.spec.ts).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { EpochRecord } from '../../src/core/training/events';
import { prepareDataset } from '../../src/core/training/prepare';
import type { RunConfig } from '../../src/core/config/run-config';
import type { Predictions } from '../../src/core/run/checkpoint';
import { demoInMemory } from '../support/corpora';
import { prepare, train } from '../support/train';
import { plannedRuns } from './plan';

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

const planned = plannedRuns().find(({ key }) => key === process.env['RUN']);
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
