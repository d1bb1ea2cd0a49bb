/**
 * A run configuration as the query of a link (`#/train?preset=compact&strategy=weighted-average&seed=7`) and
 * back. Only what differs from the preset is written; a link carries configuration, never data. A bad value
 * is reported and the preset's stays. Not here: lang, theme, kiosk and autostart, which are the page's
 * (src/app).
 */
import type { WireError } from '../errors/errors';
import { augmentationsOf, augmentationsText } from '../augment/text';
import { isSingleTask } from '../model/architectures';
import { parseJson } from './bounded-json';
import { strategy } from '../weighting/registry';
import type { GradientLevel, StrategyOptions } from '../weighting/types';
import { OPTIMIZERS, SCHEDULES, optimizer, schedule } from '../optim/registry';
import type { Field as Declared, Fields } from '../options/field';
import {
  entryText,
  entryValue,
  fieldText,
  fieldValue,
  halves,
  numberOf,
  optionsText,
  optionsValue,
} from '../options/text';
import { valueAt, withValue } from './path';
import { PLAIN_SETTINGS, type PlainSetting } from './plain-settings';
import { monitorOf, monitorText } from './monitor';
import { refusedValue, unknownKeys } from './link-problems';
import { PRESETS, type PresetId } from './presets';
import { badConfig } from './refusal';
import { decodedAgain, readQuery, writeQuery } from './query';
import { splitOf, splitText } from '../splits/text';
import type { RunConfig } from './run-config';
import { parseRunConfig } from './parse';
import { presetTask, TASKS } from '../tasks/presets';
import { taskIds, type TaskSpec } from '../tasks/types';

interface Field {
  readonly key: string;
  readonly read: (config: RunConfig) => string;
  readonly write: (config: RunConfig, text: string) => RunConfig;
}

/** Order matters on reading: the architecture decides the tasks, the tasks the options' lengths. */
const FIELDS: readonly Field[] = [
  {
    key: 'corpus',
    read: ({ corpus }) => (corpus.kind === 'demo' ? 'demo' : corpus.id),
    write: (config, text) =>
      text === 'demo' ? config : { ...config, corpus: { kind: 'folder', id: text, name: '' } },
  },
  demoField('demoSeed', 'seed'),
  demoField('difficulty', 'difficulty'),
  plainSetting('labelScheme'),
  {
    key: 'split',
    read: ({ split }) => splitText(split),
    write: (c, text) => ({ ...c, split: splitOf(text) as RunConfig['split'] }),
  },
  plainSetting('features.sampleRate'),
  {
    key: 'augment',
    read: (c) => augmentationsText(c.augmentations),
    write: (c, text) => ({ ...c, augmentations: augmentationsOf(text) }),
  },
  {
    key: 'architecture',
    read: (c) => c.architecture,
    write: (c, text) => {
      const architecture = text as RunConfig['architecture'];
      return { ...c, architecture, tasks: isSingleTask(architecture) ? c.tasks.slice(0, 1) : c.tasks };
    },
  },
  plainSetting('width'),
  plainSetting('inputSize'),
  {
    key: 'tasks',
    read: tasksText,
    write: (c, text) => ({
      ...c,
      tasks: text.startsWith('[') ? (parseJson(text) as RunConfig['tasks']) : text.split(',').map(namedTask),
    }),
  },
  {
    key: 'strategy',
    read: (c) => c.strategy.id,
    write: (c, text) => ({
      ...c,
      strategy: { id: text, options: text === c.strategy.id ? c.strategy.options : {} },
    }),
  },
  {
    key: 'options',
    read: (c) => optionsText(strategy(c.strategy.id).options, c.strategy.options),
    write: (c, text) => ({
      ...c,
      strategy: {
        ...c.strategy,
        options: optionsValue(strategy(c.strategy.id).options, text) as StrategyOptions,
      },
    }),
  },
  plainSetting('renormalise'),
  {
    key: 'measure',
    read: ({ instruments }) => `${instruments.every}:${instruments.gradients}`,
    write: (c, text) => {
      const [every, gradients] = halves(text);
      return {
        ...c,
        instruments: {
          every: numberOf(every),
          gradients: text.includes(':') ? (gradients as GradientLevel) : c.instruments.gradients,
        },
      };
    },
  },
  {
    key: 'optimizer',
    read: ({ optimizer: chosen }) => entryText(chosen, optimizer(chosen.id).fields, ['learningRate']),
    // The rate has a field of its own, which comes next.
    write: (c, text) => ({
      ...c,
      optimizer: {
        ...entryValue(text, fieldsIn(OPTIMIZERS)),
        learningRate: c.optimizer.learningRate,
      } as RunConfig['optimizer'],
    }),
  },
  {
    key: 'lr',
    read: (c) => String(c.optimizer.learningRate),
    write: (c, text) => ({ ...c, optimizer: { ...c.optimizer, learningRate: numberOf(text) } }),
  },
  {
    key: 'schedule',
    read: ({ schedule: chosen }) => entryText(chosen, schedule(chosen.id).fields),
    write: (c, text) => ({ ...c, schedule: entryValue(text, fieldsIn(SCHEDULES)) as RunConfig['schedule'] }),
  },
  plainSetting('clipNorm'),
  plainSetting('batchSize'),
  plainSetting('microBatch'),
  plainSetting('epochs'),
  plainSetting('patience'),
  {
    key: 'monitor',
    read: (c) => monitorText(c.monitor),
    write: (c, text) => ({ ...c, monitor: monitorOf(text) as RunConfig['monitor'] }),
  },
  {
    key: 'weights',
    read: ({ initialWeights }) => (initialWeights ? `${initialWeights.id}:${initialWeights.name}` : ''),
    write: (c, text) => ({ ...c, initialWeights: { id: halves(text)[0], name: halves(text)[1] } }),
  },
  plainSetting('seed'),
  plainSetting('backend'),
];

/** The options of an entry of that name; none where there is no such entry, which the schema will say. */
const fieldsIn =
  (entries: readonly { readonly id: string; readonly fields: Fields }[]) =>
  (id: string): Fields =>
    entries.find((entry) => entry.id === id)?.fields ?? {};

/** By their ids where each is its preset, else as JSON. */
function tasksText({ tasks }: Pick<RunConfig, 'tasks'>): string {
  const plain = tasks.every((task) => JSON.stringify(task) === JSON.stringify(presetTask(task.id)));
  return plain ? taskIds({ tasks }).join(',') : JSON.stringify(tasks);
}

/** @throws ConfigError where there is no preset of that name */
function namedTask(id: string): TaskSpec {
  const task = presetTask(id);
  if (task) return task;
  const choices = TASKS.join(', ');
  throw badConfig('tasks', { why: 'choice', choices });
}

/** What only concerns the page that is opened with the link (src/app/link.ts). */
export const PAGE_KEYS: readonly string[] = ['lang', 'theme', 'kiosk', 'autostart'];

/** What a link may carry. */
const LINK_KEYS: readonly string[] = ['preset', ...FIELDS.map(({ key }) => key)];

/** A setting that is one value: its name and its text in a link are declared. */
function plainSetting(setting: PlainSetting): Field {
  const field: Declared = PLAIN_SETTINGS[setting];
  return {
    key: field.link ?? setting,
    read: (config) => fieldText(field, valueAt(config, setting)),
    write: (config, text) => withValue(config, setting, fieldValue(field, text)),
  };
}

function demoField(key: string, field: 'seed' | 'difficulty'): Field {
  return {
    key,
    read: ({ corpus }) => (corpus.kind === 'demo' ? String(corpus[field]) : ''),
    // A folder has no such field: that is told.
    write: (c, text) => ({ ...c, corpus: { ...c.corpus, [field]: numberOf(text) } }),
  };
}

/** The query (without `?`) that {@link fromQuery} turns into the same config. */
export function toQuery(config: RunConfig, preset: PresetId): string {
  const base = parseRunConfig({ ...PRESETS[preset], tasks: PRESETS[preset].tasks });
  const query = new Map<string, string>();
  if (preset !== 'compact') query.set('preset', preset);
  for (const field of FIELDS) {
    const value = field.read(config);
    if (value !== '' && value !== field.read(base)) query.set(field.key, value);
  }
  // Another strategy's defaults are not the preset's options: leave them out as well.
  if (query.has('options') && config.strategy.id !== base.strategy.id) {
    const plain = parseRunConfig({ ...config, strategy: { id: config.strategy.id, options: {} } });
    if (JSON.stringify(plain.strategy.options) === JSON.stringify(config.strategy.options))
      query.delete('options');
  }
  return writeQuery(query);
}

/**
 * @param pageKeys names in the link that somebody else reads
 * @returns a valid config and preset, with one problem for each value that was refused and each name that
 * means nothing
 */
export function fromQuery(
  query: string,
  pageKeys: readonly string[] = [],
): { readonly config: RunConfig; readonly preset: PresetId; readonly problems: readonly WireError[] } {
  const given = readQuery(query);
  const problems: WireError[] = [];
  const wanted = given.get('preset') ?? 'compact';
  const preset: PresetId = Object.hasOwn(PRESETS, wanted) ? (wanted as PresetId) : 'compact';
  if (wanted !== preset) problems.push(refusedValue('preset', wanted));
  let config = parseRunConfig(PRESETS[preset]);
  for (const field of FIELDS) {
    const text = given.get(field.key);
    if (text === undefined) continue;
    try {
      config = written(config, field, text);
    } catch (error) {
      problems.push(refusedValue(field.key, text, error));
    }
  }
  return {
    config,
    preset,
    problems: [...problems, ...unknownKeys([...given.keys()], [...LINK_KEYS, ...pageKeys])],
  };
}

/**
 * With the value of a link; one that means nothing is decoded once more, since some programs encode links
 * twice. @throws ConfigError
 */
function written(config: RunConfig, field: Field, text: string): RunConfig {
  try {
    return parseRunConfig(field.write(config, text));
  } catch (error) {
    const again = decodedAgain(text);
    if (again === null) throw error;
    return parseRunConfig(field.write(config, again));
  }
}
