/** What a benchmark's case is called on the screen. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { caseById, caseFlops } from '../../core/bench/cases';
import { useFormat } from '../../ui/text/format';

export interface CaseText {
  readonly name: string;
  /** Sizes and work. */
  readonly note: string;
}

export function useCaseText(): (id: string) => CaseText {
  const { t } = useTranslation();
  const format = useFormat();
  return useCallback(
    (id) => {
      const one = caseById(id);
      if (!one) return { name: id, note: '' };
      const gflop = format.significant(caseFlops(one) / 1e9, 2);
      if (one.kind === 'step') {
        const { width, inputSize } = one.model;
        return {
          name: t('bench.step', { size: t(`bench.sizes.${one.name}`) }),
          note: t('bench.stepNote', {
            size: inputSize,
            width: width === 1 ? '1' : `1/${Math.round(1 / width)}`,
            batch: one.batch,
            gflop,
          }),
        };
      }
      const name = t(`bench.kernel.${one.kernel}`);
      if (one.kernel === 'matmul')
        return {
          name,
          note: t('bench.matmulNote', { rows: one.rows, inner: one.inner, columns: one.columns, gflop }),
        };
      return {
        name,
        note: t('bench.convNote', {
          batch: one.batch,
          size: one.size,
          from: one.inChannels,
          to: one.outChannels,
          gflop,
        }),
      };
    },
    [t, format],
  );
}
