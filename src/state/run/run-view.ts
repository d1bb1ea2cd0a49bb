/** A stored run as the Train screen shows it: made of its record, and of its history. */
import { isRunning, runs } from '../../clients/shelf';
import { adjustmentsUpTo, configAfter } from '../../core/training/adjustments';
import type { StepRow } from '../../core/training/events';
import type { RunRecord } from '../../core/run/record';
import { emptyView, type RunView } from '../../core/run/view';
import { segmentsUpTo } from '../../core/training/segments';
import { testIsDue } from '../../core/training/monitor/tested';
import { readParent } from './parent';

/** With its history, and the run it was forked from. */
export async function storedView(
  from: RunRecord,
): Promise<{ readonly view: RunView; readonly steps: readonly StepRow[] }> {
  const [history, facts, elsewhere, parent] = await Promise.all([
    runs.history(from.id),
    runs.facts(from.id),
    isRunning(from.id),
    readParent(from.config),
  ]);
  const info = (which: 'best' | 'last') => {
    const found = facts.manifests.find((manifest) => manifest.which === which);
    return found ? { step: found.step, epoch: found.epoch, bytes: found.bytes } : null;
  };
  const done = history.steps.at(-1)?.step ?? 0;
  const shown = emptyView(from);
  const [segments, adjustments] = [
    segmentsUpTo(shown.segments, done),
    adjustmentsUpTo(shown.adjustments, done),
  ];
  const config = configAfter(from.config, segments, adjustments);
  const interrupted = !elsewhere && (from.state === 'running' || from.state === 'preparing');
  return {
    steps: history.steps,
    view: {
      ...shown,
      segments,
      adjustments,
      parent,
      config,
      liveOptions: config.strategy.options,
      state: interrupted ? 'paused' : from.state,
      lastStep: history.steps.at(-1) ?? null,
      stepRevision: 1,
      epochs: history.epochs,
      testDue: !from.imported && testIsDue(from.state, from.data, history.epochs),
      log: history.log,
      checkpoints: from.imported ? { best: null, last: null } : { best: info('best'), last: info('last') },
    },
  };
}
