/** A list's columns and their values in words. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UtteranceColumn } from '../../../core/compare/utterance-columns';
import { useClassName } from '../../../ui/class-names';
import { useCorpusWords } from '../../../ui/text/corpus-words';
import { useFormat } from '../../../ui/text/format';
import { say } from '../../../ui/text/lookup';
import { taskName } from '../../../ui/text/task-name';

export interface ListWords {
  readonly name: (column: UtteranceColumn) => string;
  /** One text of a column: an option of its menu. '' is none. */
  readonly value: (column: UtteranceColumn, text: string) => string;
  /** A cell. */
  readonly cell: (column: UtteranceColumn, row: number) => string;
}

export function useListWords(): ListWords {
  const { t } = useTranslation();
  const words = useCorpusWords();
  const className = useClassName();
  const format = useFormat();
  return useMemo(() => {
    const name = ({ about, of = '' }: UtteranceColumn): string => {
      switch (about) {
        case 'class':
        case 'true':
        case 'predicted':
        case 'confidence':
        case 'right':
        case 'error':
          return t(`utterances.of.${about}`, { task: taskName(t, of) });
        case 'label':
        case 'group':
        case 'votes':
        case 'agreement':
          return t(`utterances.of.${about}`, { column: words.column(of) });
        default:
          return t(`utterances.column.${about}`);
      }
    };
    const value = ({ about, classes }: UtteranceColumn, text: string): string => {
      if (text === '') return t('utterances.none');
      if (classes) return className(text);
      if (about === 'side') return say(t, `side.${text}`, text);
      if (about === 'right') return say(t, `utterances.${text}`, text);
      if (about === 'warnings') return say(t, `problem.${text}.name`, text);
      return text;
    };
    const number = ({ about }: UtteranceColumn, x: number | null): string => {
      if (x === null) return '';
      if (about === 'seconds') return format.fixed(x, 2);
      if (about === 'rate') return format.integer(x);
      if (about === 'confidence' || about === 'agreement') return format.percent(x);
      return format.significant(x, 4);
    };
    const cell = (column: UtteranceColumn, row: number): string => {
      if (column.kind === 'number') return number(column, column.read(row));
      if (column.kind === 'set')
        return column
          .read(row)
          .map((text) => value(column, text))
          .join(', ');
      const text = column.read(row);
      return text === '' ? '' : value(column, text);
    };
    return { name, value, cell };
  }, [t, words, className, format]);
}
