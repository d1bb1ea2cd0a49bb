/** A sortable table of stored runs. Sorting is by the columns' own values, a second press turns it round. */
import { ArrowDown, ArrowUp, Download, GitFork, Play, Trash2 } from 'lucide-react';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { TASKS, type TaskId } from '../../core/training/tasks';
import { familyOrder } from '../../state/family';
import { useFork } from '../../state/fork';
import { useLibrary } from '../../state/library';
import { useRun } from '../../state/run';
import type { LibraryEntry } from '../../state/types';
import { Button, IconButton } from '../../ui/button';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/format';
import { Confirm } from '../../ui/overlay';
import { ScrollBox } from '../../ui/scroll-box';
import { TaskGlyph } from '../../ui/task-glyph';
import { toast } from '../../ui/toast';
import styles from './runs-screen.module.css';

/** Deeper forks are not indented further. */
const MAX_INDENT = 4;

type Column = 'name' | 'date' | 'strategy' | 'corpus' | 'epochs' | TaskId | 'state';

/** Validation UAR of a task at the best epoch; null when there is none, it cannot be measured, or the run has no such task. */
function bestUar(entry: LibraryEntry, task: TaskId): number | null {
  const uar = entry.best?.validation.tasks[entry.config.tasks.indexOf(task)]?.uar;
  return Number.isFinite(uar) ? uar! : null;
}

function sortKey(entry: LibraryEntry, column: Column): string | number {
  switch (column) {
    case 'name': return entry.name;
    case 'date': return entry.updatedAt;
    case 'strategy': return entry.config.strategy.id;
    case 'corpus': return entry.config.corpus.kind === 'demo' ? '' : entry.config.corpus.name;
    case 'epochs': return entry.epochsDone;
    case 'state': return entry.state;
    default: return bestUar(entry, column) ?? -1;
  }
}

const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));

export function RunsTable({ entries }: { readonly entries: readonly LibraryEntry[] }) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<{ readonly column: Column; readonly down: boolean }>({ column: 'date', down: true });
  const sorted = useMemo(
    () => familyOrder(entries.toSorted((a, b) => compare(sortKey(a, sort.column), sortKey(b, sort.column)) * (sort.down ? -1 : 1))),
    [entries, sort],
  );
  /** For each task the highest of all runs, to be set off in the table. */
  const highest = useMemo(() => TASKS.map((task) => Math.max(...entries.map((entry) => bestUar(entry, task) ?? -1))), [entries]);
  const head = (column: Column, label: ReactNode, numeric = false): ReactNode => {
    const active = sort.column === column;
    return (
      <th scope="col" data-numeric={numeric} aria-sort={active ? (sort.down ? 'descending' : 'ascending') : 'none'}>
        <button type="button" className={styles['sort']} onClick={() => setSort({ column, down: active ? !sort.down : numeric || column === 'date' })}>
          {label}
          <span className={styles['arrow']} data-active={active} aria-hidden="true">{active && !sort.down ? <ArrowUp /> : <ArrowDown />}</span>
        </button>
      </th>
    );
  };
  return (
    <ScrollBox className={styles['tableBox']} title={t('runs.title')}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('runs.caption')}</caption>
        <thead>
          <tr>
            {head('name', t('runs.name'))}
            {head('strategy', t('runs.strategy'))}
            {head('corpus', t('runs.corpus'))}
            {head('epochs', t('runs.epochs'), true)}
            {TASKS.map((task) => <Fragment key={task}>{head(task, <><TaskGlyph task={task} width={20} /> {t('runs.uar', { task: t(`tasks.${task}`) })}</>, true)}</Fragment>)}
            {head('state', t('runs.state'))}
            {head('date', t('runs.date'))}
            <th scope="col">{t('runs.actions')}</th>
          </tr>
        </thead>
        <tbody>{sorted.map(({ entry, depth, orphan }) => <Row key={entry.id} entry={entry} depth={depth} orphan={orphan} highest={highest} />)}</tbody>
      </table>
    </ScrollBox>
  );
}

interface RowProps {
  readonly entry: LibraryEntry;
  /** Forks above it. */
  readonly depth: number;
  /** The run it was forked from is gone. */
  readonly orphan: boolean;
  readonly highest: readonly number[];
}

function Row({ entry, depth, orphan, highest }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const liveId = useRun((s) => (s.trained?.live ? s.trained.id : null));
  const paused = useRun((s) => s.trained?.state === 'paused');
  const { remove, rename, exportZip } = useLibrary();
  const [asking, setAsking] = useState(false);
  const [exporting, setExporting] = useState(false);
  const { config } = entry;
  const live = liveId === entry.id;
  // A fork's begin with it: what came before is its parent's.
  const from = entry.segments?.findLastIndex(({ why }) => why !== 'switch') ?? -1;
  const strategies = from < 0 ? [config.strategy.id] : entry.segments!.slice(from).map(({ strategy }) => strategy.id);

  const show = (work: Promise<void>): void => {
    void navigate('/train');
    void work;
  };
  const save = async (): Promise<void> => {
    setExporting(true);
    const zip = await exportZip(entry.id);
    setExporting(false);
    if (!zip) return;
    download(zip.name, zip.blob);
    toast(t('runs.exported', { name: zip.name }));
  };

  return (
    <tr>
      <th scope="row" data-depth={Math.min(depth, MAX_INDENT)}><NameField key={entry.name} name={entry.name} onRename={(name) => void rename(entry.id, name)} />{config.origin && (
        <p className={styles['origin']}><GitFork aria-hidden="true" /> {t(orphan ? 'fork.ofDeleted' : 'fork.of', { name: config.origin.name, step: format.integer(config.origin.step) })}</p>
      )}{entry.imported && <span className={styles['importedMark']} title={t('exchange.importedNote')}>{t('exchange.imported')}</span>}</th>
      <td>{strategies.map((id, i) => <Fragment key={id}>{i > 0 && ' → '}{t(`strategy.${id}.name`)}</Fragment>)}</td>
      <td>{config.corpus.kind === 'demo' ? t('corpus.demoShort', { difficulty: format.percent(config.corpus.difficulty) }) : config.corpus.name}</td>
      <td data-numeric>{t('runs.epochsOf', { done: format.integer(entry.epochsDone), total: format.integer(config.epochs) })}</td>
      {TASKS.map((task, i) => {
        const uar = bestUar(entry, task);
        return <td key={task} data-numeric data-highest={uar !== null && uar === highest[i]}>{format.percent(uar, 1)}</td>;
      })}
      <td><span className={styles['state']} data-state={live ? 'running' : entry.state}>{t(`runState.${live ? 'running' : entry.state}`)}</span></td>
      <td>{format.date(entry.updatedAt)}<br /><span className={styles['small']}>{entry.backend || '–'} · {format.bytes(entry.bytes)}</span></td>
      <td>
        <div className={styles['actions']}>
          <Button onClick={() => show(useRun.getState().open(entry.id))} aria-label={t('start.openNamed', { name: entry.name })}>{t('start.open')}</Button>
          <IconButton label={t('start.resumeNamed', { name: entry.name })} icon={<Play />} disabled={!entry.canContinue || liveId !== null} onClick={() => show(useRun.getState().resume(entry.id))} />
          <IconButton label={t('fork.named', { name: entry.name })} icon={<GitFork />} disabled={entry.bytes === 0 || entry.imported !== undefined || (liveId !== null && !(live && paused))} onClick={() => void useFork.getState().ask(entry.id)} />
          <IconButton label={t('runs.export', { name: entry.name })} icon={<Download />} disabled={exporting} onClick={() => void save()} />
          <IconButton label={t('runs.delete', { name: entry.name })} icon={<Trash2 />} disabled={live} onClick={() => setAsking(true)} />
        </div>
        <Confirm
          open={asking} title={t('runs.deleteTitle', { name: entry.name })} text={t('runs.deleteText')} confirm={t('runs.deleteConfirm')}
          onConfirm={() => void remove(entry.id)} onClose={() => setAsking(false)}
        />
      </td>
    </tr>
  );
}

/** The run's name, edited in place: Enter or leaving it saves, Escape restores. */
function NameField({ name, onRename }: { readonly name: string; readonly onRename: (name: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const commit = (): void => {
    const next = text.trim();
    if (next === '') setText(name);
    else if (next !== name) onRename(next);
  };
  return (
    <input
      className={styles['name']} aria-label={t('runs.nameOf', { name })} value={text} maxLength={120} onChange={(event) => setText(event.target.value)} onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(name);
      }}
    />
  );
}
