/** Scores of the test parts of the runs compared, apart from what the screen chooses and compares by. */
import { useTranslation } from 'react-i18next';
import { taskIds } from '../../core/tasks/types';
import { testedOf } from '../../core/training/monitor/tested';
import { Section } from '../../ui/controls/section';
import { TestScores } from '../../ui/controls/test-scores';
import type { Comparison } from './use-comparison';

export function HeldOutSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const runs = comparison.compared.flatMap(({ group }) =>
    group.runs.flatMap(({ id, name, config, epochs }) => {
      const tested = testedOf(epochs);
      return tested ? [{ id, name, tasks: taskIds(config), tested }] : [];
    }),
  );
  return runs.length === 0 ? null : (
    <Section title={t('tested.title')} note={t('tested.note')}>
      <TestScores named runs={runs} />
    </Section>
  );
}
