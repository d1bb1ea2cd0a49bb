/** What the losses of a number have in common: rows, the scale, missing targets. */
import { labelledCount } from './class-weights';
import { SCALE_FIELDS, scaleOf, type Scale } from './scale';
import type { Loss, LossInput, LossValue } from './types';

/**
 * @param of loss of an example and its derivative, from the error x − y in the loss's unit
 */
export function perExample(
  { outputs, targets, weight }: LossInput,
  { mean, deviation }: Scale,
  of: (error: number) => readonly [value: number, slope: number],
): LossValue {
  const count = targets.length;
  const each = new Float64Array(count);
  const gradient = new Float32Array(count);
  const predictions = new Float64Array(count);
  let loss = 0;
  for (let row = 0; row < count; row++) {
    predictions[row] = outputs[row]! * deviation + mean;
    if (Number.isNaN(targets[row]!)) continue;
    const [value, slope] = of(outputs[row]! - (targets[row]! - mean) / deviation);
    each[row] = value;
    loss += value;
    if (weight > 0) gradient[row] = slope / weight;
  }
  return {
    loss: weight > 0 ? loss / weight : 0,
    each,
    gradient,
    predictions,
    probabilities: new Float32Array(0),
  };
}

/** A loss that is the mean of a function of each example's error. */
export const meanOfErrors = <const Id extends string>(
  id: Id,
  formula: string,
  of: (error: number) => readonly [value: number, slope: number],
) =>
  ({
    id,
    kind: 'number',
    fields: SCALE_FIELDS,
    formula: () => formula,
    prepare: (options, training) => {
      const scale = scaleOf(options, training);
      return {
        plainCrossEntropy: false,
        weight: labelledCount,
        evaluate: (input) => perExample(input, scale, of),
      };
    },
  }) as const satisfies Loss;
