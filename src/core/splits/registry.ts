/** What a configuration may say of how utterances are divided into training and validation. */
import * as v from 'valibot';
import { numberField } from '../options/field';
import { entrySchema, type Frozen } from '../options/schema';

export const SPLITS = [
  /** By utterance: the same speakers on both sides (needed to recognise speakers at all). */
  {
    id: 'random',
    schema: entrySchema('kind', 'random', {
      validationFraction: numberField({ default: 0.2, min: 0.05, max: 0.5 }),
    }),
  },
  /** One session held out: other speakers, so the speaker task cannot be validated. */
  {
    id: 'session',
    schema: entrySchema('kind', 'session', {
      session: numberField({ default: 5, min: 1, max: 99, integer: true }),
    }),
  },
] as const;

export const SPLIT_SCHEMA = v.variant(
  'kind',
  SPLITS.map(({ schema }) => schema),
);

/** A split by name with its options: `RunConfig.split`. */
export type SplitChoice = Frozen<v.InferOutput<typeof SPLIT_SCHEMA>>;
