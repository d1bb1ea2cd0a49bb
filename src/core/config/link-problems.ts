/**
 * What is told of a link: names that mean nothing here or stand there twice, and values that were not taken. One problem each,
 * none of them stops the rest.
 */
import { ConfigError, toWire, wired, type ErrorDetails, type WireError } from '../errors/errors';
import { readPairs } from './query';
import { nearest } from './suggest';

/** As much of a text as a message repeats. */
const SHOWN = 60;

/** What newsletters, searches and social networks append to every link: it concerns nobody here. */
const TRACKING =
  /^(?:utm_.*|(?:fb|g|d|y|ys|ms|tw|tt|rb_)clid|gbraid|wbraid|li_fat_id|mc_[ce]id|igshid|igsh|_openstat|_ga|_gl|_hs(?:enc|mi)|mkt_tok|etext|vk_.*|ref_src)$/i;

/** Names in configurations and in other programs for what a link calls otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  learningRate: 'lr',
  batchSize: 'batch',
  batch_size: 'batch',
  microBatch: 'micro',
  inputSize: 'size',
  labelScheme: 'labels',
  sampleRate: 'rate',
  instruments: 'measure',
  initialWeights: 'weights',
  weighting: 'strategy',
  model: 'architecture',
  language: 'lang',
};

/**
 * @param keys all names of a link
 * @param known those that mean something where it is opened
 * @returns one problem for each that does not; names that track readers are left out without a word
 */
export function unknownKeys(keys: readonly string[], known: readonly string[]): readonly WireError[] {
  return [...new Set(keys)]
    .filter((key) => !known.includes(key) && !TRACKING.test(key))
    .map((key) => {
      const found = nearest(key, known, ALIASES);
      const meant = found !== null && known.includes(found) ? found : null;
      const shown = key.slice(0, SHOWN);
      const near = meant === null ? {} : ({ why: 'near', near: meant } as const);
      return toWire(new ConfigError('unknown-link-key', { key: shown, ...near }));
    });
}

/**
 * Names that a link gives twice with different values, of which only the last one counts.
 * @param known those that are read here
 */
export function repeatedKeys(query: string, known: readonly string[]): readonly WireError[] {
  const given = new Map<string, string[]>();
  for (const { key, text } of readPairs(query)) given.set(key, [...(given.get(key) ?? []), text]);
  return [...given].flatMap(([key, values]) => {
    const last = values.at(-1)!;
    if (!known.includes(key) || values.every((value) => value === last)) return [];
    return [toWire(new ConfigError('repeated-link-key', { key, value: last.slice(0, SHOWN) }))];
  });
}

/** @param cause why the value does not fit: the reason and limits that the schema found travel along */
export function refusedValue(key: string, value: string, cause?: unknown): WireError {
  const wire = cause === undefined ? null : toWire(cause);
  const found: ErrorDetails = wire?.code === 'bad-config' ? wire.details : {};
  const shown = value.slice(0, SHOWN);
  return wired('ConfigError', 'bad-link', { ...found, key, value: shown }, wire?.message);
}
