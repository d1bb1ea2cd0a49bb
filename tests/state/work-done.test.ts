/** Which stored runs a sweep takes for work that is done. */
import { expect, it } from 'vitest';
import { parseRunConfig } from '../../src/core/config/parse';
import { untouched } from '../../src/core/run/record';
import { beginningNow, sweepConfigs, workKey } from '../../src/core/training/sweep';
import { workDone } from '../../src/state/queue/queue-item';
import { madeUpRun } from '../support/stored-runs';

it('a finished run that was nothing but its configuration, computed in this browser', () => {
  const { config } = madeUpRun();
  const run = { ...untouched(config), state: 'finished', config } as const;
  expect(workDone(run)).toBe(workKey(config));
  expect(workDone({ ...run, state: 'stopped' })).toBeNull();
  expect(workDone({ ...run, adjusted: true })).toBeNull();
  expect(
    workDone({
      ...run,
      segments: [...run.segments, { step: 4, epoch: 2, why: 'switch', strategy: { id: 'dwa', options: {} } }],
    }),
  ).toBeNull();
  // Of older formulas it is another run than the one that would be made now.
  const nash = { ...config, strategy: { id: 'nash-mtl', options: {} } } as const;
  const [old, now] = [
    { ...run, config: parseRunConfig(nash) },
    { ...run, config: beginningNow(parseRunConfig(nash)) },
  ];
  expect(workDone(now)).toBe(workKey(beginningNow(parseRunConfig(nash))));
  expect(workDone(old)).not.toBe(workDone(now));
  expect(sweepConfigs({ base: config, strategies: [nash.strategy], seeds: [1] })[0]!.strategy.version).toBe(
    2,
  );
  expect(workDone({ ...run, imported: { file: 'run.zip', at: 0, corpus: null } })).toBeNull();
});
