/**
 * Student's t for whole degrees of freedom, by the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4.
 * Not here: intervals (mean-interval.ts).
 */

/** P(|T| <= t) as a function of the angle atan(t / sqrt(df)). */
function centralOfAngle(angle: number, df: number): number {
  const cos2 = Math.cos(angle) ** 2;
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = df === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/** P(|T| <= t). @param t >= 0  @param df whole, >= 1 */
export const studentCentral = (t: number, df: number): number =>
  centralOfAngle(Math.atan(t / Math.sqrt(df)), df);

/** t with P(|T| <= t) = level. @param level in 0..1  @param df whole, >= 1 */
export function studentQuantile(level: number, df: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (let middle = high / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (centralOfAngle(middle, df) < level) low = middle;
    else high = middle;
  }
  return Math.sqrt(df) * Math.tan(low);
}
