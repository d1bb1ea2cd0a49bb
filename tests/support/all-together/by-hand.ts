/** The first step and the scores of the run by formulas that are written here. */
import { expect } from 'vitest';
import type { RunConfig } from '../../../src/core/config/run-config';
import type { Dataset } from '../../../src/core/training/dataset';
import type { StepRow } from '../../../src/core/training/events';
import type { Modules, Options, Whole } from './modules';

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** Losses, weights and the heads' biases after one step, from nothing but the logits of the new network. */
export async function firstStep(
  m: Modules,
  config: RunConfig,
  options: Options,
  row: StepRow,
): Promise<void> {
  const run = m.makeRun(config, null, { ...options, paused: true });
  await run.ready;
  const batch = m.batchesOf(options.dataset.train, config.batchSize, config.seed, 1)[0]!;
  const pixels = await options.images(
    batch.map(({ id }) => id),
    1,
  );
  const pass = run.network.forward(pixels, batch.length, { training: true, dropout: () => [], momentum: 0 });
  const [scores, outputs] = await pass.logits();
  pass.dispose();

  // Cross-entropy of eight classes, and Huber's loss of a standardised number.
  const shares = batch.map((_, i) => {
    const exp = Array.from(scores!.subarray(8 * i, 8 * i + 8), Math.exp);
    return exp.map((e) => e / (8 * mean(exp)));
  });
  const emotion = mean(batch.map(({ labels }, i) => -Math.log(shares[i]![labels[0]!]!)));
  const all = options.dataset.train.map(({ labels }) => labels[1]!);
  const deviation = Math.sqrt(mean(all.map((y) => (y - mean(all)) ** 2)));
  const errors = batch.map(({ labels }, i) => outputs![i]! - (labels[1]! - mean(all)) / deviation);
  const intensity = mean(errors.map((e) => (Math.abs(e) <= 1 ? e ** 2 / 2 : Math.abs(e) - 0.5)));
  expect(row.losses[0]).toBeCloseTo(emotion, 5);
  expect(row.losses[1]).toBeCloseTo(intensity, 5);

  // L = (L1² + L2²) / 2; RMSProp's first step, at rate / √1.
  expect(row.total).toBeCloseTo((emotion ** 2 + intensity ** 2) / 2, 5);
  expect(row.nominal).toEqual(row.losses.map((loss) => loss / 2));
  expect(row.effective).toEqual(row.losses);
  expect(row.learningRate).toBe(1e-3);
  const moved = (g: number): number => (-1e-3 * g) / (Math.sqrt(0.01 * g * g) + 1e-8);
  const expected = {
    'heads.emotion.0.bias': Array.from(scores!.subarray(0, 8), (_, c) => c).map((c) =>
      moved(emotion * mean(batch.map(({ labels }, i) => shares[i]![c]! - (labels[0] === c ? 1 : 0)))),
    ),
    'heads.intensity.0.bias': [moved(intensity * mean(errors.map((e) => Math.max(-1, Math.min(1, e)))))],
  };
  const ended = run.trainer.run();
  await run.trainer.singleStep();
  await run.trainer.stop();
  await ended;
  const biases: Record<string, readonly number[]> = {};
  for await (const { name, data } of run.network.read()) if (name in expected) biases[name] = [...data];
  for (const [name, values] of Object.entries(expected))
    values.forEach((value, i) => expect(biases[name]![i], name).toBeCloseTo(value, 6));
  run.dispose();
}

/** What the record says of the validation side, from the stored predictions. */
export function scoresOf(dataset: Dataset, { saved, epochs, rows, log }: Whole): void {
  const { truth, predicted } = saved.at(-1)!.state.predictions!;
  const [emotion, intensity] = epochs.at(-1)!.validation.tasks;
  expect(truth).toEqual([0, 1].map((task) => dataset.validation.map(({ labels }) => labels[task])));
  expect(emotion!.accuracy).toBeCloseTo(mean(truth[0]!.map((y, i) => Number(y === predicted[0]![i]))), 12);
  const [y, x] = [truth[1] as number[], predicted[1]!];
  expect(intensity!.number!.mae).toBeCloseTo(mean(y.map((one, i) => Math.abs(x[i]! - one))), 6);
  const [my, mx] = [mean(y), mean(x)];
  const covariance = mean(y.map((one, i) => (one - my) * (x[i]! - mx)));
  const variances = mean(y.map((one) => (one - my) ** 2)) + mean(x.map((one) => (one - mx) ** 2));
  expect(intensity!.number!.ccc).toBeCloseTo((2 * covariance) / (variances + (mx - my) ** 2), 6);
  expect(rows.map(({ learningRate }) => learningRate)).toEqual(rows.map((_, i) => 1e-3 / Math.sqrt(i + 1)));
  expect(log.filter(({ level }) => level !== 'info')).toEqual([]);
}
