/** A titled part of the screen with what switches all of it. */
import { useId, type ReactNode } from 'react';
import styles from './compare-screen.module.css';

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
      <header className={styles['sectionHead']}>
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
