/** Columns of a corpus' facts and their values in words. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnInfo } from '../../../core/corpus/statistics/answers';
import { useClassName } from '../../../ui/class-names';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { say } from '../../../ui/text/lookup';

export interface FactWords {
  readonly column: (id: string) => string;
  /** With its unit, where it has one. */
  readonly inUnit: (id: string, unit: ColumnInfo['unit']) => string;
  readonly value: (column: string, value: string) => string;
}

export function useFactWords(): FactWords {
  const { t } = useTranslation();
  const words = useCorpusWords();
  const className = useClassName();
  return useMemo(() => {
    const column = (id: string): string =>
      id.startsWith('$') ? say(t, `statistics.column.${id}`, id) : words.column(id);
    return {
      column,
      inUnit: (id, unit) =>
        unit === null
          ? column(id)
          : t('statistics.inUnit', { name: column(id), unit: t(`statistics.unit.${unit}`) }),
      value: (id, value) => (id === '$side' ? say(t, `side.${value}`, value) : className(value)),
    };
  }, [t, words, className]);
}
