/**
 * What tells runs apart, in the order in which the settings are declared (config/settings). Facets are coarser than settings (differences.ts): a split is one, whatever it is
 * made of. Not here: their words (the page's).
 */
import type { RunConfig } from '../config/run-config';
import { isApart, SETTINGS, type ApartSetting } from '../config/settings/registry';
import { sortedJson } from '../sorted-json';

/** The strategy, after which a recipe is called, then all others in the order in which they are declared. */
const APART: readonly ApartSetting[] = SETTINGS.filter(isApart).toSorted(
  (a, b) => Number(b.id === 'strategy') - Number(a.id === 'strategy'),
);

export type Facet = ApartSetting['id'];
export const FACETS: readonly Facet[] = APART.map(({ id }) => id);
const SETTING = new Map(APART.map((setting) => [setting.id, setting]));

/** A run as far as it can be told from others by how it was made. */
export interface Made {
  readonly config: RunConfig;
  /** Of what was trained on; two copies of one name may differ in it. */
  readonly corpusId: string;
}

const valueOf = (facet: Facet, { config, corpusId }: Made): string =>
  sortedJson(SETTING.get(facet)!.apart.value(config, corpusId) ?? null);

/** What a run has of it, in the words of links and configuration files. */
export const shortOf = (facet: Facet, config: RunConfig): string => SETTING.get(facet)!.apart.short(config);

/**
 * Facets in which not all of the runs agree. Options count only between runs of one strategy: between two,
 * the strategy says it.
 */
export function differingFacets(runs: readonly Made[]): readonly Facet[] {
  return FACETS.filter((facet) => {
    if (facet !== 'options') return new Set(runs.map((run) => valueOf(facet, run))).size > 1;
    const byStrategy = new Map<string, Set<string>>();
    for (const run of runs)
      byStrategy.set(
        run.config.strategy.id,
        (byStrategy.get(run.config.strategy.id) ?? new Set()).add(valueOf(facet, run)),
      );
    return [...byStrategy.values()].some((values) => values.size > 1);
  });
}
