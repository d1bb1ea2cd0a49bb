/** One place for everything that can be imported: a configuration file, an exported run, a share link. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useExchange, type Imported } from '../state/exchange';
import { Button } from '../ui/button';
import { ErrorNote } from '../ui/error-note';
import { TextField } from '../ui/fields';
import { Modal } from '../ui/overlay';
import { toast } from '../ui/toast';
import styles from './shell.module.css';

const LINK_LENGTH = 8192;

export function ImportDialog() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { open, reading, error, show, readFile, readLink } = useExchange();
  const [link, setLink] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const leave = (imported: Imported | null): void => {
    if (!imported) return;
    show(false);
    setLink('');
    void navigate(imported.kind === 'run' ? '/runs' : '/train');
    toast(imported.kind === 'run' ? t('exchange.tookRun', { name: imported.name }) : t('exchange.tookConfig'));
  };
  return (
    <Modal title={t('exchange.importTitle')} open={open} onOpenChange={show}>
      <div className={styles['import']}>
        <p>{t('exchange.fileHint')}</p>
        <div>
          <input
            ref={input} type="file" hidden accept=".json,.zip" aria-label={t('exchange.file')}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file) void readFile(file).then(leave);
            }}
          />
          <Button tone="primary" disabled={reading} onClick={() => input.current?.click()}>{t('exchange.chooseFile')}</Button>
          {reading && <span role="status">{t('exchange.reading')}</span>}
        </div>
        <form onSubmit={(event) => { event.preventDefault(); leave(readLink(link)); }}>
          <TextField label={t('exchange.link')} hint={t('exchange.linkHint')} maxLength={LINK_LENGTH} value={link} onChange={setLink} />
          <Button type="submit" disabled={link.trim() === '' || reading}>{t('exchange.readLink')}</Button>
        </form>
        {error && <ErrorNote error={error} />}
      </div>
    </Modal>
  );
}
