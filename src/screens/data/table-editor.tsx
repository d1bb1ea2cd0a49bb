/**
 * The table that describes the corpus: what each column is taken for and which of its values become which class.
 * Nothing changes before it is applied; the folder is then read again, and the choice remembered by the header.
 */
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mappingFaults, withColumn, withValue } from '../../core/corpus/tables/check-mapping';
import { ROLES, type Role } from '../../core/corpus/tables/column-names';
import type { ReportedColumn, TableReport } from '../../core/corpus/tables/describe';
import type { TableMapping } from '../../core/corpus/tables/mapping';
import { useCorpus } from '../../state/corpus/corpus';
import { Button } from '../../ui/controls/button';
import { SelectField } from '../../ui/controls/fields';
import { Panel } from '../../ui/controls/panel';
import { ScrollBox } from '../../ui/controls/scroll-box';
import { useFormat } from '../../ui/text/format';
import { useCorpusWords } from '../../ui/text/corpus-words';
import panel from './data-screen.module.css';
import styles from './table-editor.module.css';
import { TableValues } from './table-values';

/** Columns that have a name of their own. */
const NAMED: readonly Role[] = ['classes', 'number', 'group', 'split'];
/** Values named as examples. */
const EXAMPLES = 3;

export function TableEditor({ table }: { readonly table: TableReport }) {
  const { t } = useTranslation();
  const connected = useCorpus((s) => s.connected);
  const reading = useCorpus((s) => s.status === 'scanning');
  const [applied, setApplied] = useState(table.mapping);
  const [mapping, setMapping] = useState(table.mapping);
  // The folder was read again: what it was read by is the beginning of the next change.
  if (applied !== table.mapping) {
    setApplied(table.mapping);
    setMapping(table.mapping);
  }
  const faults = mappingFaults(mapping);
  const same = (other: TableMapping): boolean => JSON.stringify(mapping) === JSON.stringify(other);
  const classes = table.columns.filter(({ header }) => mapping.columns[header]?.role === 'classes');
  const apply = (next: TableMapping | null): void => {
    setMapping(next ?? table.suggested);
    void useCorpus.getState().mapTable(table.key, next);
  };
  return (
    <Panel
      title={t('tableEditor.title')}
      note={t('tableEditor.note', { files: table.files.join(', '), count: table.rows })}
      actions={
        <>
          <Button tone="quiet" disabled={same(table.mapping)} onClick={() => setMapping(table.mapping)}>
            {t('tableEditor.undo')}
          </Button>
          <Button
            tone="quiet"
            disabled={!connected || reading || (same(table.suggested) && same(table.mapping))}
            onClick={() => apply(null)}
          >
            {t('tableEditor.reset')}
          </Button>
          <Button
            tone="primary"
            disabled={!connected || reading || same(table.mapping) || faults.length > 0}
            onClick={() => apply(same(table.suggested) ? null : mapping)}
          >
            {t('tableEditor.apply')}
          </Button>
        </>
      }
    >
      {classes.length > 0 && (
        <div className={panel['choice']}>
          <SelectField
            label={t('tableEditor.main')}
            hint={t('tableEditor.mainNote')}
            value={mapping.main ?? ''}
            onChange={(main) => setMapping({ ...mapping, main })}
            options={classes.map(({ header }) => ({ value: header, label: header }))}
          />
        </div>
      )}
      <Faults faults={faults} />
      <ScrollBox className={panel['tableBox']} title={t('tableEditor.title')}>
        <table className={panel['table']}>
          <caption className="visually-hidden">{t('tableEditor.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('tableEditor.column')}</th>
              <th scope="col" data-text>
                {t('tableEditor.use')}
              </th>
              <th scope="col" data-text>
                {t('tableEditor.name')}
              </th>
              <th scope="col" data-text>
                {t('tableEditor.values')}
              </th>
            </tr>
          </thead>
          <tbody>
            {table.columns.map((column) => (
              <ColumnRow key={column.header} column={column} mapping={mapping} onChange={setMapping} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Panel>
  );
}

function Faults({ faults }: { readonly faults: ReturnType<typeof mappingFaults> }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('tableEditor.faults')}>
      <ul className={panel['warnings']}>
        {faults.map((fault) => (
          <li key={JSON.stringify(fault)}>
            <TriangleAlert aria-hidden="true" />
            {fault.kind === 'twice'
              ? t('tableEditor.fault.twice', { role: t(`tableEditor.roles.${fault.role}`) })
              : t(`tableEditor.fault.${fault.kind}`, { ...fault })}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface ColumnRowProps {
  readonly column: ReportedColumn;
  readonly mapping: TableMapping;
  readonly onChange: (mapping: TableMapping) => void;
}

function ColumnRow({ column, mapping, onChange }: ColumnRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCorpusWords();
  const { header, values, distinct } = column;
  const { role, id } = mapping.columns[header]!;
  const examples = values.slice(0, EXAMPLES).map(({ value }) => value);
  return (
    <tr data-out={role === 'ignore'}>
      <th scope="row">
        <code>{header}</code>
      </th>
      <td data-text>
        <select
          className={styles['control']}
          aria-label={t('tableEditor.useOf', { column: header })}
          value={role}
          onChange={(event) => onChange(withColumn(mapping, header, { role: event.target.value as Role }))}
        >
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {t(`tableEditor.roles.${one}`)}
            </option>
          ))}
        </select>
      </td>
      <td data-text>
        {NAMED.includes(role) && (
          <>
            <input
              className={styles['control']}
              type="text"
              maxLength={32}
              aria-label={t('tableEditor.nameOf', { column: header })}
              value={id}
              onChange={(event) => onChange(withColumn(mapping, header, { id: event.target.value }))}
            />
            {words.column(id) !== id && <span className={styles['known']}>{words.column(id)}</span>}
          </>
        )}
      </td>
      <td data-text>
        <p className={styles['examples']}>
          {t('tableEditor.different', { count: distinct, total: format.integer(distinct) })}
          {examples.length > 0 && `: ${examples.join(', ')}${distinct > EXAMPLES ? ', …' : ''}`}
        </p>
        <TableValues
          column={column}
          mapped={mapping.columns[header]!}
          onChange={(value, name) => onChange(withValue(mapping, header, value, name))}
        />
      </td>
    </tr>
  );
}
