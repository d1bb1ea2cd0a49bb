/**
 * Angles of more tasks than one chart can tell apart: all pairs of one measured step as a matrix with a slider
 * through the run, and the course of a few of them, chosen there, as lines with labels.
 */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunView } from '../../../state/types';
import { Panel } from '../../../ui/controls/panel';
import { ScrollBox } from '../../../ui/controls/scroll-box';
import { SliderField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { AngleMatrix } from './angle-matrix';
import { measuredRows, useLiveSteps, useTasks } from './live';

export interface AnglePanelProps {
  readonly drawn: readonly number[];
  readonly onToggle: (pair: number) => void;
}

export function AnglePanel({ drawn, onToggle }: AnglePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const tasks = useTasks();
  /** A step; null: the latest one, and on with the run. */
  const [at, setAt] = useState<number | null>(null);
  const rows = useLiveSteps(
    useCallback((_rows: unknown, _view: RunView | null) => measuredRows(), []),
    Object.is,
  );
  if (rows.length === 0) return null;
  const found = at === null ? -1 : rows.findLastIndex(({ step }) => step <= at);
  const index = found < 0 ? rows.length - 1 : found;
  const { step, gradients } = rows[index]!;
  const last = rows.length - 1;
  return (
    <Panel title={t('gradients.allPairs')} note={t('gradients.allPairsNote')} level={3}>
      <ScrollBox title={t('gradients.allPairs')} className={undefined}>
        <AngleMatrix tasks={tasks} cosines={gradients?.cosines ?? []} drawn={drawn} onToggle={onToggle} />
      </ScrollBox>
      {last > 0 && (
        <SliderField
          label={t('axis.step')}
          min={0}
          max={last}
          step={1}
          value={index}
          display={format.integer(step)}
          onChange={(next) => setAt(next === last ? null : rows[next]!.step)}
        />
      )}
    </Panel>
  );
}
