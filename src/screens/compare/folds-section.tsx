/** Cross-validations: every fold, their mean, and all predictions together, recipe by recipe. */
import { Download } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { foldRuns, overFolds } from '../../core/compare/cross-validation';
import { predictionsOn } from '../../core/compare/part';
import { foldsFile } from '../../core/export/folds-file';
import { useCompare } from '../../state/runs/compare';
import { IconButton } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { Panel } from '../../ui/controls/panel';
import { Section } from '../../ui/controls/section';
import { download } from '../../ui/download';
import { foldsTable } from '../../ui/report/folds';
import { useFormat } from '../../ui/text/format';
import { recipeName } from '../../ui/text/recipe-name';
import { TestTable } from './pairs/test-table';
import type { Comparison } from './use-comparison';
import styles from './compare-screen.module.css';

/** Nothing without two folds of a recipe. */
export function FoldsSection({ comparison: { compared, reading } }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const format = useFormat();
  const asked = useCompare((s) => s.together);
  const askTogether = useCompare((s) => s.askTogether);
  const groups = useMemo(() => overFolds(compared.flatMap(({ group }) => group.runs)), [compared]);
  const recipes = useMemo(() => groups.map(foldRuns), [groups]);
  const on = predictionsOn('validation', reading.moment);
  const about = JSON.stringify([recipes, groups.map(({ runs }) => runs.map((run) => run.epochs.length)), on]);
  useEffect(() => {
    if (recipes.length > 0 && on && on !== 'test') void askTogether(about, recipes, on);
  }, [askTogether, about, recipes, on]);
  if (groups.length === 0) return null;
  const current = asked?.about === about ? asked : null;
  const rows = groups.map((group, i) => ({
    group,
    together: current?.answer?.[i] ?? null,
    name: recipeName(t, format, group, groups),
  }));
  return (
    <Section title={t('compare.folds.title')} note={t('compare.folds.note')}>
      <div className={styles['tests']}>
        {current?.error && <ErrorNote error={current.error} />}
        {on && !current?.answer && !current?.error && <p role="status">{t('compare.tests.waiting')}</p>}
        {rows.map((row, i) => {
          const {
            columns,
            caption,
            rows: cells,
            sentences,
          } = foldsTable({ t, format, reading }, row, row.name);
          const [words, numbers] = [false, true].map((numeric) =>
            columns.filter((column) => column.numeric === numeric).map(({ name }) => name),
          );
          return (
            <Panel
              key={row.group.key}
              title={row.name}
              level={3}
              actions={
                i === 0 && (
                  <IconButton
                    label={t('compare.folds.csv')}
                    icon={<Download />}
                    onClick={() => download('folds.csv', foldsFile(rows, reading), 'text/csv;charset=utf-8')}
                  />
                )
              }
            >
              <ul className={styles['says']}>
                {sentences.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
              <TestTable caption={caption} words={words!} numbers={numbers!}>
                {cells.map(([held, ...values], at) => (
                  <tr key={held} data-kind={at < row.group.folds.length ? 'fold' : 'together'}>
                    <th scope="row">{held}</th>
                    {values.map((value, k) => (
                      <td key={numbers![k]} data-numeric>
                        {value}
                      </td>
                    ))}
                  </tr>
                ))}
              </TestTable>
            </Panel>
          );
        })}
      </div>
    </Section>
  );
}
