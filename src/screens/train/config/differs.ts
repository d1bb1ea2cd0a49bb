/** Whether a control departs from the preset, and the way back. */
import { parseRunConfig } from '../../../core/config/parse';
import { differsAt, withValueOf } from '../../../core/config/path';
import type { RunConfig } from '../../../core/config/run-config';
import { useDraft } from '../../../state/draft';

/**
 * @param path the setting's dotted name  @param restored what is put back, where that is more
 * @returns false where it is the preset's, else what puts the preset's value back
 */
export type Differs = (path: string, restored?: string) => false | (() => void);

export const differsFrom =
  (base: RunConfig, config: RunConfig): Differs =>
  (path, restored = path) =>
    differsAt(config, base, path) &&
    (() => useDraft.getState().set(withValueOf(useDraft.getState().config, base, restored)));

/** A strategy's option goes back to the preset's value, or with another strategy to its default. */
export function optionsOf(base: RunConfig, { id }: RunConfig['strategy']): RunConfig['strategy']['options'] {
  if (base.strategy.id === id) return base.strategy.options;
  return parseRunConfig({ ...base, strategy: { id, options: {} } }).strategy.options;
}
