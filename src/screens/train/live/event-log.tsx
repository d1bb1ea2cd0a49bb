/** What happened, in order; new entries are announced. Follows the end unless one has scrolled back. */
import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogEntry } from '../../../core/training/events';
import { BASELINE } from '../../../core/weighting/registry';
import { taskIds, type TaskId } from '../../../core/tasks/types';
import type { StrategyId } from '../../../core/weighting/types';
import { useRun } from '../../../state/run/run';
import type { RunView } from '../../../state/types';
import { useFormat } from '../../../ui/text/format';
import { logValues } from '../../../ui/log-values';
import { withErrorText } from '../../../ui/text/errors';
import { lookup } from '../../../ui/text/lookup';
import { Panel } from '../../../ui/controls/panel';
import { useLiveView } from './live';
import styles from '../train-screen.module.css';

const NONE: readonly LogEntry[] = [];
/** Older entries are in the export. */
const SHOWN = 300;

const readLog = (view: RunView | null): readonly LogEntry[] => view?.log ?? NONE;

/** The fallback of an unknown code: the code and its details, readable if not pretty. */
const raw = ({ code, details }: LogEntry): string =>
  [code, ...Object.entries(details).map(([key, value]) => `${key} ${value}`)].join(', ');

/** Rendered once: an entry never changes, and a long log must not cost anything when one is added. */
const Line = memo(function Line({
  entry,
  inForce,
  tasks,
}: {
  readonly entry: LogEntry;
  readonly inForce: StrategyId;
  readonly tasks: readonly TaskId[];
}) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  // An error within the entry speaks the reader's language, too.
  const details = withErrorText(i18n, logValues(i18n, format, entry.details, inForce, tasks), entry.details);
  return (
    <p data-level={entry.level} data-code={entry.code}>
      <time dateTime={new Date(entry.at).toISOString()}>{format.time(entry.at)}</time>
      <span className={styles['logStep']}>{t('log.step', { step: format.integer(entry.step) })}</span>
      <span>
        {entry.level !== 'info' && <b>{t(`log.levels.${entry.level}`)}: </b>}
        {lookup(i18n, `log.codes.${entry.code}`, details, raw(entry))}
      </span>
    </p>
  );
});

const NO_TASKS: readonly TaskId[] = [];

export function EventLog() {
  const { t } = useTranslation();
  const log = useLiveView(readLog);
  const segments = useRun((s) => s.view?.segments);
  const own = useRun((s) => s.view?.config.strategy.id);
  const tasks = useRun((s) => s.view && taskIds(s.view.config)) ?? NO_TASKS;
  const inForceAt = (step: number): StrategyId =>
    segments?.findLast((segment) => segment.step <= step)?.strategy.id ?? own ?? BASELINE;
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [log]);
  return (
    <Panel title={t('log.title')}>
      <div
        ref={box}
        className={styles['log']}
        role="log"
        aria-label={t('log.title')}
        tabIndex={0}
        onScroll={(event) => {
          const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
          follows.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {log.length === 0 && <p className={styles['logEmpty']}>{t('log.empty')}</p>}
        {log.slice(-SHOWN).map((entry) => (
          <Line key={entry.seq} entry={entry} inForce={inForceAt(entry.step)} tasks={tasks} />
        ))}
      </div>
    </Panel>
  );
}
