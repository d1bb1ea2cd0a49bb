/** The slider beside a number that one likes to drag: a native range, so that keys and touch work by themselves. */
import type { NumberField, OpenNumberField } from '../../core/options/field';
import styles from './drag-track.module.css';

export function DragTrack({
  field: { slider, min, max, step, integer },
  label,
  disabled,
  value,
  onChange,
}: {
  readonly field: NumberField | OpenNumberField;
  readonly label: string;
  readonly disabled: boolean;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  if (!slider) return null;
  return (
    <input
      type="range"
      className={styles['track']}
      aria-label={label}
      {...{ min, max, disabled, value }}
      step={step ?? (integer ? 1 : 'any')}
      // The step of a native range counts from its least value: the greatest may lie between two of them.
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}
