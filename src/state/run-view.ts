/**
 * A run as the Train screen shows it before its trainer says a word: made of its record, and of what is
 * stored of it.
 */
import { isRunning, runs } from '../clients/shelf';
import { adjustmentsUpTo, configAfter } from '../core/training/adjustments';
import type { StepRow } from '../core/training/events';
import { firstSegment, segmentsUpTo } from '../core/training/segments';
import type { RunRecord } from '../storage/schema';
import { readParent } from './parent';
import type { RunView } from './types';

export function emptyView(from: RunRecord): RunView {
  return {
    id: from.id,
    name: from.name,
    config: from.config,
    classes: from.classes,
    state: from.state,
    live: false,
    asked: null,
    backend: from.backend ? { id: from.backend, software: from.backendSoftware, detail: '' } : null,
    stepsPerEpoch: 0,
    lastStep: null,
    steppedAt: null,
    stepRevision: 0,
    epochs: [],
    log: [],
    memory: null,
    checkpoints: { best: null, last: null },
    error: null,
    stepsPerSecond: 0,
    etaSeconds: null,
    imported: from.imported !== undefined,
    recoveries: from.recoveries ?? 0,
    recovering: null,
    segments: from.segments ?? [firstSegment(from.config.strategy)],
    adjustments: from.adjustments ?? [],
    nextStrategy: from.nextStrategy ?? null,
    parent: null,
  };
}

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
  const interrupted = !elsewhere && (from.state === 'running' || from.state === 'preparing');
  return {
    steps: history.steps,
    view: {
      ...shown,
      segments,
      adjustments,
      parent,
      config: configAfter(from.config, segments, adjustments),
      state: interrupted ? 'paused' : from.state,
      lastStep: history.steps.at(-1) ?? null,
      stepRevision: 1,
      epochs: history.epochs,
      log: history.log,
      checkpoints: from.imported ? { best: null, last: null } : { best: info('best'), last: info('last') },
    },
  };
}
