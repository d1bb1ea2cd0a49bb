/**
 * The run table: recipes or single runs with their scores and differences to the baseline; sortable,
 * filtered, saved as CSV.
 */
import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_FILTER } from '../../core/compare/choice';
import { allSettings, differingSettings } from '../../core/compare/differences';
import { tableRows, type TableRow } from '../../core/compare/table';
import { lowerIsBetter, metricOf } from '../../core/compare/values';
import { bestOf, measures } from '../../core/compare/yardsticks';
import { allRunsFile, tableFile } from '../../core/export/comparison-files';
import { useCompare } from '../../state/runs/compare';
import { Button } from '../../ui/controls/button';
import { download } from '../../ui/download';
import { Segments, SwitchField, TextField } from '../../ui/controls/fields';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { Section } from '../../ui/controls/section';
import { TableHead, type Sort } from './table-head';
import { TableLine } from './table-line';
import type { Comparison, Member } from './use-comparison';
import { useFormat } from '../../ui/text/format';
import { metricName } from '../../ui/text/metric-name';
import { repetitionWords } from '../../ui/text/repetitions';
import { settingName, settingValue } from '../../ui/text/setting-names';
import styles from './compare-screen.module.css';
import tableStyles from '../../ui/controls/table.module.css';

/** Have a column or a place of their own. */
const ELSEWHERE = new Set(['version', 'strategy.id', 'seed']);

function sortValue(row: TableRow, column: string): string | number {
  const [kind, index] = column.split(':');
  const score = row.scores[Number(index)];
  if (kind === 'score') return score?.value?.mean ?? -Infinity;
  if (kind === 'delta') return score?.delta ?? -Infinity;
  if (kind === 'seeds') return row.run ? row.run.config.seed : row.group.runs.length;
  const text = row.settings.get(index ?? '') ?? '';
  return kind === 'setting' && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** Undefined places rows as they come: the baseline first, then as they were begun. */
function sorted(rows: readonly TableRow[], { column, down }: Sort): readonly TableRow[] {
  if (column === 'name') return down ? rows.toReversed() : rows;
  return rows.toSorted((a, b) => {
    const [x, y] = [sortValue(a, column), sortValue(b, column)];
    return (
      (typeof x === 'number' && typeof y === 'number'
        ? x === y
          ? 0
          : x - y
        : String(x).localeCompare(String(y))) * (down ? -1 : 1)
    );
  });
}

export function RunTable({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { members, baseline, tasks, reading, replicates } = comparison;
  const { rows: kind, onlyDiffering, filter } = useCompare((s) => s.choice);
  const runs = useCompare((s) => s.runs);
  const choose = useCompare((s) => s.choose);
  const [sort, setSort] = useState<Sort>({ column: 'name', down: false });
  const memberOf = useMemo(() => new Map(members.map((member) => [member.group, member])), [members]);
  const settings = useMemo(() => {
    const configs = members.flatMap(({ group }) =>
      kind === 'groups' ? [group.config] : group.runs.map(({ config }) => config),
    );
    return (onlyDiffering ? differingSettings(configs) : allSettings(configs)).filter(
      (name) => !ELSEWHERE.has(name),
    );
  }, [members, kind, onlyDiffering]);
  const rows = useMemo(
    () =>
      tableRows(
        members.map(({ group }) => group),
        baseline.group,
        tasks,
        reading,
        kind,
      ),
    [members, baseline, tasks, reading, kind],
  );
  const label = (row: TableRow): string => row.run?.name ?? memberOf.get(row.group)!.name;
  const shown = useMemo(() => {
    const wanted = filter.trim().toLocaleLowerCase();
    const text = (row: TableRow): string =>
      [
        memberOf.get(row.group)!.name,
        row.run?.name ?? '',
        ...row.group.runs.map(({ name }) => name),
        ...[...row.settings].map(
          ([name, value]) =>
            `${name} ${value} ${settingName(t, name)} ${settingValue(t, format, name, value)}`,
        ),
      ]
        .join('\n')
        .toLocaleLowerCase();
    return sorted(
      rows.filter((row) => text(row).includes(wanted)),
      sort,
    );
  }, [rows, filter, sort, memberOf, t, format]);
  /** The best of each task's column among rows that were measured alike, set off by more than colour. */
  const best = useMemo(() => {
    const alike = measures(rows, ({ group, run }) => {
      const one = run ?? group.runs[0]!;
      const allFolds = !run && group.folds.length > 0;
      return { corpusId: one.corpusId, config: one.config, epoch: one.epochs.at(-1) ?? null, allFolds };
    });
    return tasks.map((task, i) =>
      bestOf(alike, (row) => row.scores[i]?.value?.mean ?? null, lowerIsBetter(metricOf(reading, task))),
    );
  }, [rows, tasks, reading]);
  const repeats = members.reduce((sum, { group }) => sum + group.repeats, 0);
  const save = (name: string, text: string): void => download(name, text, 'text/csv;charset=utf-8');
  const include = (member: Member, on: boolean): void => {
    const { left } = useCompare.getState().choice;
    choose({ left: on ? left.filter((key) => key !== member.group.key) : [...left, member.group.key] });
  };
  return (
    <Section
      title={t('compare.table.title')}
      note={t('compare.table.note', repetitionWords(t, replicates))}
      controls={
        <>
          <Segments
            label={t('compare.table.rows')}
            value={kind}
            onChange={(next) => choose({ rows: next })}
            options={[
              { value: 'groups', label: t('compare.table.groups') },
              { value: 'runs', label: t('compare.table.runs') },
            ]}
          />
          <SwitchField
            label={t('compare.table.onlyDiffering')}
            checked={onlyDiffering}
            onChange={(next) => choose({ onlyDiffering: next })}
          />
          <div className={styles['filter']}>
            <TextField
              label={t('compare.table.filter')}
              placeholder={t('compare.table.filterHint')}
              value={filter}
              maxLength={MAX_FILTER}
              onChange={(next) => choose({ filter: next })}
            />
          </div>
        </>
      }
    >
      <ScrollBox
        className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`}
        title={t('compare.table.title')}
      >
        <table className={`${tableStyles['table']} ${styles['table'] ?? ''}`} data-wide="true">
          <caption className="visually-hidden">
            {t('compare.table.caption', {
              metric: [...new Set(tasks.map((task) => metricName(t, metricOf(reading, task))))].join(', '),
              side: t(`side.${reading.side}`),
            })}
          </caption>
          <TableHead
            kind={kind}
            tasks={tasks}
            settings={settings}
            reading={reading}
            replicates={replicates}
            baseline={baseline}
            sort={sort}
            onSort={setSort}
          />
          <tbody>
            {shown.map((row) => (
              <TableLine
                key={row.key}
                row={row}
                member={memberOf.get(row.group)!}
                isBaseline={row.group === baseline.group}
                replicates={replicates}
                tasks={tasks}
                settings={settings}
                reading={reading}
                best={best.map((rowsOf) => rowsOf.has(row))}
                compared={comparison.compared.some(({ group }) => group === row.group)}
                onCompare={include}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {shown.length === 0 && <p className={styles['hint']}>{t('compare.table.nothing')}</p>}
      {repeats > 0 && <p className={styles['hint']}>{t('compare.repeats', { count: repeats })}</p>}
      <p className={styles['actions']}>
        <Button
          icon={<Download />}
          onClick={() => save('comparison.csv', tableFile(shown, settings, tasks, reading, label))}
        >
          {t('compare.table.csv')}
        </Button>
        <Button icon={<Download />} onClick={() => save('all-runs.csv', allRunsFile(runs))}>
          {t('compare.table.allCsv')}
        </Button>
      </p>
    </Section>
  );
}
