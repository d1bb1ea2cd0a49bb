/**
 * The heat map of every corpus against every other: a row is trained on, a column tested on. One table, so that it is
 * read and walked through as one; what was not measured is empty and counted. Only where runs were split so.
 */
import { Download } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  acrossGroups,
  type AcrossCell,
  type AcrossGroup,
  type AcrossMatrix,
} from '../../../core/compare/across';
import { acrossFile } from '../../../core/export/across-file';
import { primaryMetric } from '../../../core/tasks/metrics/registry';
import { useCompare } from '../../../state/runs/compare';
import { IconButton } from '../../../ui/controls/button';
import { download } from '../../../ui/download';
import { ErrorNote } from '../../../ui/controls/error-note';
import { Segments, SelectField } from '../../../ui/controls/fields';
import { Panel } from '../../../ui/controls/panel';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { Section } from '../../../ui/controls/section';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { metricName } from '../../../ui/text/metric-name';
import { taskName } from '../../../ui/text/task-name';
import { useFormat } from '../../../ui/text/format';
import type { Comparison } from '../use-comparison';
import styles from './across-section.module.css';

export function AcrossSection({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const words = useCorpusWords();
  const groups = useMemo(
    () => acrossGroups(comparison.compared.flatMap(({ group }) => group.runs)),
    [comparison],
  );
  const [wanted, setWanted] = useState<string | null>(null);
  const [task, setTask] = useState<string | null>(null);
  const group = groups.find(({ key }) => key === wanted) ?? groups[0];
  if (!group) return null;
  const shown = group.tasks.find((one) => one === task) ?? group.tasks[0]!;
  const nameOf = ({ runIds, first }: AcrossGroup): string =>
    t('across.recipe', {
      strategy: t(`strategy.${first.config.strategy.id}.name`),
      name: first.name,
      count: runIds.length,
    });
  return (
    <Section
      title={t('across.title', { column: words.column(group.column) })}
      note={t('across.note')}
      controls={
        <>
          {groups.length > 1 && (
            <SelectField
              label={t('across.which')}
              value={group.key}
              onChange={setWanted}
              options={groups.map((one) => ({ value: one.key, label: nameOf(one) }))}
            />
          )}
          {group.tasks.length > 1 && (
            <Segments
              label={t('across.task')}
              value={shown}
              onChange={setTask}
              options={group.tasks.map((value) => ({ value, label: taskName(t, value) }))}
            />
          )}
        </>
      }
    >
      <Asked group={group} task={shown} />
    </Section>
  );
}

function Asked({ group, task }: { readonly group: AcrossGroup; readonly task: string }) {
  const { t } = useTranslation();
  const asked = useCompare((s) => s.across);
  const askAcross = useCompare((s) => s.askAcross);
  const about = JSON.stringify([group.key, task, group.runIds, group.updatedAt]);
  useEffect(() => void askAcross(about, group.runIds, task), [askAcross, about, group.runIds, task]);
  const own = asked?.about === about ? asked : null;
  if (own?.error) return <ErrorNote error={own.error} />;
  if (!own?.answer) return <p role="status">{t('common.loading')}</p>;
  return <HeatMap matrix={own.answer.matrix} untested={own.answer.untested} unknown={own.answer.unknown} />;
}

const MEASURE = primaryMetric('classes').id;

interface HeatMapProps {
  readonly matrix: AcrossMatrix;
  readonly untested: number;
  readonly unknown: boolean;
}

function HeatMap({ matrix, untested, unknown }: HeatMapProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { task, values, cells, chance } = matrix;
  const title = t('across.table', { metric: metricName(t, MEASURE), task: taskName(t, task) });
  const empty = cells.filter(({ value }) => value === null).length;
  const narrow = cells.some(({ value, by }) => value !== null && by === 'utterance');
  const leftOut = cells.reduce((sum, cell) => sum + cell.leftOut, 0);
  return (
    <>
      <Panel
        title={title}
        level={3}
        flush
        actions={
          <IconButton
            label={t('across.csv')}
            icon={<Download />}
            onClick={() => download(`across-${task}.csv`, acrossFile(matrix), 'text/csv;charset=utf-8')}
          />
        }
      >
        <ScrollBox className={styles['scroll']} title={title}>
          <table className={styles['table']}>
            <caption className="visually-hidden">
              {title}. {t('across.reading')}
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('across.trained')}</th>
                {values.map((name) => (
                  <th key={name} scope="col">
                    <span className={styles['on']}>{t('across.tested')}</span> {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {values.map((source) => (
                <tr key={source}>
                  <th scope="row">{source}</th>
                  {cells
                    .filter((cell) => cell.source === source)
                    .map((cell) => (
                      <Cell key={cell.target} cell={cell} />
                    ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      </Panel>
      <ul className={styles['notes']} aria-label={t('across.notes')}>
        <li>{t('across.chance', { share: format.percent(chance) })}</li>
        <li>{t('across.diagonal')}</li>
        {empty > 0 && <li>{t('across.empty', { count: empty, of: cells.length })}</li>}
        {untested > 0 && <li>{t('across.untested', { count: untested })}</li>}
        {leftOut > 0 && <li>{t('across.leftOut', { count: leftOut })}</li>}
        {narrow && <li>{t('across.narrow')}</li>}
        {unknown && <li>{t('across.unknown')}</li>}
      </ul>
    </>
  );
}

function Cell({
  cell: { source, target, value, interval, utterances, speakers, runs, by },
}: {
  readonly cell: AcrossCell;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (value === null) return <td data-empty>{t('across.none')}</td>;
  const style = { '--share': `${Math.round(value * 100)}%` } as React.CSSProperties;
  return (
    <td style={style} data-same={source === target}>
      <b>{format.percent(value)}</b>
      <span className={styles['small']}>
        {interval
          ? t('across.interval', { low: format.percent(interval.low), high: format.percent(interval.high) })
          : t('across.noInterval')}
      </span>
      <span className={styles['small']}>
        {t('across.utterances', { count: utterances })}
        {by === 'cluster' && `, ${t('across.speakers', { count: speakers })}`}
        {runs > 1 && `, ${t('across.runs', { count: runs })}`}
      </span>
    </td>
  );
}
