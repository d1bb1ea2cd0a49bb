/**
 * The export worker: reads a stored run and packs it into a zip, array after array, off the page's thread.
 * It writes nothing to storage.
 */
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { StorageError } from '../src/core/errors/errors';
import {
  configFile,
  confusionFile,
  logFile,
  metricsFile,
  predictionsFile,
  stepsFile,
  testFiles,
  timesFile,
} from '../src/core/export/run-files';
import { headOf } from '../src/core/tasks/head';
import { buildModel } from '../src/core/model/architectures';
import { preflightFile } from '../src/core/preflight/file';
import { preflight } from '../src/core/preflight/preflight';
import type { ExportContract } from '../src/core/protocol/contracts/exchange';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { adjustmentsUpTo } from '../src/core/training/adjustments';
import { segmentsUpTo } from '../src/core/training/segments';
import { stateDictFile } from '../src/core/weights/state-dict';
import { manifests, readTensors } from '../src/storage/checkpoints';
import { Connection } from '../src/storage/connection';
import { storedCorpus } from '../src/storage/corpora';
import { packId } from '../src/storage/feature-packs';
import { readHistory } from '../src/storage/history';
import type { CheckpointManifest, Database, RunRecord } from '../src/storage/schema';
import { holdLifeline } from './lib/lifeline';
import { taskIds } from '../src/core/tasks/types';
import { readRun } from '../src/storage/runs';

const database = new Connection();

/** Collects a zip's bytes; deflates text, stores arrays (they do not shrink). */
class ZipFile {
  private readonly parts: Uint8Array<ArrayBuffer>[] = [];
  private readonly zip = new Zip((error, data) => {
    if (error) throw error;
    this.parts.push(data);
  });

  text(name: string, content: string): void {
    const entry = new ZipDeflate(name, { level: 6 });
    this.zip.add(entry);
    entry.push(strToU8(content), true);
  }

  open(name: string): { readonly push: (bytes: Uint8Array, last: boolean) => void } {
    const entry = new ZipPassThrough(name);
    this.zip.add(entry);
    return entry;
  }

  finish(): Blob {
    this.zip.end();
    return new Blob(this.parts, { type: 'application/zip' });
  }
}

const PARAMETER = 'parameter/';

/** The checkpoint's parameters and running statistics, without the optimiser's moments. */
async function* parametersOf(
  db: Database,
  manifest: CheckpointManifest,
): AsyncGenerator<{ name: string; data: Float32Array }> {
  const tensors = manifest.tensors.filter(({ name }) => name.startsWith(PARAMETER));
  for await (const { name, data } of readTensors(db, { ...manifest, tensors }))
    yield { name: name.slice(PARAMETER.length), data };
}

/** Weights as safetensors in PyTorch's layout and names (`load_state_dict`). */
async function addWeights(
  zip: ZipFile,
  db: Database,
  run: RunRecord,
  manifest: CheckpointManifest,
): Promise<void> {
  const { architecture, width, inputSize, tasks } = run.config;
  const { step, epoch } = manifest;
  const spec = buildModel({
    architecture,
    width,
    inputSize,
    heads: tasks.map((task, i) => headOf(task.id, run.classes[i]!)),
  });
  const classes = tasks.map((task, i) => [task.id, run.classes[i]!] as const);
  const file = zip.open(`weights-${manifest.which}.safetensors`);
  const from = {
    architecture,
    width,
    inputSize,
    classes,
    step,
    epoch,
    software: `equipoise ${run.softwareVersion}`,
  };
  for await (const piece of stateDictFile(spec, from, parametersOf(db, manifest))) file.push(piece, false);
  file.push(new Uint8Array(), true);
}

async function zipRun(runId: string): Promise<{ name: string; blob: Blob }> {
  const db = await database.get();
  const run = await readRun(db, runId);
  if (!run) throw new StorageError('run-missing');
  const [history, found, corpus] = await Promise.all([
    readHistory(db, runId),
    manifests(db, runId),
    storedCorpus(db, run.corpusId),
  ]);
  const {
    id,
    name,
    config,
    classes,
    createdAt,
    backend,
    backendSoftware,
    softwareVersion,
    recoveries,
    adjusted,
    imported,
    data,
  } = run;
  // A file is no live run.
  const state = run.state === 'running' || run.state === 'preparing' ? 'paused' : run.state;
  const zip = new ZipFile();
  const last = history.steps.at(-1)?.step ?? 0;
  const segments = segmentsUpTo(run.segments, last);
  const adjustments = adjustmentsUpTo(run.adjustments, last);
  zip.text(
    'config.json',
    configFile({
      segments,
      adjustments,
      data,
      id,
      name,
      config,
      classes,
      createdAt,
      backend,
      backendSoftware,
      softwareVersion,
      state,
      recoveries,
      adjusted,
      // As the folder was called then; another one with the same recordings may have another name.
      corpus: {
        name:
          (config.corpus.kind === 'folder' && config.corpus.name) ||
          corpus?.name ||
          imported?.corpus?.name ||
          '',
        fingerprint: run.corpusId,
        utterances: corpus?.manifest.utterances.length ?? imported?.corpus?.utterances ?? 0,
        ...(corpus?.manifest.joined ? { parts: corpus.manifest.joined.parts } : {}),
      },
    }),
  );
  if (corpus) {
    const pack = await db.get('packs', packId(run.corpusId, config.features));
    zip.text('preflight.json', preflightFile(preflight(corpus.manifest, config, pack?.alike ?? null)));
  }
  const tasks = taskIds(config);
  zip.text('metrics.csv', metricsFile(tasks, history.epochs, segments));
  zip.text('times.csv', timesFile(history.epochs));
  zip.text('steps.csv', stepsFile(tasks, history.steps, segments, adjustments));
  zip.text('confusion.csv', confusionFile(tasks, classes, history.epochs));
  for (const { name: file, text } of testFiles(tasks, classes, history.epochs, segments))
    zip.text(file, text);
  zip.text('log.csv', logFile(history.log));
  for (const manifest of found) {
    const { predictions } = manifest.state;
    if (predictions)
      zip.text(`predictions-${manifest.which}.csv`, predictionsFile(tasks, classes, predictions));
    if (manifest.which === 'best' && manifest.state.tested)
      zip.text('predictions-test.csv', predictionsFile(tasks, classes, manifest.state.tested));
    if (!run.imported) await addWeights(zip, db, run, manifest);
  }
  return {
    name: `equipoise-${config.strategy.id}-seed${config.seed}-${id.slice(0, 8)}.zip`,
    blob: zip.finish(),
  };
}

const { lifeline } = serve<ExportContract>(self as unknown as Endpoint, {
  zip: ({ runId }) => zipRun(runId),
});

holdLifeline(lifeline);
