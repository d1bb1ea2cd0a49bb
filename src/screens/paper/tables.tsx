/**
 * The three tables. Published and own numbers stand in neighbouring columns; own ones are of the best epoch,
 * on the validation side.
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classScores } from '../../core/tasks/metrics/confusion';
import { isMeasured } from '../../core/tasks/metrics/measurable';
import { TABLE_3, TABLE_4, TABLE_5, type PublishedScores } from '../../core/paper/published';
import type { PaperModelId } from '../../core/paper/paper-models';
import { TASKS } from '../../core/tasks/presets';
import { taskIds, type TaskId } from '../../core/tasks/types';
import type { LibraryEntry } from '../../state/types';
import { useClassName } from '../../ui/class-names';
import { useFormat, type Format } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import styles from './paper-screen.module.css';
import { taskName } from '../../ui/text/task-name';

const COLUMNS = ['accuracy', 'precision', 'recall', 'f1'] as const;
const NOTHING: PublishedScores = { accuracy: null, precision: null, recall: null, f1: null };

interface Line {
  readonly key: string;
  readonly label: string;
  readonly published: PublishedScores;
  /** Null where there is no run, or it has no such task or class. */
  readonly own: PublishedScores | null;
}

function ownTask(run: LibraryEntry | null, task: TaskId): PublishedScores | null {
  const found = run?.best?.validation.tasks[taskIds(run.config).indexOf(task)];
  return found
    ? {
        accuracy: found.accuracy,
        precision: found.macroPrecision,
        recall: found.macroRecall,
        f1: found.macroF1,
      }
    : null;
}

function ownClass(run: LibraryEntry | null, name: string): PublishedScores | null {
  const at = run ? taskIds(run.config).indexOf('emotion') : -1;
  const metrics = run?.best?.validation.tasks[at];
  if (metrics && !isMeasured(metrics)) return null;
  const index = run?.classes[at]?.indexOf(name) ?? -1;
  const found = metrics && index >= 0 ? classScores(metrics.confusion)[index] : undefined;
  return found ? { accuracy: null, precision: found.precision, recall: found.recall, f1: found.f1 } : null;
}

/** Own minus published; null where one of the two is missing. */
const difference = (own: number | null | undefined, published: number | null): number | null =>
  typeof own === 'number' && Number.isFinite(own) && published !== null ? own - published : null;

const signed = (format: Format, value: number | null): string =>
  `${value !== null && value >= 0.0005 ? '+' : ''}${format.fixed(value, 3)}`;

function Comparison({
  title,
  note,
  head,
  lines,
  columns,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly head: string;
  readonly lines: readonly Line[];
  readonly columns: readonly (keyof PublishedScores)[];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={title} note={note}>
      <ScrollBox className={styles['tableBox']} title={title}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th rowSpan={2} scope="col">
                {head}
              </th>
              {columns.map((column) => (
                <th key={column} scope="colgroup" colSpan={3}>
                  {t(`paper.columns.${column}`)}
                </th>
              ))}
            </tr>
            <tr>
              {columns.flatMap((column) => [
                <th key={`${column}-paper`} scope="col">
                  {t('paper.published')}
                </th>,
                <th key={`${column}-own`} scope="col" data-own>
                  {t('paper.own')}
                </th>,
                <th key={`${column}-difference`} scope="col">
                  {t('paper.difference')}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ key, label, published, own }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                {columns.flatMap((column) => [
                  <td key={`${column}-paper`}>{format.fixed(published[column], 3)}</td>,
                  <td key={`${column}-own`} data-own>
                    {format.fixed((own ?? NOTHING)[column], 3)}
                  </td>,
                  <td key={`${column}-difference`}>
                    {signed(format, difference(own?.[column], published[column]))}
                  </td>,
                ])}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

export function Table3({ run }: { readonly run: LibraryEntry | null }) {
  const { t } = useTranslation();
  const lines = TASKS.map((task): Line => ({
    key: task,
    label: taskName(t, task),
    published: TABLE_3[task],
    own: ownTask(run, task),
  }));
  return (
    <Comparison
      title={t('paper.table3')}
      note={t('paper.table3Note')}
      head={t('formula.task')}
      lines={lines}
      columns={COLUMNS}
    />
  );
}

export function Table4({ run }: { readonly run: LibraryEntry | null }) {
  const { t } = useTranslation();
  const className = useClassName();
  const lines = TABLE_4.map(([name, published]): Line => ({
    key: name,
    label: className(name),
    published,
    own: ownClass(run, name),
  }));
  return (
    <Comparison
      title={t('paper.table4')}
      head={t('tasks.emotion')}
      lines={lines}
      columns={COLUMNS.slice(1)}
    />
  );
}

export function Table5({ runs }: { readonly runs: Readonly<Record<PaperModelId, LibraryEntry | null>> }) {
  const { t } = useTranslation();
  const lines = TABLE_5.map(({ key, model, scores }): Line => ({
    key,
    label: model ? t(`paper.models.${model}.name`) : t(`paper.others.${key as 'chen'}`),
    published: scores,
    own: model && ownTask(runs[model], 'emotion'),
  }));
  return (
    <Comparison
      title={t('paper.table5')}
      note={t('paper.table5Note')}
      head={t('paper.model')}
      lines={lines}
      columns={COLUMNS}
    />
  );
}
