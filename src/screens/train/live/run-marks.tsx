/**
 * What all charts of a run mark: where its strategy was switched and where it was forked, which options were
 * changed by hand, and what it shares with its parent. Charts of gradients also mark where they were measured
 * otherwise.
 */
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changesOf, type Change } from '../../../core/training/adjustments';
import { useRun } from '../../../state/run/run';
import { MarksProvider, type Mark, type Marks } from '../../../ui/charts/marks';
import { useFormat } from '../../../ui/text/format';
import { optionText } from '../../../ui/text/option-text';
import { taskIds } from '../../../core/tasks/types';

export function RunMarks({
  instruments = false,
  children,
}: {
  readonly instruments?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const segments = useRun((s) => s.view?.segments);
  const adjustments = useRun((s) => s.view?.adjustments);
  const tasks = useRun((s) => s.view && taskIds(s.view.config));
  const origin = useRun((s) => s.view?.config.origin ?? null);
  const perEpoch = useRun((s) => s.view?.epochs[0]?.step ?? s.view?.stepsPerEpoch ?? 0);
  const marks = useMemo((): Marks => {
    const at = (step: number) => ({ step, epoch: perEpoch > 0 ? step / perEpoch : 0 });
    const byHand = ({ last, from }: Change): Mark => {
      const { step, kind } = last;
      const label =
        last.kind === 'options'
          ? Object.entries(last.changed)
              .map(([key, value]) => optionText(t, format, last.strategy, key, value, tasks ?? []))
              .join(', ')
          : last.instruments.every === 0
            ? t('adjust.notMeasured')
            : t('adjust.measured', {
                every: format.integer(last.instruments.every),
                level: t(`optionChoice.gradients.${last.instruments.gradients}`),
              });
      const detail = t(from < step ? 'adjust.dragged' : 'adjust.at', {
        what: label,
        step: format.integer(step + 1),
        from: format.integer(from + 1),
      });
      return { key: `${kind}-${step}`, kind, at: at(step), label, detail };
    };
    return {
      marks: [
        ...(segments ?? [])
          .filter(({ why }) => why !== 'start')
          .map(({ step, why, strategy: { id } }): Mark => {
            const name = t(`strategy.${id}.name`);
            return {
              key: `${why}-${step}`,
              kind: 'strategy',
              at: at(step),
              label:
                why === 'fork'
                  ? t('fork.mark', { strategy: name })
                  : why === 'formula'
                    ? t('olderFormula.mark', { strategy: name })
                    : t('change.mark', { strategy: name }),
            };
          }),
        ...changesOf(adjustments ?? [])
          .filter(({ last }) => instruments || last.kind === 'options')
          .map(byHand),
      ].sort((a, b) => a.at.step - b.at.step),
      veilBefore: origin && at(origin.step),
      column: 'mark',
      words: {
        strategy: t('adjust.key.strategy'),
        options: t('adjust.key.options'),
        instruments: t('adjust.key.instruments'),
      },
    };
  }, [t, format, tasks, segments, adjustments, origin, perEpoch, instruments]);
  return <MarksProvider value={marks}>{children}</MarksProvider>;
}
