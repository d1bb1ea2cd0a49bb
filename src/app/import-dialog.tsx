/** One place for everything that can be imported: a configuration file, an exported run, a share link. */
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useExchange } from '../state/runs/exchange';
import { Button } from '../ui/controls/button';
import { ErrorNote } from '../ui/controls/error-note';
import { TextField } from '../ui/controls/fields';
import { Modal } from '../ui/controls/overlay';
import { readFiles, useAfterImport } from './use-import';
import styles from './shell.module.css';

const LINK_LENGTH = 8192;

export function ImportDialog() {
  const { t } = useTranslation();
  const { open, reading, error, show, readLink } = useExchange();
  const [link, setLink] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const leave = useAfterImport();
  const take = (): void => {
    const imported = readLink(link);
    if (imported) setLink('');
    leave(imported ? [imported] : []);
  };
  return (
    <Modal title={t('exchange.importTitle')} open={open} onOpenChange={show}>
      <div className={styles['import']}>
        <p>{t('exchange.fileHint')}</p>
        <div>
          <input
            ref={input}
            type="file"
            hidden
            multiple
            accept=".json,.zip"
            aria-label={t('exchange.file')}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = '';
              void readFiles(files).then(leave);
            }}
          />
          <Button tone="primary" disabled={reading} onClick={() => input.current?.click()}>
            {t('exchange.chooseFile')}
          </Button>
          {reading && <span role="status">{t('exchange.reading')}</span>}
        </div>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            take();
          }}
        >
          <TextField
            label={t('exchange.link')}
            hint={t('exchange.linkHint')}
            maxLength={LINK_LENGTH}
            value={link}
            onChange={setLink}
          />
          <Button type="submit" disabled={link.trim() === '' || reading}>
            {t('exchange.readLink')}
          </Button>
        </form>
        {error && <ErrorNote error={error} />}
      </div>
    </Modal>
  );
}
