/** "Best" among runs that were measured alike, and among no others. */
import { expect, it } from 'vitest';
import { bestOf, measures } from '../../src/core/compare/yardsticks';
import { madeUp } from '../support/compared-runs';
import { tasksOf } from '../support/tasks';

const SESSION = { split: { kind: 'session', session: 5 } } as const;
const run = (
  id: string,
  config: Parameters<typeof madeUp>[1],
  value: number | null,
  corpusId = 'corpus',
) => ({ ...madeUp(id, config, [[5, 5, 5]], { corpusId }), value });
const stick = (one: ReturnType<typeof run>) => ({
  corpusId: one.corpusId,
  config: one.config,
  epoch: one.epochs.at(-1)!,
});

const runs = [
  run('a', {}, 0.5),
  run('b', { seed: 2, strategy: { id: 'famo', options: {} } }, 0.7),
  run('easier', {}, 0.99, 'noise'),
  run('c', SESSION, 0.6),
  run('d', { ...SESSION, width: 1 }, 0.6),
  run('other labels', { labelScheme: 'iemocap-4-exc' }, 0.9),
  run('one task', { tasks: tasksOf('emotion') }, 0.95),
  run('other monitor', { monitor: { of: 'strategy-total' } }, 0.97),
  run('unbegun', {}, null),
  run('unmeasured', {}, Number.NaN),
];

it('runs are measured alike with one corpus, split, labels, tasks and monitor; strategy, seed and model are what is compared', () => {
  expect(measures(runs, stick).groups.map((group) => group.map(({ id }) => id))).toEqual([
    ['a', 'b', 'unbegun', 'unmeasured'],
    ['easier'],
    ['c', 'd'],
    ['other labels'],
    ['one task'],
    ['other monitor'],
  ]);
});

it('the best is of its own group, ties are all best, and a run that is alone is the best of nothing', () => {
  expect([...bestOf(measures(runs, stick), ({ value }) => value)].map(({ id }) => id)).toEqual([
    'b',
    'c',
    'd',
  ]);
  expect([...bestOf(measures(runs, stick), ({ value }) => value, true)].map(({ id }) => id)).toEqual([
    'a',
    'c',
    'd',
  ]);
});
