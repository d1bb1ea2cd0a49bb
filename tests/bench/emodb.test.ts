/** The study on EmoDB: its plan, and its report of made-up folds whose scores are counted by hand. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readStudy, type StudyRun } from '../../bench/emodb/data';
import { plannedRuns } from '../../bench/emodb/plan';
import { reportOf } from '../../bench/emodb/report';
import { taskIds } from '../../src/core/tasks/types';

const planned = plannedRuns();

it('plans every recipe on every fold once', () => {
  expect(planned).toHaveLength(6 * (5 + 10));
  expect(new Set(planned.map(({ key }) => key)).size).toBe(planned.length);
  expect(taskIds(planned[0]!.config)).toEqual(['emotion', 'speaker', 'gender']);
});

/** Four utterances a fold: two angry, two bored. All are right but one of those that a held-out speaker says. */
const made = (better: string): StudyRun[] =>
  planned.map(({ key: _key, ...one }): StudyRun => {
    const wrong = one.protocol === 'speakers' && one.label !== better;
    const scores = {
      ids: [0, 1, 2, 3].map((i) => `${one.fold}-${i}`),
      truth: [
        [1, 1, 2, 2],
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ],
      predicted: [
        [1, wrong ? 2 : 1, 2, 2],
        [0, 0, 1, 1],
        [0, 1, 1, 1],
      ],
    };
    const measured = { unmeasurable: null, unseen: [], leftOut: 0 };
    return {
      ...one,
      utterances: 40,
      classes: [
        ['afraid', 'angry', 'bored'],
        ['03', '08'],
        ['female', 'male'],
      ],
      checks: [
        measured,
        one.protocol === 'speakers' ? { unmeasurable: 'unseen', unseen: [], leftOut: 4 } : measured,
        measured,
      ],
      shared: one.protocol === 'speakers' ? { text: 10 } : { speaker: 10, text: 10 },
      speakers: [`s${one.fold}`, `s${one.fold}`, `s${one.fold}`, `s${one.fold}`],
      uar: [[wrong ? 0.75 : 1, null, 0.75]],
      last: scores,
      best: scores,
    };
  });

describe('the report', () => {
  it('has scores, gains and leaks as counted by hand', async () => {
    const text = await reportOf(made('DWA'));
    expect(text).toContain('90 runs on 40 utterances');
    // A half of the angry and all of the bored: 0.75 in every fold, so that nothing varies.
    expect(text).toContain(
      '| one speaker out, 10 folds | emotion alone | 0.750 [0.750, 0.750] | 0.750 [0.750, 0.750] |  |',
    );
    expect(text).toContain(
      '| one speaker out, 10 folds | DWA | 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000] | +25.0 [+25.0, +25.0], 10 of 10 |',
    );
    expect(text).toContain(
      '| random, 5 folds | DWA | 1.000 [1.000, 1.000] | 1.000 [1.000, 1.000] | +0.0 [+0.0, +0.0], 0 of 5 |',
    );
    expect(text).toContain('| PCGrad | +25.0 | +0.0 | +0.0 [+0.0, +0.0] |');
    expect(text).toContain('| one speaker out, 10 folds | 0 | 10 |');
    expect(text).toContain('speaker 03 (afraid)');
    // Nobody can recognise a speaker that is held out.
    expect(text.split('### Speaker')[1]!.split('###')[0]).not.toContain('one speaker out');
  });
  it('is not made where a fold is missing, or is there twice', async () => {
    const runs = made('DWA');
    await expect(reportOf(runs.slice(1))).rejects.toThrow('emotion alone, random: 4 of 5 folds are there');
    const twice = runs.map((run) => (run.fold === '2' ? { ...run, last: runs[0]!.last } : run));
    await expect(reportOf(twice)).rejects.toThrow('cannot be pooled: twice');
  });
});

it('docs/results.md says what the committed data say, or that there are none', async () => {
  const [, section = ''] = readFileSync('docs/results.md', 'utf8').split(
    '<!-- npm run sweep -- --emodb: begin -->\n',
  );
  const said = section.split('\n<!-- npm run sweep -- --emodb: end -->')[0]!;
  const data = 'docs/emodb-study.json';
  expect(said).toBe(
    existsSync(data) ? await reportOf(readStudy(readFileSync(data, 'utf8'))) : 'Not run yet.',
  );
});
