/**
 * Residual networks (He et al. 2016) as torchvision builds them, with its names: stem, four stages of blocks,
 * the mean over the picture; no convolution has a bias. Ends in `fc` for one task; several tasks share all of
 * it, and each has a head of one hidden layer of 512, `heads.<task>.N`, as the paper's proposed model has
 * behind its shared representation.
 */
import type { GraphBuilder, Ref } from '../../builder';
import { add } from '../../ops/add';
import { batchNorm } from '../../ops/batch-norm';
import { conv } from '../../ops/conv';
import { globalAveragePool } from '../../ops/global-average-pool';
import { linear } from '../../ops/linear';
import { maxPool } from '../../ops/max-pool';
import { relu } from '../../ops/relu';
import { defineArchitecture, type ArchitectureChoice } from '../architecture';
import { taskHeads } from './small-heads';

interface BlockChoice {
  readonly name: string;
  /** Inside the block. */
  readonly channels: number;
  readonly outputs: number;
  readonly stride: number;
  /** Whether what goes around it has to be brought to another shape. */
  readonly changes: boolean;
}

export interface Block {
  /** How many times as many channels come out as it has inside. */
  readonly expansion: number;
  /** Adds its branch. @returns the branch's last node */
  branch(g: GraphBuilder, x: Ref, choice: BlockChoice): Ref;
}

/** Convolution and normalisation, both named: `layer1.0.conv1`, `layer1.0.bn1`. */
function convNorm(
  g: GraphBuilder,
  x: Ref,
  names: readonly [conv: string, norm: string],
  setting: { channels: number; kernel: number; stride?: number; padding?: number },
): Ref {
  const z = g.apply(conv, [x], { ...setting, bias: false }, names[0]);
  return g.apply(batchNorm, [z], {}, names[1]);
}

const activated = (g: GraphBuilder, x: Ref): Ref => g.apply(relu, [x], {});

/** Adds a block: the branch, what goes around it, their sum. @returns its last node */
function withBlock(g: GraphBuilder, x: Ref, block: Block, choice: BlockChoice): Ref {
  const branch = block.branch(g, x, choice);
  const { name, outputs, stride, changes } = choice;
  const names = [`${name}.downsample.0`, `${name}.downsample.1`] as const;
  const around = changes ? convNorm(g, x, names, { channels: outputs, kernel: 1, stride }) : x;
  return activated(g, g.apply(add, [branch, around], {}));
}

/** Two convolutions of 3x3: ResNet-18. */
export const basicBlock: Block = {
  expansion: 1,
  branch: (g, x, { name, channels, outputs, stride }) => {
    const first = { channels, kernel: 3, stride, padding: 1 };
    const y = activated(g, convNorm(g, x, [`${name}.conv1`, `${name}.bn1`], first));
    return convNorm(g, y, [`${name}.conv2`, `${name}.bn2`], { channels: outputs, kernel: 3, padding: 1 });
  },
};

/** 1x1, 3x3 and 1x1 to four times as many channels; the 3x3 has the stride, as in torchvision. */
export const bottleneck: Block = {
  expansion: 4,
  branch: (g, x, { name, channels, outputs, stride }) => {
    const a = activated(g, convNorm(g, x, [`${name}.conv1`, `${name}.bn1`], { channels, kernel: 1 }));
    const wide = { channels, kernel: 3, stride, padding: 1 };
    const b = activated(g, convNorm(g, a, [`${name}.conv2`, `${name}.bn2`], wide));
    return convNorm(g, b, [`${name}.conv3`, `${name}.bn3`], { channels: outputs, kernel: 1 });
  },
};

function trunk(
  g: GraphBuilder,
  { scaled }: ArchitectureChoice,
  block: Block,
  counts: readonly number[],
): Ref {
  const stem = convNorm(g, g.input, ['conv1', 'bn1'], {
    channels: scaled(64),
    kernel: 7,
    stride: 2,
    padding: 3,
  });
  let x = g.apply(maxPool, [activated(g, stem)], { kernel: 3, stride: 2, padding: 1 });
  for (const [stage, count] of counts.entries())
    for (let i = 0; i < count; i++)
      x = withBlock(g, x, block, {
        name: `layer${stage + 1}.${i}`,
        channels: scaled(64 * 2 ** stage),
        outputs: scaled(64 * 2 ** stage * block.expansion),
        stride: stage > 0 && i === 0 ? 2 : 1,
        changes: i === 0 && (stage > 0 || block.expansion > 1),
      });
  return g.apply(globalAveragePool, [x], {});
}

/** The network for one task, and for several. @param counts blocks of each stage */
export function residual<const Single extends string, const Multi extends string>(
  ids: { readonly single: Single; readonly multitask: Multi },
  block: Block,
  counts: readonly number[],
) {
  const single = defineArchitecture({
    id: ids.single,
    multitask: false,
    write: (g, choice) => {
      const shared = trunk(g, choice, block, counts);
      const outputs = choice.heads.map(({ classes }) =>
        g.apply(linear, [shared], { features: classes }, 'fc'),
      );
      return { shared, outputs };
    },
  });
  const multitask = defineArchitecture({
    id: ids.multitask,
    multitask: true,
    write: (g, choice) => taskHeads(g, choice, trunk(g, choice, block, counts), 512),
  });
  return { single, multitask };
}
