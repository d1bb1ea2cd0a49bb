/** Trains one fold of the study (RUN names it, CORPUS the folder) and keeps what it told in a file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { applyScheme } from '../../src/core/corpus/label-schemes';
import { makeSplit } from '../../src/core/splits/make';
import { leaksOf, splitReport } from '../../src/core/splits/report';
import { prepareDataset } from '../../src/core/training/prepare';
import type { TrainerState } from '../../src/core/run/checkpoint';
import { folderOnDisk } from '../support/corpora';
import { prepare, train } from '../support/train';
import type { StudyRun, StudyScores } from './data';
import { plannedRuns } from './plan';

const planned = plannedRuns().find(({ key }) => key === process.env['RUN']);
if (!planned) throw new Error(`RUN names no run of the study: ${process.env['RUN']}`);
const { label, protocol, fold, config, key } = planned;
const prepared = await prepare(folderOnDisk(process.env['CORPUS']!), config);
const { manifest } = prepared;
if (manifest.adapter !== 'emodb') throw new Error(`CORPUS is read as ${manifest.adapter}, not as EmoDB.`);
const saved: Partial<Record<'best' | 'last', TrainerState>> = {};
const epochs = await train(
  prepared,
  config,
  () => true,
  (state, which) => {
    for (const one of which) saved[one] = state;
  },
);
const scoresOf = (state: TrainerState | undefined): StudyScores => {
  const { ids, truth, predicted } = state?.predictions ?? {};
  if (!ids || !truth || !predicted) throw new Error('The run kept no predictions.');
  // Here everything has a label.
  return { ids, truth: truth.map((task) => task.map((target) => target!)), predicted };
};
const labelled = applyScheme(manifest, config.labelScheme);
const { shared } = splitReport(
  labelled.classes,
  makeSplit(labelled.items, config.split, config.seed),
  leaksOf(manifest),
);
const speakerOf = new Map(manifest.utterances.map(({ id, groups }) => [id, groups['speaker']!]));
const last = scoresOf(saved.last);
const kept: StudyRun = {
  label,
  protocol,
  fold,
  config,
  utterances: manifest.utterances.length,
  classes: prepareDataset(manifest, config, new Set(prepared.features.keys())).classes,
  checks: saved.last!.checks ?? [],
  shared: Object.fromEntries(Object.entries(shared).map(([column, values]) => [column, values.length])),
  speakers: last.ids.map((id) => speakerOf.get(id)!),
  uar: epochs.map(({ validation }) =>
    validation.tasks.map(({ uar }) => (Number.isFinite(uar) ? Number(uar.toFixed(4)) : null)),
  ),
  last,
  best: scoresOf(saved.best),
};
const folder = process.env['SWEEP_KEPT']!;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/${key}.json`, JSON.stringify(kept));
const seconds = Math.round(epochs.reduce((sum, one) => sum + one.seconds, 0));
console.log(
  `${label}, ${protocol} ${fold}: ${epochs.length} epochs in ${seconds} s, UAR ${kept.uar
    .at(-1)!
    .map((uar) => uar?.toFixed(2) ?? '–')
    .join(' ')}`,
);
