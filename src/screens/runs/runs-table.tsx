/** A sortable table of stored runs. Sorting is by the columns' own values, a second press turns it round. */
import { ArrowDown, ArrowUp, Download, GitFork, Play, Trash2 } from 'lucide-react';
import { Fragment, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { differingFacets, type Facet } from '../../core/compare/facets';
import { bestOf, measures } from '../../core/compare/yardsticks';
import { completedConfig } from '../../core/training/run-config-schema';
import { TASKS, type TaskId } from '../../core/training/tasks';
import { familyOrder } from '../../state/family';
import { useFork } from '../../state/fork';
import { UNDO_SECONDS, useLibrary } from '../../state/library';
import { useRun } from '../../state/run';
import type { LibraryEntry } from '../../state/types';
import { Button, IconButton } from '../../ui/button';
import { download } from '../../ui/download';
import { facetText } from '../../ui/facet-text';
import { useFormat } from '../../ui/format';
import { olderFormula } from '../../ui/older-formula';
import { Confirm } from '../../ui/overlay';
import { ScrollBox } from '../../ui/scroll-box';
import { TaskGlyph } from '../../ui/task-glyph';
import { toast } from '../../ui/toast';
import styles from './runs-screen.module.css';

/** Deeper forks are not indented further. */
const MAX_INDENT = 4;

type Column = 'name' | 'date' | 'strategy' | 'corpus' | 'group' | 'epochs' | TaskId | 'state';

/** Have columns of their own here. */
const ELSEWHERE: readonly Facet[] = ['strategy', 'corpus', 'origin'];

/** Validation UAR of a task at the best epoch; null when there is none, it cannot be measured, or the run has no such task. */
function bestUar(entry: LibraryEntry, task: TaskId): number | null {
  const uar = entry.best?.validation.tasks[entry.config.tasks.indexOf(task)]?.uar;
  return Number.isFinite(uar) ? uar! : null;
}

/** What the table says of a run beside what is stored of it. */
interface Told {
  /** What tells it from the others of the list. */
  readonly differs: string;
  readonly corpus: string;
  /** Runs whose best scores can be set beside its own: their number, from 1, and how many they are. */
  readonly group: number;
  readonly alike: number;
  /** Tasks in which it is the best of them. */
  readonly best: readonly boolean[];
}

function useTold(entries: readonly LibraryEntry[]): { readonly of: ReadonlyMap<LibraryEntry, Told>; readonly groups: number } {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    const made = new Map(entries.map((entry) => [entry, { config: completedConfig(entry.config), corpusId: entry.corpusId }]));
    const facets = differingFacets([...made.values()]).filter((facet) => !ELSEWHERE.includes(facet));
    // The same name for another content: its fingerprint tells them apart.
    const sameName = (entry: LibraryEntry): boolean => entries.some(({ corpusId, config: { corpus } }) => corpusId !== entry.corpusId && corpus.kind === 'folder' && entry.config.corpus.kind === 'folder' && corpus.name === entry.config.corpus.name);
    const alike = measures(entries, (entry) => ({ ...made.get(entry)!, epoch: entry.last }));
    const best = TASKS.map((task) => bestOf(alike, (entry) => bestUar(entry, task)));
    return {
      groups: alike.groups.length,
      of: new Map(entries.map((entry): [LibraryEntry, Told] => {
        const group = alike.groupOf.get(entry)!;
        const { corpus } = entry.config;
        return [entry, {
          corpus: corpus.kind === 'folder' && !sameName(entry) ? corpus.name : facetText(t, format, 'corpus', made.get(entry)!),
          differs: facets.map((facet) => facetText(t, format, facet, made.get(entry)!)).filter(Boolean).join(' · '), group: group + 1, alike: alike.groups[group]!.length, best: best.map((set) => set.has(entry)),
        }];
      })),
    };
  }, [entries, t, format]);
}

function sortKey(entry: LibraryEntry, told: Told, column: Column): string | number {
  switch (column) {
    case 'corpus': return `${told.corpus} ${told.differs}`;
    case 'group': return told.group;
    case 'name': return entry.name;
    case 'date': return entry.updatedAt;
    case 'strategy': return entry.config.strategy.id;
    case 'epochs': return entry.epochsDone;
    case 'state': return entry.state;
    default: return bestUar(entry, column) ?? -1;
  }
}

const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));

export interface RunsTableProps {
  readonly entries: readonly LibraryEntry[];
  /** Ids of the runs that are chosen. */
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

export function RunsTable({ entries, ticked, onTick }: RunsTableProps) {
  const { t } = useTranslation();
  const { of: told, groups } = useTold(entries);
  const [sort, setSort] = useState<{ readonly column: Column; readonly down: boolean }>({ column: 'date', down: true });
  const sorted = useMemo(
    () => familyOrder(entries.toSorted((a, b) => compare(sortKey(a, told.get(a)!, sort.column), sortKey(b, told.get(b)!, sort.column)) * (sort.down ? -1 : 1))),
    [entries, told, sort],
  );
  const comparable = entries.filter(({ epochsDone }) => epochsDone > 0);
  const all = comparable.length > 0 && comparable.every(({ id }) => ticked.has(id));
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
    <>
      <ScrollBox className={styles['tableBox']} title={t('runs.title')}>
        <table className={styles['table']}>
          <caption className="visually-hidden">{t('runs.caption')}</caption>
          <thead>
            <tr>
              <th scope="col"><input type="checkbox" className={styles['tick']} aria-label={t('chosen.selectAll')} disabled={comparable.length === 0} checked={all} onChange={() => onTick(new Set(all ? [] : comparable.map(({ id }) => id)))} /></th>
              {head('name', t('runs.name'))}
              {head('strategy', t('runs.strategy'))}
              {head('corpus', t('facets.corpusHeading'))}
              {groups > 1 && head('group', t('best.group'), true)}
              {head('epochs', t('runs.epochs'), true)}
              {TASKS.map((task) => <Fragment key={task}>{head(task, <><TaskGlyph task={task} width={20} /> {t('runs.uar', { task: t(`tasks.${task}`) })}</>, true)}</Fragment>)}
              {head('state', t('runs.state'))}
              {head('date', t('runs.date'))}
              <th scope="col">{t('runs.actions')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ entry, depth, orphan }) => (
              <Row
                key={entry.id} entry={entry} depth={depth} orphan={orphan} told={told.get(entry)!} grouped={groups > 1} ticked={ticked.has(entry.id)}
                onTick={() => onTick(new Set(ticked.has(entry.id) ? [...ticked].filter((id) => id !== entry.id) : [...ticked, entry.id]))}
              />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className={styles['small']}>{t('best.rule')} {t('best.groups', { count: groups })} {groups > 1 && t('best.alone')} {t('facets.note')}</p>
    </>
  );
}

interface RowProps {
  readonly entry: LibraryEntry;
  /** Forks above it. */
  readonly depth: number;
  /** The run it was forked from is gone. */
  readonly orphan: boolean;
  readonly told: Told;
  /** There is more than one group of comparable runs. */
  readonly grouped: boolean;
  readonly ticked: boolean;
  readonly onTick: () => void;
}

function Row({ entry, depth, orphan, told, grouped, ticked, onTick }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const liveId = useRun((s) => (s.trained?.live ? s.trained.id : null));
  const paused = useRun((s) => s.trained?.state === 'paused');
  const { removeSoon, rename, exportZip } = useLibrary();
  const [asking, setAsking] = useState(false);
  const [exporting, setExporting] = useState(false);
  const { config } = entry;
  const live = liveId === entry.id;
  // A fork's begin with it: what came before is its parent's.
  const from = entry.segments?.findLastIndex(({ why }) => why === 'start' || why === 'fork') ?? -1;
  const choices = from < 0 ? [config.strategy] : entry.segments!.slice(from).filter(({ why }) => why !== 'formula').map(({ strategy }) => strategy);
  const strategies = choices.map(({ id }) => id);
  const older = choices.map((choice) => olderFormula(t, choice)).filter((note) => note !== null);

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
      <td><input type="checkbox" className={styles['tick']} aria-label={t('chosen.select', { name: entry.name })} title={entry.epochsDone === 0 ? t('chosen.unbegun') : undefined} disabled={entry.epochsDone === 0} checked={ticked} onChange={onTick} /></td>
      <th scope="row" data-depth={Math.min(depth, MAX_INDENT)}><NameField key={entry.name} name={entry.name} onRename={(name) => void rename(entry.id, name)} />{config.origin && (
        <p className={styles['origin']}><GitFork aria-hidden="true" /> {t(orphan ? 'fork.ofDeleted' : 'fork.of', { name: config.origin.name, step: format.integer(config.origin.step) })}</p>
      )}{entry.imported && <span className={styles['importedMark']} title={t('exchange.importedNote')}>{t('exchange.imported')}</span>}</th>
      <td>{strategies.map((id, i) => <Fragment key={id}>{i > 0 && ' → '}{t(`strategy.${id}.name`)}</Fragment>)}{older.length > 0 && <><br /><span className={styles['small']} title={older.join(' ')}>{t('olderFormula.short')}<span className="visually-hidden">{older.join(' ')}</span></span></>}</td>
      <td className={styles['differs']}>{told.corpus}{told.differs && <span>{told.differs}</span>}</td>
      {grouped && <td data-numeric>{told.group}</td>}
      <td data-numeric>{t('runs.epochsOf', { done: format.integer(entry.epochsDone), total: format.integer(config.epochs) })}</td>
      {TASKS.map((task, i) => {
        const uar = bestUar(entry, task);
        return <td key={task} data-numeric data-highest={told.best[i]} title={told.best[i] ? t('best.title', { count: told.alike }) : undefined}>{format.percent(uar, 1)}</td>;
      })}
      <td><span className={styles['state']} data-state={live ? 'running' : entry.state}>{t(`runState.${live ? 'running' : entry.state}`)}</span></td>
      <td className={styles['date']}>{format.date(entry.updatedAt)}<br /><span className={styles['small']}>{[entry.backend && t(`backend.short.${entry.backend as 'wasm'}`, { defaultValue: entry.backend }), entry.bytes > 0 ? format.bytes(entry.bytes) : t('runs.noCheckpoint')].filter(Boolean).join(' · ')}</span></td>
      <td>
        <div className={styles['actions']}>
          <Button onClick={() => show(useRun.getState().open(entry.id))} aria-label={t('start.openNamed', { name: entry.name })}>{t('start.open')}</Button>
          <IconButton label={t('start.resumeNamed', { name: entry.name })} icon={<Play />} disabled={!entry.canContinue || liveId !== null} onClick={() => show(useRun.getState().resume(entry.id))} />
          <IconButton label={t('fork.named', { name: entry.name })} icon={<GitFork />} disabled={entry.bytes === 0 || entry.imported !== undefined || (liveId !== null && !(live && paused))} onClick={() => void useFork.getState().ask(entry.id)} />
          <IconButton label={t('runs.export', { name: entry.name })} icon={<Download />} disabled={exporting} onClick={() => void save()} />
          <IconButton label={t('runs.delete', { name: entry.name })} icon={<Trash2 />} disabled={live} onClick={() => setAsking(true)} />
        </div>
        <Confirm
          open={asking} title={t('runs.deleteTitle', { name: entry.name })} text={t('runs.deleteText', { count: UNDO_SECONDS })} confirm={t('runs.deleteConfirm')}
          onConfirm={() => removeSoon(entry.id)} onClose={() => setAsking(false)}
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
