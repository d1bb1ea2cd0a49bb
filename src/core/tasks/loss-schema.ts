/** What a configuration may say of a task's loss: `{ id, ...options }`, each loss with its own options. */
import * as v from 'valibot';
import type { Fields } from '../options/field';
import { entrySchema } from '../options/schema';
import { LOSSES } from './losses/registry';

export type LossId = (typeof LOSSES)[number]['id'];

/** Options are read by the loss alone (`Loss.prepare`), so that they need no type here. */
export interface LossChoice {
  readonly id: LossId;
  readonly [option: string]: unknown;
}

export const LOSS_SCHEMA = v.variant(
  'id',
  LOSSES.map(({ id, fields }: { readonly id: LossId; readonly fields: Fields }) =>
    entrySchema('id', id, fields),
  ),
) as unknown as v.GenericSchema<LossChoice>;
