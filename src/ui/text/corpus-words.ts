/**
 * What belongs to a corpus in words: its columns and label schemes, and why an adapter took a folder. All of
 * it is data of the adapters, so a key may lack a translation; then it is shown as it is.
 */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { describedScheme } from '../../core/corpus/adapters/registry';
import type { LabelScheme } from '../../core/corpus/description';
import type { Evidence } from '../../core/corpus/types';
import { say } from './lookup';

export interface CorpusWords {
  /** A column of labels or groups: `speaker`. */
  readonly column: (id: string) => string;
  readonly scheme: (scheme: Pick<LabelScheme, 'id'>) => { readonly label: string; readonly note: string };
  readonly evidence: (evidence: Evidence) => string;
  /** Leakage: so many values of a column of groups are on both sides. */
  readonly shared: (column: string, count: number) => string;
}

export function useCorpusWords(): CorpusWords {
  const { t } = useTranslation();
  return useMemo(() => {
    const column = (id: string): string => say(t, `columns.${id}`, id);
    return {
      column,
      scheme: ({ id }) => {
        const { name, classes } = describedScheme(id);
        const words = classes.map((one) => say(t, `classes.${one}`, one));
        return {
          label: say(t, `scheme.${id}.name`, name),
          note: say(t, `scheme.${id}.note`, words.join(', ')),
        };
      },
      evidence: ({ key, values = {} }) => say(t, `evidence.${key}`, key, values),
      shared: (id, count) =>
        say(t, `split.shared.${id}`, t('split.sharedOther', { count, column: column(id) }), { count }),
    };
  }, [t]);
}
