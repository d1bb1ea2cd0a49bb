/**
 * The idea of the workbench in one small instrument: three losses to drag, and what the weighted average
 * states beside what the gradient gets. Computed by the very strategy that trains.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PRESETS } from '../../core/config/presets';
import { TASKS } from '../../core/tasks/presets';
import { strategy } from '../../core/weighting/registry';
import { Segments, SliderField } from '../../ui/controls/fields';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { TaskGlyph } from '../../ui/task-glyph';
import { taskStyle } from '../../ui/tasks';
import styles from './weight-balance.module.css';
import { taskName } from '../../ui/text/task-name';

/** The digest's example: a hard, a harder and an easy task. */
const EXAMPLE = [1.4, 2.3, 0.1] as const;
const percent = (weight: number): number => 50 + 50 * Math.max(-1, Math.min(1, weight));

function Bar({
  value,
  color,
  kind,
}: {
  readonly value: number;
  readonly color: string;
  readonly kind: 'nominal' | 'effective';
}) {
  const [left, right] = [Math.min(50, percent(value)), Math.max(50, percent(value))];
  return (
    <span className={styles['track']}>
      <span
        className={styles['bar']}
        data-kind={kind}
        data-negative={value < 0}
        style={{ insetInlineStart: `${left}%`, width: `${right - left}%`, color }}
      />
    </span>
  );
}

export function WeightBalance() {
  const { t } = useTranslation();
  const format = useFormat();
  const [losses, setLosses] = useState<readonly number[]>(EXAMPLE);
  const [form, setForm] = useState<'through' | 'detached'>('through');
  const { nominal, effective } = strategy(PRESETS.paper.strategy.id).weigh(
    losses,
    { detached: form === 'detached' },
    {},
  );
  const uphill = TASKS.filter((_, i) => (effective[i] ?? 0) < 0).map((task) => taskName(t, task));
  return (
    <Panel title={t('balance.title')} note={t('balance.note')}>
      <div className={styles['form']}>
        <Segments
          label={t('balance.form')}
          value={form}
          onChange={setForm}
          options={[
            { value: 'through', label: t('balance.through') },
            { value: 'detached', label: t('balance.detached') },
          ]}
        />
      </div>
      <div className={styles['grid']}>
        {TASKS.map((task, i) => (
          <div key={task} className={styles['task']}>
            <SliderField
              label={t('balance.loss', { task: taskName(t, task) })}
              lead={<TaskGlyph task={task} />}
              min={0.02}
              max={3}
              step={0.02}
              value={losses[i] ?? 0}
              display={format.fixed(losses[i], 2)}
              onChange={(value) => setLosses(losses.map((old, j) => (j === i ? value : old)))}
            />
            <dl className={styles['weights']}>
              <dt>{t('weights.nominal')}</dt>
              <dd>
                <Bar value={nominal[i] ?? 0} color={taskStyle(task).color} kind="nominal" />
                <b>{format.fixed(nominal[i], 2)}</b>
              </dd>
              <dt>{t('weights.effective')}</dt>
              <dd>
                <Bar value={effective[i] ?? 0} color={taskStyle(task).color} kind="effective" />
                <b data-negative={(effective[i] ?? 0) < 0}>{format.fixed(effective[i], 2)}</b>
              </dd>
            </dl>
          </div>
        ))}
      </div>
      <p className={styles['verdict']} role="status">
        {uphill.length > 0 ? t('balance.uphill', { tasks: uphill.join(', ') }) : t('balance.downhill')}
      </p>
    </Panel>
  );
}
