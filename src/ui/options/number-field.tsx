/**
 * A field for one number. A text field with a reading of its own (number-text.ts): `type=number` drops what
 * it does not understand before a page can see it, reads by the browser's language instead of the page's, and
 * counts with the mouse wheel. What cannot be read changes nothing: the value from before the edit is put
 * back, and the field says so until it is corrected.
 */
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangedMark, type FieldProps } from '../controls/fields';
import { useFormat } from '../text/format';
import { readNumber, stepped, twoReadings } from './number-text';
import styles from '../controls/fields.module.css';

export interface NumberFieldProps extends FieldProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What an arrow key adds; `any`: one unit of the leading digit. PageUp and PageDown take ten. */
  readonly step?: number | 'any';
  readonly integer?: boolean;
  /**
   * Called with every text that is a value while it is typed, and with the old value once it is none any
   * more.
   */
  readonly onChange: (value: number) => void;
  readonly after?: ReactNode;
}

const KEYS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** ARIA knows no exponents: 1e-7 is written out, which only a text can. */
const writtenOut = (value: number): string =>
  value.toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 });
const spin = (value: number, min: number, max: number): object => ({
  'aria-valuenow': writtenOut(value),
  'aria-valuemin': writtenOut(min),
  'aria-valuemax': writtenOut(max),
});

/** A text under way: `before` is the value that it began with, `sent` the one it led to. */
interface Typed {
  readonly text: string;
  readonly before: number;
  readonly sent: number;
}

export function NumberField({
  label,
  hint,
  changed,
  disabled,
  value,
  min,
  max,
  step = 'any',
  integer = false,
  onChange,
  after,
}: NumberFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<Typed | null>(null);
  const range = { min, max, integer };
  // A locked field shows what acts, and so does one whose value was changed elsewhere.
  const current = typed && !disabled && typed.sent === value ? typed : null;
  const refused = current ? readNumber(current.text, range).refused : null;
  const limits = t('field.outOfRange', {
    min: format.significant(min, 15),
    max: format.significant(max, 15),
  });
  const why = ((): string => {
    switch (refused) {
      case null:
      case 'empty':
        return '';
      case 'outOfRange':
        return limits;
      case 'notNumber':
        return t('field.notNumber', { text: current?.text.trim() });
      case 'notWhole':
        return t('field.notWhole');
      case 'twoReadings': {
        const [thousands, decimal] = twoReadings(current?.text ?? '');
        return t('field.twoReadings', { text: current?.text.trim(), thousands, decimal });
      }
    }
  })();
  const told = refused ? [why, t('field.kept', { value: String(value) })].filter(Boolean).join(' ') : '';
  // A form around it is not sent with something that was not understood.
  useEffect(() => input.current?.setCustomValidity(told), [told]);

  const take = (text: string): void => {
    const before = current?.before ?? value;
    const sent = readNumber(text, range).value ?? before;
    setTyped({ text, before, sent });
    if (sent !== value) onChange(sent);
  };
  const onKey = (event: KeyboardEvent): void => {
    const by = KEYS[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setTyped(null);
    const next = stepped(value, by, step, range);
    if (next !== value) onChange(next);
  };
  return (
    <div className={styles['field']}>
      <div className={styles['labelRow']}>
        <label className={styles['label']} htmlFor={id}>
          {label}
        </label>
        <ChangedMark show={changed} label={label} disabled={disabled} />
      </div>
      <div className={styles['row']}>
        <input
          ref={input}
          id={id}
          type="text"
          role="spinbutton"
          autoComplete="off"
          className={styles['input']}
          inputMode={min < 0 ? 'text' : integer ? 'numeric' : 'decimal'}
          disabled={disabled}
          title={limits}
          value={current?.text ?? String(value)}
          {...spin(value, min, max)}
          aria-invalid={refused !== null}
          aria-describedby={told || hint ? `${id}-hint` : undefined}
          onChange={(event) => take(event.target.value)}
          onKeyDown={onKey}
          onBlur={() => {
            if (!refused) setTyped(null);
          }}
        />
        {after}
      </div>
      {(told || hint) && (
        <p id={`${id}-hint`} className={told ? styles['bad'] : styles['hint']} aria-live="polite">
          {told || hint}
        </p>
      )}
    </div>
  );
}
