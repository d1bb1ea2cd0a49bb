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

function List() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return toasts.map((item) => (
    <Toast.Root key={item.id} toast={item} className={styles['toast']}>
      <Toast.Title className={styles['title']} />
      <Toast.Close render={<IconButton label={t('common.close')} icon={<X />} />} />
    </Toast.Root>
  ));
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['viewport']}><List /></Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
