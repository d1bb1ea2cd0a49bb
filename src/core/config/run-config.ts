/**
 * RunConfig: the whole of a run as plain, versioned JSON. Same config and same corpus, same run. Its fields
 * and what they mean: schema.ts, from which these types are inferred.
 */
import type * as v from 'valibot';
import type { Frozen } from '../options/schema';
import type { SCHEMA } from './schema';

export type RunConfig = Frozen<v.InferOutput<typeof SCHEMA>>;

export type BackendId = Exclude<RunConfig['backend'], 'auto'>;
export type CorpusChoice = RunConfig['corpus'];
export type Instruments = RunConfig['instruments'];
export type Monitor = RunConfig['monitor'];
