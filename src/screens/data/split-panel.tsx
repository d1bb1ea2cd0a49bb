/**
 * How training and validation are told apart, what each side holds, and what such a split leaks or cannot
 * measure.
 */
import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { heardInTraining } from '../../core/corpus/identical-audio';
import { applyScheme, withLevels } from '../../core/corpus/label-schemes';
import { keyTask } from '../../core/tasks/levels';
import { makeSplit, type Split } from '../../core/splits/make';
import { leaksOf, offerOf, splitReport, type CheckedTask, type SplitReport } from '../../core/splits/report';
import type { CorpusManifest } from '../../core/corpus/types';
import { useDraft } from '../../state/draft';
import { useClassName } from '../../ui/class-names';
import { useCorpusWords } from '../../ui/text/corpus-words';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { SplitFields } from '../../ui/options/split-fields';
import { TaskGlyph } from '../../ui/task-glyph';
import styles from './data-screen.module.css';
import { taskName } from '../../ui/text/task-name';

export function SplitPanel({ manifest }: { readonly manifest: CorpusManifest }) {
  const { t } = useTranslation();
  const { labelScheme, exclude, split, seed, tasks } = useDraft((s) => s.config);
  const set = useDraft((s) => s.set);
  const offer = useMemo(() => offerOf(manifest), [manifest]);
  const labelled = useMemo(
    () => withLevels(applyScheme(manifest, { labelScheme, exclude }), tasks),
    [manifest, labelScheme, exclude, tasks],
  );
  const sides = useMemo(() => makeSplit(labelled.items, split, seed), [labelled, split, seed]);
  const report = useMemo(
    () => splitReport(labelled.classes, sides, leaksOf(manifest)),
    [labelled, sides, manifest],
  );
  const heard = useMemo(
    () => heardInTraining(manifest.utterances, sides.train, sides.validation).length,
    [manifest, sides],
  );
  const empty = sides.train.length === 0 || sides.validation.length === 0;
  return (
    <Panel title={t('data.split')}>
      <div className={styles['choices']}>
        <SplitFields split={split} offer={offer} onChange={(next) => set({ split: next })} />
      </div>
      {empty && (
        <p role="alert" className={styles['alarm']}>
          {t('split.emptySide', {
            train: sides.train.length,
            validation: sides.validation.length,
          })}
        </p>
      )}
      <Report report={report} classes={labelled.classes} heard={heard} sides={sides} />
    </Panel>
  );
}

function Report({
  report,
  classes,
  heard,
  sides,
}: {
  readonly report: SplitReport;
  readonly classes: ReturnType<typeof applyScheme>['classes'];
  readonly heard: number;
  readonly sides: Split;
}) {
  const words = useCorpusWords();
  const tasks = useDraft((s) => s.config.tasks);
  const { t } = useTranslation();
  const format = useFormat();
  const className = useClassName();
  const { test } = sides;
  const nameOf = (key: string): string => {
    const task = keyTask(tasks, key);
    return task === key ? words.column(key) : taskName(t, task);
  };
  return (
    <>
      <ScrollBox className={styles['tableBox']} title={t('data.splitCaption')}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('data.splitCaption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('data.class')}</th>
              <th scope="col">{t('side.train')}</th>
              <th scope="col">{t('side.validation')}</th>
              {test && <th scope="col">{t('side.test')}</th>}
            </tr>
          </thead>
          {Object.keys(classes).map((task) => (
            <tbody key={task}>
              <tr className={styles['group']}>
                <th scope="rowgroup" colSpan={test ? 4 : 3}>
                  <TaskGlyph task={keyTask(tasks, task)} /> {taskName(t, keyTask(tasks, task))}
                </th>
              </tr>
              {classes[task]!.map((name, i) => (
                <tr key={name}>
                  <th scope="row">{className(name)}</th>
                  <td>{format.integer(report.counts[task]!.train[i] ?? 0)}</td>
                  <td>{format.integer(report.counts[task]!.validation[i] ?? 0)}</td>
                  {test && <td>{format.integer(report.counts[task]!.test?.[i] ?? 0)}</td>}
                </tr>
              ))}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row">{t('data.sum')}</th>
              <td>{format.integer(sides.train.length)}</td>
              <td>{format.integer(sides.validation.length)}</td>
              {test && <td>{format.integer(test.length)}</td>}
            </tr>
          </tfoot>
        </table>
      </ScrollBox>
      {test ? (
        test.length === 0 && (
          <p role="alert" className={styles['alarm']}>
            {t('splits.emptyTest')}
          </p>
        )
      ) : (
        <p>{t('splits.chosenHere')}</p>
      )}
      <ul className={styles['warnings']} aria-label={t('data.leakage')}>
        {heard > 0 && <Warning text={t('split.heard', { count: heard })} />}
        {Object.entries(report.shared).map(([column, values]) => (
          <Warning key={column} text={words.shared(column, values.length)} />
        ))}
        {Object.entries(report.sharedWithTest).map(([column, values]) => (
          <Warning
            key={`test/${column}`}
            text={t('splits.sharedWithTest', { count: values.length, column: words.column(column) })}
          />
        ))}
        {Object.entries(report.checks).map(([column, check]) => (
          <TaskWarnings key={column} task={keyTask(tasks, column)} check={check} />
        ))}
        {report.absent
          .filter(({ column }) => report.checks[column]!.unmeasurable === null)
          .map((gap) => (
            <Warning
              key={`${gap.column}/${gap.className}/${gap.side}`}
              text={t(gap.side === 'train' ? 'split.absentTrain' : 'split.absentValidation', {
                task: nameOf(gap.column),
                name: className(gap.className),
              })}
            />
          ))}
      </ul>
    </>
  );
}

/** What of a task cannot be measured, or not all of it. */
function TaskWarnings({
  task,
  check: { unmeasurable, leftOut },
}: {
  readonly task: string;
  readonly check: CheckedTask;
}) {
  const { t } = useTranslation();
  const name = taskName(t, task);
  return (
    <>
      {unmeasurable && (
        <Warning text={`${t(`measure.reason.${unmeasurable}`, { task: name })} ${t('measure.apart')}`} />
      )}
      {!unmeasurable && leftOut > 0 && (
        <Warning text={t('measure.leftOut', { count: leftOut, task: name })} />
      )}
    </>
  );
}

function Warning({ text }: { readonly text: string }) {
  return (
    <li>
      <TriangleAlert aria-hidden="true" />
      {text}
    </li>
  );
}
