/**
 * The ways to a corpus: the folder picker, a drop anywhere, a plain file input, a zip file; and the folders opened
 * before.
 */
import { Combine, FolderOpen, PlugZap, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useCorpus } from '../../state/corpus/corpus';
import { Button, IconButton } from '../../ui/controls/button';
import { ErrorNote } from '../../ui/controls/error-note';
import { useFormat } from '../../ui/text/format';
import { Panel } from '../../ui/controls/panel';
import { JoinPanel, type JoinPanelProps } from './join-panel';
import { KnownCorpora } from './known-corpora';
import styles from './start-screen.module.css';

const canPick = 'showDirectoryPicker' in globalThis;
/** The attribute is in every browser and in no type. */
const DIRECTORY = { webkitdirectory: '' } as object;

export function FolderPanel({ difficulty }: JoinPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { folders, error, pickFolder, openFiles, openZip, reconnect, forget } = useCorpus();
  /** To the Data screen once something is being read; a closed picker leaves one here. */
  const follow = async (work: Promise<void>): Promise<void> => {
    const leave = useCorpus.subscribe(({ status }) => {
      if (status === 'scanning') void navigate('/data');
    });
    await work;
    leave();
  };
  return (
    <Panel title={t('start.folder')} note={t('start.folderNote')}>
      <div className={styles['folder']}>
        {canPick && (
          <Button icon={<FolderOpen />} onClick={() => void follow(pickFolder())}>
            {t('start.pick')}
          </Button>
        )}
        <label className={styles['file']}>
          {canPick ? t('start.fallback') : t('start.pick')}
          <input
            type="file"
            multiple
            {...DIRECTORY}
            aria-label={t('start.fileInput')}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              void follow(openFiles(files));
            }}
          />
        </label>
        <label className={styles['file']}>
          {t('start.zip')}
          <input
            type="file"
            accept=".zip"
            aria-label={t('start.zipInput')}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) void follow(openZip(file));
            }}
          />
        </label>
      </div>
      <p className={styles['dropHint']}>{t('start.dropHint')}</p>
      <KnownCorpora />
      <JoinPanel difficulty={difficulty} />
      {error && (
        <div className={styles['errors']}>
          <ErrorNote error={error} actions={error.skipped && <Link to="/data">{t('start.skipped')}</Link>} />
        </div>
      )}
      {folders.length > 0 && (
        <ul className={styles['list']} aria-label={t('start.remembered')}>
          {folders.map((folder) => (
            <li key={folder.id} className={styles['row']}>
              <div className={styles['rowText']}>
                <p className={styles['rowName']}>{folder.name}</p>
                <p className={styles['rowNote']}>
                  {t('start.openedAt', { date: format.date(folder.openedAt) })}
                  {folder.joined
                    ? ` · ${t('join.made', { names: folder.joined.join(', ') })}`
                    : folder.handle
                      ? ''
                      : ` · ${t('start.noHandle')}`}
                </p>
              </div>
              {(folder.handle || folder.joined) && (
                <Button
                  icon={folder.joined ? <Combine /> : <PlugZap />}
                  onClick={() => void follow(reconnect(folder.id))}
                  aria-label={t(folder.joined ? 'join.openNamed' : 'start.reconnectNamed', {
                    name: folder.name,
                  })}
                >
                  {t(folder.joined ? 'join.open' : 'start.reconnect')}
                </Button>
              )}
              <IconButton
                label={t('start.forget', { name: folder.name })}
                icon={<Trash2 />}
                onClick={() => void forget(folder.id)}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
