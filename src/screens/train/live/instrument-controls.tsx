/**
 * How often and where gradients are measured: of the run that goes from its next step on, else of the next
 * run; and beside it what weights and instruments take of the time, as measured in the latest steps.
 */
import { useTranslation } from 'react-i18next';
import type { StepRow } from '../../../core/training/events';
import type { Instruments } from '../../../core/config/run-config';
import { GRADIENT_LEVELS } from '../../../core/weighting/types';
import { useDraft } from '../../../state/draft';
import { runSeries, useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { SelectField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { useLiveSteps } from './live';
import styles from '../train-screen.module.css';

const INTERVALS = [0, 1, 2, 5, 10, 20, 50, 100] as const;
/** Steps that the cost is averaged over, at least, and at most where the interval is longer. */
const [LEAST, MOST] = [50, 1000] as const;

/** What acts, and how to set it. */
function useInstruments(): {
  readonly instruments: Instruments;
  readonly set: (instruments: Instruments) => void;
  readonly live: boolean;
  readonly locked: boolean;
} {
  const ofRun = useRun((s) => s.view?.config.instruments);
  const live = useRun((s) => s.view?.live === true);
  const starting = useRun((s) => s.starting !== null);
  const ofDraft = useDraft((s) => s.config.instruments);
  const set = (instruments: Instruments): void => {
    if (live) void useRun.getState().setInstruments(instruments);
    else useDraft.getState().set({ instruments });
  };
  return { instruments: live ? ofRun! : ofDraft, set, live, locked: starting };
}

interface Cost {
  readonly share: number;
  readonly ms: number;
  readonly steps: number;
}

/** Mean over whole intervals of the latest steps; of those since the latest change, where they are fewer. */
function costOf(_rows: readonly StepRow[], view: RunView | null): Cost | null {
  if (!view) return null;
  const every = Math.max(1, view.config.instruments.every);
  const since = view.adjustments.at(-1)?.step ?? 0;
  const wanted = Math.min(MOST, Math.ceil(LEAST / every) * every);
  const rows = runSeries()
    .latest(wanted)
    .filter(({ step, extraMs }) => step > since && extraMs !== undefined);
  const [extra, all] = rows.reduce(([a, b], { extraMs, ms }) => [a + extraMs!, b + ms], [0, 0]);
  return all > 0 ? { share: extra / all, ms: extra / rows.length, steps: rows.length } : null;
}

const sameCost = (a: Cost | null, b: Cost | null): boolean => a?.steps === b?.steps && a?.share === b?.share;

export function InstrumentControls() {
  const { t } = useTranslation();
  const format = useFormat();
  const { instruments, set, live, locked } = useInstruments();
  const viewed = useRun((s) => s.view !== null);
  const cost = useLiveSteps(costOf, sameCost);
  const { every, gradients } = instruments;
  const intervals = INTERVALS.some((one) => one === every)
    ? INTERVALS
    : [...INTERVALS, every].sort((a, b) => a - b);
  return (
    <div className={styles['instruments']} role="group" aria-label={t('weighing.controls')}>
      <SelectField
        label={t(viewed && !live ? 'weighing.intervalNext' : 'weighing.interval')}
        disabled={locked}
        value={String(every)}
        onChange={(next) => set({ gradients, every: Number(next) })}
        options={intervals.map((one) => ({
          value: String(one),
          label:
            one === 0
              ? t('weighing.never')
              : one === 1
                ? t('weighing.everyStep')
                : t('weighing.everySteps', { count: one }),
        }))}
      />
      <SelectField
        label={t('weighing.at')}
        disabled={locked || every === 0}
        value={gradients}
        onChange={(next) => set({ every, gradients: next })}
        options={GRADIENT_LEVELS.map((level) => ({
          value: level,
          label: t(`optionChoice.gradients.${level}`),
        }))}
      />
      <p className={styles['cost']} data-testid="measured-cost">
        {cost
          ? t('weighing.meanCost', {
              share: format.percent(cost.share, 1),
              ms: format.fixed(cost.ms, 1),
              count: cost.steps,
            })
          : t('weighing.noCost')}
      </p>
    </div>
  );
}
