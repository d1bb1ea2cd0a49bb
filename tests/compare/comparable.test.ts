import { describe, expect, test } from 'vitest';
import { comparable, measuredTasks, type Yardstick } from '../../src/core/compare/comparable';
import { taskMetrics } from '../../src/core/tasks/metrics/confusion';
import { tasksOf } from '../support/tasks';
import { withoutScores } from '../../src/core/tasks/metrics/measurable';

const emotion = taskMetrics(
  [
    [3, 1],
    [0, 4],
  ],
  0.5,
);
const config: Yardstick['config'] = {
  labelScheme: 'iemocap-4',
  split: { kind: 'random', validationFraction: 0.2 },
  tasks: tasksOf('emotion', 'gender'),
  monitor: { of: 'sum-of-task-losses' },
};
const run: Yardstick = {
  corpusId: 'c',
  config,
  epoch: { validation: { total: 1, tasks: [emotion, emotion] } },
};
const unseen: Yardstick = {
  ...run,
  epoch: { validation: { total: Number.NaN, tasks: [emotion, withoutScores(emotion, 'unseen')] } },
};

describe('runs whose best epochs may be set side by side', () => {
  test('the same corpus, labels, split, monitor and measured tasks', () => {
    expect(
      comparable(run, {
        ...run,
        config: {
          ...config,
          split: { validationFraction: 0.2, kind: 'random' },
          tasks: tasksOf('gender', 'emotion'),
        },
      }),
    ).toBe(true);
  });
  test.each<[string, Yardstick]>([
    ['another corpus', { ...run, corpusId: 'd' }],
    ['other labels', { ...run, config: { ...config, labelScheme: 'iemocap-4-exc' } }],
    ['another split', { ...run, config: { ...config, split: { kind: 'session', session: 5 } } }],
    [
      'another fraction',
      { ...run, config: { ...config, split: { kind: 'random', validationFraction: 0.3 } } },
    ],
    ['another monitor', { ...run, config: { ...config, monitor: { of: 'strategy-total' } } }],
    [
      'fewer tasks',
      {
        ...run,
        config: { ...config, tasks: tasksOf('emotion') },
        epoch: { validation: { total: 1, tasks: [emotion] } },
      },
    ],
    ['a task that was not measured', unseen],
    ['chosen with what could not be measured', { ...unseen, epoch: { ...unseen.epoch!, countsAll: true } }],
  ])('not with %s', (_what, other) => {
    expect(comparable(run, other)).toBe(false);
  });
  test('chosen by another rule though measured alike', () => {
    expect(comparable(unseen, { ...unseen, epoch: { ...unseen.epoch!, countsAll: true } })).toBe(false);
  });
  test('names what was measured', () => {
    expect(measuredTasks(unseen)).toEqual(['emotion']);
    expect(measuredTasks({ ...run, epoch: null })).toEqual(['emotion', 'gender']);
  });
});
