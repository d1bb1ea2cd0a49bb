/** What is chosen on this screen as a link. It names runs and recipes; it does not carry them. */
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceToQuery } from '../../core/compare/choice';
import { useCompare } from '../../state/compare';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toast';
import styles from './compare-screen.module.css';

export function ShareButton() {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const share = async (): Promise<void> => {
    const query = choiceToQuery(useCompare.getState().choice);
    const link = `${location.origin}${location.pathname}#/compare${query ? `?${query}` : ''}`;
    try {
      await navigator.clipboard.writeText(link);
      setShown(null);
      toast(t('config.linkCopied'));
    } catch {
      // Without clipboard access it is shown, to be copied by hand.
      setShown(link);
    }
  };
  return (
    <>
      <Button icon={<Link2 />} onClick={() => void share()}>{t('compare.share')}</Button>
      {shown !== null && <input className={styles['link']} type="text" readOnly value={shown} aria-label={t('compare.shareByHand')} onFocus={(event) => event.target.select()} />}
    </>
  );
}
