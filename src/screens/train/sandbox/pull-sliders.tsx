/** Lengths of the tasks' gradients and the angles between them, for a strategy that looks at those. */
import { useTranslation } from 'react-i18next';
import type { TaskId } from '../../../core/tasks/types';
import { pairsOf } from '../../../core/weighting/readings';
import { withCosine, withLength, type Sandbox } from '../../../core/weighting/sandbox';
import { SliderField } from '../../../ui/controls/fields';
import { useFormat } from '../../../ui/text/format';
import { TaskGlyph } from '../../../ui/task-glyph';
import styles from './sandbox.module.css';
import { taskName } from '../../../ui/text/task-name';

const LENGTH = { min: 0, max: 3, step: 0.01 } as const;
const COSINE = { min: -1, max: 1, step: 0.01 } as const;

export function PullSliders({
  box,
  tasks,
  onChange,
}: {
  readonly box: Sandbox;
  readonly tasks: readonly TaskId[];
  readonly onChange: (next: Sandbox) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lengths, cosines } = box.pulls;
  const name = (i: number): string => taskName(t, tasks[i]!);
  return (
    <fieldset className={styles['pulls']}>
      <legend>{t('sandbox.pulls')}</legend>
      {tasks.map((task, i) => (
        <SliderField
          key={task}
          label={t('sandbox.length', { task: name(i) })}
          lead={<TaskGlyph task={task} width={24} />}
          {...LENGTH}
          max={Math.max(LENGTH.max, Math.ceil(lengths[i] ?? 0))}
          value={lengths[i] ?? 0}
          display={format.reading(lengths[i], 2)}
          onChange={(value) => onChange(withLength(box, i, value))}
        />
      ))}
      {pairsOf(tasks.length).map(([a, b], k) => (
        <SliderField
          key={`${tasks[a]} ${tasks[b]}`}
          label={t('sandbox.cosine', { pair: t('gradients.pair', { a: name(a), b: name(b) }) })}
          {...COSINE}
          value={cosines[k] ?? 0}
          display={format.fixed(cosines[k], 2)}
          onChange={(value) => onChange(withCosine(box, k, value))}
        />
      ))}
      <p className={styles['note']}>{t('sandbox.pullsNote')}</p>
    </fieldset>
  );
}
