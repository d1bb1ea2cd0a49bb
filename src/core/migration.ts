/**
 * What an earlier version wrote, brought to this version's form step by step. A format has one list of steps,
 * each a named function in a file of its own: of configurations core/config/migrations, of run records and
 * checkpoints core/run/migrations, of exported runs core/import/migrations. Not here: whether the result is
 * valid.
 */
export type Plain = Readonly<Record<string, unknown>>;

export interface Migration {
  /** What changed. */
  readonly name: string;
  /** The version it reads; it writes the next one. */
  readonly from: number;
  readonly migrate: (old: Plain) => Plain;
}

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * @param unnumbered the version of a value that names none
 * @returns of a value of an earlier version this version's, with its number; anything else as it is
 */
export function migrated(steps: readonly Migration[], value: unknown, unnumbered?: number): unknown {
  if (!isPlain(value)) return value;
  return steps.reduce<Plain>(
    (now, { from, migrate }) =>
      (now['version'] ?? unnumbered) === from ? { ...migrate(now), version: from + 1 } : now,
    value,
  );
}

/** Of fields that were optional: what their absence meant, under what is there. */
export const filled = (old: Plain, meant: Plain): Plain => ({
  ...old,
  ...Object.fromEntries(Object.entries(meant).map(([key, value]) => [key, old[key] ?? value])),
});
