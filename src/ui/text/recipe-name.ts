/** What a recipe is called: its strategy, and what tells it from other recipes of that strategy. */
import type { TFunction } from 'i18next';
import { differingFacets, type Facet, type Made } from '../../core/compare/facets';
import type { RunGroup } from '../../core/compare/groups';
import { isOlder } from '../../core/training/segments';
import { facetText } from './facet-text';
import type { Format } from './format';

/** Not what makes a recipe, or said by its strategy's name. */
const UNTOLD: readonly Facet[] = ['strategy', 'seed', 'backend'];

/** What tells apart recipes of one strategy: `session 5 held out, 40 epochs`. */
function tellApart(t: TFunction, format: Format, group: RunGroup, alike: readonly RunGroup[]): string {
  const made = ({ config, runs: [run] }: RunGroup): Made => ({ config, corpusId: run!.corpusId });
  return differingFacets(alike.map(made))
    .filter((facet) => !UNTOLD.includes(facet))
    .map((facet) => facetText(t, format, facet, made(group)))
    .filter(Boolean)
    .join(', ');
}

/** @param all recipes that are shown together */
export function recipeName(t: TFunction, format: Format, group: RunGroup, all: readonly RunGroup[]): string {
  const { id } = group.config.strategy;
  const strategy = t(`strategy.${id}.name`, { defaultValue: id });
  if (group.changed) return `${strategy}: ${group.runs[0]!.name} (${t('compare.table.changed')})`;
  const alike = all.filter(({ config, changed: other }) => config.strategy.id === id && !other);
  const settings = alike.length > 1 ? tellApart(t, format, group, alike) : '';
  // Among recipes of both formulas the settings say it already.
  const older = isOlder(group.config.strategy) && !settings.includes(t('olderFormula.short'));
  const told = [...(settings ? [settings] : []), ...(older ? [t('olderFormula.short')] : [])].join('; ');
  return told ? `${strategy} (${told})` : strategy;
}
