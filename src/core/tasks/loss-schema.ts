/** What a configuration may say of a task's loss: `{ id, ...options }`. */
import * as v from 'valibot';
import { choiceField, numberField } from '../options/field';
import { entrySchema } from '../options/schema';

const CROSS_ENTROPY = {
  id: 'cross-entropy',
  kind: 'classes',
  fields: {
    classWeights: choiceField({ choices: ['none'], default: 'none' }),
    labelSmoothing: numberField({ default: 0, min: 0, max: 0 }),
  },
} as const;

export const LOSSES = [CROSS_ENTROPY] as const;

export const LOSS_SCHEMA = v.variant(
  'id',
  LOSSES.map(({ id, fields }) => entrySchema('id', id, fields)),
);
