/** What the tests over seeds say, in one line above everything else. */
import { useTranslation } from 'react-i18next';
import { conclude } from '../../../core/compare/conclusion';
import { useSeedAnswers } from './use-seed-answers';
import type { Comparison } from '../use-comparison';
import styles from '../compare-screen.module.css';
import { repetitionWords } from '../../../ui/text/repetitions';
import { taskName } from '../../../ui/text/task-name';

export function ConclusionLine({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { answers } = useSeedAnswers(comparison);
  const { compared, baseline, replicates } = comparison;
  if (!answers) return null;
  const { conclusion, undecidable } = conclude(answers);
  const letterOf = (key: string): string =>
    compared.find(({ group }) => group.key === key)?.style.letter ?? '';
  const words = (): string => {
    switch (conclusion.code) {
      case 'nothing':
        return t(`verdict.nothing.${replicates}`);
      case 'too-few':
        return t('verdict.tooFew', {
          ...repetitionWords(t, replicates, conclusion.seeds),
          needed: conclusion.needed,
          tests: conclusion.tests,
        });
      case 'none':
        return t('verdict.none', repetitionWords(t, replicates));
      case 'some':
        return t('verdict.some', {
          ...repetitionWords(t, replicates),
          what: conclusion.found
            .map(({ group, task, better }) =>
              t(better ? 'verdict.better' : 'verdict.worse', {
                letter: letterOf(group),
                baseline: baseline.style.letter,
                task: taskName(t, task),
              }),
            )
            .join('; '),
        });
    }
  };
  return (
    <p className={styles['conclusion']} data-code={conclusion.code} role="status">
      {words()}
      {undecidable > 0 && ` ${t('verdict.rest', { ...repetitionWords(t, replicates), count: undecidable })}`}
    </p>
  );
}
