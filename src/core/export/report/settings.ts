/** Configurations as flat lists of named settings, and which of them differ. */
import type { RunConfig } from '../../training/run-config';

/** Dotted names to values as text: `adam.learningRate` -> `0.001`; lists stay whole. */
export function flatSettings(config: RunConfig): ReadonlyMap<string, string> {
  const flat = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`);
    else if (value !== undefined) flat.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  };
  walk(config, '');
  return flat;
}

export interface Setting {
  readonly name: string;
  /** One a configuration; null where it has no such setting. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/** Every setting that any of the configurations has, in the order of their first occurrence. */
export function settingsOf(configs: readonly RunConfig[]): readonly Setting[] {
  const flat = configs.map(flatSettings);
  return [...new Set(flat.flatMap((one) => [...one.keys()]))].map((name) => {
    const values = flat.map((one) => one.get(name) ?? null);
    return { name, values, differs: new Set(values).size > 1 };
  });
}
