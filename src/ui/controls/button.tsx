/**
 * Buttons: plain, primary (one a view), quiet, danger; and the square one with an icon, whose name is also
 * its tooltip.
 */
import type { ComponentProps, ReactNode } from 'react';
import { Tooltip } from '@base-ui/react/tooltip';
import styles from './button.module.css';

export type Tone = 'plain' | 'primary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly large?: boolean;
}

const classes = (...names: readonly (string | false | undefined)[]): string =>
  names.filter(Boolean).join(' ');

export function Button({
  tone = 'plain',
  icon,
  large = false,
  className,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles['button'], styles[tone], large && styles['large'], className)}
    >
      {icon && (
        <span className={styles['icon']} aria-hidden="true">
          {icon}
        </span>
      )}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'large'> {
  /** Accessible name and tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /**
   * False inside a dialog: there Escape would close the tooltip of the focused button before it closes the
   * dialog.
   */
  readonly hint?: boolean;
}

export function IconButton({
  label,
  icon,
  tone = 'quiet',
  hint = true,
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type}
      aria-label={label}
      className={classes(styles['button'], styles[tone], styles['square'], className)}
    >
      <span className={styles['icon']} aria-hidden="true">
        {icon}
      </span>
    </button>
  );
  return hint ? <Hint text={label}>{button}</Hint> : button;
}

/**
 * A tooltip around one focusable element; it repeats or adds to what is already readable, it never carries
 * the only copy.
 */
export function Hint({
  text,
  children,
}: {
  readonly text: string;
  readonly children: React.ReactElement<Record<string, unknown>>;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6}>
          <Tooltip.Popup className={styles['tooltip']}>{text}</Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
