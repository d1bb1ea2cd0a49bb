/** Keyboard, vocabulary and privacy in one place; opened by `?`. */
import { useTranslation } from 'react-i18next';
import { Modal } from '../ui/controls/overlay';
import styles from './shell.module.css';

const KEYS = [
  ['Space', 'space'],
  ['.', 'step'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;
const TERMS = [
  'nominal',
  'effective',
  'uar',
  'accuracy',
  'macroRecall',
  'macroF1',
  'step',
  'checkpoint',
] as const;

export function HelpDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal title={t('help.title')} open={open} onOpenChange={onOpenChange}>
      <h3 className={styles['helpHead']}>{t('help.keyboard')}</h3>
      <dl className={styles['keys']}>
        {KEYS.map(([key, name]) => (
          <div key={name}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.keys.${name}`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles['helpHead']}>{t('help.words')}</h3>
      <dl className={styles['terms']}>
        {TERMS.map((term) => (
          <div key={term}>
            <dt>{t(`help.terms.${term}.name`)}</dt>
            <dd>{t(`help.terms.${term}.text`)}</dd>
          </div>
        ))}
      </dl>
      <h3 className={styles['helpHead']}>{t('help.privacy')}</h3>
      <p>
        {t('shell.private')} {t('help.privacyMore')}
      </p>
    </Modal>
  );
}
