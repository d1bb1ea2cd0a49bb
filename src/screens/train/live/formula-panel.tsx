/** The strategy's formula, once in symbols and once with the numbers of the latest step. */
import { useTranslation } from 'react-i18next';
import type { StepRow } from '../../../core/training/events';
import { strategyOfStep, type StrategyChoice } from '../../../core/training/segments';
import { withRenormalised } from '../../../core/weighting/notation';
import { sum } from '../../../core/weighting/numerics';
import { strategy } from '../../../core/weighting/registry';
import { useDraft } from '../../../state/draft';
import type { RunView } from '../../../state/types';
import { useFormat } from '../../../ui/text/format';
import { olderFormula } from '../../../ui/text/older-formula';
import { Panel } from '../../../ui/controls/panel';
import { TaskGlyph } from '../../../ui/task-glyph';
import { useLiveView, useTasks } from './live';
import { SandboxButton } from '../sandbox/sandbox-dialog';
import styles from './formula-panel.module.css';
import { taskName } from '../../../ui/text/task-name';

interface Shown {
  readonly strategy: StrategyChoice;
  readonly renormalise: boolean;
  readonly step: StepRow | null;
}

/**
 * A step and the strategy that weighed it, read together: after a switch or at the start of another run, one
 * of them is there before the other.
 */
function read(view: RunView | null): Shown | null {
  if (!view) return null;
  const { config, segments, lastStep: step } = view;
  const before = step && segments.at(-1)!.step >= step.step ? strategyOfStep(segments, step.step) : undefined;
  return { strategy: before ?? config.strategy, renormalise: config.renormalise, step };
}

const same = (a: Shown | null, b: Shown | null): boolean =>
  a?.strategy === b?.strategy && a?.renormalise === b?.renormalise && a?.step === b?.step;

export function FormulaPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const ofRun = useLiveView(read, same);
  const ofDraft = useDraft((s) => s.config.strategy);
  const { id, options } = ofRun?.strategy ?? ofDraft;
  const chosen = strategy(id);
  const step = ofRun?.step ?? null;
  const older = ofRun ? olderFormula(t, ofRun.strategy) : null;
  const fits = step !== null && step.losses.length === tasks.length;
  const negative = fits
    ? tasks.filter((_, i) => (step.effective[i] ?? 0) < 0).map((task) => taskName(t, task))
    : [];
  const numbers = fits ? chosen.formulaWithNumbers(step.losses, step, options) : '';
  return (
    <Panel
      title={t('formula.title', { name: t(`strategy.${id}.name`) })}
      level={3}
      actions={<SandboxButton id={id} options={options} />}
    >
      <div className={styles['columns']}>
        <div>
          <p className={styles['formula']}>
            {format
              .formula(chosen.formula(options))
              .split(/,\s{2,}/)
              .map((part) => (
                <span key={part}>{part}</span>
              ))}
          </p>
          <p className={styles['explain']}>{t(`strategy.${id}.explain`)}</p>
          {older && (
            <p className={styles['warning']}>
              {older} {t('olderFormula.goesOn')}
            </p>
          )}
          {tasks.length === 1 && <p className={styles['explain']}>{t('formula.oneTask')}</p>}
          {fits && (
            <p className={styles['numbers']}>
              {format.formula(ofRun?.renormalise ? withRenormalised(numbers, step.effective) : numbers)}
            </p>
          )}
          {fits && ofRun?.renormalise && (
            <p className={styles['explain']}>{t('formula.renormalised', { count: tasks.length })}</p>
          )}
          {fits && step.fallback && (
            <p className={styles['warning']}>
              {t('gradients.madeUp', { what: t(`fallback.${step.fallback}`) })}
            </p>
          )}
          {negative.length > 0 && (
            <p className={styles['warning']}>
              {t(chosen.needs(options) === 'losses' ? 'formula.uphill' : 'sandbox.negative', {
                tasks: negative.join(', '),
              })}
            </p>
          )}
        </div>
        {fits && (
          <div>
            <table className={styles['table']}>
              <caption className="visually-hidden">
                {t('formula.caption', { step: format.integer(step.step) })}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{t('formula.task')}</th>
                  <th scope="col">{t('formula.loss')}</th>
                  <th scope="col">{t('weights.nominal')}</th>
                  <th scope="col">{t('weights.effective')}</th>
                </tr>
              </thead>
              <tbody>
                {tasks.map((task, i) => (
                  <tr key={task}>
                    <th scope="row">
                      <TaskGlyph task={task} width={22} /> {taskName(t, task)}
                    </th>
                    <td>{format.reading(step.losses[i], 3)}</td>
                    <td>{format.reading(step.nominal[i], 3)}</td>
                    <td data-negative={(step.effective[i] ?? 0) < 0}>
                      {format.reading(step.effective[i], 3)}
                    </td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row" title={t('gradients.sumNote')}>
                    {t('gradients.sum')}
                  </th>
                  <td>–</td>
                  <td>{format.reading(sum(step.nominal), 3)}</td>
                  <td>{format.reading(sum(step.effective), 3)}</td>
                </tr>
              </tfoot>
            </table>
            {step.extraMs !== undefined && (
              <p className={styles['explain']}>
                {t('weighing.measuredCost', {
                  share: format.percent(step.extraMs / step.ms, 1),
                  ms: format.fixed(step.extraMs, 1),
                  step: format.fixed(step.ms, 0),
                })}
              </p>
            )}
          </div>
        )}
      </div>
    </Panel>
  );
}
