/** The one way an error is shown: what happened, what to do next, and the technical details to copy. */
import { Copy, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WireError } from '../../core/errors/errors';
import { Button, IconButton } from './button';
import { useErrorText } from '../text/errors';
import styles from './error-note.module.css';

export interface ErrorNoteProps {
  readonly error: WireError;
  readonly tone?: 'error' | 'warning';
  /** Buttons that do what the hint says. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** What was skipped has a list of its own, and may be ten thousand entries. */
const asText = (error: WireError): string =>
  JSON.stringify({ ...error, skipped: error.skipped?.length }, null, 2);

export function ErrorNote({ error, tone = 'error', actions, onDismiss }: ErrorNoteProps) {
  const { t } = useTranslation();
  const { message, hint } = useErrorText(error);
  const Icon = tone === 'error' ? OctagonAlert : TriangleAlert;
  return (
    <div className={[styles['note'], styles[tone]].join(' ')} role="alert" data-code={error.code}>
      <Icon className={styles['icon']} aria-hidden="true" />
      <div className={styles['text']}>
        <p className={styles['message']}>{message}</p>
        <p className={styles['hint']}>{hint}</p>
        {actions && <div className={styles['actions']}>{actions}</div>}
        <details className={styles['details']}>
          <summary>{t('errorNote.details')}</summary>
          <pre>{asText(error)}</pre>
          <Button
            tone="quiet"
            icon={<Copy />}
            onClick={() => void navigator.clipboard?.writeText(asText(error))}
          >
            {t('errorNote.copy')}
          </Button>
        </details>
      </div>
      {onDismiss && <IconButton label={t('errorNote.dismiss')} icon={<X />} onClick={onDismiss} />}
    </div>
  );
}
