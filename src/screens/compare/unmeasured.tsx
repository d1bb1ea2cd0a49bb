/**
 * Says which tasks of which recipes cannot be measured, and whose best epoch was chosen with such a task in
 * the sum.
 */
import { useTranslation } from 'react-i18next';
import { lacks } from '../../core/compare/values';
import { lettersOf, type Comparison } from './use-comparison';
import styles from './compare-screen.module.css';
import { taskName } from '../../ui/text/task-name';

export function Unmeasured({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { compared, tasks, reading } = comparison;
  const groups = compared.map(({ group }) => group);
  const lacking = tasks
    .map((task) => ({
      task,
      groups: groups.filter(({ runs }) => runs.some((run) => lacks(run, task, reading))),
    }))
    .filter((one) => one.groups.length > 0);
  const countingAll = groups.filter(({ runs }) =>
    runs.some(({ epochs }) => epochs.some(({ countsAll }) => countsAll === true)),
  );
  return (
    <>
      {lacking.map(({ task, groups: of }) => (
        <p key={task} className={styles['hint']} role="note">
          {t('measure.runs', { task: taskName(t, task), runs: lettersOf(comparison, of) })}
        </p>
      ))}
      {countingAll.length > 0 && (
        <p className={styles['hint']} role="note">
          {t('measure.countsAllRuns', { runs: lettersOf(comparison, countingAll) })}
        </p>
      )}
    </>
  );
}
