/**
 * Things that open over the page: a menu of actions, a dialog, a question before something is lost, a small
 * panel.
 */
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog } from '@base-ui/react/dialog';
import { Menu } from '@base-ui/react/menu';
import { Popover } from '@base-ui/react/popover';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from './button';
import styles from './overlay.module.css';

export interface MenuAction {
  readonly key: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export function ActionMenu({
  trigger,
  actions,
}: {
  readonly trigger: ReactElement;
  readonly actions: readonly MenuAction[];
}) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner className={styles['positioner']} sideOffset={4} align="end">
          <Menu.Popup className={styles['menu']}>
            {actions.map((action) => (
              <Menu.Item
                key={action.key}
                className={styles['menuItem']}
                disabled={action.disabled ?? false}
                onClick={action.onSelect}
              >
                {action.icon && (
                  <span className={styles['menuIcon']} aria-hidden="true">
                    {action.icon}
                  </span>
                )}
                {action.label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

export interface ChoiceMenuProps<V extends string> {
  readonly trigger: ReactElement;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly lang?: string }[];
  readonly onChange: (value: V) => void;
}

export function ChoiceMenu<V extends string>({ trigger, value, options, onChange }: ChoiceMenuProps<V>) {
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner className={styles['positioner']} sideOffset={4} align="end">
          <Menu.Popup className={styles['menu']}>
            <Menu.RadioGroup value={value} onValueChange={(next: V) => onChange(next)}>
              {options.map((option) => (
                <Menu.RadioItem
                  key={option.value}
                  value={option.value}
                  className={styles['menuItem']}
                  closeOnClick
                  lang={option.lang}
                >
                  <span className={styles['radio']} aria-hidden="true">
                    <Menu.RadioItemIndicator className={styles['radioDot']} />
                  </span>
                  {option.label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

export interface ModalProps {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: ReactNode;
  /** For what stands side by side. */
  readonly wide?: boolean;
}

export function Modal({ title, open, onOpenChange, children, wide = false }: ModalProps) {
  const { t } = useTranslation();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles['backdrop']} />
        <Dialog.Popup className={styles['dialog']} data-wide={wide}>
          <header className={styles['dialogHead']}>
            <Dialog.Title className={styles['dialogTitle']}>{title}</Dialog.Title>
            <Dialog.Close render={<IconButton hint={false} label={t('common.close')} icon={<X />} />} />
          </header>
          <div className={styles['dialogBody']}>{children}</div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function Confirm({ open, title, text, confirm, onConfirm, onClose }: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles['backdrop']} />
        <AlertDialog.Popup className={styles['dialog']}>
          <header className={styles['dialogHead']}>
            <AlertDialog.Title className={styles['dialogTitle']}>{title}</AlertDialog.Title>
          </header>
          <div className={styles['dialogBody']}>
            <AlertDialog.Description>{text}</AlertDialog.Description>
            <div className={styles['dialogActions']}>
              <AlertDialog.Close render={<Button>{t('common.cancel')}</Button>} />
              <Button
                tone="danger"
                onClick={() => {
                  onConfirm();
                  onClose();
                }}
              >
                {confirm}
              </Button>
            </div>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

export function Popup({
  trigger,
  title,
  children,
}: {
  readonly trigger: ReactElement;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <Popover.Root>
      <Popover.Trigger render={trigger} />
      <Popover.Portal>
        <Popover.Positioner className={styles['positioner']} sideOffset={6} align="end" collisionPadding={8}>
          <Popover.Popup className={styles['popover']}>
            <Popover.Title className={styles['dialogTitle']}>{title}</Popover.Title>
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
