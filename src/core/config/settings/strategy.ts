/** How the losses are weighed, and how often gradients are measured. */
import { fieldText, fieldValue, halves, optionsText, optionsValue } from '../../options/text';
import { strategy } from '../../weighting/registry';
import type { StrategyOptions } from '../../weighting/types';
import { withValue } from '../path';
import { INSTRUMENT_FIELDS } from '../plain-settings';
import { at, type Setting } from './setting';

export const STRATEGY = {
  id: 'strategy',
  group: 'weighting',
  link: [
    {
      key: 'strategy',
      read: (c) => c.strategy.id,
      write: (c, text) => ({
        ...c,
        strategy: { id: text, options: text === c.strategy.id ? c.strategy.options : {} },
      }),
    },
  ],
  apart: { value: at('strategy.id'), short: (c) => c.strategy.id },
} as const satisfies Setting;

export const OPTIONS = {
  id: 'options',
  link: [
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
  ],
  apart: {
    value: ({ strategy: { id, options, version = 1 } }) => [id, options, version],
    short: (c) =>
      Object.entries(c.strategy.options)
        .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join('/') : String(value)}`)
        .join(', '),
  },
} as const satisfies Setting;

/** Changes no number of a run. */
export const INSTRUMENTS = {
  id: 'instruments',
  group: 'weighting',
  link: [
    {
      key: 'measure',
      read: ({ instruments: { every, gradients } }) =>
        `${fieldText(INSTRUMENT_FIELDS.every, every)}:${fieldText(INSTRUMENT_FIELDS.gradients, gradients)}`,
      write: (c, text) => {
        const [every, gradients] = halves(text);
        const rare = withValue(c, 'instruments.every', fieldValue(INSTRUMENT_FIELDS.every, every));
        return text.includes(':')
          ? withValue(rare, 'instruments.gradients', fieldValue(INSTRUMENT_FIELDS.gradients, gradients))
          : rare;
      },
    },
  ],
} as const satisfies Setting;
