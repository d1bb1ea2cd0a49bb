/** Families of runs in a table: forks after their parent, in the order of the table among themselves. */
import { expect, it } from 'vitest';
import { PRESETS } from '../../src/core/config/presets';
import { familyOrder } from '../../src/state/run/family';

const run = (id: string, parent: string | null = null) => ({
  id,
  config: {
    ...PRESETS.compact,
    origin:
      parent === null ? null : { runId: parent, name: parent, which: 'last' as const, step: 1, epoch: 1 },
  },
});

it('puts forks under their parent, keeps the order otherwise, and tells of a parent that is gone', () => {
  const rows = familyOrder([
    run('fork of fork', 'fork'),
    run('second', 'a'),
    run('b'),
    run('orphan', 'deleted'),
    run('fork', 'a'),
    run('a'),
  ]);
  expect(rows.map(({ entry, depth, orphan }) => [entry.id, depth, orphan])).toEqual([
    ['b', 0, false],
    ['orphan', 0, true],
    ['a', 0, false],
    ['second', 1, false],
    ['fork', 1, false],
    ['fork of fork', 2, false],
  ]);
});
