/** Configurations as flat lists of named settings, and which of them differ. */
import { flatConfig } from '../../compare/differences';
import type { RunConfig } from '../../config/run-config';

export interface Setting {
  readonly name: string;
  /** One a recipe, its runs' different values side by side; null where it has no such setting. */
  readonly values: readonly (string | null)[];
  /** Between any two runs. */
  readonly differs: boolean;
}

/** The run that a fork comes from is one setting, not five. */
function flatten(config: RunConfig): ReadonlyMap<string, string> {
  const all = [...flatConfig(config)].filter(([name]) => !name.startsWith('origin'));
  return new Map(config.origin ? [...all, ['origin', `${config.origin.name} @ ${config.origin.step}`]] : all);
}

/**
 * Every setting that any of the configurations has, in the order of their first occurrence. @param recipes
 * the configurations of their runs
 */
export function settingsOfRecipes(recipes: readonly (readonly RunConfig[])[]): readonly Setting[] {
  const flat = recipes.map((configs) => configs.map(flatten));
  return [...new Set(flat.flat().flatMap((one) => [...one.keys()]))].map((name) => {
    const values = flat.map((configs) => [...new Set(configs.map((one) => one.get(name) ?? null))]);
    return {
      name,
      values: values.map((some) =>
        some.every((value) => value === null) ? null : some.map((value) => value ?? '–').join(', '),
      ),
      differs: new Set(values.flat()).size > 1,
    };
  });
}

/** The same of single configurations. */
export const settingsOf = (configs: readonly RunConfig[]): readonly Setting[] =>
  settingsOfRecipes(configs.map((config) => [config]));
