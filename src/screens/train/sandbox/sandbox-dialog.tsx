/**
 * The sandbox: a strategy with losses, and where it looks at them gradients, set by hand. Beginning with the
 * run's latest, or an example where there is no run.
 */
import { FlaskConical, RotateCcw, StepForward } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { defaultOptions } from '../../../core/weighting/options';
import { strategy } from '../../../core/weighting/registry';
import {
  answerOf,
  beginSandbox,
  EXAMPLE_LOSSES,
  rounded,
  stepSandbox,
  withLoss,
  withOptions,
  type Pulls,
  type Sandbox,
} from '../../../core/weighting/sandbox';
import type { StrategyId, StrategyOptions } from '../../../core/weighting/types';
import { useDraft } from '../../../state/draft';
import { runSeries, useRun } from '../../../state/run/run';
import { Button } from '../../../ui/controls/button';
import { SelectField, SliderField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { Modal } from '../../../ui/controls/overlay';
import { OptionFields } from '../../../ui/options/option-fields';
import { strategyWords } from '../../../ui/options/option-words';
import { strategySelectOptions } from '../../../ui/options/strategy-options';
import { TaskGlyph } from '../../../ui/task-glyph';
import { useTasks } from '../live/live';
import { PullSliders } from './pull-sliders';
import { SandboxTrace } from './sandbox-trace';
import { Verdict } from './verdict';
import { WeightBars } from './weight-bars';
import styles from './sandbox.module.css';
import { taskName } from '../../../ui/text/task-name';

const SLIDER = { min: 0, max: 3, step: 0.01 } as const;
const MANY = 10;

/** The run's latest losses where they are of these tasks. */
function losses(tasks: readonly TaskId[]): readonly number[] {
  const last = useRun.getState().view?.lastStep?.losses;
  if (last?.length === tasks.length && last.every(Number.isFinite)) return last.map(rounded);
  return tasks.map((_, i) => EXAMPLE_LOSSES[i] ?? 1);
}

/** The gradients that were measured last. */
function pulls(): Pulls | null {
  const last = useRun.getState().view && runSeries().measured(4).at(-1)?.gradients;
  return last ? { lengths: last.norms, cosines: last.cosines } : null;
}

export function SandboxButton({
  id,
  options,
}: {
  readonly id: StrategyId;
  readonly options: StrategyOptions;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FlaskConical />} onClick={() => setOpen(true)}>
        {t('sandbox.open')}
      </Button>
      <Modal wide title={t('sandbox.title')} open={open} onOpenChange={setOpen}>
        {open && <Bench id={id} options={options} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

function Bench({
  id,
  options,
  onClose,
}: {
  readonly id: StrategyId;
  readonly options: StrategyOptions;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const seed = useDraft((s) => s.config.seed);
  const busy = useRun((s) => s.view?.live === true || s.starting !== null);
  const [box, setBox] = useState<Sandbox>(() => beginSandbox(id, options, losses(tasks), seed, pulls()));
  const chosen = strategy(box.id);
  const answer = answerOf(box);
  const restart = (next: StrategyId, nextOptions: StrategyOptions): void =>
    setBox({ ...beginSandbox(next, nextOptions, box.losses, seed), pulls: box.pulls });
  const take = (count: number): void =>
    setBox(Array.from({ length: count }).reduce<Sandbox>((state) => stepSandbox(state), box));
  const takeOver = (): void => {
    useDraft.getState().set({ strategy: { id: box.id, options: box.options } });
    onClose();
  };
  return (
    <div className={styles['bench']}>
      <p className={styles['note']}>{t('sandbox.note')}</p>
      <div className={styles['columns']}>
        <div className={styles['inputs']}>
          <SelectField
            label={t('config.strategy')}
            value={box.id}
            onChange={(next: StrategyId) => restart(next, defaultOptions(strategy(next), tasks.length))}
            options={strategySelectOptions(t)}
          />
          <OptionFields
            fields={chosen.options}
            words={strategyWords(i18n, box.id)}
            tasks={tasks}
            values={box.options}
            base={null}
            onChange={(key, value) => setBox(withOptions(box, { ...box.options, [key]: value }))}
          />
          {tasks.map((task, i) => (
            <SliderField
              key={task}
              label={t('balance.loss', { task: taskName(t, task) })}
              lead={<TaskGlyph task={task} width={24} />}
              {...SLIDER}
              max={Math.max(SLIDER.max, Math.ceil(box.losses[i] ?? 0))}
              value={box.losses[i] ?? 0}
              display={format.reading(box.losses[i], 2)}
              onChange={(value) => setBox(withLoss(box, i, value))}
            />
          ))}
          {answer.needs !== 'losses' && <PullSliders box={box} tasks={tasks} onChange={setBox} />}
        </div>
        <div className={styles['outputs']}>
          <p className={styles['formula']}>
            {format
              .formula(chosen.formula(box.options))
              .split(/,\s{2,}/)
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
          </p>
          <p className={styles['numbers']}>{answer.numbers}</p>
          <WeightBars tasks={tasks} nominal={answer.weights.nominal} effective={answer.weights.effective} />
          <Verdict box={box} weights={answer.weights} tasks={tasks} />
        </div>
      </div>
      <section className={styles['memory']} aria-label={t('sandbox.memory')}>
        <div className={styles['steps']}>
          <Button icon={<StepForward />} disabled={!answer.hasMemory} onClick={() => take(1)}>
            {t('sandbox.next')}
          </Button>
          <Button disabled={!answer.hasMemory} onClick={() => take(MANY)}>
            {t('sandbox.nextMany', { count: MANY })}
          </Button>
          <Button icon={<RotateCcw />} disabled={box.step === 0} onClick={() => restart(box.id, box.options)}>
            {t('sandbox.restart')}
          </Button>
          <p role="status">
            {answer.hasMemory
              ? t('sandbox.stepsTaken', { count: box.step })
              : t(answer.needs === 'losses' ? 'sandbox.noMemory' : 'sandbox.noMemoryPulls')}
          </p>
        </div>
        {chosen.looksAgain && <p className={styles['note']}>{t('sandbox.looksAgain')}</p>}
        {box.trace.length > 1 && <SandboxTrace tasks={tasks} trace={box.trace} />}
      </section>
      <div className={styles['foot']}>
        <Button disabled={busy} onClick={takeOver}>
          {t('sandbox.takeOver')}
        </Button>
        {busy && <p>{t('sandbox.busy')}</p>}
      </div>
    </div>
  );
}
