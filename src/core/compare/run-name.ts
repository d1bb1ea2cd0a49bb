/**
 * The name of a run that nobody has named: strategy and seed, then whatever tells it from earlier runs of
 * that strategy and seed, then a number. In the words of links and configuration files, since a name is kept
 * in whatever language the page is read later.
 */
import { differingFacets, shortOf, type Made } from './facets';

export const MAX_NAME = 120;

/** At most so many characters: cut at a word, and an ellipsis says so. One word too long is cut inside. */
function shortened(name: string, most: number): string {
  if (name.length <= most) return name;
  const kept = name.slice(0, most - 1);
  const end = /\s/.test(name[most - 1]!) ? kept.length : kept.lastIndexOf(' ');
  return `${(end > 0 ? kept.slice(0, end) : kept).replace(/[\s·,;:]+$/u, '')}…`;
}

/** The name itself, or with the first number behind it that makes it new. */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const tail = n === 1 ? '' : ` (${n})`;
    const candidate = `${shortened(name, MAX_NAME - tail.length)}${tail}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/**
 * A name that no run has yet. @param earlier all stored runs, by their names
 */
export function runName(run: Made, earlier: readonly (Made & { readonly name: string })[]): string {
  const { config } = run;
  const base = `${config.strategy.id} · ${config.seed}`;
  const alike = earlier.filter(
    ({ config: other }) => other.strategy.id === config.strategy.id && other.seed === config.seed,
  );
  const taken = new Set(earlier.map(({ name }) => name));
  if (!taken.has(base)) return base;
  const differs = differingFacets([run, ...alike])
    .map((facet) => shortOf(facet, config))
    .filter(Boolean);
  return uniqueName([base, ...differs].join(' · '), taken);
}
