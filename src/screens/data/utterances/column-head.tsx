/** The head of a column: sorts by it at a press, and opens what it can be filtered by. */
import { ArrowDown, ArrowUp, Filter } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { UtteranceColumn } from '../../../core/compare/utterance-columns';
import { MAX_SORT } from '../../../core/compare/utterance-link';
import type { SortKey } from '../../../core/corpus/browse/order';
import { parseQuery } from '../../../core/corpus/browse/query';
import { useUtterances } from '../../../state/corpus/utterances';
import { Popup } from '../../../ui/controls/overlay';
import { ColumnFilter } from './column-filter';
import { useListWords } from './words';
import styles from './utterances.module.css';

/** Ascending, descending, not at all; what the list was sorted by decides among equals. */
function sortedBy(sort: readonly SortKey[], column: string): readonly SortKey[] {
  const first = sort[0];
  const others = sort.filter((key) => key.column !== column).slice(0, MAX_SORT - 1);
  if (first?.column !== column) return [{ column, descending: false }, ...others];
  return first.descending ? others : [{ column, descending: true }, ...others];
}

export function ColumnHead({
  column,
  sort,
}: {
  readonly column: UtteranceColumn;
  readonly sort: readonly SortKey[];
}) {
  const { t } = useTranslation();
  const words = useListWords();
  const choose = useUtterances((s) => s.choose);
  const filtered = useUtterances((s) =>
    parseQuery(s.choice.query).some((clause) => clause.column === column.id),
  );
  const key = sort[0]?.column === column.id ? sort[0] : null;
  const name = words.name(column);
  const Arrow = key?.descending ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      className={styles['headCell']}
      aria-sort={key ? (key.descending ? 'descending' : 'ascending') : 'none'}
      data-number={column.kind === 'number'}
    >
      <button
        type="button"
        className={styles['sort']}
        title={name}
        onClick={() => choose({ sort: sortedBy(sort, column.id) })}
      >
        <span className={styles['headName']}>{name}</span>
        {key && <Arrow aria-hidden="true" />}
      </button>
      <Popup
        title={t('utterances.filterBy', { column: name })}
        trigger={
          <button
            type="button"
            className={styles['filter']}
            data-on={filtered}
            aria-label={t(filtered ? 'utterances.filteredBy' : 'utterances.filterBy', { column: name })}
          >
            <Filter aria-hidden="true" />
          </button>
        }
      >
        <ColumnFilter column={column} />
      </Popup>
    </span>
  );
}
