/**
 * Says that a link, or what was chosen before, names runs, recipes or tasks that are not here: they have no effect.
 */
import { useTranslation } from 'react-i18next';
import { strangers, withoutStrangers } from '../../../core/compare/choice';
import { useCompare } from '../../../state/runs/compare';
import { Button } from '../../../ui/controls/button';
import type { Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';

export function Strangers({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const choice = useCompare((s) => s.choice);
  const choose = useCompare((s) => s.choose);
  const groups = comparison.members.map(({ group }) => group);
  const { recipes, runs, tasks } = strangers(choice, groups);
  if (recipes.length + runs.length + tasks.length === 0) return null;
  return (
    <div className={styles['stranger']} role="status">
      <p>
        {recipes.length > 0 && `${t('compare.strangers.recipes', { count: recipes.length })} `}
        {runs.length > 0 && `${t('compare.strangers.runs', { count: runs.length })} `}
        {tasks.length > 0 && `${t('compare.strangers.tasks', { tasks: tasks.join(', ') })} `}
        {t('compare.strangers.ignored')}
      </p>
      <Button onClick={() => choose(withoutStrangers(choice, groups))}>
        {t('compare.strangers.forget')}
      </Button>
    </div>
  );
}
