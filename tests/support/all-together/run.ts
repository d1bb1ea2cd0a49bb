/**
 * A run with one new entry of every family, in a copy of the sources that has them: from a folder of recordings
 * to the files of the finished run. Expected values are formulas written here.
 */
import '@tensorflow/tfjs-backend-wasm';
import { expect } from 'vitest';
import type { LogMel } from '../../../src/core/spectrogram/log-mel';
import { memoryDirectory } from '../memory-directory';
import { firstStep, scoresOf } from './by-hand';
import { ACTORS, CONFIG, recordings } from './corpus';
import { filesOf } from './files';
import { imagesOf } from './images';
import { modulesOf } from './modules';

/** @param src of the copy  @param tests likewise */
export async function trainWithAll(src: string, tests: string): Promise<void> {
  const m = await modulesOf(src, tests);
  const config = m.parseRunConfig({ ...m.PRESETS.compact, ...CONFIG });
  await m.chooseBackend('wasm');

  // The folder is recognised, read, and what is nothing is reported.
  const files = recordings();
  const root = memoryDirectory({ ...Object.fromEntries(files), 'notes.wav': 'x' });
  const manifest = await m.scanCorpus(root);
  expect([manifest.adapter, manifest.utterances.length]).toEqual(['lab', 64]);
  expect(manifest.problems.map(({ code, where }) => [code, where])).toEqual([['ignored-file', 'notes.wav']]);
  expect(manifest.utterances[0]!.labels).toEqual({
    emotion: '01',
    speaker: '01',
    gender: 'male',
    intensity: 1,
  });

  // Every fifth of a speaker's sixteen is held out: of 4 emotions x 2 intensities x 2 sentences, these three.
  const features = new Map<string, LogMel>();
  for (const { id, path } of manifest.utterances) {
    const { samples, sampleRate } = m.decodeWav(files.get(path)!);
    features.set(id, m.logMel(samples, sampleRate, config.features));
  }
  const dataset = m.prepareDataset(manifest, config, new Set(features.keys()));
  expect(dataset.validation.map(({ id }) => id).sort()).toEqual(
    ACTORS.flatMap((actor) =>
      ['03-1-01', '04-1-02', '05-2-01'].map((place) => `lab-${place}-${actor}`),
    ).sort(),
  );
  expect(dataset.train).toHaveLength(52);
  const images = imagesOf(m, config, features);

  // Two epochs of seven steps.
  const whole = await m.runAll(config, null, { dataset, images });
  expect([whole.end, whole.rows.length, whole.epochs.length]).toEqual(['finished', 14, 2]);
  await firstStep(m, config, { dataset, images }, whole.rows[0]!);
  scoresOf(dataset, whole);

  // It goes on from the checkpoint between the epochs to the same bits; slots bear the optimiser's names.
  const between = whole.saved.find(({ state }) => state.epoch === 2 && state.batch === 0)!;
  expect(between.tensors.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['parameter/layer1.0.conv1.weight', 'rmsprop.v/heads.intensity.0.bias']),
  );
  const rest = await m.runAll(config, between, { dataset, images });
  expect(m.withoutTimes(rest.rows)).toEqual(m.withoutTimes(whole.rows.slice(7)));
  expect(rest.saved.at(-1)!.tensors).toEqual(whole.saved.at(-1)!.tensors);

  await filesOf(m, config, dataset, whole);
  // A link brings all of it back.
  expect(m.fromQuery(m.toQuery(config, 'compact')).config).toEqual(config);
}
