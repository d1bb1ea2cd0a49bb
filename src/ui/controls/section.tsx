/** A titled part of a screen with what switches all of it. Not here: a bordered part (panel.tsx). */
import { useId, type ReactNode } from 'react';
import styles from './section.module.css';

export interface SectionProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, note, controls, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles['section']} aria-labelledby={id}>
      <header className={styles['head']}>
        <div>
          <h2 id={id}>{title}</h2>
          {note && <p>{note}</p>}
        </div>
        {controls && <div className={styles['controls']}>{controls}</div>}
      </header>
      {children}
    </section>
  );
}

/** As many charts beside each other as fit, of one height a row. */
export function Charts({ children }: { readonly children: ReactNode }) {
  return <div className={styles['charts']}>{children}</div>;
}
