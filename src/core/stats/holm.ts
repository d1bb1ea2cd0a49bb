/**
 * Holm's step-down correction for several tests at once: the chance of even one false alarm stays below the
 * level, whatever the tests have to do with each other. Source: Holm, Scandinavian Journal of Statistics 6
 * (1979).
 */

/** @returns adjusted p, in the order given: compare them with the level itself */
export function holm(p: readonly number[]): readonly number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const adjusted = new Array<number>(p.length).fill(1);
  let floor = 0;
  order.forEach((index, rank) => {
    floor = Math.max(floor, Math.min(1, (p.length - rank) * p[index]!));
    adjusted[index] = floor;
  });
  return adjusted;
}
