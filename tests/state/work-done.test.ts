/** Which stored runs a sweep takes for work that is done. */
import { expect, it } from 'vitest';
import { firstSegment } from '../../src/core/training/segments';
import { workKey } from '../../src/core/training/sweep';
import { workDone } from '../../src/state/queue-item';
import { madeUpRun } from '../support/stored-runs';

it('a finished run that was nothing but its configuration, computed in this browser', () => {
  const { config } = madeUpRun();
  const run = { state: 'finished', config, segments: [firstSegment(config.strategy)] } as const;
  expect(workDone(run)).toBe(workKey(config));
  expect(workDone({ ...run, state: 'stopped' })).toBeNull();
  expect(workDone({ ...run, adjusted: true })).toBeNull();
  expect(workDone({ ...run, segments: [...run.segments, { step: 4, epoch: 2, why: 'switch', strategy: { id: 'dwa', options: {} } }] })).toBeNull();
  expect(workDone({ ...run, imported: { file: 'run.zip', at: 0 } })).toBeNull();
});
