/**
 * Trials of batch norm with ReLU and pooling: statistics, the way forward, the way back. Host values channel
 * by channel.
 */
import { Sum, type Expected } from '../../reference/expected';
import { batchNormBackward, type NormBackwardOperands } from '../batch-norm-backward';
import { batchNormForward, type NormForwardOperands } from '../batch-norm-forward';
import { pooledSide, type NormShape } from '../batch-norm-shape';
import { batchNormStatistics, type StatisticsOperands } from '../batch-norm-statistics';
import type { Known, Stage } from './stage';
import { fewerImages, type Trial, type Tunable } from './trial';

const EPSILON = 1e-5;
const MOMENTUM = 0.1;
/** Far from zero, so that a variance taken carelessly shows. */
const SHIFT = 0.75;
/** Closer than this, float32 may see a kink or a tie on the other side. */
const DOUBTFUL = 1e-6;

const small: NormShape = { n: 3, h: 7, w: 6, c: 12, pool: 2 };
const positions = ({ n, h, w }: NormShape): number => n * h * w;
const flops = (s: NormShape): number => 8 * positions(s) * s.c;
const bytes = (s: NormShape): number => 8 * positions(s) * s.c;

function remembered<T>(compute: (channel: number) => T): (channel: number) => T {
  const known = new Map<number, T>();
  return (channel) => {
    const found = known.get(channel);
    if (found !== undefined) return found;
    const made = compute(channel);
    known.set(channel, made);
    return made;
  };
}

export const statisticsTrial: Tunable<NormShape, StatisticsOperands> = {
  kernel: batchNormStatistics,
  small,
  flops,
  bytes,
  smaller: fewerImages,
  stage: (stage, s) => {
    const count = positions(s);
    const [z, runningMean, runningVariance, statistics] = [
      stage.noise(count * s.c, SHIFT),
      stage.noise(s.c),
      stage.noise(s.c, 1),
      stage.room(2 * s.c),
    ];
    const moments = remembered((channel) => {
      let mean = 0;
      for (let p = 0; p < count; p++) mean += z.at(p * s.c + channel) / count;
      let variance = 0;
      for (let p = 0; p < count; p++) variance += (z.at(p * s.c + channel) - mean) ** 2 / count;
      return { mean, variance };
    });
    // Taken now: the kernel overwrites the device's copies, not what the host knows.
    const moved =
      (before: Known, now: (channel: number) => number) =>
      (channel: number): Expected => ({
        value: (1 - MOMENTUM) * before.at(channel) + MOMENTUM * now(channel),
        scale: 0.5,
      });
    const statisticsAt = (index: number): Expected => {
      const { mean, variance } = moments(index % s.c);
      const value = index < s.c ? mean : 1 / Math.sqrt(variance + EPSILON);
      return { value, scale: Math.abs(value) };
    };
    return {
      operands: { z, statistics, runningMean, runningVariance, epsilon: EPSILON, momentum: MOMENTUM },
      outputs: [
        { slice: statistics, length: 2 * s.c, cost: count, at: statisticsAt },
        { slice: runningMean, length: s.c, cost: count, at: moved(runningMean, (c) => moments(c).mean) },
        {
          slice: runningVariance,
          length: s.c,
          cost: count,
          at: moved(runningVariance, (c) => (moments(c).variance * count) / Math.max(1, count - 1)),
        },
      ],
    };
  },
};

/** What both ways read, and the normalised and activated values of the window at an output position. */
function windows(stage: Stage, s: NormShape) {
  const z = stage.noise(positions(s) * s.c, SHIFT);
  const [statistics, scale, offset] = [stage.noise(2 * s.c, SHIFT), stage.noise(s.c), stage.noise(s.c)];
  const [ho, wo] = [pooledSide(s.h, s.pool), pooledSide(s.w, s.pool)];
  /** Index into z of a window's tap; the window of row `row` and column `column` of image `image`. */
  const tapAt = (image: number, row: number, column: number, tap: number, channel: number): number =>
    ((image * s.h + row * s.pool + Math.floor(tap / s.pool)) * s.w + column * s.pool + (tap % s.pool)) * s.c +
    channel;
  const normal = (index: number): number =>
    (z.at(index) - statistics.at(index % s.c)) * statistics.at(s.c + (index % s.c));
  const active = (index: number): number => normal(index) * scale.at(index % s.c) + offset.at(index % s.c);
  /** The largest activation of a window, where it is, and how far the next one is below. */
  const best = (image: number, row: number, column: number, channel: number) => {
    let [value, at, gap] = [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
    for (let tap = 0; tap < s.pool ** 2; tap++) {
      const index = tapAt(image, row, column, tap, channel);
      const y = active(index);
      gap = Math.min(gap, Math.abs(y - value));
      if (y > value) [value, at] = [y, index];
    }
    return { value, at, doubtful: gap < DOUBTFUL || Math.abs(value) < DOUBTFUL };
  };
  return { z, statistics, scale, offset, ho, wo, normal, best };
}

export const normTrial: Trial<NormShape, NormForwardOperands> = {
  kernel: batchNormForward,
  small,
  stage: (stage, s) => {
    const { z, statistics, scale, offset, ho, wo, best } = windows(stage, s);
    const length = s.n * ho * wo * s.c;
    const y = stage.room(length);
    const at = (index: number): Expected => {
      const [channel, place] = [index % s.c, Math.floor(index / s.c)];
      return {
        value: Math.max(
          0,
          best(Math.floor(place / (ho * wo)), Math.floor(place / wo) % ho, place % wo, channel).value,
        ),
        scale: 0.5,
      };
    };
    return {
      operands: { z, statistics, scale, offset, y },
      outputs: [{ slice: y, length, cost: s.pool ** 2, at }],
    };
  },
};

export const normBackwardTrial: Tunable<NormShape, NormBackwardOperands> = {
  kernel: batchNormBackward,
  small,
  flops,
  bytes,
  smaller: fewerImages,
  stage: (stage, s) => {
    const { z, statistics, scale, offset, ho, wo, normal, best } = windows(stage, s);
    const [dy, dScale, dOffset] = [stage.noise(s.n * ho * wo * s.c), stage.room(s.c), stage.room(s.c)];
    const sums = remembered((channel) => {
      const [weighted, plain] = [new Sum(), new Sum()];
      let doubtful = false;
      for (let place = 0; place < s.n * ho * wo; place++) {
        const top = best(Math.floor(place / (ho * wo)), Math.floor(place / wo) % ho, place % wo, channel);
        doubtful ||= Math.abs(top.value) < DOUBTFUL;
        if (top.value <= 0) continue;
        const g = dy.at(place * s.c + channel);
        plain.add(g);
        weighted.add(g * normal(top.at));
      }
      return { scale: weighted.expected, offset: plain.expected, doubtful };
    });
    const sum =
      (which: 'scale' | 'offset') =>
      (channel: number): Expected | null =>
        sums(channel).doubtful ? null : sums(channel)[which];
    const at = (index: number): Expected | null => {
      const channel = index % s.c;
      const position = Math.floor(index / s.c);
      const [image, row, column] = [
        Math.floor(position / (s.h * s.w)),
        Math.floor((Math.floor(position / s.w) % s.h) / s.pool),
        Math.floor((position % s.w) / s.pool),
      ];
      const whole = row < ho && column < wo;
      const top = whole ? best(image, row, column, channel) : null;
      const of = sums(channel);
      if (top?.doubtful || of.doubtful) return null;
      const g =
        top && top.at === index && top.value > 0
          ? dy.at(((image * ho + row) * wo + column) * s.c + channel)
          : 0;
      const count = positions(s);
      const factor = scale.at(channel) * statistics.at(s.c + channel);
      return {
        value: factor * (g - of.offset.value / count - (normal(index) * of.scale.value) / count),
        scale: 0.5 * Math.abs(factor),
      };
    };
    return {
      operands: { z, dy, statistics, scale, offset, dScale, dOffset },
      outputs: [
        { slice: z, length: positions(s) * s.c, cost: positions(s), at },
        { slice: dScale, length: s.c, cost: positions(s), at: sum('scale') },
        { slice: dOffset, length: s.c, cost: positions(s), at: sum('offset') },
      ],
    };
  },
};
