/**
 * Labelled form controls. Each takes a value and reports a valid change. Numbers have a file of their own
 * (number-field.tsx).
 * `changed` marks a value that departs from the preset, in words for screen readers.
 */
import { Select } from '@base-ui/react/select';
import { Slider } from '@base-ui/react/slider';
import { Switch } from '@base-ui/react/switch';
import { Check, ChevronsUpDown, RotateCcw } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../text/format';
import styles from './fields.module.css';

export interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Departs from the preset; a function puts the preset's value back. */
  readonly changed?: boolean | (() => void) | undefined;
  readonly disabled?: boolean;
}

export interface ChangedMarkProps {
  readonly show: FieldProps['changed'];
  /** Of the field. */
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

/** A dot beside what departs from the preset; where it can be put back, the dot is the button for it. */
export function ChangedMark({ show, label, disabled }: ChangedMarkProps) {
  const { t } = useTranslation();
  if (!show) return null;
  if (typeof show === 'function' && !disabled)
    return (
      <button
        type="button"
        className={styles['reset']}
        aria-label={t('field.reset', { name: label })}
        title={t('field.reset', { name: label })}
        onClick={show}
      >
        <RotateCcw aria-hidden="true" />
      </button>
    );
  return (
    <span className={styles['changed']} title={t('field.changed')}>
      <span className="visually-hidden">{t('field.changed')}</span>
    </span>
  );
}

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

export function TextField({
  label,
  hint,
  changed,
  disabled,
  value,
  maxLength,
  placeholder,
  onChange,
}: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <div className={styles['labelRow']}>
        <label className={styles['label']} htmlFor={id}>
          {label}
        </label>
        <ChangedMark show={changed} label={label} disabled={disabled} />
      </div>
      <input
        id={id}
        type="text"
        className={styles['input']}
        maxLength={maxLength}
        placeholder={placeholder}
        disabled={disabled}
        value={value}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
    </div>
  );
}

export interface SelectOption<V extends string> {
  readonly value: V;
  readonly label: string;
  readonly note?: string;
  readonly disabled?: boolean;
  /** Heading over it and its neighbours of the same one. */
  readonly group?: string;
}

export interface SelectFieldProps<V extends string> extends FieldProps {
  readonly value: V;
  readonly options: readonly SelectOption<V>[];
  readonly onChange: (value: V) => void;
}

export function SelectField<V extends string>({
  label,
  hint,
  changed,
  disabled = false,
  value,
  options,
  onChange,
}: SelectFieldProps<V>) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <Select.Root
        items={options}
        value={value}
        disabled={disabled}
        modal={false}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
      >
        <div className={styles['labelRow']}>
          <Select.Label className={styles['label']}>{label}</Select.Label>
          <ChangedMark show={changed} label={label} disabled={disabled} />
        </div>
        <Select.Trigger className={styles['select']} aria-describedby={hint ? `${id}-hint` : undefined}>
          <Select.Value className={styles['selectValue']} />
          <Select.Icon className={styles['selectIcon']}>
            <ChevronsUpDown aria-hidden="true" />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner className={styles['positioner']} sideOffset={4} alignItemWithTrigger={false}>
            <Select.Popup className={styles['popup']}>
              <Select.List>
                {inGroups(options).map(({ group, members }) =>
                  group === undefined ? (
                    members.map((option) => <Item key={option.value} option={option} />)
                  ) : (
                    <Select.Group key={group}>
                      <Select.GroupLabel className={styles['groupLabel']}>{group}</Select.GroupLabel>
                      {members.map((option) => (
                        <Item key={option.value} option={option} />
                      ))}
                    </Select.Group>
                  ),
                )}
              </Select.List>
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
      {hint && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Neighbours of one group together. */
function inGroups<V extends string>(
  options: readonly SelectOption<V>[],
): readonly { readonly group: string | undefined; readonly members: readonly SelectOption<V>[] }[] {
  const groups: { group: string | undefined; members: SelectOption<V>[] }[] = [];
  for (const option of options) {
    if (groups.length === 0 || groups.at(-1)!.group !== option.group)
      groups.push({ group: option.group, members: [] });
    groups.at(-1)!.members.push(option);
  }
  return groups;
}

function Item<V extends string>({ option }: { readonly option: SelectOption<V> }) {
  return (
    <Select.Item value={option.value} disabled={option.disabled ?? false} className={styles['item']}>
      <Select.ItemIndicator className={styles['indicator']}>
        <Check aria-hidden="true" />
      </Select.ItemIndicator>
      <span className={styles['itemText']}>
        <Select.ItemText>{option.label}</Select.ItemText>
        {option.note && <span className={styles['itemNote']}>{option.note}</span>}
      </span>
    </Select.Item>
  );
}

/** Shift with an arrow, PageUp and PageDown move a slider by so many of its steps. */
const LARGE = 10;

export interface SliderFieldProps extends FieldProps {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  /** Drawn before the label. */
  readonly lead?: ReactNode;
  /** The value as it is shown; default: significant digits. */
  readonly display?: string;
  /** Words under both ends. */
  readonly ends?: readonly [string, string];
}

export function SliderField({
  label,
  hint,
  changed,
  disabled = false,
  value,
  min,
  max,
  step,
  onChange,
  lead,
  display,
  ends,
}: SliderFieldProps) {
  const format = useFormat();
  const shown = display ?? format.significant(value, 4);
  return (
    // Centred thumbs need no measuring: an edge-aligned one stays invisible where it was first rendered
    // inside something hidden.
    <Slider.Root
      className={styles['field']}
      value={value}
      min={min}
      max={max}
      step={step}
      largeStep={LARGE * step}
      disabled={disabled}
      thumbAlignment="center"
      onValueChange={(next) => onChange(next)}
    >
      <div className={styles['sliderHead']}>
        {lead}
        <Slider.Label className={styles['label']}>{label}</Slider.Label>
        <ChangedMark show={changed} label={label} disabled={disabled} />
        <span className={styles['value']}>{shown}</span>
      </div>
      <Slider.Control className={styles['sliderControl']}>
        <Slider.Track className={styles['track']}>
          <Slider.Indicator className={styles['fill']} />
          <Slider.Thumb className={styles['thumb']} getAriaValueText={() => shown} />
        </Slider.Track>
      </Slider.Control>
      {ends && (
        <div className={styles['ends']}>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
      {hint && <p className={styles['hint']}>{hint}</p>}
    </Slider.Root>
  );
}

export interface SwitchFieldProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function SwitchField({ label, hint, changed, disabled = false, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={styles['field']}>
      <div className={styles['switchRow']}>
        <Switch.Root
          className={styles['switch']}
          checked={checked}
          disabled={disabled}
          onCheckedChange={onChange}
          aria-labelledby={`${id}-label`}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        >
          <Switch.Thumb className={styles['switchThumb']} />
        </Switch.Root>
        <span id={`${id}-label`} className={styles['label']}>
          {label}
        </span>
        <ChangedMark show={changed} label={label} disabled={disabled} />
      </div>
      {hint && (
        <p id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </p>
      )}
    </div>
  );
}

export interface SegmentsProps<V extends string> {
  /** Name of the group. */
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

/** One of a few, all in sight: native radio buttons drawn as a segmented switch. */
export function Segments<V extends string>({ label, value, options, onChange }: SegmentsProps<V>) {
  const name = useId();
  return (
    <fieldset className={styles['segments']}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['segment']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
