/** On which data a run trains: corpus, split, features, augmentations, tasks, and the model that decides them. */
import { augmentationsOf, augmentationsText } from '../../augment/text';
import { isSingleTask } from '../../model/architectures';
import type { Field } from '../../options/field';
import { fieldText, fieldValue } from '../../options/text';
import { FEATURE_FIELDS, featureOf, withFeature, type FeatureKey } from '../../spectrogram/fields';
import { splitOf, splitText } from '../../splits/text';
import { presetTask, TASKS as PRESETS } from '../../tasks/presets';
import { taskIds, type TaskSpec } from '../../tasks/types';
import { parseJson } from '../bounded-json';
import { excludedOf, excludedText } from '../excluded-text';
import { DEMO_FIELDS } from '../plain-settings';
import { badConfig } from '../refusal';
import type { RunConfig } from '../run-config';
import { at, entryOf, optionsName, plain, type LinkEntry, type Setting } from './setting';

/** By their ids where each is its preset, else as JSON. */
function tasksText({ tasks }: Pick<RunConfig, 'tasks'>): string {
  const presets = tasks.every((task) => JSON.stringify(task) === JSON.stringify(presetTask(task.id)));
  return presets ? taskIds({ tasks }).join(',') : JSON.stringify(tasks);
}

/** @throws ConfigError where there is no preset of that name */
function namedTask(id: string): TaskSpec {
  const task = presetTask(id);
  if (task) return task;
  throw badConfig('tasks', { why: 'choice', choices: PRESETS.join(', ') });
}

export const CORPUS = {
  id: 'corpus',
  group: 'recipe',
  link: [
    {
      key: 'corpus',
      read: ({ corpus }) => (corpus.kind === 'demo' ? 'demo' : corpus.id),
      write: (config, text) =>
        text === 'demo' ? config : { ...config, corpus: { kind: 'folder', id: text, name: '' } },
    },
    // A folder has no such fields: that is told.
    ...Object.entries(DEMO_FIELDS).map(([key, field]) => entryOf(`corpus.${key}`, field)),
  ],
  apart: {
    value: ({ corpus }, corpusId) => (corpus.kind === 'demo' ? [corpus.seed, corpus.difficulty] : corpusId),
    short: ({ corpus }) =>
      corpus.kind === 'demo' ? `demo ${corpus.difficulty}/${corpus.seed}` : corpus.name,
  },
} as const satisfies Setting;

export const EXCLUDE = {
  id: 'exclude',
  link: [
    {
      key: 'exclude',
      read: ({ exclude }) => excludedText(exclude),
      write: (c, text) => ({ ...c, exclude: excludedOf(text) }),
    },
  ],
  apart: {
    value: at('exclude'),
    short: ({ exclude = [] }) => (exclude.length === 0 ? 'none excluded' : `${exclude.length} excluded`),
  },
} as const satisfies Setting;

export const SPLIT = {
  id: 'split',
  group: 'recipe',
  link: [
    {
      key: 'split',
      read: ({ split }) => splitText(split),
      write: (c, text) => ({ ...c, split: splitOf(text) as RunConfig['split'] }),
    },
  ],
  apart: {
    value: at('split'),
    short: ({ split }) => splitText(split).replaceAll(':', ' ').replace(';', ', '),
  },
} as const satisfies Setting;

/** A field of the spectrogram; one that is absent is at its default. */
const featureEntry = (key: FeatureKey): LinkEntry => {
  const field: Field = FEATURE_FIELDS[key];
  return {
    key: field.link ?? key,
    read: ({ features }) => fieldText(field, featureOf(features, key)),
    write: (c, text) => ({ ...c, features: withFeature(c.features, key, fieldValue(field, text)) }),
  };
};

const KEYS = Object.keys(FEATURE_FIELDS) as readonly FeatureKey[];

export const FEATURES = {
  id: 'features',
  link: KEYS.map(featureEntry),
  apart: { value: at('features'), short: ({ features }) => `${features.nMels} mel` },
} as const satisfies Setting;

export const AUGMENTATIONS = {
  id: 'augmentations',
  group: 'recipe',
  link: [
    {
      key: 'augment',
      read: (c) => augmentationsText(c.augmentations),
      write: (c, text) => ({ ...c, augmentations: augmentationsOf(text) }),
    },
  ],
  apart: {
    value: at('augmentations'),
    short: ({ augmentations }) => augmentations.map(optionsName).join(' + '),
  },
} as const satisfies Setting;

/** Decides how many tasks there are. */
export const ARCHITECTURE = {
  ...plain('architecture'),
  link: [
    {
      key: 'architecture',
      read: (c) => c.architecture,
      write: (c, text) => {
        const architecture = text as RunConfig['architecture'];
        return { ...c, architecture, tasks: isSingleTask(architecture) ? c.tasks.slice(0, 1) : c.tasks };
      },
    },
  ],
} as const satisfies Setting;

export const TASKS = {
  id: 'tasks',
  group: 'recipe',
  link: [
    {
      key: 'tasks',
      read: tasksText,
      write: (c, text) => ({
        ...c,
        tasks: text.startsWith('[')
          ? (parseJson(text) as RunConfig['tasks'])
          : text.split(',').map(namedTask),
      }),
    },
  ],
  apart: { value: at('tasks'), short: (config) => taskIds(config).join('+') },
} as const satisfies Setting;
