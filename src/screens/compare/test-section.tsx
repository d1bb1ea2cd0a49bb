/**
 * What the tests say, in plain words: over seeds, and on the utterances of two runs; and what neither of them
 * can say.
 */
import { useTranslation } from 'react-i18next';
import { useCompare } from '../../state/runs/compare';
import { Section } from '../../ui/controls/section';
import { SeedTests } from './pairs/seed-tests';
import { chosenPair, type Comparison } from './use-comparison';
import { UtteranceTests } from './pairs/utterance-tests';
import styles from './compare-screen.module.css';

export function TestSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { first, second } = useCompare((s) => s.choice);
  const pair = chosenPair(comparison, first, second);
  return (
    <Section title={t('compare.tests.title')} note={t('compare.tests.note')}>
      <div className={styles['tests']}>
        <SeedTests comparison={comparison} />
        {pair && (
          <UtteranceTests pair={pair} moment={comparison.reading.moment} side={comparison.reading.side} />
        )}
      </div>
    </Section>
  );
}
