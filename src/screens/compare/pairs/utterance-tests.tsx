/**
 * The two chosen runs on their common validation utterances, or on those of the test part where both have one:
 * McNemar a task, and intervals by speaker of every score.
 */
import type { SplitChoice } from '../../../core/splits/registry';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intervals, PairComparison, TaskComparison } from '../../../core/compare/on-utterances';
import { allTested, partOf, PARTS, predictionsOn, splitOfPart } from '../../../core/compare/part';
import type { Moment, Side } from '../../../core/compare/values';
import { useCompare } from '../../../state/runs/compare';
import { Segments } from '../../../ui/controls/fields';
import { ErrorNote } from '../../../ui/controls/error-note';
import { useFormat } from '../../../ui/text/format';
import { Panel } from '../../../ui/controls/panel';
import {
  comparisonSentence,
  differenceInterval,
  pairSentence,
  scoreInterval,
} from '../../../ui/text/verdicts';
import { TestTable } from './test-table';
import { useNumbers } from '../numbers';
import type { Candidate } from '../use-comparison';
import styles from '../compare-screen.module.css';
import type { TaskId } from '../../../core/tasks/types';
import { taskName } from '../../../ui/text/task-name';
import { metricName } from '../../../ui/text/metric-name';

export interface UtteranceTestsProps {
  readonly pair: readonly [Candidate, Candidate];
  readonly moment: Moment;
  readonly side: Side;
}

export function UtteranceTests({ pair: [first, second], moment, side }: UtteranceTestsProps) {
  const { t } = useTranslation();
  const asked = useCompare((s) => s.pair);
  const askPair = useCompare((s) => s.askPair);
  const [a, b] = [first.run, second.run];
  const wanted = useCompare((s) => s.choice.part);
  const choose = useCompare((s) => s.choose);
  const part = partOf(wanted, [a, b]);
  const onTest = part === 'test';
  const on = predictionsOn(part, moment);
  const about = [a.id, a.epochs.length, b.id, b.epochs.length, on].join(' ');
  useEffect(() => {
    if (on) void askPair(about, a.id, b.id, on);
  }, [askPair, about, a.id, b.id, on]);
  const current = asked?.about === about ? asked : null;
  return (
    <Panel title={t(onTest ? 'compare.tests.testTitle' : 'compare.tests.utterancesTitle')} level={3}>
      {allTested([a, b]) && (
        <Segments
          label={t('compare.tests.part')}
          value={part}
          onChange={(next) => choose({ part: next })}
          options={PARTS.map((value) => ({ value, label: t(`compare.tests.parts.${value}`) }))}
        />
      )}
      <ul className={styles['says']}>
        <li>{t('compare.tests.utterancesSays')}</li>
        <li>{t('compare.tests.utterancesSaysNot')}</li>
      </ul>
      {!on && <p className={styles['hint']}>{t('compare.tests.onlyStored')}</p>}
      {on && !onTest && side === 'train' && <p className={styles['hint']}>{t('compare.tests.trainSide')}</p>}
      {current?.error && <ErrorNote error={current.error} />}
      {on && !current?.answer && !current?.error && <p role="status">{t('compare.tests.waiting')}</p>}
      {on && current?.answer && <Answer answer={current.answer} split={splitOfPart(a.config.split, part)} />}
    </Panel>
  );
}

function Answer({ answer, split }: { readonly answer: PairComparison; readonly split: SplitChoice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentence = comparisonSentence(t, format, answer, split);
  if (answer.kind !== 'compared') return <p className={styles['strong']}>{sentence}</p>;
  const { tasks, numbers } = answer;
  const resampled = (by: 'cluster' | 'utterance') => numbers.filter((one) => one.by === by);
  return (
    <>
      <p className={styles['hint']}>{sentence}</p>
      {tasks.length > 0 && <McNemarTable tasks={tasks} />}
      <IntervalTable by="cluster" tasks={[...tasks, ...resampled('cluster')]} />
      <IntervalTable by="utterance" tasks={resampled('utterance')} />
    </>
  );
}

function McNemarTable({ tasks }: { readonly tasks: readonly TaskComparison[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useNumbers();
  return (
    <TestTable
      caption={t('compare.tests.utterancesCaption')}
      words={[t('compare.tests.task'), t('compare.tests.verdict')]}
      numbers={(['firstOnly', 'secondOnly', 'exactP', 'chiSquareP', 'holm'] as const).map((column) =>
        t(`compare.tests.${column}`),
      )}
    >
      {tasks.map(({ task, mcnemar, adjusted, verdict }) => (
        <tr key={task} data-verdict={verdict.code}>
          <th scope="row">{taskName(t, task)}</th>
          <td className={styles['words']}>{pairSentence(t, numbers, verdict)}</td>
          <td data-numeric>{format.integer(mcnemar.firstOnly)}</td>
          <td data-numeric>{format.integer(mcnemar.secondOnly)}</td>
          <td data-numeric>{numbers.p(mcnemar.exactP)}</td>
          <td data-numeric>{numbers.p(mcnemar.chiSquareP)}</td>
          <td data-numeric>{numbers.p(adjusted)}</td>
        </tr>
      ))}
    </TestTable>
  );
}

interface IntervalTableProps {
  /** What was drawn with replacement. */
  readonly by: 'cluster' | 'utterance';
  readonly tasks: readonly { readonly task: TaskId; readonly intervals: Intervals | null }[];
}

function IntervalTable({ by, tasks }: IntervalTableProps) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (tasks.every(({ intervals }) => intervals === null)) return null;
  const caption = t(by === 'cluster' ? 'compare.tests.intervalsCaption' : 'compare.tests.utteranceIntervals');
  const resampled = t(by === 'cluster' ? 'compare.tests.resampled' : 'compare.tests.resampledUtterances');
  return (
    <>
      {by === 'utterance' && <p className={styles['hint']}>{t('compare.tests.byUtterance')}</p>}
      <TestTable
        caption={caption}
        words={[t('compare.tests.task'), t('compare.tests.score')]}
        numbers={(['first', 'second', 'difference'] as const).map(
          (column) => `${t(`compare.tests.${column}`)}, ${resampled}`,
        )}
      >
        {tasks.flatMap(({ task, intervals }) =>
          Object.entries(intervals ?? {}).map(([score, { first, second, difference }]) => (
            <tr key={`${task} ${score}`}>
              <th scope="row">{taskName(t, task)}</th>
              <td>{metricName(t, score)}</td>
              <td data-numeric>
                {numbers.score(first.value, score)}
                <span className={styles['small']}>{scoreInterval(t, numbers, first, score)}</span>
              </td>
              <td data-numeric>
                {numbers.score(second.value, score)}
                <span className={styles['small']}>{scoreInterval(t, numbers, second, score)}</span>
              </td>
              <td data-numeric>
                {numbers.delta(difference.value, score)}
                <span className={styles['small']}>{differenceInterval(t, numbers, difference, score)}</span>
              </td>
            </tr>
          )),
        )}
      </TestTable>
    </>
  );
}
