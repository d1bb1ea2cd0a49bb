/**
 * Recipes by class: one score at a time as mean over the seeds, one row a recipe, with its difference to the
 * baseline.
 */
import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CLASS_MEASURES, classView, type ClassCell, type ClassMeasure } from '../../core/compare/by-class';
import { classTasks } from '../../core/compare/compared-tasks';
import { classFile } from '../../core/export/comparison-files';
import { taskIds, type TaskId } from '../../core/tasks/types';
import { useCompare } from '../../state/runs/compare';
import { IconButton } from '../../ui/controls/button';
import { useClassName } from '../../ui/class-names';
import { download } from '../../ui/download';
import { Segments } from '../../ui/controls/fields';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { Section } from '../../ui/controls/section';
import { useNumbers } from './numbers';
import { SeriesKey } from './curves/series-key';
import { lettersOf, likeBaseline, memberOf, type Comparison } from './use-comparison';
import styles from './compare-screen.module.css';
import type { Replicates } from '../../core/compare/replicates';
import { countedText, repetitionWords } from '../../ui/text/repetitions';
import { taskName } from '../../ui/text/task-name';
import tableStyles from '../../ui/controls/table.module.css';

export function ClassSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const { task: wanted, measure } = useCompare((s) => s.choice);
  const choose = useCompare((s) => s.choose);
  const known = classTasks(comparison.tasks, comparison.reading.kinds).filter((task) =>
    comparison.compared.some(({ group }) => taskIds(group.config).includes(task)),
  );
  const task = known.find((candidate) => candidate === wanted) ?? known[0];
  if (!task) return null;
  return (
    <Section
      title={t('compare.classes.title')}
      note={t('compare.classes.note')}
      controls={
        <>
          <Segments
            label={t('compare.classes.task')}
            value={task}
            onChange={(next) => choose({ task: next })}
            options={known.map((value) => ({ value, label: taskName(t, value) }))}
          />
          <Segments
            label={t('compare.classes.measure')}
            value={measure}
            onChange={(next) => choose({ measure: next })}
            options={CLASS_MEASURES.map((value) => ({ value, label: t(`compare.pair.${value}`) }))}
          />
        </>
      }
    >
      <Classes comparison={comparison} task={task} measure={measure} />
    </Section>
  );
}

function Classes({
  comparison,
  task,
  measure,
}: {
  readonly comparison: Comparison;
  readonly task: TaskId;
  readonly measure: ClassMeasure;
}) {
  const { t } = useTranslation();
  const className = useClassName();
  const { compared, baseline, reading } = comparison;
  const groups = useMemo(() => compared.map(({ group }) => group), [compared]);
  const view = useMemo(
    () => classView(groups, baseline.group, task, measure, reading),
    [groups, baseline, task, measure, reading],
  );
  const title = t('compare.classes.of', { measure: t(`compare.pair.${measure}`), task: taskName(t, task) });
  const absent = view.rows.reduce(
    (sum, { cells }) => sum + cells.reduce((inner, cell) => inner + cell.absent, 0),
    0,
  );
  /** The highest mean of each class, of the recipes measured as the baseline was. */
  const alike = likeBaseline(comparison);
  const best = view.classes.map((_, k) =>
    Math.max(
      ...view.rows
        .filter(({ group }) => alike.includes(group))
        .flatMap(({ cells }) => cells[k]!.value?.mean ?? []),
    ),
  );
  const save = (): void => {
    const views = CLASS_MEASURES.map((one) => ({
      measure: one,
      view: classView(groups, baseline.group, task, one, reading),
    }));
    const label = (group: (typeof groups)[number]) => ({
      letter: memberOf(comparison, group).style.letter,
      name: memberOf(comparison, group).name,
    });
    download(`classes-${task}.csv`, classFile(views, task, reading, label), 'text/csv;charset=utf-8');
  };
  return (
    <>
      {view.otherClasses.length > 0 && (
        <p className={styles['hint']}>
          {t('compare.classes.otherClasses', {
            count: view.otherClasses.length,
            letters: lettersOf(comparison, view.otherClasses),
          })}
        </p>
      )}
      {view.missing.length > 0 && (
        <p className={styles['hint']}>
          {t('compare.classes.missing', {
            count: view.missing.length,
            letters: lettersOf(comparison, view.missing),
          })}
        </p>
      )}
      {absent > 0 && <p className={styles['hint']}>{t('compare.classes.absent', { count: absent })}</p>}
      {view.rows.length > 0 && (
        <Panel
          title={title}
          level={3}
          flush
          actions={<IconButton label={t('compare.classes.csv')} icon={<Download />} onClick={save} />}
        >
          <ScrollBox className={`${tableStyles['box']} ${styles['flushBox'] ?? ''}`} title={title}>
            <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`}>
              <caption className="visually-hidden">{title}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('compare.table.name')}</th>
                  {view.classes.map((name) => (
                    <th key={name} scope="col" data-numeric>
                      {className(name)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {view.rows.map(({ group, cells }) => {
                  const { style, name } = memberOf(comparison, group);
                  const isBaseline = group === baseline.group;
                  return (
                    <tr key={group.key}>
                      <th scope="row">
                        <span className={styles['named']}>
                          <SeriesKey style={style} />
                          <span>{name}</span>
                        </span>
                        <span className={styles['small']}>
                          {isBaseline ? `${t('compare.table.isBaseline')}, ` : ''}
                          {countedText(t, comparison.replicates, group.runs.length)}
                        </span>
                      </th>
                      {cells.map((cell, k) => (
                        <Cell
                          key={view.classes[k]}
                          cell={cell}
                          measure={measure}
                          best={alike.includes(group) ? best[k]! : Number.NaN}
                          letter={isBaseline ? null : baseline.style.letter}
                          replicates={comparison.replicates}
                        />
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </ScrollBox>
        </Panel>
      )}
    </>
  );
}

/** @param letter of what it differs from; null for the baseline itself */
function Cell({
  cell: { value, delta, pairs },
  measure,
  best,
  letter,
  replicates,
}: {
  readonly cell: ClassCell;
  readonly measure: ClassMeasure;
  readonly best: number;
  readonly letter: string | null;
  readonly replicates: Replicates;
}) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  return (
    <td data-numeric>
      <span data-highest={value !== null && value.mean === best}>{numbers.score(value?.mean, measure)}</span>
      {value !== null && value.sd !== null && (
        <span className={styles['spread']}>
          {' '}
          {t('compare.table.spread', { sd: numbers.spread(value.sd, measure) })}
        </span>
      )}
      {letter !== null && (
        <span
          className={styles['small']}
          title={
            delta === null ? undefined : t('compare.table.pairsOf', repetitionWords(t, replicates, pairs))
          }
        >
          {delta === null ? (
            t('compare.table.noPairs', repetitionWords(t, replicates))
          ) : (
            <>
              {delta !== 0 && (
                <>
                  <span aria-hidden="true">{delta > 0 ? '▲' : '▽'} </span>
                  <span className="visually-hidden">
                    {t(delta > 0 ? 'compare.table.better' : 'compare.table.worse')}{' '}
                  </span>
                </>
              )}
              {numbers.delta(delta, measure)}
            </>
          )}
        </span>
      )}
    </td>
  );
}
