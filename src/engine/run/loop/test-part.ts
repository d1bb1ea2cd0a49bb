/** The test part: scored once, at the end of a finished run. */
import { asDetails, toWire } from '../../../core/errors/errors';
import { checkTasks } from '../../../core/tasks/metrics/measurable';
import { Validation } from '../../step/validation';
import type { Loop } from './loop';

/**
 * With the weights of the best epoch. Everything of the run is stored by now, so that the weights in memory are no
 * longer needed.
 */
export async function scoreTest({ progress, reporter, parts, liveness }: Loop): Promise<void> {
  const { config, dataset, arrays, host, losses } = progress;
  if (!dataset.test?.length || !host.restoreBest) return;
  try {
    const best = await host.restoreBest();
    if (!best) return;
    const checks = checkTasks({ ...dataset, validation: dataset.test }, config.tasks);
    const pass = new Validation(config, dataset, arrays.network, host, parts.size, checks, losses, 'test');
    const { tally, predictions } = await pass.run(() => liveness.announce());
    const test = progress.metricsOf(tally, 'validation', checks);
    // The scores last: they are the mark that it was tested.
    await host.saveTested?.(predictions);
    await host.saveHistory([], [{ ...best, test }]);
    host.emit({ kind: 'test', runId: host.runId, epoch: best.epoch, test });
    void reporter.log('info', 'tested', { epoch: best.epoch, count: dataset.test.length });
  } catch (error) {
    void reporter.log('error', 'test-failed', asDetails(toWire(error)));
  }
}
