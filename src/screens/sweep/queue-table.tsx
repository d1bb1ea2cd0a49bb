/** The queued runs as a table; order by buttons, which keep the focus while their row moves. */
import { ArrowDown, ArrowUp, ExternalLink, RotateCcw, X } from 'lucide-react';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { QueueItem } from '../../core/training/sweep';
import { defaultOptions } from '../../core/weighting/options';
import { turnOf } from '../../core/splits/turns';
import { strategy } from '../../core/weighting/registry';
import { useQueue } from '../../state/queue/queue';
import { useRun } from '../../state/run/run';
import { IconButton } from '../../ui/controls/button';
import { useErrorText } from '../../ui/text/errors';
import { useFormat, type Format } from '../../ui/text/format';
import { optionText } from '../../ui/text/option-text';
import { splitWords } from '../../ui/text/split-text';
import { ScrollBox } from '../../ui/controls/scroll-box';
import type { WireError } from '../../core/errors/errors';
import styles from './sweep-screen.module.css';
import { taskIds } from '../../core/tasks/types';
import tableStyles from '../../ui/controls/table.module.css';

/** What of the options is not the default, as text; and whose turn it is where a split's parts take turns. */
function optionsText(t: TFunction, format: Format, config: QueueItem['config']): string {
  const { id, options } = config.strategy;
  const plain = defaultOptions(strategy(id), config.tasks.length);
  const own = Object.entries(options)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(plain[key]))
    .map(([key, value]) => optionText(t, format, id, key, value, taskIds(config)));
  const turn = turnOf(config.split) === null ? [] : [splitWords(t, format, config.split)];
  return [...own, ...turn].join(', ');
}

export function QueueTable({ items }: { readonly items: readonly QueueItem[] }) {
  const { t } = useTranslation();
  const waiting = items.filter(({ state }) => state === 'waiting');
  const [moved, setMoved] = useState<{ readonly id: string; readonly by: -1 | 1 } | null>(null);
  const table = useRef<HTMLTableElement>(null);
  // A row that is moved in the document loses the focus; at an end of the list its other button takes it.
  useEffect(() => {
    if (!moved) return;
    const button = (by: number) =>
      table.current?.querySelector<HTMLButtonElement>(`[data-item="${moved.id}"] [data-move="${by}"]`);
    const [same, other] = [button(moved.by), button(-moved.by)];
    (same && !same.disabled ? same : other)?.focus();
  }, [moved, items]);
  const place = moved ? waiting.findIndex(({ id }) => id === moved.id) : -1;
  const nameOf = useName();
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {moved && place >= 0 ? t('sweep.moved', { name: nameOf(waiting[place]!), place: place + 1 }) : ''}
      </p>
      <ScrollBox className={`${tableStyles['box']} ${styles['tableBox'] ?? ''}`} title={t('sweep.queue')}>
        <table ref={table} className={`${tableStyles['table']} ${styles['table'] ?? ''}`}>
          <caption className="visually-hidden">{t('sweep.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('sweep.run')}</th>
              <th scope="col">{t('sweep.seed')}</th>
              <th scope="col" className={styles['sweepName']}>
                {t('sweep.sweep')}
              </th>
              <th scope="col">{t('sweep.state')}</th>
              <th scope="col">{t('sweep.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Row
                key={item.id}
                item={item}
                place={waiting.indexOf(item)}
                of={waiting.length}
                onMove={(by) =>
                  void useQueue
                    .getState()
                    .move(item.id, by)
                    .then(() => setMoved({ id: item.id, by }))
                }
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}

function useName(): (item: QueueItem) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ config }) =>
    `${t(`strategy.${config.strategy.id}.name`)} ${optionsText(t, format, config)} · ${config.seed}`.replace(
      '  ',
      ' ',
    );
}

interface RowProps {
  readonly item: QueueItem;
  /** Among those that wait; -1 for the others. */
  readonly place: number;
  readonly of: number;
  readonly onMove: (by: -1 | 1) => void;
}

function Row({ item, place, of, onMove }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const paused = useQueue((s) => s.status === 'paused');
  const { config, state, runId } = item;
  const name = useName()(item);
  const options = optionsText(t, format, config);
  const open = (): void => {
    void navigate('/train');
    if (runId !== null) void useRun.getState().open(runId);
  };
  return (
    <tr data-item={item.id} data-state={state}>
      <th scope="row">
        {t(`strategy.${config.strategy.id}.name`)}
        {options && <span className={styles['options']}>{options}</span>}
      </th>
      <td>{config.seed}</td>
      <td className={styles['sweepName']}>{item.sweep}</td>
      <td>
        <span className={styles['state']} data-state={state}>
          {t(`sweep.states.${state}`)}
        </span>
        {item.tries > 1 && (
          <span className={styles['options']}>{t('sweep.tries', { count: item.tries })}</span>
        )}
        {item.error && <Reason error={item.error} />}
      </td>
      <td>
        <div className={styles['actions']}>
          <IconButton
            data-move={-1}
            label={t('sweep.up', { name })}
            icon={<ArrowUp />}
            disabled={place <= 0}
            onClick={() => onMove(-1)}
          />
          <IconButton
            data-move={1}
            label={t('sweep.down', { name })}
            icon={<ArrowDown />}
            disabled={place < 0 || place === of - 1}
            onClick={() => onMove(1)}
          />
          {(state === 'failed' || state === 'stopped') && (
            <IconButton
              label={t('sweep.retry', { name })}
              icon={<RotateCcw />}
              onClick={() => void useQueue.getState().retry([item.id])}
            />
          )}
          {runId !== null && (
            <IconButton label={t('sweep.open', { name })} icon={<ExternalLink />} onClick={open} />
          )}
          <IconButton
            label={t('sweep.remove', { name })}
            icon={<X />}
            disabled={state === 'running' && !paused}
            onClick={() => void useQueue.getState().remove([item.id])}
          />
        </div>
      </td>
    </tr>
  );
}

function Reason({ error }: { readonly error: WireError }) {
  const { message, hint } = useErrorText(error);
  return (
    <span className={styles['reason']}>
      {message} {hint}
    </span>
  );
}
