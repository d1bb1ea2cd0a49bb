/**
 * The slow part of a chart over steps: whether there is anything, and its axes. Equal until something of it
 * looks different.
 */
import type { EpochRecord, StepRow } from '../../../core/training/events';
import type { RunView } from '../../../state/types';
import type { Scales } from '../../../ui/charts/plot';
import { growingAxis, sameAxis, type Axis } from '../../../ui/charts/ticks';

export interface Frame {
  readonly empty: boolean;
  readonly scales: Scales;
}

const NO_EPOCHS: readonly EpochRecord[] = [];
/** More epochs than this are thinned evenly; the last stays. */
const EPOCHS = 120;
/** A run's axis begins with room for this many epochs. */
const FIRST_EPOCHS = 4;

export const epochsOf = (view: RunView | null): readonly EpochRecord[] => view?.epochs ?? NO_EPOCHS;

/** Of the run that this one was forked from, from the fork on. */
export const parentEpochs = (view: RunView | null): readonly EpochRecord[] =>
  view?.parent?.epochs ?? NO_EPOCHS;

export function frameOf(rows: readonly StepRow[], view: RunView | null, y: Axis, log = false): Frame {
  const epochs = epochsOf(view);
  const last = Math.max(
    rows.at(-1)?.step ?? 0,
    epochs.at(-1)?.step ?? 0,
    parentEpochs(view).at(-1)?.step ?? 0,
  );
  const perEpoch = epochs[0]?.step ?? (view?.stepsPerEpoch || last);
  return {
    empty: last === 0,
    scales: { x: growingAxis(last, perEpoch * FIRST_EPOCHS, plannedSteps(view, perEpoch)), y, log },
  };
}

/** Where the run will end at the latest; one that is over has ended. */
const plannedSteps = (view: RunView | null, perEpoch: number): number =>
  isOver(view) ? 0 : view && perEpoch > 0 ? view.config.epochs * perEpoch : Infinity;

/** Nothing will come any more: an axis ends where the run does. */
export const isOver = (view: RunView | null): boolean =>
  view !== null &&
  !view.live &&
  (view.state === 'finished' || view.state === 'stopped' || view.state === 'failed');

export const sameFrame = (a: Frame, b: Frame): boolean =>
  a.empty === b.empty &&
  a.scales.log === b.scales.log &&
  sameAxis(a.scales.x, b.scales.x) &&
  sameAxis(a.scales.y, b.scales.y);

export function thinned(epochs: readonly EpochRecord[]): readonly EpochRecord[] {
  const stride = Math.max(1, Math.ceil(epochs.length / EPOCHS));
  return stride === 1 ? epochs : epochs.filter((_, i) => (epochs.length - 1 - i) % stride === 0);
}
