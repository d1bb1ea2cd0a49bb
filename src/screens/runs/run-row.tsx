/** One stored run in the table of runs: what it is, how well it did, and what can be done with it. */
import { Download, GitFork, Play, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { TaskKind } from '../../core/tasks/losses/types';
import { primaryMetric } from '../../core/tasks/metrics/registry';
import type { TaskId } from '../../core/tasks/types';
import { useFork } from '../../state/run/fork';
import { UNDO_SECONDS, useLibrary } from '../../state/runs/library';
import { useRun } from '../../state/run/run';
import type { LibraryEntry } from '../../state/types';
import { Button, IconButton } from '../../ui/controls/button';
import { download } from '../../ui/download';
import { useFormat } from '../../ui/text/format';
import { olderFormula } from '../../ui/text/older-formula';
import { Confirm } from '../../ui/controls/overlay';
import { toast } from '../../ui/controls/toast';
import { numbersFor } from '../../ui/text/numbers';
import { Differing } from './differing';
import type { Told } from './use-told';
import styles from './runs-screen.module.css';

/** Deeper forks are not indented further. */
const MAX_INDENT = 4;

export interface RunRowProps {
  readonly entry: LibraryEntry;
  /** Forks above it. */
  readonly depth: number;
  /** The run it was forked from is gone. */
  readonly orphan: boolean;
  readonly told: Told;
  /** The columns of scores. */
  readonly tasks: readonly TaskId[];
  readonly kinds: ReadonlyMap<TaskId, TaskKind>;
  /** There is more than one group of comparable runs. */
  readonly grouped: boolean;
  readonly ticked: boolean;
  readonly onTick: () => void;
}

export function RunRow({ entry, depth, orphan, told, tasks, kinds, grouped, ticked, onTick }: RunRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const numbers = useMemo(() => numbersFor(t, format), [t, format]);
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
  const choices =
    from < 0
      ? [config.strategy]
      : entry.segments
          .slice(from)
          .filter(({ why }) => why !== 'formula')
          .map(({ strategy }) => strategy);
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
      <td>
        <input
          type="checkbox"
          className={styles['tick']}
          aria-label={t('chosen.select', { name: entry.name })}
          title={entry.epochsDone === 0 ? t('chosen.unbegun') : undefined}
          disabled={entry.epochsDone === 0}
          checked={ticked}
          onChange={onTick}
        />
      </td>
      <th scope="row" data-depth={Math.min(depth, MAX_INDENT)}>
        <NameField key={entry.name} name={entry.name} onRename={(name) => void rename(entry.id, name)} />
        {config.origin && (
          <p className={styles['origin']}>
            <GitFork aria-hidden="true" />{' '}
            {t(orphan ? 'fork.ofDeleted' : 'fork.of', {
              name: config.origin.name,
              step: format.integer(config.origin.step),
            })}
          </p>
        )}
        {entry.imported && (
          <span className={styles['importedMark']} title={t('exchange.importedNote')}>
            {t('exchange.imported')}
          </span>
        )}
      </th>
      <td>
        {strategies.map((id) => t(`strategy.${id}.name`)).join(' → ')}
        {older.length > 0 && (
          <>
            <br />
            <span className={styles['small']} title={older.join(' ')}>
              {t('olderFormula.short')}
              <span className="visually-hidden">{older.join(' ')}</span>
            </span>
          </>
        )}
      </td>
      <td className={styles['differs']}>
        {told.corpus}
        <Differing texts={told.differs} />
      </td>
      {grouped && <td data-numeric>{told.group}</td>}
      <td data-numeric>
        {t('runs.epochsOf', { done: format.integer(entry.epochsDone), total: format.integer(config.epochs) })}
      </td>
      {tasks.map((task, i) => {
        const { id } = primaryMetric(kinds.get(task)!);
        const tested = told.tested[i] ?? null;
        return (
          <td
            key={task}
            data-numeric
            data-highest={told.best[i]}
            title={told.best[i] ? t('best.title', { count: told.alike }) : undefined}
          >
            {numbers.score(told.scores[i], id)}
            {tested !== null && (
              <>
                <br />
                <span className={styles['small']} title={t('tested.note')}>
                  {t('tested.short', { score: numbers.score(tested, id) })}
                </span>
              </>
            )}
          </td>
        );
      })}
      <td>
        <span className={styles['state']} data-state={live ? 'running' : entry.state}>
          {t(`runState.${live ? 'running' : entry.state}`)}
        </span>
      </td>
      <td className={styles['date']}>
        {format.date(entry.updatedAt)}
        <br />
        <span className={styles['small']}>
          {[
            entry.backend && t(`backend.short.${entry.backend as 'wasm'}`, { defaultValue: entry.backend }),
            entry.bytes > 0 ? format.bytes(entry.bytes) : t('runs.noCheckpoint'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td>
        <div className={styles['actions']}>
          <Button
            onClick={() => show(useRun.getState().open(entry.id))}
            aria-label={t('start.openNamed', { name: entry.name })}
          >
            {t('start.open')}
          </Button>
          <IconButton
            label={t('start.resumeNamed', { name: entry.name })}
            icon={<Play />}
            disabled={!entry.canContinue || liveId !== null}
            onClick={() => show(useRun.getState().resume(entry.id))}
          />
          <IconButton
            label={t('fork.named', { name: entry.name })}
            icon={<GitFork />}
            disabled={entry.bytes === 0 || entry.imported !== null || (liveId !== null && !(live && paused))}
            onClick={() => void useFork.getState().ask(entry.id)}
          />
          <IconButton
            label={t('runs.export', { name: entry.name })}
            icon={<Download />}
            disabled={exporting}
            onClick={() => void save()}
          />
          <IconButton
            label={t('runs.delete', { name: entry.name })}
            icon={<Trash2 />}
            disabled={live}
            onClick={() => setAsking(true)}
          />
        </div>
        <Confirm
          open={asking}
          title={t('runs.deleteTitle', { name: entry.name })}
          text={t('runs.deleteText', { count: UNDO_SECONDS })}
          confirm={t('runs.deleteConfirm')}
          onConfirm={() => removeSoon(entry.id)}
          onClose={() => setAsking(false)}
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
      className={styles['name']}
      aria-label={t('runs.nameOf', { name })}
      value={text}
      maxLength={120}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(name);
      }}
    />
  );
}
