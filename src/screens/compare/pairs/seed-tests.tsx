/** Every recipe in the comparison against the baseline in every task, over the seeds that both have. */
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { confounders } from '../../../core/compare/differences';
import { repetitionText } from '../../../core/compare/replicates';
import type { SeedAnswer } from '../../../core/compare/over-seeds';
import { seedTestsFile } from '../../../core/export/comparison-files';
import { IconButton } from '../../../ui/controls/button';
import { download } from '../../../ui/download';
import { ErrorNote } from '../../../ui/controls/error-note';
import { useFormat } from '../../../ui/text/format';
import { Panel } from '../../../ui/controls/panel';
import { seedSentence } from '../../../ui/text/verdicts';
import { useNumbers } from '../numbers';
import { SeriesKey } from '../curves/series-key';
import type { Comparison } from '../use-comparison';
import { TestTable } from './test-table';
import { useSeedAnswers } from './use-seed-answers';
import { repetitionWords } from '../../../ui/text/repetitions';
import { settingName } from '../../../ui/text/setting-names';
import styles from '../compare-screen.module.css';
import { metricName } from '../../../ui/text/metric-name';
import { taskName } from '../../../ui/text/task-name';

export function SeedTests({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { baseline, compared, reading, replicates } = comparison;
  const { questions, answers, error } = useSeedAnswers(comparison);
  const nameOf = (key: string): string => compared.find(({ group }) => group.key === key)?.name ?? '';
  const mixed = compared
    .map((member) => ({ member, settings: confounders(baseline.group.config, member.group.config) }))
    .filter(({ settings }) => settings.length > 0);
  const save = (rows: readonly SeedAnswer[]): void =>
    download(
      'tests-over-seeds.csv',
      seedTestsFile(rows, reading, baseline.name, nameOf),
      'text/csv;charset=utf-8',
    );
  return (
    <Panel
      title={t('compare.tests.seedsTitle', {
        ...repetitionWords(t, replicates),
        letter: baseline.style.letter,
        name: baseline.name,
      })}
      level={3}
      actions={
        answers &&
        questions.length > 0 && (
          <IconButton label={t('compare.tests.csv')} icon={<Download />} onClick={() => save(answers)} />
        )
      }
    >
      <ul className={styles['says']}>
        <li>{t(`compare.tests.seedsSays.${replicates}`)}</li>
        <li>{t(`compare.tests.seedsSaysNot.${replicates}`)}</li>
      </ul>
      {mixed.map(({ member: { style, name }, settings }) => (
        <p key={style.letter} className={styles['hint']}>
          {t('compare.tests.confounded', {
            letter: style.letter,
            name,
            settings: settings.map((setting) => settingName(t, setting)).join(', '),
          })}
        </p>
      ))}
      {questions.length === 0 && <p className={styles['hint']}>{t('compare.tests.nothing')}</p>}
      {error && <ErrorNote error={error} />}
      {questions.length > 0 && !answers && !error && <p role="status">{t('compare.tests.waiting')}</p>}
      {questions.length > 0 && answers && <AnswerTable answers={answers} comparison={comparison} />}
    </Panel>
  );
}

function AnswerTable({
  answers,
  comparison: { compared, replicates },
}: {
  readonly answers: readonly SeedAnswer[];
  readonly comparison: Comparison;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useNumbers();
  const sentences = answers.map((answer) => seedSentence(t, numbers, answer, replicates));
  const severalMetrics = new Set(answers.map(({ metric }) => metric)).size > 1;
  // Too few seeds for one are mostly too few for all: said once, above.
  const common =
    answers.length > 1 &&
    answers[0]!.verdict.code === 'too-few-seeds' &&
    sentences.every((one) => one === sentences[0])
      ? sentences[0]
      : null;
  return (
    <>
      {common && <p className={styles['strong']}>{common}</p>}
      <TestTable
        caption={t('compare.tests.seedsCaption', repetitionWords(t, replicates))}
        words={[t('compare.tests.recipe'), t('compare.tests.task'), t('compare.tests.verdict')]}
        numbers={[
          t(`compare.repetitions.column.${replicates}`),
          ...(['gain', 'signFlip', 'wilcoxon', 'holm'] as const).map((column) =>
            t(`compare.tests.${column}`),
          ),
        ]}
      >
        {answers.map(({ group, task, metric, pairs, interval, flips, ranks, adjusted, verdict }, i) => {
          const member = compared.find((candidate) => candidate.group.key === group);
          return (
            <tr key={`${group} ${task}`} data-verdict={verdict.code}>
              <th scope="row">
                {member && (
                  <span className={styles['name']}>
                    <SeriesKey style={member.style} />
                    <span>{member.name}</span>
                  </span>
                )}
              </th>
              <td>
                {taskName(t, task)}
                {severalMetrics && <span className={styles['small']}>{metricName(t, metric)}</span>}
              </td>
              <td className={styles['words']}>{common ? t('compare.tests.undecided') : sentences[i]}</td>
              <td data-numeric title={pairs.map(repetitionText).join(', ')}>
                {format.integer(pairs.length)}
              </td>
              <td data-numeric>
                {numbers.delta(interval?.mean, metric)}
                {interval?.low !== null && interval?.low !== undefined && (
                  <span className={styles['small']}>
                    {numbers.interval(interval.low, interval.high, metric)}
                  </span>
                )}
              </td>
              <td data-numeric>{numbers.p(flips?.p)}</td>
              <td data-numeric>{pairs.length > 0 ? numbers.p(ranks.p) : '–'}</td>
              <td data-numeric>{numbers.p(adjusted)}</td>
            </tr>
          );
        })}
      </TestTable>
    </>
  );
}
