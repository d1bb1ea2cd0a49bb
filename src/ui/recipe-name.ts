/** What a recipe is called: its strategy, and what tells it from other recipes of that strategy. */
import type { TFunction } from 'i18next';
import { differingSettings, flatConfig } from '../core/compare/differences';
import type { RunGroup } from '../core/compare/groups';
import { isOlder } from '../core/training/segments';
import type { Format } from './format';
import { settingName, settingValue, within } from './setting-names';

/** Say nothing to a reader that the settings beside them do not say better. */
const UNTOLD = new Set(['seed', 'backend', 'initialWeights.id', 'origin.runId', 'strategy.version']);

/** Settings that tell apart recipes of one strategy: `weights 1; 1; 2`. */
function tellApart(t: TFunction, format: Format, group: RunGroup, alike: readonly RunGroup[]): string {
  const flat = flatConfig(group.config);
  return differingSettings(alike.map(({ config }) => config)).filter((name) => !UNTOLD.has(name)).map((name) => {
    const value = flat.get(name);
    return `${within(settingName(t, name))} ${value === undefined ? '–' : settingValue(t, format, name, value)}`;
  }).join(', ');
}

/** @param all recipes that are shown together */
export function recipeName(t: TFunction, format: Format, group: RunGroup, all: readonly RunGroup[]): string {
  const { id } = group.config.strategy;
  const strategy = t(`strategy.${id}.name`, { defaultValue: id });
  if (group.changed) return `${strategy}: ${group.runs[0]!.name} (${t('compare.table.changed')})`;
  const alike = all.filter(({ config, changed: other }) => config.strategy.id === id && !other);
  const settings = alike.length > 1 ? tellApart(t, format, group, alike) : '';
  const told = [...(settings ? [settings] : []), ...(isOlder(group.config.strategy) ? [t('olderFormula.short')] : [])].join('; ');
  return told ? `${strategy} (${told})` : strategy;
}
