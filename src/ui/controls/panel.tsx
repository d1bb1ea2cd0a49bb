/** A bordered part of a screen with a heading; and the small readout used in all of them. */
import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

export interface PanelProps {
  readonly title: string;
  /** Beside the heading. */
  readonly actions?: ReactNode;
  /** Under the heading: what is seen here. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly flush?: boolean;
  /** Of the heading. */
  readonly level?: 2 | 3;
}

export function Panel({ title, actions, note, children, className, flush = false, level = 2 }: PanelProps) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section className={[styles['panel'], className].filter(Boolean).join(' ')} aria-labelledby={id}>
      <header className={styles['head']}>
        <Heading id={id}>{title}</Heading>
        {actions && <div className={styles['actions']}>{actions}</div>}
      </header>
      {note && <p className={styles['note']}>{note}</p>}
      <div className={flush ? styles['flush'] : styles['body']}>{children}</div>
    </section>
  );
}

export interface ReadoutProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly unit?: string;
  readonly title?: string;
  /** The widest text that it has to hold: what stands beside it does not move when the value grows. */
  readonly widest?: string;
}

/** A labelled figure, as on an instrument. */
export function Readout({ label, value, unit, title, widest }: ReadoutProps) {
  return (
    <div className={styles['readout']} title={title}>
      <dt>{label}</dt>
      <dd data-widest={widest}>
        {value}
        {unit && <span className={styles['unit']}> {unit}</span>}
      </dd>
    </div>
  );
}

export function Readouts({ children, label }: { readonly children: ReactNode; readonly label?: string }) {
  return (
    <dl className={styles['readouts']} aria-label={label}>
      {children}
    </dl>
  );
}

/** A determinate progress bar with its name. */
export function ProgressBar({
  label,
  value,
  max,
}: {
  readonly label: string;
  readonly value: number;
  readonly max: number;
}) {
  return (
    <progress
      className={styles['progress']}
      aria-label={label}
      value={Math.min(value, max)}
      max={Math.max(1, max)}
    />
  );
}
