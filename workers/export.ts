/**
 * The export worker: reads a stored run and packs it into a zip, array after array, off the page's thread.
 * It writes nothing to storage.
 */
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { StorageError } from '../src/core/errors/errors';
import { configFile, confusionFile, logFile, metricsFile, predictionsFile, stepsFile, type ExportedPredictions } from '../src/core/export/run-files';
import { safetensorsHeader } from '../src/core/export/safetensors';
import { buildModel } from '../src/core/model/architectures';
import { parameters } from '../src/core/model/parameters';
import { flattenedChannels, pyTorchShape, toPyTorch } from '../src/core/model/pytorch-layout';
import type { ExportContract } from '../src/core/protocol/contracts';
import { serve, type Endpoint } from '../src/core/protocol/rpc';
import { manifests, readTensors } from '../src/storage/checkpoints';
import { readHistory } from '../src/storage/history';
import { openDatabase, type CheckpointManifest, type Database, type RunRecord } from '../src/storage/schema';

const database = openDatabase();

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

/** Weights as safetensors in PyTorch's layout and names (`load_state_dict`). */
async function addWeights(zip: ZipFile, db: Database, run: RunRecord, manifest: CheckpointManifest): Promise<void> {
  const { config, classes } = run;
  const heads = config.tasks.map((task, i) => ({ task, classes: classes[i]!.length }));
  const spec = buildModel({ architecture: config.architecture, width: config.width, inputSize: config.inputSize, heads });
  const channels = flattenedChannels(spec);
  const byName = new Map(parameters(spec).map((parameter) => [parameter.name, parameter]));
  const stored = manifest.tensors.filter(({ name }) => name.startsWith('parameter/')).map(({ name }) => byName.get(name.slice('parameter/'.length))!);
  const shapes = stored.map((parameter) => ({ name: parameter.name, shape: pyTorchShape(parameter) }));
  const file = zip.open(`weights-${manifest.which}.safetensors`);
  file.push(safetensorsHeader(shapes, { format: 'pt', architecture: config.architecture, step: String(manifest.step), epoch: String(manifest.epoch) }), false);
  let left = stored.length;
  for await (const { name, data } of readTensors(db, manifest)) {
    if (!name.startsWith('parameter/')) continue;
    const parameter = byName.get(name.slice('parameter/'.length))!;
    const array = toPyTorch(parameter, data, channels.get(parameter.name));
    file.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), --left === 0);
  }
}

async function zipRun(runId: string): Promise<{ name: string; blob: Blob }> {
  const db = await database;
  const run = await db.get('runs', runId);
  if (!run) throw new StorageError('run-missing', 'This run is no longer stored.', 'Start a new one.');
  const [history, found, corpus] = await Promise.all([readHistory(db, runId), manifests(db, runId), db.get('corpora', run.corpusId)]);
  const { id, name, config, classes, createdAt, backend, softwareVersion } = run;
  const zip = new ZipFile();
  zip.text('config.json', configFile({
    id, name, config, classes, createdAt, backend, softwareVersion,
    corpus: { name: corpus?.name ?? '', fingerprint: run.corpusId, utterances: corpus?.manifest.utterances.length ?? 0 },
  }));
  zip.text('metrics.csv', metricsFile(config.tasks, history.epochs));
  zip.text('steps.csv', stepsFile(config.tasks, history.steps));
  zip.text('confusion.csv', confusionFile(config.tasks, classes, history.epochs));
  zip.text('log.csv', logFile(history.log));
  for (const manifest of found) {
    const { predictions } = manifest.state as { readonly predictions: ExportedPredictions | null };
    if (predictions) zip.text(`predictions-${manifest.which}.csv`, predictionsFile(config.tasks, classes, predictions));
    await addWeights(zip, db, run, manifest);
  }
  return { name: `equipoise-${config.strategy.id}-seed${config.seed}-${id.slice(0, 8)}.zip`, blob: zip.finish() };
}

serve<ExportContract>(self as unknown as Endpoint, { zip: ({ runId }) => zipRun(runId) });
