/**
 * How a batch that does not fit into memory at once is taken in parts. Not here: how large a part may be
 * (memory-plan.ts).
 */

export interface Part {
  readonly first: number;
  readonly count: number;
}

/** As few parts as possible of at most `size` examples, as equal as possible (the larger ones first). */
export function microBatches(count: number, size: number): readonly Part[] {
  const parts = Math.max(1, Math.ceil(count / Math.max(1, size)));
  const base = Math.floor(count / parts);
  const larger = count % parts;
  return Array.from({ length: parts }, (_, i) => ({
    first: i * base + Math.min(i, larger),
    count: base + (i < larger ? 1 : 0),
  }));
}

/**
 * What a part's batch-norm statistics weigh in the running ones, so that one step's parts together leave as
 * much of the old value as one full batch does: 1 - (1 - momentum)^(part / batch).
 */
export const partMomentum = (momentum: number, part: number, batch: number): number =>
  part === batch ? momentum : 1 - (1 - momentum) ** (part / batch);
