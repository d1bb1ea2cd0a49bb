/**
 * A finished run as storage has it, made up: seeded losses and confusion matrices, scores computed from them.
 */
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { RandomStream } from '../../src/core/random/streams';
import type { EpochRecord, SideMetrics, StepRow } from '../../src/core/training/events';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { strategy } from '../../src/core/weighting/registry';
import type { RunConfig } from '../../src/core/config/run-config';

export const CLASSES: readonly (readonly string[])[] = [
  ['angry', 'happy', 'neutral', 'sad'],
  ['Ses01F', '=Ses01M', 'a,"b"'],
  ['female', 'male'],
];

export interface MadeUp {
  readonly config: RunConfig;
  readonly steps: readonly StepRow[];
  readonly epochs: readonly EpochRecord[];
}

export function madeUpRun(change: Partial<RunConfig> = {}, epochCount = 3, stepsPerEpoch = 4): MadeUp {
  const config = parseRunConfig({
    ...PRESETS.compact,
    strategy: { id: 'weighted-average', options: {} },
    ...change,
  });
  const stream = new RandomStream(config.seed, 'test', 'stored-run');
  const { id, options } = config.strategy;
  const weigh = (losses: readonly number[]) =>
    strategy(id).weigh(losses, options, strategy(id).init(losses.length, options));
  const draw = (): readonly number[] => config.tasks.map(() => 0.05 + 2 * stream.uniform());
  const side = (): SideMetrics => {
    const losses = draw();
    return {
      total: weigh(losses).total,
      tasks: losses.map((loss, i) =>
        taskMetrics(
          CLASSES[i]!.map(() => CLASSES[i]!.map(() => Math.floor(9 * stream.uniform()))),
          loss,
        ),
      ),
    };
  };
  const steps = Array.from({ length: epochCount * stepsPerEpoch }, (_, i): StepRow => {
    const losses = draw();
    return {
      step: i + 1,
      epoch: 1 + Math.floor(i / stepsPerEpoch),
      losses,
      ...weigh(losses),
      ms: 10 + stream.uniform(),
      waitMs: 0.25,
    };
  });
  const epochs = Array.from({ length: epochCount }, (_, i): EpochRecord => {
    const { nominal, effective } = weigh(draw());
    return {
      epoch: i + 1,
      step: (i + 1) * stepsPerEpoch,
      seconds: 1,
      train: side(),
      validation: side(),
      monitored: 3 - i / 10,
      best: i < 2,
      nominal,
      effective,
    };
  });
  return { config, steps, epochs };
}
