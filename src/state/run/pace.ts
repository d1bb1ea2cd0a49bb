/** How fast work goes and how long it will take: of what is worked on, not of what was there before. */
export interface Pace {
  readonly perSecond: number;
  readonly etaSeconds: number;
}

/**
 * @param before what was done when the work began  @param seconds since then  @returns null while nothing is
 * done
 */
export function paceOf(
  { done, total }: { readonly done: number; readonly total: number },
  before: number,
  seconds: number,
): Pace | null {
  if (done <= before || seconds <= 0) return null;
  const perSecond = (done - before) / seconds;
  return { perSecond, etaSeconds: (total - done) / perSecond };
}
