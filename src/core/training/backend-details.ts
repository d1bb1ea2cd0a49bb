/** What a backend says of itself, by name: the English, once. Russian has the same keys. */
import { REASONS } from '../errors/catalogue/reasons';
import { failureText, filled } from '../errors/sentences';

export const BACKEND_DETAILS = {
  javascript: 'plain JavaScript, slow',
  'one-thread': 'WebAssembly, one thread',
  'threads-later': 'WebAssembly; how many threads pay is measured when a run begins',
  'threads-pinned': 'WebAssembly, {{threads}} threads',
  'threads-faster': 'WebAssembly, {{threads}} threads, {{gain}} times as fast as one',
  'threads-no-gain': 'WebAssembly, one thread; {{threads}} threads reached only {{gain}} times its speed',
  'threads-failed': 'WebAssembly, one thread; {{message}}',
  'unnamed-adapter': 'a graphics adapter without a name',
};

type Missing = 'no-webgpu' | 'no-adapter' | 'no-answer' | 'no-webassembly';

/** A detail by its name, with its values; of a backend that is missing, the reason in the catalogue. */
export interface BackendWords {
  readonly key: keyof typeof BACKEND_DETAILS | Missing;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The two fields of a report: the words, and their English for whoever reads it by program. */
export function inWords(
  key: BackendWords['key'],
  values: NonNullable<BackendWords['values']> = {},
): { readonly detail: string; readonly said: BackendWords } {
  const rounded = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(value < 10 ? 2 : 0) : value,
  ]);
  const text = { ...BACKEND_DETAILS, ...REASONS }[key];
  const message = failureText(values);
  return { detail: filled(text, { ...Object.fromEntries(rounded), message }), said: { key, values } };
}
