/** What a column's menu offers: its values with their counts, a range of numbers, a part of a text. */
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UtteranceColumn } from '../../../core/compare/utterance-columns';
import type { Facet } from '../../../core/corpus/browse/filter';
import {
  parseQuery,
  parseRange,
  withClause,
  writeClauses,
  writeRange,
  type Clause,
} from '../../../core/corpus/browse/query';
import { useUtterances } from '../../../state/corpus/utterances';
import { Button } from '../../../ui/controls/button';
import { SwitchField, TextField } from '../../../ui/controls/fields';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { useFormat } from '../../../ui/text/format';
import { useListWords } from './words';
import styles from './utterances.module.css';

/** Values listed; one that is rarer is reached by what is typed. */
const LISTED = 200;

export function ColumnFilter({ column }: { readonly column: UtteranceColumn }) {
  const { t } = useTranslation();
  const words = useListWords();
  const { choose, facet: ask } = useUtterances();
  const query = useUtterances((s) => s.choice.query);
  const listing = useUtterances((s) => s.listing);
  const [facet, setFacet] = useState<Facet | null>(null);
  useEffect(() => {
    let current = true;
    void ask(column.id).then((found) => {
      if (current && found) setFacet(found);
    });
    return () => {
      current = false;
    };
  }, [ask, column.id, listing]);
  const clauses = parseQuery(query);
  const own = clauses.find((clause) => clause.column === column.id) ?? null;
  const put = (next: Omit<Clause, 'column'> | null): void =>
    choose({ query: writeClauses(withClause(clauses, column.id, next)) });
  const not = own?.not ?? false;
  const name = words.name(column);
  return (
    <div className={styles['menu']}>
      {column.kind === 'number' ? (
        <RangeFields key={own === null ? 'none' : 'some'} facet={facet} own={own} onChange={put} />
      ) : (
        <>
          <TextField
            label={t('utterances.contains')}
            value={own?.test === 'has' ? (own.values[0] ?? '') : ''}
            maxLength={200}
            onChange={(text) => put(text === '' ? null : { not, test: 'has', values: [text] })}
          />
          {facet?.values && <Values column={column} facet={facet.values} own={own} onChange={put} />}
        </>
      )}
      {own && (
        <div className={styles['menuEnd']}>
          <SwitchField
            label={t('utterances.not')}
            checked={not}
            onChange={(next) => put({ not: next, test: own.test, values: own.values })}
          />
          <Button onClick={() => put(null)}>{t('utterances.clearColumn', { column: name })}</Button>
        </div>
      )}
    </div>
  );
}

type Change = (next: Omit<Clause, 'column'> | null) => void;

function Values({
  column,
  facet,
  own,
  onChange,
}: {
  readonly column: UtteranceColumn;
  readonly facet: NonNullable<Facet['values']>;
  readonly own: Clause | null;
  readonly onChange: Change;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useListWords();
  const chosen = own?.test === 'is' ? own.values : [];
  const toggle = (value: string): void => {
    const values = chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];
    onChange(values.length === 0 ? null : { not: own?.not ?? false, test: 'is', values });
  };
  return (
    <ScrollBox className={styles['values']} title={words.name(column)}>
      <ul>
        {facet.slice(0, LISTED).map(({ value, count }) => (
          <li key={value}>
            <label className={styles['value']}>
              <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
              <span>{words.value(column, value)}</span>
              <span className={styles['count']}>{format.integer(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {facet.length > LISTED && (
        <p>
          {t('utterances.moreValues', {
            count: facet.length - LISTED,
            left: format.integer(facet.length - LISTED),
          })}
        </p>
      )}
    </ScrollBox>
  );
}

function RangeFields({
  facet,
  own,
  onChange,
}: {
  readonly facet: Facet | null;
  readonly own: Clause | null;
  readonly onChange: Change;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const range = own ? parseRange(own.values[0] ?? '') : null;
  const [given, setGiven] = useState(() =>
    range === null || range === 'none'
      ? { from: '', to: '' }
      : {
          from: range.from === -Infinity ? '' : String(range.from),
          to: range.to === Infinity ? '' : String(range.to),
        },
  );
  const number = (text: string, open: number): number =>
    text.trim() === '' ? open : Number(text.replace(',', '.'));
  const bad = [given.from, given.to].some((text) => Number.isNaN(number(text, 0)));
  const change = (next: typeof given): void => {
    setGiven(next);
    const [from, to] = [number(next.from, -Infinity), number(next.to, Infinity)];
    if (Number.isNaN(from) || Number.isNaN(to)) return;
    onChange(
      next.from.trim() === '' && next.to.trim() === ''
        ? null
        : { not: own?.not ?? false, test: 'is', values: [writeRange({ from, to })] },
    );
  };
  return (
    <>
      <div className={styles['range']}>
        <TextField
          label={t('utterances.from')}
          value={given.from}
          maxLength={24}
          onChange={(from) => change({ ...given, from })}
        />
        <TextField
          label={t('utterances.to')}
          value={given.to}
          maxLength={24}
          onChange={(to) => change({ ...given, to })}
        />
      </div>
      {bad && (
        <p id={id} role="alert">
          {t('utterances.noNumber')}
        </p>
      )}
      {facet?.range && (
        <p className={styles['quiet']}>
          {t('utterances.between', {
            least: format.significant(facet.range.least, 5),
            most: format.significant(facet.range.most, 5),
          })}
        </p>
      )}
    </>
  );
}
