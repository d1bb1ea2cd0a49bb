/** How a run trains: optimiser, schedule, what is monitored, and what it begins with. */
import { OPTIMIZERS, SCHEDULES, optimizer, schedule } from '../../optim/registry';
import type { Fields } from '../../options/field';
import { entryText, entryValue, halves, numberOf } from '../../options/text';
import { monitorOf, monitorText } from '../monitor';
import { PLAIN_SETTINGS } from '../plain-settings';
import type { RunConfig } from '../run-config';
import { at, entryOf, optionsName, type Setting } from './setting';

/** The options of an entry of that name; none where there is no such entry, which the schema will say. */
const fieldsIn =
  (entries: readonly { readonly id: string; readonly fields: Fields }[]) =>
  (id: string): Fields =>
    entries.find((entry) => entry.id === id)?.fields ?? {};

export const OPTIMIZER = {
  id: 'optimizer',
  group: 'training',
  link: [
    {
      key: 'optimizer',
      read: ({ optimizer: chosen }) => entryText(chosen, optimizer(chosen.id).fields, ['learningRate']),
      // The rate is a setting of its own, which comes next.
      write: (c, text) => ({
        ...c,
        optimizer: {
          ...entryValue(text, fieldsIn(OPTIMIZERS)),
          learningRate: c.optimizer.learningRate,
        } as RunConfig['optimizer'],
      }),
    },
  ],
  apart: {
    value: ({ optimizer: chosen }) => ({ ...chosen, learningRate: null }),
    short: (c) => optionsName(c.optimizer),
  },
} as const satisfies Setting;

export const LEARNING_RATE = {
  id: 'learningRate',
  group: 'training',
  link: [
    {
      key: 'lr',
      read: (c) => String(c.optimizer.learningRate),
      write: (c, text) => ({ ...c, optimizer: { ...c.optimizer, learningRate: numberOf(text) } }),
    },
  ],
  apart: { value: at('optimizer.learningRate'), short: (c) => `lr ${c.optimizer.learningRate}` },
} as const satisfies Setting;

export const SCHEDULE = {
  id: 'schedule',
  group: 'training',
  link: [
    {
      key: 'schedule',
      read: ({ schedule: chosen }) => entryText(chosen, schedule(chosen.id).fields),
      write: (c, text) => ({
        ...c,
        schedule: entryValue(text, fieldsIn(SCHEDULES)) as RunConfig['schedule'],
      }),
    },
  ],
  apart: { value: at('schedule'), short: (c) => optionsName(c.schedule) },
} as const satisfies Setting;

/** How large parts of a batch are changes last digits at most. */
export const MICRO_BATCH = {
  id: 'microBatch',
  group: 'training',
  link: [entryOf('microBatch', PLAIN_SETTINGS.microBatch)],
} as const satisfies Setting;

export const MONITOR = {
  id: 'monitor',
  group: 'training',
  link: [
    {
      key: 'monitor',
      read: (c) => monitorText(c.monitor),
      write: (c, text) => ({ ...c, monitor: monitorOf(text) as RunConfig['monitor'] }),
    },
  ],
  apart: { value: at('monitor'), short: (c) => monitorText(c.monitor) },
} as const satisfies Setting;

export const WEIGHTS = {
  id: 'initialWeights',
  group: 'model',
  link: [
    {
      key: 'weights',
      read: ({ initialWeights }) => (initialWeights ? `${initialWeights.id}:${initialWeights.name}` : ''),
      write: (c, text) => ({ ...c, initialWeights: { id: halves(text)[0], name: halves(text)[1] } }),
    },
  ],
  apart: {
    value: at('initialWeights.id'),
    short: ({ initialWeights }) => initialWeights?.name ?? 'new weights',
  },
} as const satisfies Setting;

/** A fork: no link carries the checkpoint that it goes on from. */
export const ORIGIN = {
  id: 'origin',
  link: [],
  apart: {
    value: ({ origin }) => origin && [origin.runId, origin.which, origin.step],
    short: ({ origin }) => (origin ? `@ ${origin.step}` : ''),
  },
} as const satisfies Setting;
