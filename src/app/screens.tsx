/**
 * The screens: each loaded when it is first shown, and all of them once the page has nothing better to do, so
 * that a server that goes away later takes nothing with it. One that cannot be loaded says so in its own
 * place and is asked for again at a press; the shell and the run that goes know nothing of it.
 */
import { RotateCw } from 'lucide-react';
import { useEffect, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { EquipoiseError, toWire, type WireError } from '../core/errors/errors';
import { Button } from '../ui/controls/button';
import { ErrorNote } from '../ui/controls/error-note';
import { SCREENS, type ScreenId } from './screen-registry';
import styles from './shell.module.css';

const loaded = new Map<ScreenId, ComponentType>();

/**
 * Style sheets that failed. One that is on its way has no `sheet` either, and somebody waits for this very
 * element.
 */
const broken = new Set<HTMLLinkElement>();
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') broken.add(target);
  },
  { capture: true },
);

/** A style sheet that failed to load stays in the document as if it had: it is asked for again. */
async function againStyles(): Promise<void> {
  const again = [...broken];
  broken.clear();
  await Promise.all(
    again
      .filter((one) => one.isConnected)
      .map(
        (one) =>
          new Promise<void>((resolve, reject) => {
            const link = one.cloneNode() as HTMLLinkElement;
            link.onload = () => resolve();
            // and it is among the broken again
            link.onerror = () => reject(new EquipoiseError('screen-not-loaded'));
            one.replaceWith(link);
          }),
      ),
  );
}

/** @throws EquipoiseError `screen-not-loaded` */
async function load(id: ScreenId): Promise<ComponentType> {
  const known = loaded.get(id);
  if (known) return known;
  try {
    await againStyles();
    const Component: ComponentType = await SCREENS.find((screen) => screen.id === id)!.load();
    loaded.set(id, Component);
    return Component;
  } catch (error) {
    throw new EquipoiseError('screen-not-loaded', {}, error);
  }
}

/** One after the other, whenever the page is idle. What fails now is asked for again when it is needed. */
export async function preloadScreens(): Promise<void> {
  for (const { id } of SCREENS) {
    await new Promise<void>((resolve) => {
      requestIdleCallback(() => resolve(), { timeout: 2000 });
    });
    await load(id).catch(() => undefined);
  }
}

export function LazyScreen({ id }: { readonly id: ScreenId }) {
  const { t } = useTranslation();
  const [state, setState] = useState<{
    readonly Shown: ComponentType | null;
    readonly error: WireError | null;
  }>(() => ({ Shown: loaded.get(id) ?? null, error: null }));
  const [attempt, setAttempt] = useState(0);
  const { Shown, error } = state;
  useEffect(() => {
    let current = true;
    load(id).then(
      (Component) => {
        if (current) setState({ Shown: Component, error: null });
      },
      (failure: unknown) => {
        if (current) setState({ Shown: null, error: toWire(failure) });
      },
    );
    return () => {
      current = false;
    };
  }, [id, attempt]);
  if (Shown) return <Shown />;
  if (!error)
    return (
      <p className={styles['loading']} role="status">
        {t('common.loading')}
      </p>
    );
  const again = (): void => {
    setState({ Shown: null, error: null });
    setAttempt(attempt + 1);
  };
  return (
    <div className={styles['crash']}>
      <h1>{t('crash.notLoaded')}</h1>
      <ErrorNote
        error={error}
        actions={
          <Button tone="primary" icon={<RotateCw />} onClick={again}>
            {t('crash.again')}
          </Button>
        }
      />
      <p>{t('crash.goesOn')}</p>
    </div>
  );
}
