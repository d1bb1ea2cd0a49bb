/** The test part of the run on screen: its scores once it is finished, and until then that they will come. */
import { useTranslation } from 'react-i18next';
import { taskIds } from '../../../core/tasks/types';
import { testedOf } from '../../../core/training/monitor/tested';
import { useRun } from '../../../state/run/run';
import { Section } from '../../../ui/controls/section';
import { TestScores } from '../../../ui/controls/test-scores';

export function TestSection() {
  const { t } = useTranslation();
  const epochs = useRun((s) => s.view?.epochs);
  const config = useRun((s) => s.view?.config);
  const due = useRun((s) => s.view?.testDue);
  const tested = epochs ? testedOf(epochs) : null;
  // A column of the corpus may name a test part that the configuration does not.
  if (!config || (!config.split.test && !tested)) return null;
  return (
    <Section title={t('tested.title')} note={t('tested.note')}>
      {tested ? (
        <TestScores named={false} runs={[{ id: 'run', name: '', tasks: taskIds(config), tested }]} />
      ) : (
        <p>{t(due ? 'tested.due' : 'tested.waits')}</p>
      )}
    </Section>
  );
}
