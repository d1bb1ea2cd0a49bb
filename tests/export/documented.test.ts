/** docs/automation.md names every column of the CSV files that are meant for other programs, and no other. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { allRunsFile, seedTestsFile } from '../../src/core/export/comparison-files';
import { metricsFile, stepsFile } from '../../src/core/export/run-files';
import type { StepRow } from '../../src/core/training/events';

const text = readFileSync('docs/automation.md', 'utf8');
/**
 * The names in the first column of the table below this heading; a name for all of its rows may be written
 * `loss_<task>`.
 */
function documented(heading: string): readonly string[] {
  const [, rest = ''] = text.split(`### Columns of ${heading}\n`);
  return rest
    .split('\n#')[0]!
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}
const header = (csv: string): readonly string[] => csv.trimEnd().split('\r\n')[0]!.split(',');

it('all-runs.csv', () => expect(documented('all-runs.csv')).toEqual(header(allRunsFile([]))));
it('tests-over-seeds.csv', () =>
  expect(documented('tests-over-seeds.csv')).toEqual(
    header(seedTestsFile([], { metric: 'uar', side: 'validation', moment: 'best' }, '', String)),
  ));
it('metrics.csv', () => expect(documented('metrics.csv')).toEqual(header(metricsFile([], [], []))));
it('steps.csv', () => {
  const row: StepRow = {
    step: 1,
    epoch: 1,
    total: 1,
    losses: [1, 1],
    nominal: [1, 1],
    effective: [1, 1],
    ms: 1,
    waitMs: 0,
    learningRate: 0.1,
  };
  const written = header(stepsFile(['a', 'b'], [row], [], [])).map((name) =>
    name.replace(/_a_b$/, '_<task>_<task>').replace(/_[ab]$/, '_<task>'),
  );
  expect(documented('steps.csv')).toEqual([...new Set(written)]);
});
