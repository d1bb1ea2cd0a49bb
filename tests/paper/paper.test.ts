/**
 * The paper's models and tables against the text of the paper, and how stored runs are matched and told
 * apart.
 */
import { describe, expect, it } from 'vitest';
import { buildModel } from '../../src/core/model/architectures';
import { parameterCount } from '../../src/core/model/parameters';
import { TABLE_3, TABLE_4, TABLE_5 } from '../../src/core/paper/published';
import { deviations, kindOf, paperConfig, PAPER_MODELS } from '../../src/core/paper/paper-models';
import { PRESETS } from '../../src/core/config/presets';
import { parseRunConfig } from '../../src/core/config/parse';
import { tasksOf } from '../support/tasks';

const IEMOCAP = { kind: 'folder', id: 'abc', name: 'IEMOCAP' } as const;
const CLASSES: Readonly<Record<string, number>> = { emotion: 4, speaker: 10, gender: 2 };

describe('the paper’s models', () => {
  it('are the paper’s models to the last parameter', () => {
    const counts = PAPER_MODELS.map((id) => {
      const { architecture, width, inputSize, tasks } = paperConfig(id, 'paper', IEMOCAP, 1);
      return parameterCount(
        buildModel({
          architecture,
          width,
          inputSize,
          heads: tasks.map((task) => ({ task: task.id, classes: CLASSES[task.id]! })),
        }),
      );
    });
    expect(counts).toEqual([63_762_576, 17_073_348, 61_652_740]);
  });
  it('are of their own kind in both sizes and depart from the paper only in what the size is', () => {
    for (const id of PAPER_MODELS)
      for (const size of ['paper', 'compact'] as const) {
        const config = paperConfig(id, size, IEMOCAP, 5);
        expect(kindOf(config)).toBe(id);
        const names = deviations(config, config.epochs).map(({ name }) => name);
        expect(names).toEqual(
          size === 'paper'
            ? ['corpus']
            : ['corpus', 'width', 'inputSize', 'optimizer.learningRate', 'epochs', 'monitor'],
        );
      }
  });
  it('tell apart what is of another kind', () => {
    const proposed = paperConfig('proposed', 'compact', IEMOCAP, 1);
    expect(
      kindOf({ ...proposed, strategy: { id: 'weighted-average', options: { detached: true } } }),
    ).toBeNull();
    expect(kindOf({ ...proposed, strategy: { id: 'unweighted-sum', options: {} } })).toBeNull();
    expect(
      kindOf(parseRunConfig({ ...PRESETS.compact, architecture: 'vgg11-single', tasks: tasksOf('gender') })),
    ).toBeNull();
    expect(kindOf({ ...proposed, tasks: tasksOf('emotion', 'gender') })).toBeNull();
  });
  it('say what a run on other data did differently', () => {
    const config = {
      ...paperConfig('proposed', 'paper', { kind: 'demo', seed: 1, difficulty: 0.5 }, 1),
      split: { kind: 'session', session: 2 },
    } as const;
    expect(deviations(config, 7)).toEqual([
      { name: 'corpus', paper: 'IEMOCAP', here: 'demo' },
      { name: 'split.kind', paper: 'random', here: 'session' },
      { name: 'split.validationFraction', paper: '0.2', here: '–' },
      { name: 'split.session', paper: '–', here: '2' },
      { name: 'epochsDone', paper: '300', here: '7' },
    ]);
  });
});

it('the tables agree with each other where the paper says they must', () => {
  const mean = (key: 'precision' | 'recall' | 'f1') =>
    TABLE_4.reduce((sum, [, scores]) => sum + scores[key]!, 0) / 4;
  // Table 3's emotion line is the macro average of table 4, which has two digits.
  for (const key of ['precision', 'recall', 'f1'] as const)
    expect(Math.abs(mean(key) - TABLE_3.emotion[key]!)).toBeLessThan(0.006);
  const line = (key: string) => TABLE_5.find((one) => one.key === key)!.scores;
  // The text: gains of at least .017 in accuracy, .011 in precision, .035 in recall and .042 in F1 over the
  // reference models.
  const gain = (key: 'accuracy' | 'precision' | 'recall' | 'f1') =>
    Math.min(...['reference-1', 'reference-2'].map((other) => line('proposed')[key]! - line(other)[key]!));
  expect(
    [gain('accuracy'), gain('precision'), gain('recall'), gain('f1')].map((value) =>
      Number(value.toFixed(3)),
    ),
  ).toEqual([0.017, 0.011, 0.035, 0.042]);
});
