/**
 * Trials of the small kernels: element by element, pooling, losses, the optimiser, the Gram matrix. All on
 * one fixed problem.
 */
import { updateOnHost } from '../../../../core/optim/host';
import { RULES } from '../../../../core/optim/registry';
import type { Rule } from '../../../../core/optim/rule';
import { RandomStream } from '../../../../core/random/streams';
import { Sum, type Expected } from '../../reference/expected';
import { maxPool as poolOnHost } from '../../shared/max-pool';
import { CLIP_EPSILON } from '../../stock/clip-norm';
import { clip } from '../clip';
import { crossEntropyKernel, reportLength } from '../cross-entropy';
import { addTo, dropout, greyLevels, images, relu, reluGradient, scale } from '../elementwise';
import { gramMatrix } from '../gram-matrix';
import type { Kernel } from '../registry';
import { updateKernel } from '../update';
import { maxPool, maxPoolGradient, pooled, tapWords, type PoolShape } from '../max-pool';
import type { Slice } from '../backend';
import type { Known, Stage } from './stage';
import { caseOf, type Case, type Output, type Staged } from './trial';

/** In fours, but not in whole workgroups. */
const COUNT = 1204;

const fixed = <P, O>(kernel: Kernel<P, O>, problem: P, stage: (stage: Stage) => Staged<O>): Case =>
  caseOf({ kernel, small: problem, stage });

/** A result whose numbers are of size 1. */
const output = (
  slice: Slice,
  length: number,
  value: (index: number) => number,
  doubtful: (index: number) => boolean = () => false,
): Output => ({
  slice,
  length,
  cost: 1,
  at: (index): Expected | null => (doubtful(index) ? null : { value: value(index), scale: 1 }),
});

const copied = (known: Known, length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => known.at(i));

const elementwise = (): Case[] => [
  fixed(relu, { count: COUNT }, (stage) => {
    const x = stage.noise(COUNT);
    return { operands: { x }, outputs: [output(x, COUNT, (i) => Math.max(0, x.at(i)))] };
  }),
  fixed(reluGradient, { count: COUNT }, (stage) => {
    const [dy, y] = [stage.noise(COUNT), stage.noise(COUNT)];
    return { operands: { dy, y }, outputs: [output(dy, COUNT, (i) => (y.at(i) > 0 ? dy.at(i) : 0))] };
  }),
  fixed(scale, { count: COUNT }, (stage) => {
    const x = stage.noise(COUNT);
    return { operands: { x, factor: 0.375 }, outputs: [output(x, COUNT, (i) => 0.375 * x.at(i))] };
  }),
  fixed(addTo, { count: COUNT }, (stage) => {
    const [sum, more] = [stage.noise(COUNT), stage.noise(COUNT)];
    return { operands: { sum, more }, outputs: [output(sum, COUNT, (i) => sum.at(i) + more.at(i))] };
  }),
];

/** Draws as the host draws them. */
function dropoutCase(): Case {
  const [rate, start] = [0.4, 6];
  const stream = new RandomStream(1, 'dropout', 'self-check', 1);
  for (let i = 0; i < start; i++) stream.uint32();
  const kept = Array.from({ length: COUNT }, () => stream.uint32() >= rate * 2 ** 32);
  return fixed(dropout, { count: COUNT, rate, start, key: stream.key }, (stage) => {
    const x = stage.noise(COUNT);
    return { operands: { x }, outputs: [output(x, COUNT, (i) => (kept[i] ? x.at(i) / (1 - rate) : 0))] };
  });
}

const imagesCase = (): Case =>
  fixed(images, { count: COUNT }, (stage) => {
    const levels = Uint8Array.from({ length: COUNT }, (_, i) => (i * 53 + (i >> 3) * 17) % 256);
    const [table, pixels, x] = [greyLevels(), stage.given(new Uint32Array(levels.buffer)), stage.room(COUNT)];
    return {
      operands: { pixels, table: stage.given(Float32Array.from(table)), x },
      outputs: [output(x, COUNT, (i) => table[levels[i]!]!)],
    };
  });

function updateCase(rule: Rule): Case {
  /** Of size 1, no two of them alike. */
  const constants = Object.fromEntries(rule.constants.map((key, i) => [key, 0.1 + 0.15 * i]));
  return fixed(updateKernel(rule), { count: COUNT }, (stage) => {
    const [w, g] = [stage.noise(COUNT), stage.noise(COUNT)];
    // Slots may be under a root.
    const slots = rule.slots.map(() => stage.noise(COUNT, 1));
    const [onW, ...onSlots] = [w, ...slots].map((known) => copied(known, COUNT));
    updateOnHost(rule, onW!, copied(g, COUNT), onSlots, constants);
    return {
      operands: { w, g, slots, constants },
      outputs: [w, ...slots].map((slice, i) => output(slice, COUNT, (at) => [onW!, ...onSlots][i]![at]!)),
    };
  });
}

/** Several buffers under one norm, which is above the limit. */
const clipCase = (): Case => {
  const counts = [COUNT, 37];
  const limit = 2;
  return fixed(clip, { counts }, (stage) => {
    const arrays = counts.map((count) => stage.noise(count));
    const norm = Math.sqrt(
      arrays.reduce((sum, array, i) => {
        for (let at = 0; at < counts[i]!; at++) sum += array.at(at) ** 2;
        return sum;
      }, 0),
    );
    const before = arrays.map((array, i) => copied(array, counts[i]!));
    return {
      operands: { gradients: arrays, limit },
      outputs: arrays.map((array, i) =>
        output(array, counts[i]!, (at) => (before[i]![at]! * limit) / (norm + CLIP_EPSILON)),
      ),
    };
  });
};

/** Windows that overlap, and a row left over. */
const POOL: PoolShape = { n: 2, h: 8, w: 7, c: 12, kernel: 3, stride: 2 };

function pooling(): Case[] {
  const { n, h, w, c, kernel, stride } = POOL;
  const { ho, wo } = pooled(POOL);
  const [inputs, outputs] = [n * h * w * c, n * ho * wo * c];
  /** On the host: maxima, and as a place in x and as the device packs it where each came from. */
  const onHost = (x: Float32Array) => {
    const [y, source] = [new Float32Array(outputs), new Int32Array(outputs)];
    poolOnHost(x, y, source, [n, h, w, c], [n, ho, wo, c], { kernel, stride });
    const taps = new Uint8Array(4 * tapWords(POOL));
    source.forEach((at, i) => {
      const place = Math.floor(i / c);
      const [row, column] = [(Math.floor(place / wo) % ho) * stride, (place % wo) * stride];
      const [fromRow, fromColumn] = [Math.floor(at / (c * w)) % h, Math.floor(at / c) % w];
      taps[i] = (fromRow - row) * kernel + fromColumn - column;
    });
    return { y, source, taps: new Uint32Array(taps.buffer) };
  };
  return [
    fixed(maxPool, POOL, (stage) => {
      const [x, y, taps] = [stage.noise(inputs), stage.room(outputs), stage.room(tapWords(POOL))];
      const right = onHost(copied(x, inputs));
      return {
        operands: { x, y, taps },
        outputs: [
          output(y, outputs, (i) => right.y[i]!),
          { ...output(taps, tapWords(POOL), (i) => right.taps[i]!), words: true },
        ],
      };
    }),
    fixed(maxPoolGradient, POOL, (stage) => {
      const right = onHost(copied(stage.noise(inputs), inputs));
      const [dy, taps, dx] = [stage.noise(outputs), stage.given(right.taps), stage.room(inputs)];
      const sums = new Float64Array(inputs);
      right.source.forEach((at, i) => {
        sums[at]! += dy.at(i);
      });
      return { operands: { dy, taps, dx }, outputs: [output(dx, inputs, (i) => sums[i]!)] };
    }),
  ];
}

const crossEntropyCase = (): Case => {
  const [count, batch, classes, task, tasks] = [37, 40, 5, 1, 2];
  return fixed(crossEntropyKernel, { count, batch, classes, task, tasks }, (stage) => {
    const logits = stage.noise(count * classes);
    const labels = Uint32Array.from({ length: tasks * count }, (_, i) => (i * 3) % classes);
    const [gradient, report] = [stage.room(count * classes), stage.room(reportLength(tasks, count))];
    const rows = Array.from({ length: count }, (_, row) =>
      Array.from({ length: classes }, (_c, k) => logits.at(row * classes + k)),
    );
    const shares = rows.map((row) =>
      row.map((z) => Math.exp(z) / row.reduce((sum, other) => sum + Math.exp(other), 0)),
    );
    const labelOf = (row: number): number => labels[task * count + row]!;
    const loss = shares.reduce((sum, share, row) => sum - Math.log(share[labelOf(row)]!), 0) / batch;
    const value = (i: number): number =>
      i === task
        ? loss
        : rows[i - tasks - task * count]!.indexOf(Math.max(...rows[i - tasks - task * count]!));
    // The other heads' places are not written.
    const ours = (i: number): boolean => i === task || i >= tasks + task * count;
    return {
      operands: { logits, labels: stage.given(labels), gradient, report },
      outputs: [
        {
          ...output(
            gradient,
            count * classes,
            (i) =>
              (shares[Math.floor(i / classes)]![i % classes]! -
                (labelOf(Math.floor(i / classes)) === i % classes ? 1 : 0)) /
              batch,
          ),
          at: (i) => ({
            value:
              (shares[Math.floor(i / classes)]![i % classes]! -
                (labelOf(Math.floor(i / classes)) === i % classes ? 1 : 0)) /
              batch,
            scale: 1 / batch,
          }),
        },
        output(report, reportLength(tasks, count), value, (i) => !ours(i)),
      ],
    };
  });
};

const gramCase = (): Case => {
  const [tasks, count] = [3, 5000];
  return fixed(gramMatrix, { tasks, count }, (stage) => {
    const [stack, gram] = [stage.noise(tasks * count), stage.room(tasks * tasks)];
    const at = (index: number): Expected => {
      const sum = new Sum();
      const [a, b] = [Math.floor(index / tasks) * count, (index % tasks) * count];
      for (let i = 0; i < count; i++) sum.add(stack.at(a + i) * stack.at(b + i));
      return sum.expected;
    };
    return { operands: { stack, gram }, outputs: [{ slice: gram, length: tasks * tasks, cost: count, at }] };
  });
};

/** One case for every kernel that is not in convolution.ts or batch-norm.ts. */
export const smallCases = (): Case[] => [
  ...elementwise(),
  dropoutCase(),
  imagesCase(),
  ...RULES.map(updateCase),
  clipCase(),
  ...pooling(),
  crossEntropyCase(),
  gramCase(),
];
