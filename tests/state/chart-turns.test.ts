/** What makes the charts of the Train screen look again. */
import { expect, test } from 'vitest';
import { onSteps } from '../../src/screens/train/live/live';
import { useRun } from '../../src/state/run/run';
import type { RunView } from '../../src/state/types';

test('charts look again when a run’s state is told after its end: an axis ends where a stopped run does', () => {
  const view = { id: 'a', live: true, state: 'running', stepRevision: 7, epochs: [] } as unknown as RunView;
  useRun.setState({ view });
  let turns = 0;
  const off = onSteps(() => {
    turns++;
  });
  useRun.setState({ view: { ...view, live: false } });
  useRun.setState({ view: { ...view, live: false, state: 'stopped' } });
  useRun.setState({ view: { ...view, live: false, state: 'stopped' } });
  off();
  expect(turns).toBe(2);
});
