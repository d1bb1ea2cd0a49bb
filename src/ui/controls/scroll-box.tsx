/**
 * A part that scrolls by itself: reachable by keyboard, and named so that its landmark differs from its
 * panel's.
 */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './scroll-box.module.css';

export interface ScrollBoxProps {
  /** What is in it: the name of the table or list. */
  readonly title: string;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

export function ScrollBox({ title, className, children }: ScrollBoxProps) {
  const { t } = useTranslation();
  return (
    <div
      className={`${styles['box']} ${className ?? ''}`}
      role="region"
      aria-label={t('common.scrollable', { title })}
      tabIndex={0}
    >
      {children}
    </div>
  );
}
