/** A number's scores, and on the validation side its picture with its files. */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { errorPath, pointPath, type OfRun } from '../../core/compare/utterance-link';
import type { NumberScores } from '../../core/tasks/metrics/types';
import type { TaskId } from '../../core/tasks/types';
import { Panel } from '../controls/panel';
import { taskStyle } from '../tasks';
import { useFormat } from '../text/format';
import { taskName } from '../text/task-name';
import { NumberMenu } from './number-menu';
import { NumberPicture } from './number-picture';
import styles from './number-picture.module.css';

export interface NumberPanelProps {
  readonly task: TaskId;
  readonly scores: NumberScores;
  readonly epoch: number;
  readonly side: 'train' | 'validation';
  /** Where its predictions are stored; null or absent: nowhere. */
  readonly predictions?: OfRun | null;
  /** Of which run, where there are several; empty: the only one. */
  readonly run?: string;
  /** Between the task and the side in the names of files. */
  readonly file?: string;
}

export function NumberPanel({
  task,
  scores,
  epoch,
  side,
  predictions = null,
  run = '',
  file = '',
}: NumberPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const drawing = useRef<SVGSVGElement>(null);
  const named = t('numberTask.title', { task: taskName(t, task) });
  const title = run === '' ? named : `${run}: ${named}`;
  const { picture } = scores;
  const said = t('numberTask.scores', {
    ccc: format.reading(scores.ccc, 3),
    pearson: format.reading(scores.pearson, 3),
    mae: format.significant(scores.mae, 3),
    rmse: format.significant(scores.rmse, 3),
    count: scores.count,
  });
  const menu = picture && (
    <NumberMenu
      title={title}
      file={`number-${task}${file}-${side}-epoch-${epoch}`}
      picture={picture}
      style={taskStyle(task)}
      drawing={drawing}
      note={`${t(`side.${side}`)}. ${t('numberTask.epoch', { epoch: format.integer(epoch) })} ${said}.`}
    />
  );
  return (
    <Panel title={title} level={3} flush actions={menu}>
      <p className={styles['scores']}>{said}</p>
      {picture ? (
        <NumberPicture
          title={title}
          scores={scores}
          picture={picture}
          style={taskStyle(task)}
          drawing={drawing}
          {...(predictions
            ? { links: (truth: number, predicted: number) => pointPath(predictions, truth, predicted) }
            : {})}
        />
      ) : (
        <p className={styles['scores']}>{t(side === 'train' ? 'numberTask.only' : 'numberTask.none')}</p>
      )}
      {picture && predictions && (
        <p className={styles['caption']}>
          <a href={`#${errorPath(predictions)}`}>{t('utterances.byError')}</a> {t('utterances.ofPoint')}
        </p>
      )}
    </Panel>
  );
}
