/** Passing remarks ("link copied"). Anything that matters stays on the page instead. */
import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button';
import styles from './toast.module.css';

const manager = Toast.createToastManager();

export function toast(title: string): void {
  manager.add({ title, timeout: 4000 });
}

/** A remark is no dialog: it says something and asks nothing. */
function List() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root key={item.id} toast={item} className={styles['toast']} role="status" aria-modal={undefined}>
      <Toast.Title className={styles['title']} />
      {/* Base UI hides it from assistive technology until the remark has the focus, and leaves it focusable. */}
      <Toast.Close aria-hidden={undefined} render={<IconButton label={t('common.close')} icon={<X />} />} />
    </Toast.Root>
  ));
}

export function Toasts() {
  const { t } = useTranslation();
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['viewport']} aria-label={t('common.remarks')}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
