/** The strategy's formula, once in symbols and once with the numbers of the latest step. */
import { useTranslation } from 'react-i18next';
import { sum } from '../../core/weighting/numerics';
import { strategy } from '../../core/weighting/registry';
import { useDraft } from '../../state/draft';
import { useRun } from '../../state/run';
import type { RunView } from '../../state/types';
import { useFormat } from '../../ui/format';
import { Panel } from '../../ui/panel';
import { TaskGlyph } from '../../ui/task-glyph';
import { useLiveView, useTasks } from './live';
import { SandboxButton } from './sandbox/sandbox-dialog';
import styles from './formula-panel.module.css';

const read = (view: RunView | null) => view?.lastStep ?? null;

export function FormulaPanel() {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  const ofRun = useRun((s) => s.view?.config.strategy);
  const ofDraft = useDraft((s) => s.config.strategy);
  const { id, options } = ofRun ?? ofDraft;
  const chosen = strategy(id);
  const step = useLiveView(read);
  const fits = step !== null && step.losses.length === tasks.length;
  const negative = fits ? tasks.filter((_, i) => (step.effective[i] ?? 0) < 0).map((task) => t(`tasks.${task}`)) : [];
  return (
    <Panel title={t('formula.title', { name: t(`strategy.${id}.name`) })} level={3} className={styles['wide']} actions={<SandboxButton id={id} options={options} />}>
      <div className={styles['columns']}>
        <div>
          <p className={styles['formula']}>{chosen.formula(options).split(/,\s{2,}/).map((part) => <span key={part}>{part}</span>)}</p>
          <p className={styles['explain']}>{t(`strategy.${id}.explain`)}</p>
          {fits && <p className={styles['numbers']}>{chosen.formulaWithNumbers(step.losses, step, options)}</p>}
          {fits && step.fallback && <p className={styles['warning']}>{t('gradients.madeUp', { what: t(`fallback.${step.fallback}`) })}</p>}
          {negative.length > 0 && <p className={styles['warning']}>{t('formula.uphill', { tasks: negative.join(', ') })}</p>}
        </div>
        {fits && (
          <div>
            <table className={styles['table']}>
              <caption className="visually-hidden">{t('formula.caption', { step: format.integer(step.step) })}</caption>
              <thead><tr><th scope="col">{t('formula.task')}</th><th scope="col">{t('formula.loss')}</th><th scope="col">{t('weights.nominal')}</th><th scope="col">{t('weights.effective')}</th></tr></thead>
              <tbody>
                {tasks.map((task, i) => (
                  <tr key={task}>
                    <th scope="row"><TaskGlyph task={task} width={22} /> {t(`tasks.${task}`)}</th>
                    <td>{format.fixed(step.losses[i], 3)}</td>
                    <td>{format.fixed(step.nominal[i], 3)}</td>
                    <td data-negative={(step.effective[i] ?? 0) < 0}>{format.fixed(step.effective[i], 3)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot><tr><th scope="row" title={t('gradients.sumNote')}>{t('gradients.sum')}</th><td>–</td><td>{format.fixed(sum(step.nominal), 3)}</td><td>{format.fixed(sum(step.effective), 3)}</td></tr></tfoot>
            </table>
            {step.extraMs !== undefined && <p className={styles['explain']}>{t('weighing.measuredCost', { share: format.percent(step.extraMs / step.ms, 1), ms: format.fixed(step.extraMs, 1), step: format.fixed(step.ms, 0) })}</p>}
          </div>
        )}
      </div>
    </Panel>
  );
}
