/**
 * A whole run outside the browser, through the same core and engine as the app: scan, features, images,
 * trainer. Storage is left out; everything is kept in memory.
 */
import { modelImage } from '../../src/core/augment/apply';
import { decodeWav } from '../../src/core/audio/wav';
import { scanCorpus } from '../../src/core/corpus/scan-corpus';
import type { CorpusManifest } from '../../src/core/corpus/types';
import { buildModel } from '../../src/core/model/architectures';
import { logMel, type LogMel } from '../../src/core/spectrogram/log-mel';
import { pictureOf } from '../../src/core/spectrogram/picture';
import { headOf } from '../../src/core/tasks/head';
import type { EpochRecord } from '../../src/core/training/events';
import { prepareDataset } from '../../src/core/training/prepare';
import type { RunConfig } from '../../src/core/config/run-config';
import { Optimizer } from '../../src/engine/optimizers/optimizer';
import { chooseBackend, memory } from '../../src/engine/platform/backend';
import { GradientAverages } from '../../src/engine/step/gradient-averages';
import { Network } from '../../src/engine/network/network';
import { Trainer } from '../../src/engine/run/trainer';
import type { TrainerState } from '../../src/core/run/checkpoint';
import type { BenchCorpus } from './corpora';

export interface Prepared {
  readonly manifest: CorpusManifest;
  readonly features: ReadonlyMap<string, LogMel>;
}

/** Scans a corpus and computes the spectrograms of every utterance. */
export async function prepare(corpus: BenchCorpus, config: RunConfig): Promise<Prepared> {
  const manifest = await scanCorpus(corpus.root);
  const features = new Map<string, LogMel>();
  for (const { id, path } of manifest.utterances) {
    const { samples, sampleRate } = decodeWav(await corpus.read(path));
    features.set(id, logMel(samples, sampleRate, config.features));
  }
  return { manifest, features };
}

/** @param onEpoch return false to stop the run  @param onCheckpoint what would be stored */
export async function train(
  { manifest, features }: Prepared,
  config: RunConfig,
  onEpoch: (record: EpochRecord) => boolean,
  onCheckpoint: (state: TrainerState, which: readonly ('best' | 'last')[]) => void = () => undefined,
): Promise<readonly EpochRecord[]> {
  const backend = await chooseBackend(config.backend);
  const dataset = prepareDataset(manifest, config, new Set(features.keys()));
  const spec = buildModel({
    ...config,
    heads: config.tasks.map((task, i) => headOf(task.id, dataset.classes[i]!)),
  });
  const network = Network.create(spec, config.seed);
  const optimizer = new Optimizer(config.optimizer, network, config.clipNorm);
  const averages = new GradientAverages(network);
  const epochs: EpochRecord[] = [];
  const pixels = config.inputSize ** 2;
  const trainer: Trainer = new Trainer(
    config,
    dataset,
    { network, optimizer, averages },
    {
      runId: 'bench',
      backend,
      softwareVersion: 'bench',
      memory,
      alive: () => undefined,
      firstLogSeq: 0,
      notes: [],
      images: async (ids, epoch) => {
        const out = new Uint8Array(ids.length * pixels);
        ids.forEach((id, i) => {
          const { decibels, frames } = features.get(id)!;
          out.set(
            modelImage(
              pictureOf(decibels, config.features.nMels, frames),
              config.augmentations,
              { seed: config.seed, utteranceId: id, epoch },
              config.inputSize,
            ),
            i * pixels,
          );
        });
        return out;
      },
      emit: (event) => {
        if (event.kind === 'fault') throw new Error(event.error.message);
        if (event.kind === 'state' && event.state === 'failed')
          throw new Error(event.error?.message ?? 'the run failed');
        if (event.kind !== 'epoch') return;
        epochs.push(event.record);
        if (!onEpoch(event.record)) void trainer.stop();
      },
      saveHistory: async () => undefined,
      saveLog: async () => undefined,
      saveCheckpoint: async (state, which) => {
        onCheckpoint(state, which);
        return 0;
      },
      breathe: () =>
        new Promise((resolve) => {
          setImmediate(resolve);
        }),
    },
    null,
    false,
  );
  await trainer.run();
  averages.end();
  optimizer.dispose();
  network.dispose();
  return epochs;
}
