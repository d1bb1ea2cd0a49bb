/** What all charts of a run mark: where its strategy was switched and where it was forked, and what it shares with its parent. */
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRun } from '../../state/run';
import { MarksProvider, type Marks } from '../../ui/charts/marks';

export function RunMarks({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const segments = useRun((s) => s.view?.segments);
  const origin = useRun((s) => s.view?.config.origin ?? null);
  const perEpoch = useRun((s) => s.view?.epochs[0]?.step ?? s.view?.stepsPerEpoch ?? 0);
  const marks = useMemo((): Marks => {
    const at = (step: number) => ({ step, epoch: perEpoch > 0 ? step / perEpoch : 0 });
    return {
      marks: (segments ?? []).filter(({ why }) => why !== 'start').map(({ step, why, strategy }) => {
        const name = t(`strategy.${strategy.id}.name`);
        return { key: `${why}-${step}`, at: at(step), label: why === 'fork' ? t('fork.mark', { strategy: name }) : t('change.mark', { strategy: name }) };
      }),
      veilBefore: origin && at(origin.step), column: 'mark',
    };
  }, [t, segments, origin, perEpoch]);
  return <MarksProvider value={marks}>{children}</MarksProvider>;
}
