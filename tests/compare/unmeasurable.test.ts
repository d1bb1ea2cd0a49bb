/**
 * A task that cannot be measured in a run: no value, no mean, no test, no point, no class, no caption of a
 * best value.
 */
import { describe, expect, it } from 'vitest';
import { classView } from '../../src/core/compare/by-class';
import { groupRuns } from '../../src/core/compare/groups';
import { curveOf } from '../../src/core/compare/over-epochs';
import { answerSeeds, seedQuestions } from '../../src/core/compare/over-seeds';
import { paretoAxes, paretoView } from '../../src/core/compare/pareto-view';
import { tableRows } from '../../src/core/compare/table';
import { lacks, valueOf, type ComparedRun, type Reading } from '../../src/core/compare/values';
import { allRunsFile } from '../../src/core/export/comparison-files';
import { withoutScores } from '../../src/core/tasks/metrics/measurable';
import { TASKS } from '../../src/core/tasks/presets';
import { madeUp } from '../support/compared-runs';

const READING: Reading = { metric: 'uar', side: 'validation', moment: 'best' };

/** The speakers of the validation side are new. */
function unseen(run: ComparedRun): ComparedRun {
  return {
    ...run,
    epochs: run.epochs.map((epoch) => ({
      ...epoch,
      validation: {
        total: Number.NaN,
        tasks: epoch.validation.tasks.map((task, i) => (i === 1 ? withoutScores(task, 'unseen') : task)),
      },
    })),
  };
}
const made = (
  id: string,
  strategy: 'unweighted-sum' | 'dwa',
  seed: number,
  hits: readonly number[],
): ComparedRun =>
  unseen(
    madeUp(id, { seed, split: { kind: 'session', session: 5 }, strategy: { id: strategy, options: {} } }, [
      hits,
    ]),
  );
const runs = [
  made('a1', 'unweighted-sum', 1, [5, 0, 7]),
  made('a2', 'unweighted-sum', 2, [6, 0, 7]),
  made('b1', 'dwa', 1, [6, 0, 8]),
  made('b2', 'dwa', 2, [8, 0, 9]),
];
const [sum, dwa] = groupRuns(runs);
const groups = [sum!, dwa!];

describe('a task that cannot be measured', () => {
  it('has no value, and says that it lacks one', () => {
    expect(TASKS.map((task) => valueOf(runs[0]!, task, READING))).toEqual([0.5, null, 0.7]);
    expect(TASKS.map((task) => lacks(runs[0]!, task, READING))).toEqual([false, true, false]);
    expect(lacks(runs[0]!, 'speaker', { ...READING, side: 'train' })).toBe(false);
  });
  it('asks no question over seeds, so that it costs the others nothing', () => {
    const questions = seedQuestions(sum!, groups, TASKS, READING);
    expect(questions.map(({ task }) => task)).toEqual(['emotion', 'gender']);
    expect(answerSeeds(questions).map(({ verdict }) => verdict.code)).not.toContain('no-pairs');
  });
  it('has no mean, no difference, no curve, no classes', () => {
    const [row] = tableRows(groups, sum!, TASKS, READING, 'groups');
    expect(row!.scores[1]).toEqual({ value: null, delta: null, pairs: 0 });
    expect(row!.scores[0]!.value!.mean).toBeCloseTo(0.55, 12);
    expect(curveOf(sum!, 'speaker', READING)).toMatchObject({ epochs: [], mean: [], beyond: 0 });
    expect(classView(groups, sum!, 'speaker', 'recall', READING)).toMatchObject({
      rows: [],
      missing: groups,
    });
  });
  it('is no axis of the front unless it is asked for, and then has no point', () => {
    expect(paretoAxes(groups, null, null, READING)).toEqual(['emotion', 'gender']);
    expect(paretoAxes(groups, 'speaker', null, READING)).toEqual(['speaker', 'emotion']);
    expect(paretoView(groups, ['speaker', 'emotion'], READING, 'groups')).toMatchObject({
      judged: [],
      missing: groups,
    });
  });
  it('has empty cells with the reason in the file of all runs', () => {
    const [header, ...rows] = allRunsFile(runs.slice(0, 1))
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const named = rows.map((row) => Object.fromEntries(row.map((cell, i) => [header![i]!, cell])));
    expect(named.find(({ side, task }) => side === 'validation' && task === 'speaker')).toMatchObject({
      loss: '',
      uar: '',
      total_loss: '',
      not_measured: 'unseen',
    });
    expect(named.find(({ side, task }) => side === 'validation' && task === 'emotion')).toMatchObject({
      uar: '0.5',
      not_measured: '',
    });
  });
});
