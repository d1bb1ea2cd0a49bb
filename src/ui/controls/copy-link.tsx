/**
 * A link to this page: into the clipboard or, where the browser refuses that, into a field to be copied by
 * hand. Not here: what is in it.
 */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from './toast';
import styles from './copy-link.module.css';

export interface CopyLink {
  /** @param hash of the page, with its `#`  @param more said beside the news that it was copied */
  readonly copy: (hash: string, more?: string) => Promise<void>;
  /** The field, while it is needed. */
  readonly byHand: ReactNode;
}

/** @param name what the field is called */
export function useCopyLink(name: string): CopyLink {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  const copy = async (hash: string, more = ''): Promise<void> => {
    const link = `${location.origin}${location.pathname}${hash}`;
    let copied = true;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // refused, or no clipboard where the page is not secure
      copied = false;
    }
    setShown(copied ? null : link);
    toast([t(copied ? 'link.copied' : 'link.byHand'), more].filter(Boolean).join(' '));
  };
  const byHand = shown !== null && (
    <input
      className={styles['link']}
      type="text"
      readOnly
      value={shown}
      aria-label={name}
      onFocus={(event) => event.target.select()}
    />
  );
  return { copy, byHand };
}
