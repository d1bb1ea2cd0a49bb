/**
 * What the autotuner found out about one kernel, kept per adapter. Not here: measuring (src/engine) and
 * keeping (src/storage/tuning.ts).
 */

/** One way to compute it, as measured. */
export interface VariantResult {
  readonly name: string;
  /** Of one run; null where it could not be run. */
  readonly ms: number | null;
  /** Its results were those of the reference kernel; a variant that was wrong is never used. */
  readonly verified: boolean;
}

export interface TuningRecord {
  /** Adapter, driver and browser, as far as the browser tells: a measurement counts for these alone. */
  readonly adapter: string;
  readonly kernel: string;
  /** Problems that are alike enough to have one winner. */
  readonly shape: string;
  /** Of the software whose kernels were measured: another one's may be right or wrong, fast or slow. */
  readonly version: string;
  /** The fastest verified variant; null where none was right and the shipped kernel is used. */
  readonly winner: string | null;
  readonly variants: readonly VariantResult[];
  /** Milliseconds since the epoch. */
  readonly measuredAt: number;
}

/** Whether a record is about these variants and no others; in any order. */
export const sameVariants = (
  { variants }: Pick<TuningRecord, 'variants'>,
  names: readonly string[],
): boolean => variants.length === names.length && variants.every(({ name }) => names.includes(name));

/** The fastest variant that is right. */
export const winnerOf = (variants: readonly VariantResult[]): string | null =>
  variants.reduce<VariantResult | null>(
    (best, one) => (one.verified && one.ms !== null && (best === null || one.ms < best.ms!) ? one : best),
    null,
  )?.name ?? null;
