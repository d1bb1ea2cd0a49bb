/** What tells a run from the others of a list: the first few things, the rest on demand. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './runs-screen.module.css';

/** So many always stand there; a row stays three lines high. */
const SHOWN = 3;

export function Differing({ texts }: { readonly texts: readonly string[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (texts.length === 0) return null;
  // A button for one more would take as much room as that one.
  const folded = texts.length > SHOWN + 1;
  const rest = texts.length - SHOWN;
  return (
    <span>
      {(folded && !open ? texts.slice(0, SHOWN) : texts).join(' · ')}
      {folded && (
        <button
          type="button"
          className={styles['more']}
          aria-expanded={open}
          onClick={() => setOpen((was) => !was)}
        >
          {open ? t('facets.fewer') : t('facets.more', { count: rest })}
        </button>
      )}
    </span>
  );
}
