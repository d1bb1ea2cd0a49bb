/** Configurations as flat lists of named settings, and which of them differ. */
import { flatConfig } from '../../compare/differences';
import type { RunConfig } from '../../training/run-config';

export interface Setting {
  readonly name: string;
  /** One a configuration; null where it has no such setting. */
  readonly values: readonly (string | null)[];
  readonly differs: boolean;
}

/** Every setting that any of the configurations has, in the order of their first occurrence. */
export function settingsOf(configs: readonly RunConfig[]): readonly Setting[] {
  const flat = configs.map(flatConfig);
  return [...new Set(flat.flatMap((one) => [...one.keys()]))].map((name) => {
    const values = flat.map((one) => one.get(name) ?? null);
    return { name, values, differs: new Set(values).size > 1 };
  });
}
