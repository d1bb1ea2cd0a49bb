/**
 * 1 − CCC of a batch (Lin's concordance correlation coefficient), with 1/n in variances and covariance, as Lin
 * defines it: CCC = 2 s_xy / (s_x² + s_y² + (m_x − m_y)² + ε). ε stands in the denominator of CCC itself, so a
 * constant prediction has CCC 0 and a gradient, not 0/0. The value depends on which examples meet in a batch: of
 * one labelled example alone CCC is 0 and so is the gradient. On validation it is taken over all examples at
 * once (`ofMoments`).
 *
 * With D = s_x² + s_y² + (m_x − m_y)² and mean((x − y)²) = D − 2 s_xy, the loss is
 * (mean((x − y)²) + ε) / (D + ε): that is how it is shared among examples.
 */
import { labelledCount } from './class-weights';
import { momentsOf } from './moments';
import { SCALE_FIELDS, scaleOf, type Scale } from './scale';
import type { Loss, LossInput, LossValue, Moments } from './types';

const EPSILON = 1e-8;

/** D of the head comment. */
const spread = ({ count, meanX, meanY, xx, yy }: Moments): number => (xx + yy) / count + (meanX - meanY) ** 2;

/** 1 − CCC; 0 of nothing. */
export const oneMinusCcc = (moments: Moments, epsilon = EPSILON): number =>
  moments.count === 0 ? 0 : 1 - (2 * moments.xy) / moments.count / (spread(moments) + epsilon);

function concordanceLoss({ outputs, targets, weight, moments }: LossInput, scale: Scale): LossValue {
  const count = targets.length;
  const whole = moments ?? momentsOf(outputs, targets, scale);
  const each = new Float64Array(count);
  const gradient = new Float32Array(count);
  const predictions = new Float64Array(count);
  const { meanY, count: n } = whole;
  const below = n === 0 ? 1 : spread(whole) + EPSILON;
  const ccc = n === 0 ? 0 : (2 * whole.xy) / n / below;
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const x = outputs[row]!;
    predictions[row] = x * scale.deviation + scale.mean;
    if (Number.isNaN(targets[row]!)) continue;
    const y = (targets[row]! - scale.mean) / scale.deviation;
    each[row] = ((x - y) ** 2 + EPSILON) / below;
    loss += each[row]!;
    // dD/dx = 2/n (x − m_y): of the variance 2/n (x − m_x), of the means' distance 2/n (m_x − m_y).
    if (weight > 0) gradient[row] = -((2 / n) * (y - meanY - ccc * (x - meanY))) / below;
  }
  // One part: as the formula says it; of several, the shares that add up to it.
  const shared = weight > 0 ? loss / weight : 0;
  return {
    loss: moments || n === 0 ? shared : 1 - ccc,
    each,
    gradient,
    predictions,
    probabilities: new Float32Array(0),
  };
}

export const concordance = {
  id: 'ccc',
  kind: 'number',
  correlates: true,
  fields: SCALE_FIELDS,
  formula: () => 'L = 1 − 2·s_xy / (s_x² + s_y² + (m_x − m_y)² + ε),  over the batch',
  prepare: (options, training) => {
    const scale = scaleOf(options, training);
    return {
      plainCrossEntropy: false,
      weight: labelledCount,
      moments: (outputs, targets) => momentsOf(outputs, targets, scale),
      evaluate: (input) => concordanceLoss(input, scale),
      ofMoments: (moments) => oneMinusCcc(moments),
    };
  },
} as const satisfies Loss;
